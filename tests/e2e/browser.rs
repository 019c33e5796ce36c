//! The person's browser: a real Chromium in the person's own home.

use std::process::Command;

use fantoccini::{Client, Locator};
use serde_json::json;

use crate::driver::Driver;
use crate::home::Home;
use crate::wait::{PATIENCE, until};

/// Chromium with one window.
pub(crate) struct Browser {
    client: Client,
    _driver: Driver,
}

impl Browser {
    /// Opens it. `origin` is PostHog: the person has told the browser before that its `posthog-code://` links may
    /// start a program, which is what the tick in Chromium's question writes into the profile.
    pub(crate) async fn open(home: &Home, origin: &str) -> Self {
        let mut command = Command::new("chromedriver");
        home.furnish(&mut command);
        let mut driver = Driver::start(command, &home.at("chromedriver.log"));
        let client = driver
            .session(json!({
                "browserName": "chrome",
                "goog:chromeOptions": {
                    "binary": "/usr/bin/chromium",
                    "args": [
                        format!("--user-data-dir={}", home.at("chromium").display()),
                        "--no-sandbox", // continuous integration runs as root
                        "--no-first-run",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--window-size=900,700",
                    ],
                    "prefs": {
                        "protocol_handler.allowed_origin_protocol_pairs": { (origin): { "posthog-code": true } }
                    }
                }
            }))
            .await;
        Self { client, _driver: driver }
    }

    /// Brings it to the front, as the person does from the panel.
    pub(crate) async fn to_front(&self) {
        // A window that is drawn anew is given the focus; one that only asks for it is not.
        self.client.minimize_window().await.expect("put it away");
        self.client.maximize_window().await.expect("bring it back");
    }

    /// Goes to an address, as the system's opener would.
    pub(crate) async fn go(&self, address: &str) {
        self.client.goto(address).await.expect("open the page");
    }

    /// Presses the element with this id, once it is there.
    pub(crate) async fn press(&self, id: &str) {
        let element = self.client.wait().at_most(PATIENCE).for_element(Locator::Id(id)).await;
        element.unwrap_or_else(|error| panic!("#{id}: {error}")).click().await.expect("press it");
    }

    /// Waits until the page says these words.
    pub(crate) async fn says(&self, words: &str) {
        until(&format!("the browser to say “{words}”"), async || {
            let text = self.client.find(Locator::Css("body")).await.ok()?.text().await.ok()?;
            text.contains(words).then_some(())
        })
        .await;
    }

    /// Closes the window.
    pub(crate) async fn close(self) {
        self.client.close().await.expect("close the browser");
    }
}
