//! A person's home folder: where the app, the browser and the system's link handlers keep their things.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::wait::until;

/// The theme of the person's desktop.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Theme {
    /// Dark text on light.
    Light,
    /// Light text on dark.
    Dark,
}

/// One scenario's folders. Everything in it goes when it is dropped.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    /// A fresh home whose web browser is a note: the address is written down for [`Home::opened_address`], and the
    /// test follows it in a real browser. So it is seen that the app asked the operating system, and for what.
    pub(crate) fn new() -> Self {
        Self::with_theme(Theme::Light)
    }

    /// The same with the system's theme chosen.
    pub(crate) fn with_theme(theme: Theme) -> Self {
        // Elsewhere the app would write its keys into the developer's own keyring.
        assert!(std::env::var_os("HEDGEROW_E2E").is_some(), "not in the session that scripts/e2e.sh makes");
        let home = Self { folder: TempDir::with_prefix("hedgerow-home-").expect("make a folder") };
        for part in ["config/gtk-3.0", "data/applications", "cache", "state", "hedgerow", "chromium"] {
            std::fs::create_dir_all(home.at(part)).expect("make a folder");
        }
        let name = if matches!(theme, Theme::Dark) { "Adwaita-dark" } else { "Adwaita" };
        let settings = format!("[Settings]\ngtk-theme-name={name}\n");
        std::fs::write(home.at("config/gtk-3.0/settings.ini"), settings).expect("choose the theme");
        let note = home.program("note-address", &format!("printf '%s\\n' \"$1\" >> '{}'", home.addresses()));
        home.handle("browser.desktop", &note, &["http", "https"]);
        home
    }

    /// A path inside.
    pub(crate) fn at(&self, part: &str) -> PathBuf {
        self.folder.path().join(part)
    }

    /// The app's own data folder.
    pub(crate) fn data_dir(&self) -> PathBuf {
        self.at("hedgerow")
    }

    /// The person's folder for downloads, made now.
    pub(crate) fn downloads(&self) -> PathBuf {
        let folder = self.at("Downloads");
        std::fs::create_dir_all(&folder).expect("make a folder");
        let dirs = "XDG_DOWNLOAD_DIR=\"$HOME/Downloads\"\n";
        std::fs::write(self.at("config/user-dirs.dirs"), dirs).expect("say which it is");
        folder
    }

    fn addresses(&self) -> String {
        self.at("addresses").display().to_string()
    }

    /// Makes a program believe that this is the person's home.
    pub(crate) fn furnish(&self, command: &mut Command) {
        command
            .env("HOME", self.folder.path())
            .env("XDG_CONFIG_HOME", self.at("config"))
            .env("XDG_DATA_HOME", self.at("data"))
            .env("XDG_CACHE_HOME", self.at("cache"))
            .env("XDG_STATE_HOME", self.at("state"))
            .env("HEDGEROW_DATA_DIR", self.data_dir());
    }

    /// Writes a small shell program.
    pub(crate) fn program(&self, name: &str, lines: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let path = self.at(name);
        std::fs::write(&path, format!("#!/bin/sh\n{lines}\n")).expect("write a program");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("make it executable");
        path
    }

    /// Makes `program` the system's handler of some schemes, the way an installed application is.
    pub(crate) fn handle(&self, entry: &str, program: &Path, schemes: &[&str]) {
        let types: String = schemes.iter().map(|scheme| format!("x-scheme-handler/{scheme};")).collect();
        let text = format!(
            "[Desktop Entry]\nType=Application\nName=A test's {entry}\nExec=\"{}\" %u\nMimeType={types}\n",
            program.display()
        );
        std::fs::write(self.at("data/applications").join(entry), text).expect("write a desktop entry");
        for scheme in schemes {
            let mut command = Command::new("xdg-mime");
            command.args(["default", entry, &format!("x-scheme-handler/{scheme}")]);
            self.furnish(&mut command);
            assert!(command.status().expect("run xdg-mime").success(), "xdg-mime refused {scheme}");
        }
    }

    /// Lines of a file that another program writes; none while there is no file.
    pub(crate) fn lines(&self, part: &str) -> Vec<String> {
        let text = std::fs::read_to_string(self.at(part)).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// The newest address the system's browser was asked to open, once there are `count` of them.
    pub(crate) async fn opened_address(&self, count: usize) -> String {
        until("the system browser to be opened", async || {
            let lines = self.lines("addresses");
            (lines.len() >= count).then(|| lines[count - 1].clone())
        })
        .await
    }

    /// From now on `posthog-code://` links are written down for [`Home::noted_link`]; then the shell line `after` runs.
    pub(crate) fn note_links(&self, after: &str) {
        let lines = format!("printf '%s\\n' \"$1\" >> '{}'\n{after}", self.at("links").display());
        let note = self.program("note-link", &lines);
        self.handle("link.desktop", &note, &["posthog-code"]);
    }

    /// The first link the system was asked to open.
    pub(crate) async fn noted_link(&self) -> String {
        until("a link to be opened", async || self.lines("links").first().cloned()).await
    }
}
