//! PostHog refuses, fails and goes silent, and the journal cannot be written: what it says afterwards is true.

use std::sync::Arc;

use hedgerow_core::Project;
use hedgerow_core::view::{BatchItem, BatchState, Decision, ErrorCode, ItemResult};
use serde_json::{Value, json};
use sqlx::SqlitePool;

use super::{all_of, batch, batch_at, count, items, truth, world_of};
use crate::support::{World, tool};

pub(super) async fn fault(world: &World, tool: &str, times: u32, fault: Value) {
    let body = json!({"path_prefix": "/api/projects", "path_contains": tool, "method": "PATCH",
                      "times": times, "fault": fault});
    world.control("/faults", body).await;
}

pub(crate) async fn begin(project: &Arc<Project>, id: &str, decision: Decision) -> i64 {
    let plan = project.plan_decisions(all_of(id), decision).await.unwrap();
    project.apply_plan(plan.plan, true).await.unwrap().id
}

/// What the journal says of each tool is what PostHog says.
pub(super) fn agree(items: &[BatchItem], truth: &[(String, String)]) {
    for item in items {
        let (_, state) = truth.iter().find(|(name, _)| *name == item.tool).unwrap();
        let possible: &[&str] = match item.result {
            ItemResult::AsAsked | ItemResult::DefinitionChanged => &[&item.asked],
            ItemResult::KeptOtherwise => &[&item.answered],
            ItemResult::Waiting | ItemResult::Refused | ItemResult::Skipped => &[&item.before],
            ItemResult::Sent | ItemResult::Unknown => &[&item.asked, &item.before],
        };
        assert!(possible.contains(&state.as_str()), "{}: {:?} is {state}", item.tool, item.result);
    }
}

#[tokio::test]
async fn a_429_holds_everything_until_posthog_said_and_nothing_is_lost() {
    let (world, project, id) = world_of(6).await;
    fault(&world, "tool_002", 2, json!({"throttled": 1})).await;
    world.forget_requests().await;
    let number = begin(&project, &id, Decision::DoNotUse).await;
    let held = async || {
        let now = batch(&project, number).await;
        (now.resumes_ms.is_some() && count(&now, ItemResult::Waiting) == 4).then_some(now)
    };
    let held = world.until(held).await;
    assert!(held.state == BatchState::Running && held.seconds_left >= 1);
    assert_eq!(count(&held, ItemResult::Sent), 0, "what was refused certainly did not arrive");
    let done = batch_at(&world, &project, number, BatchState::Done).await;
    assert_eq!((count(&done, ItemResult::AsAsked), done.resumes_ms), (6, None));
    assert_eq!(world.requests("PATCH", "/tools/").await, 8, "each refusal cost one request");
    assert!(truth(&world, &id).await.iter().all(|(_, state)| state == "do_not_use"));
}

#[tokio::test]
async fn a_batch_that_is_held_can_be_paused_and_stopped_at_once() {
    let (world, project, id) = world_of(3).await;
    fault(&world, "tool_001", 1, json!({"throttled": 3000})).await;
    let number = begin(&project, &id, Decision::DoNotUse).await;
    let held = async || Some(batch(&project, number).await).filter(|now| now.resumes_ms.is_some());
    world.until(held).await;
    project.pause_batch(number).await.unwrap();
    let free = async || Some(batch(&project, number).await).filter(|now| now.resumes_ms.is_none());
    let paused = world.until(free).await;
    assert_eq!((paused.state, count(&paused, ItemResult::Waiting)), (BatchState::Paused, 2));
    project.stop_batch(number).await.unwrap();
    let stopped = batch(&project, number).await;
    assert_eq!((stopped.state, count(&stopped, ItemResult::Skipped)), (BatchState::Stopped, 2));
    agree(&items(&project, number).await, &truth(&world, &id).await);
}

#[tokio::test]
async fn failures_and_silence_are_unknown_until_the_server_is_read_again() {
    let (world, project, id) = world_of(7).await;
    fault(&world, "tool_001", 1, json!({"status": 500})).await;
    fault(&world, "tool_003", 1, json!("hang")).await;
    fault(&world, "tool_005", 1, json!({"throttled": 1})).await;
    let number = begin(&project, &id, Decision::DoNotUse).await;
    let done = batch_at(&world, &project, number, BatchState::Done).await;
    assert_eq!((count(&done, ItemResult::AsAsked), count(&done, ItemResult::Unknown)), (5, 2));
    agree(&items(&project, number).await, &truth(&world, &id).await);
    world.forget_requests().await;
    project.retry_batch(number).await.unwrap();
    let done = batch_at(&world, &project, number, BatchState::Done).await;
    assert_eq!(count(&done, ItemResult::AsAsked), 7);
    assert_eq!(world.requests("PATCH", "/tools/").await, 2, "only the failed were tried again");
}

#[tokio::test]
async fn three_failures_in_a_row_interrupt_and_what_did_arrive_is_not_sent_twice() {
    let (world, project, id) = world_of(8).await;
    for tool in ["tool_002", "tool_003", "tool_004"] {
        fault(&world, tool, 1, json!({"status": 503})).await;
    }
    let number = begin(&project, &id, Decision::DoNotUse).await;
    let held = batch_at(&world, &project, number, BatchState::Interrupted).await;
    assert_eq!(held.problem.as_ref().map(|problem| problem.code), Some(ErrorCode::PosthogFailed));
    assert_eq!((count(&held, ItemResult::Unknown), count(&held, ItemResult::Waiting)), (3, 3));
    // One of them did arrive: to the app it looks the same.
    super::decided_elsewhere(&world, &id, "tool_003", "do_not_use").await;
    agree(&items(&project, number).await, &truth(&world, &id).await);
    world.forget_requests().await;
    project.resume_batch(number).await.unwrap();
    let done = batch_at(&world, &project, number, BatchState::Done).await;
    assert_eq!((count(&done, ItemResult::AsAsked), done.problem), (8, None));
    assert_eq!(world.requests("PATCH", "tool_003").await, 0);
    assert_eq!(world.requests("PATCH", "/tools/").await, 5);
}

#[tokio::test]
async fn a_lost_connection_leaves_an_interrupted_batch_that_knows_what_was_done() {
    let (world, project, id) = world_of(6).await;
    let slow =
        json!({"path_prefix": "/api/projects", "method": "PATCH", "times": 100, "fault": {"delay_ms": 60}});
    world.control("/faults", slow).await;
    let number = begin(&project, &id, Decision::DoNotUse).await;
    let some =
        async || Some(batch(&project, number).await).filter(|now| count(now, ItemResult::AsAsked) >= 2);
    world.until(some).await;
    let World { sandbox, core, folder: _folder, .. } = world;
    sandbox.stop().await;
    let mut events = core.events();
    let held = loop {
        let now = batch(&project, number).await;
        if now.state == BatchState::Interrupted {
            break now;
        }
        let _ = events.recv().await;
    };
    assert_eq!(held.problem.as_ref().map(|problem| problem.code), Some(ErrorCode::Offline));
    assert!(count(&held, ItemResult::Waiting) > 0 && count(&held, ItemResult::Sent) == 0);
    assert!(held.can_undo, "finish or take back");
    assert_eq!(project.resume_batch(number).await.unwrap_err().code, ErrorCode::Offline);
    let plan = project.plan_decisions(all_of(&id), Decision::Approved).await.unwrap();
    assert_eq!(project.apply_plan(plan.plan, true).await.unwrap_err().code, ErrorCode::Offline);
}

#[tokio::test]
async fn a_key_that_is_refused_stops_at_the_first_tool() {
    let (world, project, id) = world_of(4).await;
    fault(&world, "tool_001", 1, json!({"status": 401})).await;
    world.forget_requests().await;
    let number = begin(&project, &id, Decision::DoNotUse).await;
    let held = batch_at(&world, &project, number, BatchState::Interrupted).await;
    assert_eq!(held.problem.as_ref().map(|problem| problem.code), Some(ErrorCode::KeyRefused));
    assert_eq!((count(&held, ItemResult::AsAsked), count(&held, ItemResult::Waiting)), (1, 3));
    assert_eq!(world.requests("PATCH", "/tools/").await, 2);
}

#[tokio::test]
async fn an_answer_with_another_definition_pins_nothing_and_the_rest_goes_on() {
    let (world, project, id) = world_of(3).await;
    let rewritten = json!({"tool": {"name": "tool_001", "description": "Another text."}});
    world.control("/servers/tracker/tools/put", rewritten).await;
    world.read_elsewhere(&id).await;
    let number = begin(&project, &id, Decision::Approved).await;
    let done = batch_at(&world, &project, number, BatchState::Done).await;
    assert_eq!((count(&done, ItemResult::AsAsked), count(&done, ItemResult::DefinitionChanged)), (2, 1));
    assert_eq!(tool(&project, &id, "tool_001").await.summary, "Another text.");
    agree(&items(&project, number).await, &truth(&world, &id).await);
}

/// Every write of a batch, as the trigger that makes it fail. The third tool of six is hit.
const WRITES: [(&str, &str); 8] = [
    ("the intent", "INSERT ON decision WHEN (SELECT count(*) FROM decision) = 2"),
    ("the place on its way", "UPDATE ON batch_item WHEN NEW.result = 'sent' AND NEW.position = 2"),
    (
        "the answer",
        "UPDATE ON decision WHEN NEW.result = 'as_asked' AND OLD.result = 'open' AND (SELECT count(*) FROM pin) = 2",
    ),
    ("the pin", "INSERT ON pin WHEN (SELECT count(*) FROM pin) = 2"),
    (
        "what the pin replaced",
        "UPDATE ON decision WHEN NEW.moved_pin = 1 AND OLD.moved_pin = 0 AND (SELECT count(*) FROM pin) = 2",
    ),
    ("the place done", "UPDATE ON batch_item WHEN NEW.result = 'as_asked' AND NEW.position = 2"),
    ("the end", "UPDATE ON batch WHEN NEW.state = 'done'"),
    ("the interruption", "UPDATE ON batch WHEN NEW.state IN ('done', 'interrupted')"),
];

async fn run(pool: &SqlitePool, sql: String) {
    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(pool).await.unwrap();
}

#[tokio::test]
async fn a_journal_that_fails_at_any_write_agrees_with_posthog_and_can_be_finished() {
    for (n, (what, trigger)) in WRITES.iter().enumerate() {
        let (mut world, mut project, id) = world_of(6).await;
        let pool = world.ledger().await;
        run(&pool, format!("CREATE TRIGGER fault BEFORE {trigger} BEGIN SELECT RAISE(ABORT, 'fault'); END"))
            .await;
        let number = begin(&project, &id, Decision::DoNotUse).await;
        let held = batch_at(&world, &project, number, BatchState::Interrupted).await;
        let sent = count(&held, ItemResult::AsAsked);
        assert_eq!(sent, if n < 6 { 2 } else { 6 }, "{what}");
        agree(&items(&project, number).await, &truth(&world, &id).await);
        run(&pool, "DROP TRIGGER fault".into()).await;
        pool.close().await;
        // The same app goes on, or the next one does.
        if n % 2 == 1 {
            drop(project);
            world = world.restart().await;
            project = world.core.active().unwrap();
            let held = batch(&project, number).await;
            assert_eq!((held.state, count(&held, ItemResult::Sent)), (BatchState::Interrupted, 0), "{what}");
        }
        project.resume_batch(number).await.unwrap();
        let done = batch_at(&world, &project, number, BatchState::Done).await;
        assert_eq!(count(&done, ItemResult::AsAsked), 6, "{what}");
        assert!(truth(&world, &id).await.iter().all(|(_, state)| state == "do_not_use"), "{what}");
        let so = project.plan_decisions(all_of(&id), Decision::DoNotUse).await.unwrap();
        assert_eq!(super::part(&so, hedgerow_core::view::PlanPart::Already), 6, "{what}: all are pinned");
    }
}

#[tokio::test]
async fn a_plan_that_cannot_be_written_down_is_not_begun() {
    let (world, project, id) = world_of(4).await;
    let pool = world.ledger().await;
    let trigger = "CREATE TRIGGER fault BEFORE INSERT ON batch_item WHEN NEW.position = 2
                   BEGIN SELECT RAISE(ABORT, 'fault'); END";
    run(&pool, trigger.into()).await;
    world.forget_requests().await;
    let plan = project.plan_decisions(all_of(&id), Decision::DoNotUse).await.unwrap();
    assert_eq!(project.apply_plan(plan.plan, true).await.unwrap_err().code, ErrorCode::Internal);
    assert!(project.list_batches().await.unwrap().is_empty());
    assert_eq!(world.requests("PATCH", "/tools/").await, 0);
    run(&pool, "DROP TRIGGER fault".into()).await;
    let begun = project.apply_plan(plan.plan, true).await.unwrap();
    batch_at(&world, &project, begun.id, BatchState::Done).await;
}
