//! Decisions on many tools at once: what they would do, how far they are, and what a death in the middle leaves.

use std::collections::BTreeMap;

use fantoccini::key::Key;
use serde_json::json;

use crate::app::{App, kill};
use crate::home::{Home, Theme};
use crate::posthog::PostHog;
use crate::steps::sign_in;
use crate::wait::{PATIENCE, until};

/// The server with many tools.
const MANY: &str = "many";
/// As many as are soon decided on.
const TOOLS: usize = 60;
/// More than PostHog takes in a minute.
const MORE: usize = 500;

/// Signs in to a PostHog with a server of so many tools, and opens it. Answers the server's id.
async fn open_many(app: &App, posthog: &PostHog, tools: usize) -> String {
    posthog.tell(&format!("servers/{MANY}/generate"), json!({ "tools": tools })).await;
    sign_in(app, posthog).await;
    let id = posthog.id(MANY).await;
    app.press_at(&format!("[data-server='{id}']")).await;
    app.see("[data-tool]").await;
    id
}

/// Selects every tool of the table and asks what blocking them would do.
async fn plan_to_block(app: &App, posthog: &PostHog, id: &str, tools: usize) {
    app.press(&format!("Select all {tools}")).await;
    app.says(&format!("{tools} selected")).await;
    app.press("Block…").await;
    app.says(&format!("Block for {tools} tools")).await;
    app.says("You can undo all of it as one step.").await;
    assert_eq!(posthog.sent("PATCH").await, 0, "a plan sends nothing");
    assert!(blocked(posthog, id).await < tools, "something is left to do");
}

/// From here on each decision takes PostHog so long that the middle of a batch can be met.
async fn slow(posthog: &PostHog, milliseconds: u64) {
    let fault = json!({ "path_prefix": "/api/projects/", "path_contains": "/tools/", "method": "PATCH",
                        "times": 10_000, "fault": { "delay_ms": milliseconds } });
    posthog.tell("faults", fault).await;
}

async fn blocked(posthog: &PostHog, id: &str) -> usize {
    posthog.states(id).await.values().filter(|state| *state == "do_not_use").count()
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn many_are_decided_as_planned_with_progress_and_taken_back_as_one_step() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    let app = App::start(&home).await;
    let id = open_many(&app, &posthog, TOOLS).await;
    let before: BTreeMap<String, String> = posthog.states(&id).await;
    plan_to_block(&app, &posthog, &id, TOOLS).await;
    app.picture("bulk-plan-light").await;
    slow(&posthog, 40).await;
    app.press("Apply").await;
    app.until("the batch to be under way", async || {
        let done = progress(&app).await?;
        (done > 0 && done < TOOLS).then_some(())
    })
    .await;
    let both = app.run(BOTH, vec![]).await;
    assert_eq!(both[0], both[1], "the rail and the dialog say the same");
    app.picture("bulk-progress-light").await;
    app.says(&format!("{TOOLS} of {TOOLS} done, each as PostHog answered it · done")).await;
    app.says(&format!("{TOOLS} as asked")).await;
    app.picture("bulk-done-light").await;
    assert_eq!(blocked(&posthog, &id).await, TOOLS);

    app.press("Undo all of it…").await;
    app.says("become less strict than now").await;
    app.press("Apply").await;
    app.says("Agents may use them at once.").await;
    app.picture("bulk-undo-light").await;
    app.press("Yes, make them less strict").await;
    app.says("· done").await;
    assert_eq!(posthog.states(&id).await, before, "every tool is as it was");
    app.quit();
}

/// How many are done, in the words of the dialog and in those of the rail.
const BOTH: &str = "
    const first = (css) => document.querySelector(css)?.textContent.match(/([0-9]+) of [0-9]+/)?.[1] ?? 'nothing';
    return [first('[role=dialog]'), first('[aria-label=\"Decisions under way\"]')]";

/// How many the open dialog calls done.
async fn progress(app: &App) -> Option<usize> {
    let bar = "return document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')";
    app.run(bar, vec![]).await.as_str()?.parse().ok()
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn five_hundred_that_a_kill_interrupted_are_finished_within_posthogs_own_limits() {
    let (home, posthog) = (Home::with_theme(Theme::Dark), PostHog::start().await);
    let app = App::start(&home).await;
    let id = open_many(&app, &posthog, MORE).await;
    plan_to_block(&app, &posthog, &id, MORE).await;
    app.picture("bulk-plan-dark").await;
    app.press("Apply").await;
    until("some decisions to be sent", async || (posthog.sent("PATCH").await > 100).then_some(())).await;
    kill(&home.data_dir());
    drop(app);
    let done = blocked(&posthog, &id).await;
    assert!(0 < done && done < MORE, "it died in the middle: {done} of {MORE}");

    let app = App::start(&home).await;
    app.says("Interrupted: ").await;
    app.picture("bulk-interrupted-rail-dark").await;
    app.press_at("[aria-label='Decisions under way'] button").await;
    app.says("It was interrupted in the middle.").await;
    app.picture("bulk-interrupted-dark").await;
    let known = progress(&app).await.expect("how far it is");
    assert!(known == done || known + 1 == done, "{known} are called done, {done} are at PostHog");
    app.press("Finish").await;
    app.says("held by PostHog’s limit for").await;
    app.picture("bulk-held-dark").await;
    app.says_within(2 * PATIENCE, &format!("{MORE} as asked")).await;
    app.picture("bulk-finished-dark").await;
    assert_eq!(blocked(&posthog, &id).await, MORE);
    let answers = posthog.answers("PATCH").await;
    assert!((MORE..=MORE + 1).contains(&answers[&200]), "what arrived is not sent twice: {answers:?}");
    app.key(Key::Escape).await;
    app.gone("[aria-label='Decisions under way']").await;
    app.quit();
}
