//! The main path: sign in, see, decide, refresh, connect through the browser and the `posthog-code` link.

use crate::app::App;
use crate::home::Home;
use crate::posthog::{PostHog, TRACKER, WIKI};
use crate::steps::{begin_connecting, follow_to_consent, sign_in};

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn a_person_decides_refreshes_and_connects_a_server() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    let app = App::start(&home).await;
    app.picture("sign-in").await;
    sign_in(&app, &posthog).await;
    app.says(TRACKER).await;
    app.picture("servers").await;

    let tracker = posthog.installation(TRACKER).await.expect("it is installed");
    let tracker = tracker["id"].as_str().expect("an id");
    decide(&app, &posthog, tracker).await;
    refresh(&app, &posthog).await;

    begin_connecting(&app, WIKI).await;
    app.picture("connecting").await;
    let browser = follow_to_consent(&home, &posthog).await;
    browser.press("approve").await;

    app.see("[data-flow-step='connected']").await;
    app.says("PostHog found 2 tools there.").await;
    app.picture("connected").await;
    app.press("Open server").await;
    app.see("[data-tool='search_pages']").await;
    app.see("[data-tool='update_page']").await;
    app.picture("connected-server").await;
    assert_eq!(posthog.installation(WIKI).await.expect("PostHog has it")["pending_oauth"], false);
    browser.close().await;
    app.quit();
}

/// A decision is on screen as PostHog answered it, and is what PostHog has.
async fn decide(app: &App, posthog: &PostHog, tracker: &str) {
    assert_eq!(posthog.state(tracker, "delete_issue").await, "needs_approval");
    app.press_at(&format!("[data-server='{tracker}']")).await;
    app.press_at("[data-tool='delete_issue']").await;
    app.press_at("[data-decision='do_not_use']").await;
    app.says("PostHog answered: Blocked.").await;
    app.picture("server").await;
    assert_eq!(posthog.state(tracker, "delete_issue").await, "do_not_use");
}

/// A refresh shows what the server offers now.
async fn refresh(app: &App, posthog: &PostHog) {
    let tool = serde_json::json!({ "name": "archive_issue", "description": "Archives.", "input_schema": {} });
    posthog.offer("tracker", tool).await;
    assert!(app.lacks("[data-tool='archive_issue']").await);
    app.press("Refresh tools").await;
    app.see("[data-tool='archive_issue']").await;
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn a_denied_login_is_told_in_words_and_connects_nothing() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    let app = App::start(&home).await;
    sign_in(&app, &posthog).await;
    begin_connecting(&app, WIKI).await;
    let browser = follow_to_consent(&home, &posthog).await;
    browser.press("deny").await;

    app.see("[data-flow-step='failed']").await;
    app.says("The login was denied").await;
    app.see(&format!("[data-template='{WIKI}'] [aria-label='Finish connecting: {WIKI}']")).await;
    app.picture("denied").await;
    let left = posthog.installation(WIKI).await;
    assert!(left.is_none_or(|row| row["pending_oauth"] == true), "PostHog has no connection");
    browser.close().await;
    app.quit();
}
