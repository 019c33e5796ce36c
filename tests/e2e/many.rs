//! Ten thousand tools that changed while they were allowed, in the real window.

use fantoccini::key::Key;
use serde_json::json;

use crate::app::App;
use crate::home::Home;
use crate::posthog::PostHog;
use crate::steps::sign_in;
use crate::wait::PATIENCE;

const MANY: usize = 10_000;
/// Lines that exist in the page at once at most, whatever the list holds.
const LINES: u64 = 60;

/// How many lines exist, and what stands on the chosen one.
const LIST: &str = "
    const list = document.querySelector('[data-inbox]');
    const chosen = document.getElementById(list.getAttribute('aria-activedescendant'));
    return [list.querySelectorAll('[role=row]').length, chosen?.dataset.entry ?? '']";

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn ten_thousand_changed_tools_open_scroll_and_are_planned_for() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    posthog.tell("policy", json!({ "member_preset": "allow" })).await;
    posthog.tell("servers/many/generate", json!({ "tools": MANY })).await;
    let app = App::start(&home).await;
    sign_in(&app, &posthog).await;
    let id = posthog.id("many").await;
    app.press_at(&format!("[data-server='{id}']")).await;
    app.see("[data-tool]").await;
    posthog.tell("servers/many/tools/rewrite", json!({ "which": { "share": 1.0 } })).await;
    app.press("Refresh tools").await;
    // Ten thousand definitions are compared and kept: that takes as long as it takes.
    app.says_within(3 * PATIENCE, "10,000 wait for you").await;
    app.press("Review").await;
    app.says("Changed while allowed · 10,000").await;
    app.see("[data-entry]").await;

    app.press_at("[data-entry]").await;
    app.focus_is("What waits for you").await;
    let first = chosen(&app).await;
    app.key(Key::End).await;
    let last = app
        .until("another entry", async || {
            Some(chosen(&app).await).filter(|name| !name.is_empty() && *name != first)
        })
        .await;
    app.says(&last).await;
    app.picture("review-10000-end").await;
    app.key(Key::Home).await;
    app.until("the first entry", async || (chosen(&app).await == first).then_some(())).await;
    app.says("PostHog kept this tool allowed").await;
    app.picture("review-10000").await;
    app.press("Ask first for all 10,000 changed…").await;
    app.says("Ask first for 10,000 tools").await;
    app.says("You can undo all of it as one step.").await;
    app.picture("review-10000-plan").await;
    assert_eq!(posthog.sent("PATCH").await, 0, "a plan sends nothing");
    app.escape("[role='dialog']").await;
    app.quit();
}

/// The entry that the list is on. The page never holds more than it shows.
async fn chosen(app: &App) -> String {
    let answer = app.run(LIST, vec![]).await;
    let lines = answer[0].as_u64().expect("a number");
    assert!((1..=LINES).contains(&lines), "{lines} lines");
    answer[1].as_str().expect("a name").to_owned()
}
