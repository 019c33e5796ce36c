//! What a packager, a newcomer and continuous integration rely on.

use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::{files, root, text};

#[test]
fn the_desktop_entry_hands_the_link_to_the_program() {
    let entry = text("src-tauri/linux/hedgerow.desktop");
    let line = |key: &str| entry.lines().find(|line| line.starts_with(key)).map(str::to_owned);
    // Tauri's own template has no %u: GNOME would start the program without the link.
    assert_eq!(line("Exec="), Some("Exec={{exec}} %u".into()));
    assert_eq!(line("MimeType="), Some("MimeType={{mime_type}};".into()));
    // Debian 12's desktop-file-validate refuses the version Tauri writes.
    assert_eq!(line("Version="), None);
}

#[test]
fn the_package_uses_that_entry_and_handles_one_scheme() {
    let config: Value = serde_json::from_str(&text("tauri.conf.json")).expect("read tauri.conf.json");
    assert_eq!(config["bundle"]["linux"]["deb"]["desktopTemplate"], "src-tauri/linux/hedgerow.desktop");
    assert_eq!(config["plugins"]["deep-link"]["desktop"]["schemes"], serde_json::json!(["posthog-code"]));
}

#[test]
fn the_package_brings_what_the_program_calls() {
    let config: Value = serde_json::from_str(&text("tauri.conf.json")).expect("read tauri.conf.json");
    let depends = &config["bundle"]["linux"]["deb"]["depends"];
    // The system's certificates; xdg-mime and xdg-open; without the last one no link finds the desktop entry.
    assert_eq!(*depends, serde_json::json!(["ca-certificates", "desktop-file-utils", "xdg-utils"]));
}

#[test]
fn every_script_can_be_run_and_stops_at_the_first_failure() {
    for path in files("scripts", &[".sh"]).into_iter().chain([root().join(".ci/run")]) {
        let source = std::fs::read_to_string(&path).expect("read");
        if path.ends_with("common.sh") {
            assert!(source.contains("set -euo pipefail"));
            continue;
        }
        let mode = path.metadata().expect("read its mode").permissions().mode();
        assert!(mode & 0o111 != 0, "{} is not executable", path.display());
        let careful = ["set -euo pipefail", "/common.sh\"", "exec make test"];
        assert!(careful.iter().any(|words| source.contains(words)), "{} is careless", path.display());
    }
}

#[test]
fn every_make_target_has_its_script_and_its_line_in_the_contributing_page() {
    let contributing = text("CONTRIBUTING.md");
    for target in ["run", "test", "check", "bench", "package"] {
        assert!(text("Makefile").contains(&format!("@scripts/{target}.sh")), "Makefile: {target}");
        assert!(root().join(format!("scripts/{target}.sh")).exists(), "scripts/{target}.sh");
        assert!(contributing.contains(&format!("`make {target}`")), "CONTRIBUTING.md: {target}");
    }
}

#[test]
fn links_between_the_pages_lead_somewhere() {
    for page in ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md", "CHANGELOG.md"] {
        for rest in text(page).split("](").skip(1) {
            let target = rest.split([')', '#']).next().unwrap_or_default();
            if !target.is_empty() && !target.starts_with("http") {
                assert!(root().join(target).exists(), "{page} links to {target}");
            }
        }
    }
}
