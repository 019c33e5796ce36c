//! Keys, nonces and login addresses leave no trace.

use std::path::{Path, PathBuf};

use crate::app::App;
use crate::home::Home;
use crate::posthog::{PostHog, WIKI};
use crate::steps::{begin_connecting, follow_to_consent};

/// A key that PostHog refuses: a refused one must not be written down either.
const WRONG_KEY: &str = "phx_thisKeyIsWrongAndMustNotBeWrittenDown0000";

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn no_file_and_no_output_holds_a_key_a_nonce_or_a_login_address() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    let app = App::start(&home).await;
    app.press("Own host").await;
    app.type_into("Address of your PostHog", posthog.origin()).await;
    app.type_into("Personal API key", WRONG_KEY).await;
    app.press("Sign in").await;
    app.see("[role='alert']").await;
    app.type_into("Personal API key", posthog.key()).await;
    app.press("Sign in").await;
    app.see("[data-server]").await;

    begin_connecting(&app, WIKI).await;
    home.note_links(&format!("exec '{}' \"$1\"", crate::app::PROGRAM));
    let browser = follow_to_consent(&home, &posthog).await;
    browser.press("approve").await;
    app.see("[data-flow-step='connected']").await;
    browser.close().await;
    let page = app.page().await;
    app.quit();

    let login = url(&home.opened_address(1).await);
    let link = url(&home.noted_link().await);
    assert_unwritten(
        &home,
        &[page],
        &[
            ("the key", posthog.key()),
            ("the refused key", WRONG_KEY),
            ("the nonce", &parameter(&link, "flow")),
            ("the login's state", &parameter(&login, "state")),
            ("the login's challenge", &parameter(&login, "code_challenge")),
        ],
    );
}

/// Looks for secrets, each with its name, in pages as they were and in every file the app has left behind.
pub(crate) fn assert_unwritten(home: &Home, pages: &[String], secrets: &[(&str, &str)]) {
    let files = written_by_the_app(home);
    assert!(files.iter().any(|file| file.ends_with("ledger.db")), "the ledger is among {files:?}");
    assert!(
        files.iter().any(|file| file.extension().is_some_and(|e| e == "log")),
        "a log is among {files:?}"
    );
    for (name, secret) in secrets {
        assert!(secret.len() > 20, "{name} is too short to look for: {secret}");
        assert!(pages.iter().all(|page| !page.contains(secret)), "{name} is in the page");
        for file in &files {
            let bytes = std::fs::read(file).expect("read");
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{name} is in {}", file.display());
        }
    }
}

fn url(text: &str) -> reqwest::Url {
    text.parse().expect("an address")
}

fn parameter(url: &reqwest::Url, name: &str) -> String {
    let found = url.query_pairs().find(|(key, _)| key == name);
    found.unwrap_or_else(|| panic!("the address has no {name}")).1.into_owned()
}

/// Every file below the home, without the browser's profile and the two notes of the test itself.
fn written_by_the_app(home: &Home) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![home.at("")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("list") {
            let path = entry.expect("an entry").path();
            let own = ["chromium", "chromedriver.log", "addresses", "links"].map(|part| home.at(part));
            if own.iter().any(|other| other == Path::new(&path)) {
                continue;
            }
            if path.is_dir() {
                folders.push(path)
            } else if path.is_file() {
                files.push(path)
            }
        }
    }
    files
}
