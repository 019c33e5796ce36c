//! What a person cannot decide says why, at the control, and asks PostHog for nothing.

use serde_json::json;

use crate::app::App;
use crate::home::Home;
use crate::posthog::{PostHog, TRACKER, plain};
use crate::steps::sign_in;

/// A colleague shares the wiki; the team has a rule for one tool of the tracker and a limit for another.
async fn start() -> PostHog {
    let mut fixture = plain();
    let shared = json!({ "server": "wiki", "person": "sam", "shared": true, "last_synced_at": "-2h" });
    fixture["installations"].as_array_mut().expect("installations").push(shared);
    fixture["policies"] = json!([{
        "project": 1,
        "rules": [{ "pattern": "delete_issue", "effect": "needs_approval" }],
        "ceilings": [{ "server": "tracker", "tool": "create_issue", "state": "needs_approval" }],
    }]);
    PostHog::with(fixture).await
}

/// Opens a server from the rail, and one of its tools.
async fn open(app: &App, posthog: &PostHog, server: &str, tool: &str) {
    let row = posthog.installation(server).await.expect("it is installed");
    app.press("Servers").await;
    app.press_at(&format!("[data-server='{}'] button", row["id"].as_str().expect("an id"))).await;
    app.press_at(&format!("[data-tool='{tool}']")).await;
    app.see("[data-decision]").await;
}

/// Presses every choice there is.
async fn press_all(app: &App) {
    for decision in ["approved", "needs_approval", "do_not_use"] {
        app.press_at(&format!("[data-decision='{decision}']")).await;
    }
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn what_cannot_be_decided_says_why_and_asks_posthog_for_nothing() {
    let (home, posthog) = (Home::new(), start().await);
    let app = App::start(&home).await;
    sign_in(&app, &posthog).await;

    open(&app, &posthog, "Wiki", "update_page").await;
    app.says("This connection belongs to a colleague, so only its owner can decide here.").await;
    press_all(&app).await;
    app.press("Refresh tools. Only the owner of this connection can have its tools read again.").await;
    app.picture("shared").await;

    open(&app, &posthog, TRACKER, "delete_issue").await;
    app.says("A rule of your team fixes this. A team admin can change the rule in PostHog.").await;
    press_all(&app).await;
    app.picture("locked").await;

    open(&app, &posthog, TRACKER, "create_issue").await;
    app.says("Allow is not open to you: your team set a stricter limit.").await;
    app.press_at("[data-decision='approved']").await;
    app.picture("ceiling").await;

    assert_eq!(posthog.sent("PATCH").await, 0, "nothing was asked for");
    assert_eq!(posthog.asked("POST", "/tools/refresh/").await, 0, "nor any reading");
    // What the limit leaves open can be chosen: the presses above would have been heard.
    app.press_at("[data-decision='do_not_use']").await;
    app.says("PostHog answered: Blocked.").await;
    assert_eq!(posthog.sent("PATCH").await, 1);
    app.quit();
}
