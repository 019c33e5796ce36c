//! A tool's history: the same kinds and results as Activity, and which decision the pin comes from.

use hedgerow_core::Project;
use hedgerow_core::view::{
    ActivityFilter, ActivityKind, BatchState, Decision, HistoryView, ReviewGroup, Selection,
};
use serde_json::{Value, json};

use crate::batches::batch_at;
use crate::support::{SET_BACK, World, server_id, tool};

const NAME: &str = "list_issues";

async fn history(project: &Project) -> Vec<HistoryView> {
    project.tool(&server_id(project, "Tracker").await, NAME).await.unwrap().history
}

/// Kinds, newest first, with what came of each.
async fn told(project: &Project) -> Vec<(ActivityKind, String)> {
    history(project).await.into_iter().map(|line| (line.what, line.result)).collect()
}

async fn upstream(world: &World, project: &Project, what: &str, tool: Value) {
    world.control(&format!("/servers/tracker/tools/{what}"), tool).await;
    project.refresh(&server_id(project, "Tracker").await).await.unwrap();
}

/// Answers the decision's number.
async fn decide(project: &Project, decision: Decision) -> i64 {
    let id = server_id(project, "Tracker").await;
    let seen = tool(project, &id, NAME).await.fingerprint;
    project.decide(&id, NAME, decision, &seen).await.unwrap().decision
}

#[tokio::test]
async fn it_tells_a_tool_that_went_and_came_back_as_activity_does() {
    let (world, project) = World::signed_in().await;
    upstream(&world, &project, "remove", json!({"name": NAME})).await;
    upstream(&world, &project, "restore", json!({"name": NAME})).await;
    let kinds: Vec<_> = told(&project).await.into_iter().map(|(what, _)| what).collect();
    assert_eq!(kinds, [ActivityKind::Returned, ActivityKind::Removed, ActivityKind::FirstContact]);
    let page = project.activity(NAME, ActivityFilter::Tools, 0, 10).await.unwrap();
    let lines: Vec<_> = page.rows.into_iter().map(|row| row.what).collect();
    assert_eq!(lines, kinds[..2], "and Activity the same");
}

#[tokio::test]
async fn it_tells_a_change_that_was_undone_as_activity_does() {
    let (world, project) = World::signed_in().await;
    upstream(&world, &project, "put", json!({"tool": {"name": NAME, "description": "One."}})).await;
    decide(&project, Decision::Approved).await;
    upstream(&world, &project, "put", json!({"tool": {"name": NAME, "description": "Two."}})).await;
    upstream(&world, &project, "put", json!({"tool": {"name": NAME, "description": "One."}})).await;
    let kinds: Vec<_> = told(&project).await.into_iter().map(|(what, _)| what).collect();
    let wanted =
        [ActivityKind::ChangedBack, ActivityKind::Changed, ActivityKind::Decided, ActivityKind::Changed];
    assert_eq!(kinds[..4], wanted);
}

#[tokio::test]
async fn it_tells_a_baseline_a_decision_and_its_undoing_apart_and_which_of_them_pins() {
    let (world, project) = World::signed_in().await;
    let revision = project.review().await.unwrap().revision;
    project.accept(Selection::Group { group: ReviewGroup::Unpinned, revision }).await.unwrap();
    let first = history(&project).await.remove(0);
    assert_eq!((first.what, &*first.result, &*first.answered), (ActivityKind::Baseline, "as_asked", ""));
    assert!(first.pins);
    let number = decide(&project, Decision::DoNotUse).await;
    let lines = history(&project).await;
    assert_eq!((lines[0].what, lines[0].pins, lines[1].pins), (ActivityKind::Decided, true, false));
    let plan = project.plan_undo(None, Some(number)).await.unwrap();
    let begun = project.apply_plan(plan.plan, true).await.unwrap();
    batch_at(&world, &project, begun.id, BatchState::Done).await;
    let lines = history(&project).await;
    assert_eq!(lines[0].what, ActivityKind::Undone);
    let pins: Vec<_> = lines.iter().filter(|line| line.pins).map(|line| line.what).collect();
    assert_eq!(pins, [ActivityKind::Baseline], "taking back gives the pin of before back, with its step");
}

#[tokio::test]
async fn it_tells_what_hedgerow_set_back_by_itself_and_that_it_did_not_pin() {
    let (world, project) = World::signed_in().await;
    decide(&project, Decision::DoNotUse).await;
    decide(&project, Decision::Approved).await;
    upstream(&world, &project, "put", json!({"tool": {"name": NAME, "description": "Another."}})).await;
    world.core.set_watch_settings(SET_BACK).await.unwrap();
    let line = world
        .until(async || {
            let newest =
                history(&project).await.into_iter().find(|line| line.what == ActivityKind::Automatic);
            newest.filter(|line| line.result == "as_asked")
        })
        .await;
    assert_eq!((&*line.before, &*line.asked, line.pins), ("approved", "needs_approval", false));
    let pins: Vec<_> = history(&project).await.into_iter().filter(|line| line.pins).collect();
    assert_eq!((pins.len(), pins[0].what, &*pins[0].asked), (1, ActivityKind::Decided, "approved"));
}

#[tokio::test]
async fn it_tells_a_refusal_with_posthogs_words() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let seen = tool(&project, &id, NAME).await.fingerprint;
    let ceiling = json!({"ceilings": [{"server": "tracker", "tool": NAME, "state": "do_not_use"}]});
    world.control("/policy", ceiling).await;
    let error = project.decide(&id, NAME, Decision::NeedsApproval, &seen).await.unwrap_err();
    let line = history(&project).await.remove(0);
    assert_eq!((line.what, &*line.result), (ActivityKind::Decided, "refused"));
    assert!(!line.words.is_empty() && line.words == error.message && !line.pins, "{line:?}");
}
