//! A session bus apart from the one that `scripts/e2e.sh` makes, with another keyring behind it.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::driver::terminate;
use crate::home::Home;

/// A session bus that knows no service to start.
const NOTHING_TO_START: &str = r#"<busconfig>
<type>session</type>
<listen>unix:tmpdir=/tmp</listen>
<policy context="default">
  <allow send_destination="*" eavesdrop="true"/>
  <allow eavesdrop="true"/>
  <allow own="*"/>
</policy>
</busconfig>
"#;

/// A running bus. It ends when dropped, and what it started ends with it.
pub(crate) struct Bus {
    process: Child,
    address: String,
    run: PathBuf,
}

impl Bus {
    /// A bus that starts the person's keyring when it is asked for. It is locked then: nobody has given the password.
    pub(crate) fn with_locked_keyring(home: &Home) -> Self {
        Self::start(home)
    }

    /// The same, and the person gives the password first.
    pub(crate) fn with_open_keyring(home: &Home) -> Self {
        let bus = Self::start(home);
        let mut command = Command::new("gnome-keyring-daemon");
        home.furnish(&mut command);
        bus.lead(&mut command);
        command.args(["--unlock", "--components=secrets"]).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut daemon = command.spawn().expect("start the keyring");
        daemon.stdin.take().expect("its input").write_all(b"a person's password").expect("give the password");
        assert!(daemon.wait().expect("wait for it").success(), "the keyring takes the password");
        let mut wait = Command::new("gdbus");
        bus.lead(&mut wait);
        wait.args(["wait", "--session", "--timeout=20", "org.freedesktop.secrets"]);
        assert!(wait.status().expect("run gdbus").success(), "the keyring is on the bus");
        bus
    }

    /// A bus on which no program offers a keyring, and none can be started.
    pub(crate) fn without_keyring(home: &Home) -> Self {
        let config = home.at("bus.conf");
        std::fs::write(&config, NOTHING_TO_START).expect("write what the bus may do");
        Self::start_as(home, &format!("--config-file={}", config.display()))
    }

    fn start(home: &Home) -> Self {
        Self::start_as(home, "--session")
    }

    fn start_as(home: &Home, kind: &str) -> Self {
        use std::os::unix::fs::DirBuilderExt;
        // A keyring finds another one of the same person by this folder.
        let run =
            tempfile::Builder::new().prefix("run-").tempdir_in(home.at("")).expect("make a folder").keep();
        std::fs::remove_dir(&run)
            .and_then(|()| std::fs::DirBuilder::new().mode(0o700).create(&run))
            .expect("make it private");
        let mut command = Command::new("dbus-daemon");
        home.furnish(&mut command);
        command.env("XDG_RUNTIME_DIR", &run).env_remove("DBUS_SESSION_BUS_ADDRESS");
        command.args([kind, "--nofork", "--print-address"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("start the bus");
        let mut address = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut address).expect("read its address");
        Self { process, address: address.trim().to_owned(), run }
    }

    /// Where it is reached.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Puts a program that will be started on this bus.
    pub(crate) fn lead(&self, command: &mut Command) {
        command.env("DBUS_SESSION_BUS_ADDRESS", &self.address).env("XDG_RUNTIME_DIR", &self.run);
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        terminate(self.process.id());
        let _ended = self.process.wait();
    }
}
