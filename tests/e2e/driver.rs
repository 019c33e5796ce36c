//! A WebDriver program (WebKitWebDriver for the app's window, chromedriver for the browser) and its one session.

use std::fs::File;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;

use crate::wait::{PATIENCE, until};

/// A running driver. It ends, politely, when dropped: killed outright it would leave its port and browser behind.
pub(crate) struct Driver {
    process: Child,
    address: String,
}

impl Driver {
    /// Starts `command` on a free port; what it and its browser print goes to the file `log`.
    pub(crate) fn start(mut command: Command, log: &Path) -> Self {
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let log = File::options().create(true).append(true).open(log).expect("open the log");
        let process = command
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("share the log"))
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| panic!("start {command:?}: {error}"));
        Self { process, address: format!("http://127.0.0.1:{port}") }
    }

    /// Opens the session, as soon as the driver listens.
    pub(crate) async fn session(&mut self, capabilities: Value) -> Client {
        let address = self.address.clone();
        until("the WebDriver to listen", async || {
            let host = address.trim_start_matches("http://");
            tokio::net::TcpStream::connect(host).await.ok()
        })
        .await;
        let capabilities = capabilities.as_object().expect("an object").clone();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let session = builder.capabilities(capabilities).connect(&address);
        let session = tokio::time::timeout(PATIENCE, session).await.expect("the program starts");
        session.unwrap_or_else(|error| panic!("open a WebDriver session: {error}"))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        terminate(self.process.id());
        let _ended = self.process.wait();
    }
}

/// Asks a process to end.
pub(crate) fn terminate(pid: u32) {
    let _already_gone = Command::new("kill").args(["-TERM", &pid.to_string()]).stderr(Stdio::null()).status();
}
