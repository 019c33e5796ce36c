//! PostHog did it and the answer is lost: the journal does not know, the server does, and nothing is sent twice.

use std::collections::BTreeMap;

use hedgerow_core::view::{ActivityFilter, BatchState, Decision, ErrorCode, ItemResult};
use serde_json::{Value, json};

use super::faults::{agree, begin, fault};
use super::{all_of, batch, batch_at, count, decide_all, items, truth, world_of};
use crate::support::{PATIENCE, World};

/// How often each tool was asked for, answered or not.
pub(super) async fn asked(world: &World) -> BTreeMap<String, u64> {
    let log = world.control("/requests", Value::Null).await;
    let name = |call: &str| {
        let tool = call.strip_prefix("PATCH ")?.trim_end_matches('/').rsplit('/').next()?;
        Some(tool.to_owned())
    };
    let counters = log["counters"].as_object().unwrap();
    counters.iter().filter_map(|(call, times)| Some((name(call)?, times.as_u64()?))).collect()
}

/// Each tool of that many once.
fn once_each(tools: usize) -> BTreeMap<String, u64> {
    (0..tools).map(|n| (format!("tool_{n:03}"), 1)).collect()
}

#[tokio::test]
async fn lost_answers_are_unknown_until_the_server_is_read_and_are_never_sent_again() {
    let places: [&[&str]; 4] = [
        &["tool_000"],
        &["tool_003"],
        &["tool_001", "tool_002", "tool_004", "tool_006"],
        // The last one that is sent: nothing comes after it but the end.
        &["tool_007"],
    ];
    for lost in places {
        let (world, project, id) = world_of(8).await;
        let before = truth(&world, &id).await;
        for tool in lost {
            fault(&world, tool, 1, json!("lose_answer")).await;
        }
        // The reading at the end takes its time, so that what comes before it can be looked at.
        let slow = json!({"path_prefix": "/api/projects", "path_contains": "/tools/", "method": "GET",
                          "times": 3, "fault": {"delay_ms": 300}});
        world.control("/faults", slow).await;
        world.forget_requests().await;
        let number = begin(&project, &id, Decision::DoNotUse).await;
        let sent = async {
            loop {
                let now = batch(&project, number).await;
                if count(&now, ItemResult::Waiting) + count(&now, ItemResult::Sent) == 0 {
                    return now;
                }
                tokio::task::yield_now().await;
            }
        };
        let held = tokio::time::timeout(PATIENCE, sent).await.unwrap();
        assert_eq!(count(&held, ItemResult::Unknown) as usize, lost.len(), "{lost:?}");
        agree(&items(&project, number).await, &truth(&world, &id).await);

        let done = batch_at(&world, &project, number, BatchState::Done).await;
        assert_eq!(count(&done, ItemResult::AsAsked), 8, "{lost:?}");
        assert!(!done.can_retry && done.problem.is_none(), "{lost:?}");
        assert_eq!(asked(&world).await, once_each(8), "{lost:?}");
        agree(&items(&project, number).await, &truth(&world, &id).await);
        let lines = project.activity("", ActivityFilter::Decisions, 0, 200).await.unwrap().rows;
        assert!(
            lines.iter().all(|line| line.result == "as_asked" && line.answered == "do_not_use"),
            "{lost:?}"
        );
        let again = project.plan_decisions(all_of(&id), Decision::DoNotUse).await.unwrap();
        assert_eq!(
            super::part(&again, hedgerow_core::view::PlanPart::Already),
            8,
            "{lost:?}: all are pinned"
        );

        let undo = project.plan_undo(Some(number), None).await.unwrap();
        let undo = project.apply_plan(undo.plan, true).await.unwrap();
        let undone = batch_at(&world, &project, undo.id, BatchState::Done).await;
        assert_eq!((count(&undone, ItemResult::AsAsked), truth(&world, &id).await), (8, before), "{lost:?}");
    }
}

#[tokio::test]
async fn three_lost_answers_in_a_row_interrupt_and_finishing_asks_only_for_the_rest() {
    let (world, project, id) = world_of(8).await;
    for tool in ["tool_002", "tool_003", "tool_004"] {
        fault(&world, tool, 1, json!("lose_answer")).await;
    }
    world.forget_requests().await;
    let number = begin(&project, &id, Decision::DoNotUse).await;
    let held = batch_at(&world, &project, number, BatchState::Interrupted).await;
    assert_eq!(held.problem.as_ref().map(|problem| problem.code), Some(ErrorCode::Offline));
    assert_eq!((count(&held, ItemResult::Unknown), count(&held, ItemResult::Waiting)), (3, 3));
    agree(&items(&project, number).await, &truth(&world, &id).await);
    project.clone().sync().await.unwrap();
    project.resume_batch(number).await.unwrap();
    let done = batch_at(&world, &project, number, BatchState::Done).await;
    assert_eq!((count(&done, ItemResult::AsAsked), done.problem), (8, None));
    assert_eq!(asked(&world).await, once_each(8));
}

#[tokio::test]
async fn three_lost_answers_in_a_row_can_be_taken_back() {
    let (world, project, id) = world_of(6).await;
    let before = truth(&world, &id).await;
    for tool in ["tool_001", "tool_002", "tool_003"] {
        fault(&world, tool, 1, json!("lose_answer")).await;
    }
    let number = begin(&project, &id, Decision::Approved).await;
    batch_at(&world, &project, number, BatchState::Interrupted).await;
    project.clone().sync().await.unwrap();
    let undo = project.plan_undo(Some(number), None).await.unwrap();
    let undo = project.apply_plan(undo.plan, true).await.unwrap();
    batch_at(&world, &project, undo.id, BatchState::Done).await;
    assert_eq!(truth(&world, &id).await, before);
}

/// Each request of the three that *Ask first* takes under a preset may be the one whose answer is lost.
#[tokio::test]
async fn a_lost_answer_in_the_middle_of_ask_first_does_not_leave_a_tool_allowed_unsaid() {
    for step in 0..3 {
        let (world, project, id) = world_of(4).await;
        world.control("/policy", json!({"member_preset": "allow"})).await;
        project.clone().sync().await.unwrap();
        let body = json!({"path_prefix": "/api/projects", "path_contains": "tool_002", "method": "PATCH",
                          "skip": step, "fault": "lose_answer"});
        world.control("/faults", body).await;
        let done = decide_all(&world, &project, all_of(&id), Decision::NeedsApproval).await;
        agree(&items(&project, done.id).await, &truth(&world, &id).await);
        let unknown = count(&done, ItemResult::Unknown);
        assert_eq!((unknown, done.can_retry), if step == 2 { (0, false) } else { (1, true) }, "step {step}");
        if done.can_retry {
            project.retry_batch(done.id).await.unwrap();
            batch_at(&world, &project, done.id, BatchState::Done).await;
        }
        let all = batch(&project, done.id).await;
        assert_eq!(count(&all, ItemResult::AsAsked), 4, "step {step}");
        assert!(truth(&world, &id).await.iter().all(|(_, state)| state == "needs_approval"), "step {step}");
    }
}
