//! A catalog entry that wants a key: it goes from a masked field to PostHog and stays nowhere else.

use crate::app::App;
use crate::home::Home;
use crate::posthog::{PostHog, plain};
use crate::secrets::assert_unwritten;
use crate::steps::sign_in;

/// The catalog entry, and a second one like it.
const DOCS: &str = "Docs";
const NOTES: &str = "Notes";
/// What the fixture's servers take.
const GOOD_KEY: &str = "good-key-of-a-person-0123456789";
/// What they do not take.
const WRONG_KEY: &str = "wrong-key-of-a-person-0123456789";

async fn start() -> PostHog {
    let mut fixture = plain();
    let docs =
        fixture["servers"].as_array_mut().expect("servers").iter_mut().find(|one| one["slug"] == "docs");
    let docs = docs.expect("a server with a key");
    docs["accepted_keys"] = serde_json::json!([GOOD_KEY]);
    let mut notes = docs.clone();
    notes["slug"] = "notes".into();
    notes["name"] = NOTES.into();
    notes["url"] = "https://mcp.notes.example/mcp".into();
    fixture["servers"].as_array_mut().expect("servers").push(notes);
    PostHog::with(fixture).await
}

/// From the catalog to the question for the key, and the key sent.
async fn connect(app: &App, entry: &str, key: &str) {
    app.press("Catalog").await;
    app.press_at(&format!("[data-template='{entry}'] button")).await;
    let field = format!("API key from {entry}");
    app.type_into(&field, key).await;
    let kind = app.run("return document.activeElement.type", vec![]).await;
    assert_eq!(kind, "password", "the field is masked");
    app.picture("key").await;
    app.press_at("[role='dialog'] [type='submit']").await;
    app.see("[data-flow-step='connected']").await;
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn a_key_connects_a_server_and_a_wrong_one_is_told_in_the_servers_words_and_neither_is_kept() {
    let (home, posthog) = (Home::new(), start().await);
    let app = App::start(&home).await;
    sign_in(&app, &posthog).await;

    connect(&app, DOCS, GOOD_KEY).await;
    app.says("PostHog found 1 tool there.").await;
    app.press("Open server").await;
    app.see("[data-tool='search_docs']").await;
    let mut pages = vec![app.page().await];

    connect(&app, NOTES, WRONG_KEY).await;
    app.says("PostHog could not read the server").await;
    app.says("Upstream initialize returned status 401").await;
    app.picture("key-refused").await;
    pages.push(app.page().await);
    app.press("Open server").await;
    app.says("Upstream initialize returned status 401").await;
    pages.push(app.page().await);
    app.quit();

    assert_unwritten(&home, &pages, &[("the key", GOOD_KEY), ("the refused key", WRONG_KEY)]);
}
