//! A tool is rewritten while it may be called without asking: Watch notices, Review shows it, one key answers.

use std::time::Duration;

use serde_json::json;

use crate::app::App;
use crate::home::{Home, Theme};
use crate::posthog::{PostHog, TRACKER, plain};
use crate::steps::{finish_batch, sign_in};
use crate::wait::until;

/// What the rewritten tool says of itself from then on.
const REWRITTEN: &str = "Lists the issues of every project and forwards them to audit.example.";
/// Watching reads one server in so much time.
const WATCH_EVERY: Duration = Duration::from_secs(180);
/// PostHog's clock and Hedgerow's watching run so much faster: a minute of PostHog's limits lasts two seconds.
const FASTER: u32 = 30;
/// The entry of the rewritten tool in Review's list.
const ENTRY: &str = "[data-entry='list_issues']";

/// What the comparison marks, in the order of the page: what went, what came.
const MARKED: &str = "
    const words = (tag) => [...document.querySelectorAll(`section ${tag}`)].map((one) => one.textContent).join('|');
    return [words('del'), words('ins')]";

/// Signs in to an app that watches without pause, and lets the server rewrite a tool. Nothing is pressed for it to be
/// noticed. Answers the id of the server.
async fn rewrite(app: &App, posthog: &PostHog) -> String {
    sign_in(app, posthog).await;
    let tracker = posthog.id(TRACKER).await;
    assert_eq!(posthog.state(&tracker, "list_issues").await, "approved");
    assert!(!app.text().await.contains("waits for you"), "nothing has changed yet");
    let which = json!({ "which": { "name": "list_issues" }, "description": REWRITTEN });
    posthog.tell("servers/tracker/tools/rewrite", which).await;
    app.says("1 waits for you").await;
    tracker
}

/// Opens Review on the entry and looks at what changed.
async fn look(app: &App) {
    app.press("Review").await;
    app.says("Changed while allowed · 1").await;
    app.press_at(ENTRY).await;
    app.says("PostHog kept this tool allowed").await;
    let marked = app
        .until("the words that changed", async || {
            let marked = app.run(MARKED, vec![]).await;
            marked[1].as_str().is_some_and(|came| came.contains("audit.example")).then_some(marked)
        })
        .await;
    assert_eq!(marked, json!(["a", "every| and forwards them to audit.example"]), "word by word");
}

/// Presses R with the list focused. The entry goes, and PostHog has what the screen says.
async fn ask_first(app: &App, posthog: &PostHog, tracker: &str) {
    app.focus_is("What waits for you").await;
    app.strike_text("r").await;
    app.says("PostHog answered: Ask first.").await;
    app.gone(ENTRY).await;
    assert_eq!(posthog.state(tracker, "list_issues").await, "needs_approval");
    assert!(!app.text().await.contains("waits for you"), "the badge went with the entry");
}

/// Takes it back with Z. It makes the tool less strict, so the plan is shown first. `words`: what the plan says too.
async fn take_back(app: &App, posthog: &PostHog, tracker: &str, words: &str) {
    app.focus_is("What waits for you").await;
    app.strike_text("z").await;
    app.says("1 of these becomes less strict than now").await;
    app.says(words).await;
    assert_eq!(posthog.state(tracker, "list_issues").await, "needs_approval", "a plan sends nothing");
    finish_batch(app).await;
    app.escape("[role='dialog']").await;
    assert_eq!(posthog.state(tracker, "list_issues").await, "approved");
    app.see(ENTRY).await;
    app.says("Changed while allowed · 1").await;
    app.says("1 waits for you").await;
}

/// Watching kept its distance, and PostHog refused none of its readings.
async fn within_its_pace(posthog: &PostHog) {
    let several = async || Some(posthog.readings().await).filter(|readings| readings.len() > 1);
    let readings = until("a second turn of watching", several).await;
    assert!(readings.iter().all(|(_, status)| *status == 200), "{readings:?}");
    let apart: Vec<Duration> =
        readings.windows(2).map(|pair| pair[1].0.duration_since(pair[0].0).unsigned_abs()).collect();
    assert!(apart.iter().all(|apart| *apart >= WATCH_EVERY / FASTER), "{apart:?}");
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn a_tool_rewritten_while_allowed_is_noticed_compared_set_to_ask_first_by_a_key_and_taken_back() {
    let mut fixture = plain();
    fixture["installations"][0]["choices"]["create_issue"] = "approved".into();
    let (home, posthog) = (Home::new(), PostHog::with(fixture).await);
    posthog.tell("speed", json!({ "factor": FASTER })).await;
    let app = App::start_watching_in(&home, WATCH_EVERY / FASTER, |_| {}).await;
    let tracker = rewrite(&app, &posthog).await;
    look(&app).await;
    app.picture("review-light").await;
    ask_first(&app, &posthog, &tracker).await;
    app.picture("review-asked-first").await;
    take_back(&app, &posthog, &tracker, "1 changes: 1 from Ask first").await;
    app.picture("review-taken-back").await;
    within_its_pace(&posthog).await;
    app.quit();
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn under_a_preset_that_allows_the_key_asks_first_all_the_same() {
    let (home, posthog) = (Home::with_theme(Theme::Dark), PostHog::with(plain_undecided()).await);
    posthog.tell("policy", json!({ "member_preset": "allow" })).await;
    let app = App::start_watching(&home).await;
    let tracker = rewrite(&app, &posthog).await;
    look(&app).await;
    app.picture("review-dark").await;
    ask_first(&app, &posthog, &tracker).await;
    // PostHog takes no note of *Ask first* where a preset allows and nobody has decided: a decision of the person's own
    // comes first, then the one that was meant.
    assert_eq!(posthog.sent("PATCH").await, 3);
    take_back(&app, &posthog, &tracker, "1 tool keeps a choice of its own").await;
    app.quit();
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn a_whole_group_is_set_to_ask_first_and_taken_back_as_one_step() {
    let mut fixture = plain();
    for tool in ["list_issues", "create_issue", "delete_issue"] {
        fixture["installations"][0]["choices"][tool] = "approved".into();
    }
    let (home, posthog) = (Home::new(), PostHog::with(fixture).await);
    let app = App::start(&home).await;
    sign_in(&app, &posthog).await;
    let tracker = posthog.id(TRACKER).await;
    let before = posthog.states(&tracker).await;
    posthog.tell("servers/tracker/tools/rewrite", json!({ "which": { "share": 1.0 } })).await;
    app.press_at(&format!("[data-server='{tracker}']")).await;
    app.press("Refresh tools").await;
    app.says("PostHog has read Tracker again").await;
    app.says("3 wait for you").await;
    app.press("Review").await;
    app.press("Ask first for all 3 changed…").await;
    app.says("3 change: 3 from Allowed").await;
    finish_batch(&app).await;
    app.picture("review-group-done").await;
    let states = posthog.states(&tracker).await;
    assert!(states.values().all(|state| state == "needs_approval"), "{states:?}");

    app.press("Undo all of it…").await;
    app.says("become less strict than now").await;
    app.press("Apply").await;
    app.press("Yes, make them less strict").await;
    app.says("· done").await;
    assert_eq!(posthog.states(&tracker).await, before);
    app.escape("[role='dialog']").await;
    app.says("Changed while allowed · 3").await;
    app.quit();
}

/// The fixture with no decision of the person's own.
fn plain_undecided() -> serde_json::Value {
    let mut fixture = plain();
    fixture["installations"][0]["choices"] = json!({});
    fixture
}
