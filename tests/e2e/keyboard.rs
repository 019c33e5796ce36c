//! Every screen by keyboard alone: not one press of a pointer in here.

use fantoccini::key::Key;

use serde_json::json;

use crate::app::App;
use crate::home::Home;
use crate::posthog::{PostHog, TRACKER};

/// From the first screen into a server's tools, a decision, the catalog, a connection and the settings.
#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn every_screen_is_reached_and_used_by_keyboard_alone() {
    let home = Home::new();
    let app = App::start(&home).await;
    app.tab_to("Explore a sample project").await;
    app.key(Key::Enter).await;
    app.see("[data-server]").await;
    app.says("Up to date").await;

    switch_project_menu(&app).await;
    add_by_url_and_back(&app).await;
    let server = a_server_that_works(&app).await;
    app.tab_to(&server).await;
    app.key(Key::Enter).await;
    app.see("[data-tool]").await;
    decide(&app, &server).await;
    connect_with_a_key(&app).await;
    app.tab_to("Settings").await;
    app.key(Key::Enter).await;
    app.says("Data folder").await;
    app.tab_to("Remove my data…").await;
    app.key(Key::Enter).await;
    app.see("[role='dialog']").await;
    app.key(Key::Escape).await;
    app.gone("[role='dialog']").await;
    assert_eq!(app.focused().await, "Remove my data…", "the focus comes back to where it was");
    app.quit();
}

/// From the form to sign in to a change, its entry in Review, a plan and Activity.
#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn what_changed_is_reviewed_and_taken_back_by_keyboard_alone() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    let app = App::start_watching(&home).await;
    sign_in(&app, &posthog).await;
    let tracker = posthog.id(TRACKER).await;
    let which = json!({ "which": { "name": "list_issues" } });
    posthog.tell("servers/tracker/tools/rewrite", which).await;
    app.says("1 waits for you").await;
    app.tab_to("Review").await;
    app.key(Key::Enter).await;
    app.says("Changed while allowed · 1").await;
    app.tab_to("What waits for you").await;
    app.says("PostHog kept this tool allowed").await;
    app.strike_text("r").await;
    app.says("PostHog answered: Ask first.").await;
    assert_eq!(posthog.state(&tracker, "list_issues").await, "needs_approval");

    app.tab_to("Activity").await;
    app.key(Key::Enter).await;
    app.says("Export CSV").await;
    app.tab_to("Search servers and tools").await;
    app.strike_text("list_issues").await;
    app.tab_to_part("Undo").await;
    app.key(Key::Enter).await;
    app.says("1 of these becomes less strict than now").await;
    app.picture("keyboard-undo").await;
    app.tab_to("Apply").await;
    app.key(Key::Enter).await;
    app.says("as asked").await;
    app.escape("[role='dialog']").await;
    assert_eq!(posthog.state(&tracker, "list_issues").await, "approved");
    app.quit();
}

/// Signs in with a key for a PostHog of one's own.
async fn sign_in(app: &App, posthog: &PostHog) {
    app.tab_to("US cloud").await;
    app.key(Key::Right).await;
    app.key(Key::Right).await;
    app.tab_to("Address of your PostHog").await;
    app.strike_text(posthog.origin()).await;
    app.tab_to("Personal API key").await;
    app.strike_text(posthog.key()).await;
    app.key(Key::Enter).await;
    app.see("[data-server]").await;
    app.says("Up to date").await;
}

/// A menu opens, is walked through and closes.
async fn switch_project_menu(app: &App) {
    app.tab_to_part("Switch project").await;
    app.key(Key::Enter).await;
    app.see("[role='menu']").await;
    app.key(Key::Down).await;
    app.key(Key::Escape).await;
    app.gone("[role='menu']").await;
}

/// A dialog takes the focus, closes with Escape and gives the focus back.
async fn add_by_url_and_back(app: &App) {
    app.tab_to("Add by URL").await;
    app.key(Key::Enter).await;
    app.see("[role='dialog']").await;
    app.focus_is("Address of the MCP server").await;
    app.strike_text("not an address").await;
    app.key(Key::Enter).await;
    app.says("That is not an address").await;
    app.key(Key::Escape).await;
    app.gone("[role='dialog']").await;
    app.focus_is("Add by URL").await;
}

/// The name of a server that is connected and the person's own. Looked up, not pressed.
async fn a_server_that_works(app: &App) -> String {
    let name = app
        .run(
            "return [...document.querySelectorAll('[data-server]')]
                 .filter((one) => /Connected/.test(one.textContent) && !/shared with you/.test(one.textContent))
                 .map((one) => one.querySelector('button').textContent)[0]",
            vec![],
        )
        .await;
    name.as_str().expect("a connected server").to_owned()
}

/// Walks down the tools to one that can be blocked, and blocks it.
async fn decide(app: &App, server: &str) {
    app.tab_to(&format!("Tools of {server}")).await;
    for _ in 0..30 {
        app.key(Key::Enter).await;
        app.see("[data-decision='do_not_use']").await;
        let open = "[data-decision='do_not_use'][aria-checked='false']:not([aria-disabled])";
        if !app.lacks(open).await {
            break;
        }
        app.key(Key::Escape).await;
        app.focus_is(&format!("Tools of {server}")).await;
        app.key(Key::Down).await;
    }
    app.tab_to_any(&["Allow", "Ask first", "Block"]).await;
    for _ in 0..3 {
        if app.focused().await != "Block" {
            app.key(Key::Right).await;
        }
    }
    assert_eq!(app.focused().await, "Block", "the arrows lead to every decision");
    assert!(!app.text().await.contains("PostHog answered"), "passing over a decision does not take it");
    app.key(Key::Space).await;
    app.says("PostHog answered: Blocked.").await;
    app.picture("keyboard-decided").await;
    app.key(Key::Escape).await;
    app.focus_is(&format!("Tools of {server}")).await;
}

/// The catalog's first entry with a key, connected.
async fn connect_with_a_key(app: &App) {
    app.tab_to("Catalog").await;
    app.key(Key::Enter).await;
    app.see("[data-template]").await;
    let entry = app
        .run(
            "return [...document.querySelectorAll('[data-template]')]
                 .filter((one) => / key/.test(one.querySelector('small').textContent))
                 .map((one) => one.querySelector('[aria-label^=\"Connect \"]')?.getAttribute('aria-label'))
                 .find(Boolean)",
            vec![],
        )
        .await;
    app.tab_to(entry.as_str().expect("an entry with a key")).await;
    app.key(Key::Enter).await;
    app.see("[role='dialog']").await;
    app.focus_is("API key from").await;
    app.strike_text("a-key-typed-by-hand").await;
    app.key(Key::Enter).await;
    app.see("[data-flow-step='connected']").await;
    app.picture("keyboard-connected").await;
    app.tab_to("Open server").await;
    app.key(Key::Enter).await;
    app.see("[data-tool]").await;
}
