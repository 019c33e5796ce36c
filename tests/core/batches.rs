//! Decisions on many tools: planned, applied under PostHog's limits, written down so that a crash hides nothing, and
//! taken back as one step.

mod by_itself;
mod crashes;
mod edges;
pub(super) mod faults;
mod killed;
mod lost;
mod undoing;

use std::sync::Arc;
use std::time::Duration;

use hedgerow_core::view::{
    BatchItem, BatchState, BatchView, Decision, ErrorCode, ItemResult, PlanPart, PlanView, SeenTool,
    Selection, ToolFilter,
};
use hedgerow_core::{Project, Timing, Window};
use hedgerow_sandbox::Fixture;
use serde_json::{Value, json};

use crate::support::{PATIENCE, World, plain, quick, server_id, tool};

/// A project with one server of that many tools, all on *Ask first* by default.
pub(super) fn many(tools: usize) -> Fixture {
    let tool = |n: usize| json!({"name": format!("tool_{n:03}"), "description": format!("Does thing {n}.")});
    let mut fixture: Value =
        serde_json::from_str(include_str!("../../src-tauri/sandbox/fixtures/plain.json")).unwrap();
    fixture["servers"][0]["tools"] = (0..tools).map(tool).collect();
    fixture["installations"][0]["choices"] = json!({});
    Fixture::from_json(&fixture.to_string()).unwrap()
}

/// A world with one server of that many tools, signed in, without PostHog's own limits.
pub(super) async fn world_of(tools: usize) -> (World, Arc<Project>, String) {
    let world = World::with(many(tools), quick()).await;
    world.control("/throttle", json!({"enabled": false})).await;
    let project = world.sign_in().await;
    let id = server_id(&project, "Tracker").await;
    (world, project, id)
}

pub(super) fn all_of(server_id: &str) -> Selection {
    Selection::Server { server_id: server_id.to_owned(), search: String::new(), filter: ToolFilter::All }
}

pub(super) fn part(plan: &PlanView, part: PlanPart) -> u32 {
    plan.parts.iter().find(|count| count.part == part).map_or(0, |count| count.count)
}

pub(super) fn count(batch: &BatchView, result: ItemResult) -> u32 {
    batch.results.iter().find(|count| count.result == result).map_or(0, |count| count.count)
}

pub(super) async fn batch(project: &Project, id: i64) -> BatchView {
    project.list_batches().await.unwrap().into_iter().find(|batch| batch.id == id).unwrap()
}

/// One tool, with the definition that is known of it.
pub(super) async fn one(project: &Project, server_id: &str, name: &str) -> Selection {
    let fingerprint = tool(project, server_id, name).await.fingerprint;
    let seen = SeenTool { server_id: server_id.to_owned(), tool: name.to_owned(), fingerprint };
    Selection::Tools { tools: vec![seen] }
}

/// Its server rewrites a tool of the tracker, and this app has it read.
pub(super) async fn rewritten(world: &World, project: &Project, id: &str, name: &str, text: &str) {
    let body = json!({"tool": {"name": name, "description": text}});
    world.control("/servers/tracker/tools/put", body).await;
    project.refresh(id).await.unwrap();
}

/// Waits until a batch is in that state.
pub(super) async fn batch_at(world: &World, project: &Project, id: i64, state: BatchState) -> BatchView {
    world.until(async || Some(batch(project, id).await).filter(|batch| batch.state == state)).await
}

/// Plans and applies, and waits for the end.
pub(super) async fn decide_all(
    world: &World,
    project: &Arc<Project>,
    tools: Selection,
    decision: Decision,
) -> BatchView {
    let plan = project.plan_decisions(tools, decision).await.unwrap();
    let begun = project.apply_plan(plan.plan, true).await.unwrap();
    batch_at(world, project, begun.id, BatchState::Done).await
}

pub(super) async fn items(project: &Project, batch: i64) -> Vec<BatchItem> {
    let mut items = Vec::new();
    loop {
        let offset = u32::try_from(items.len()).unwrap();
        let page = project.list_batch_items(batch, None, offset, 200).await.unwrap();
        items.extend(page.items);
        if items.len() >= page.total as usize {
            return items;
        }
    }
}

/// The effective states as PostHog says them now, by tool.
pub(super) async fn truth(world: &World, server_id: &str) -> Vec<(String, String)> {
    let (url, project) = (world.sandbox.url(), world.sandbox.project_id());
    let url = format!("{url}/api/projects/{project}/mcp_server_installations/{server_id}/tools/");
    let answer = reqwest::Client::new().get(url).bearer_auth(world.sandbox.key()).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    let text = |tool: &Value, field: &str| tool[field].as_str().unwrap().to_owned();
    let tools = answer["results"].as_array().unwrap();
    tools.iter().map(|tool| (text(tool, "tool_name"), text(tool, "approval_state"))).collect()
}

/// Somebody decides elsewhere.
pub(super) async fn decided_elsewhere(world: &World, server_id: &str, tool: &str, state: &str) {
    assert!(try_elsewhere(world, server_id, tool, state).await);
}

/// Somebody tries to decide elsewhere; answers whether PostHog took it.
pub(super) async fn try_elsewhere(world: &World, server_id: &str, tool: &str, state: &str) -> bool {
    let (url, project) = (world.sandbox.url(), world.sandbox.project_id());
    let url = format!("{url}/api/projects/{project}/mcp_server_installations/{server_id}/tools/{tool}/");
    let body = json!({"approval_state": state});
    let answer = reqwest::Client::new().patch(url).bearer_auth(world.sandbox.key()).json(&body).send().await;
    answer.unwrap().status().is_success()
}

#[tokio::test]
async fn a_plan_says_what_would_happen_and_sends_nothing() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let rule = json!({"rules": [{"pattern": "delete_*", "effect": "do_not_use"}],
                      "ceilings": [{"server": "tracker", "tool": "create_issue", "state": "needs_approval"}]});
    world.control("/policy", rule).await;
    project.clone().sync().await.unwrap();
    let seen = |name: &str, fingerprint: &str| SeenTool {
        server_id: id.clone(),
        tool: name.to_owned(),
        fingerprint: fingerprint.to_owned(),
    };
    let mut tools = Vec::new();
    for name in ["list_issues", "create_issue", "delete_issue"] {
        tools.push(seen(name, &tool(&project, &id, name).await.fingerprint));
    }
    tools.push(seen("gone", "f"));
    tools.push(tools[0].clone());
    world.forget_requests().await;

    let plan =
        project.plan_decisions(Selection::Tools { tools: tools.clone() }, Decision::Approved).await.unwrap();
    assert_eq!(plan.asked, Some(Decision::Approved));
    let counts: Vec<_> = plan.parts.iter().map(|count| (count.part, count.count)).collect();
    let expected = [PlanPart::Change, PlanPart::Locked, PlanPart::Ceiling, PlanPart::Missing];
    assert_eq!(counts, expected.map(|part| (part, 1)), "each tool once");
    assert_eq!(
        (plan.looser, plan.only_pins),
        (0, 1),
        "the one that changes is allowed already and only gets pinned"
    );

    let looser = project.plan_decisions(all_of(&id), Decision::NeedsApproval).await.unwrap();
    assert_eq!((looser.from.len(), looser.only_pins, looser.looser), (1, 1, 0));
    let locked = project.list_plan(plan.plan, PlanPart::Locked, 0, 10).await.unwrap();
    let row = &locked.items[0];
    assert_eq!((row.tool.as_str(), row.server_name.as_str(), locked.total), ("delete_issue", "Tracker", 1));
    assert_eq!((row.before.as_str(), row.asked.as_str()), ("do_not_use", "approved"));

    tools[0].fingerprint = "0".repeat(64);
    let moved = project.plan_decisions(Selection::Tools { tools }, Decision::DoNotUse).await.unwrap();
    assert_eq!(part(&moved, PlanPart::Moved), 1);
    assert_eq!(world.requests("PATCH", "/tools/").await + world.requests("GET", "/tools/").await, 0);
}

#[tokio::test]
async fn a_batch_is_applied_read_back_and_pinned() {
    let (world, project, id) = world_of(30).await;
    world.forget_requests().await;
    let done = decide_all(&world, &project, all_of(&id), Decision::DoNotUse).await;
    assert_eq!((done.total, count(&done, ItemResult::AsAsked)), (30, 30));
    assert!(done.can_undo && !done.can_retry && done.ended_at.is_some() && done.problem.is_none());
    assert_eq!(world.requests("PATCH", "/tools/").await, 30);
    assert_eq!(world.requests("GET", "/tools/").await, 1, "one reading of the server at the end");
    assert!(truth(&world, &id).await.iter().all(|(_, state)| state == "do_not_use"));
    let again = project.plan_decisions(all_of(&id), Decision::DoNotUse).await.unwrap();
    assert_eq!(part(&again, PlanPart::Already), 30, "so already, on the definition that is pinned");
    assert_eq!(project.apply_plan(again.plan, true).await.unwrap_err().field.as_deref(), Some("plan"));
}

#[tokio::test]
async fn loosening_many_asks_once_more() {
    let (_world, project, id) = world_of(3).await;
    let plan = project.plan_decisions(all_of(&id), Decision::Approved).await.unwrap();
    assert_eq!((plan.looser, plan.asks_again), (3, true));
    let error = project.apply_plan(plan.plan, false).await.unwrap_err();
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Invalid, Some("looser_confirmed")));
    assert!(project.list_batches().await.unwrap().is_empty(), "nothing was begun");
    assert_eq!(project.apply_plan(plan.plan, true).await.unwrap().total, 3, "the plan is still there");
    let gone = project.apply_plan(plan.plan, true).await.unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotFound, "a plan is applied once");
}

#[tokio::test]
async fn a_group_of_review_that_moved_is_not_decided_on() {
    let (_world, project) = World::signed_in().await;
    let group = hedgerow_core::view::ReviewGroup::ChangedAllowed;
    let tools = Selection::Group { group, revision: 1 };
    let error = project.plan_decisions(tools, Decision::NeedsApproval).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::DefinitionMoved);
}

#[tokio::test]
async fn a_paused_batch_goes_on_and_a_stopped_one_keeps_what_was_done() {
    let (world, project, id) = world_of(12).await;
    let slow =
        json!({"path_prefix": "/api/projects", "method": "PATCH", "times": 100, "fault": {"delay_ms": 40}});
    world.control("/faults", slow).await;
    let plan = project.plan_decisions(all_of(&id), Decision::DoNotUse).await.unwrap();
    let begun = project.apply_plan(plan.plan, true).await.unwrap();
    let some =
        async || Some(batch(&project, begun.id).await).filter(|now| count(now, ItemResult::AsAsked) >= 2);
    world.until(some).await;
    project.pause_batch(begun.id).await.unwrap();
    let settled = async || {
        let now = batch(&project, begun.id).await;
        (now.state == BatchState::Paused && count(&now, ItemResult::Sent) == 0).then_some(now)
    };
    let paused = world.until(settled).await;
    let waiting = count(&paused, ItemResult::Waiting);
    assert!(waiting > 0 && count(&paused, ItemResult::AsAsked) + waiting == 12);
    assert_eq!(project.pause_batch(begun.id).await.unwrap_err().code, ErrorCode::NotFound);

    // Another decision is no obstacle meanwhile.
    let row = tool(&project, &id, "tool_011").await;
    project.decide(&id, "tool_011", Decision::Approved, &row.fingerprint).await.unwrap();
    project.resume_batch(begun.id).await.unwrap();
    let three = async || {
        let now = batch(&project, begun.id).await;
        (count(&now, ItemResult::Waiting) < waiting).then_some(now)
    };
    world.until(three).await;
    project.stop_batch(begun.id).await.unwrap();
    let settled =
        async || Some(batch(&project, begun.id).await).filter(|now| count(now, ItemResult::Sent) == 0);
    let stopped = world.until(settled).await;
    assert_eq!(stopped.state, BatchState::Stopped);
    let done = count(&stopped, ItemResult::AsAsked);
    assert_eq!(done + count(&stopped, ItemResult::Skipped), 12);
    let blocked = truth(&world, &id).await.iter().filter(|(_, state)| state == "do_not_use").count();
    assert_eq!(blocked, done as usize);
    assert!(stopped.can_undo && !stopped.can_retry, "what was stopped has not failed");
    assert_eq!(project.retry_batch(begun.id).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn after_a_stop_only_what_failed_is_tried_again() {
    let (world, project, id) = world_of(12).await;
    let refused = json!({"path_prefix": "/api/projects", "path_contains": "tool_001", "method": "PATCH",
                         "fault": {"status": 400}});
    let slow =
        json!({"path_prefix": "/api/projects", "method": "PATCH", "times": 100, "fault": {"delay_ms": 120}});
    world.control("/faults", refused).await;
    world.control("/faults", slow).await;
    let plan = project.plan_decisions(all_of(&id), Decision::DoNotUse).await.unwrap();
    let begun = project.apply_plan(plan.plan, true).await.unwrap();
    let one =
        async || Some(batch(&project, begun.id).await).filter(|now| count(now, ItemResult::Refused) == 1);
    world.until(one).await;
    project.stop_batch(begun.id).await.unwrap();
    let settled =
        async || Some(batch(&project, begun.id).await).filter(|now| count(now, ItemResult::Sent) == 0);
    let stopped = world.until(settled).await;
    let (done, skipped) = (count(&stopped, ItemResult::AsAsked), count(&stopped, ItemResult::Skipped));
    assert!(skipped > 0 && stopped.can_retry, "{stopped:?}");
    world.forget_requests().await;
    project.retry_batch(begun.id).await.unwrap();
    let again = batch_at(&world, &project, begun.id, BatchState::Done).await;
    assert_eq!((count(&again, ItemResult::AsAsked), count(&again, ItemResult::Skipped)), (done + 1, skipped));
    assert_eq!(world.requests("PATCH", "/tools/").await, 1);
}

#[tokio::test]
async fn plans_applied_one_after_the_other_queue_up() {
    let (world, project, id) = world_of(6).await;
    let first = project.plan_decisions(all_of(&id), Decision::Approved).await.unwrap();
    let second = project.plan_decisions(all_of(&id), Decision::DoNotUse).await.unwrap();
    project.apply_plan(first.plan, true).await.unwrap();
    let last = project.apply_plan(second.plan, true).await.unwrap();
    batch_at(&world, &project, last.id, BatchState::Done).await;
    assert!(truth(&world, &id).await.iter().all(|(_, state)| state == "do_not_use"));
    let states: Vec<_> = project.list_batches().await.unwrap().iter().map(|batch| batch.state).collect();
    assert_eq!(states, [BatchState::Done, BatchState::Done]);
}

#[tokio::test]
async fn five_hundred_keep_within_posthogs_limits_and_survive_a_restart_in_the_middle() {
    // PostHog's limits at a fifth, on a clock that runs some hundred times faster; the app's own to match.
    let minute = Duration::from_millis(250);
    let decisions = [Window { calls: 80, within: minute }, Window { calls: 4_000, within: minute * 60 }];
    let world = World::with(many(500), Timing { decisions, ..quick() }).await;
    let project = world.sign_in().await;
    let id = server_id(&project, "Tracker").await;
    world.control("/throttle", json!({"enabled": true, "scale": 0.2, "reset": true})).await;
    let plan = project.plan_decisions(all_of(&id), Decision::DoNotUse).await.unwrap();
    let begun = project.apply_plan(plan.plan, false).await.unwrap();
    let middle = async {
        while count(&batch(&project, begun.id).await, ItemResult::AsAsked) < 250 {
            world.control("/clock", json!({"advance_seconds": 10})).await;
        }
    };
    tokio::time::timeout(PATIENCE, middle).await.unwrap();
    let refused = world.control("/requests", Value::Null).await["requests"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|request| request["status"] == 429)
        .count();
    assert_eq!(refused, 0, "the app keeps within the limits by itself");

    drop(project);
    let world = world.restart().await;
    world.control("/throttle", json!({"enabled": false})).await;
    let project = world.core.active().unwrap();
    assert_eq!(batch(&project, begun.id).await.state, BatchState::Interrupted);
    project.resume_batch(begun.id).await.unwrap();
    let done = batch_at(&world, &project, begun.id, BatchState::Done).await;
    assert_eq!((done.total, count(&done, ItemResult::AsAsked)), (500, 500));
    assert!(truth(&world, &id).await.iter().all(|(_, state)| state == "do_not_use"));
}

#[tokio::test]
async fn a_definition_that_moves_while_it_waits_is_not_sent() {
    let (world, project, id) = world_of(4).await;
    let plan = project.plan_decisions(all_of(&id), Decision::Approved).await.unwrap();
    let rewritten = json!({"tool": {"name": "tool_002", "description": "Another text."}});
    world.control("/servers/tracker/tools/put", rewritten).await;
    project.refresh(&id).await.unwrap();
    world.forget_requests().await;
    let begun = project.apply_plan(plan.plan, true).await.unwrap();
    let done = batch_at(&world, &project, begun.id, BatchState::Done).await;
    assert_eq!((count(&done, ItemResult::AsAsked), count(&done, ItemResult::Skipped)), (3, 1));
    assert_eq!(world.requests("PATCH", "tool_002").await, 0);
    let skipped = project.list_batch_items(begun.id, Some(ItemResult::Skipped), 0, 10).await.unwrap();
    assert_eq!(
        skipped.items[0].problem.as_ref().map(|problem| problem.code),
        Some(ErrorCode::DefinitionMoved)
    );
}

#[tokio::test]
async fn ask_first_is_meant_also_for_many_under_a_preset() {
    let (world, project, id) = world_of(5).await;
    world.control("/policy", json!({"member_preset": "allow"})).await;
    project.clone().sync().await.unwrap();
    let done = decide_all(&world, &project, all_of(&id), Decision::NeedsApproval).await;
    assert_eq!(count(&done, ItemResult::AsAsked), 5);
    assert!(truth(&world, &id).await.iter().all(|(_, state)| state == "needs_approval"));
}

#[tokio::test]
async fn an_unknown_tool_of_the_selection_does_not_stop_the_others() {
    let world = World::with(plain(), quick()).await;
    let project = world.sign_in().await;
    let id = server_id(&project, "Tracker").await;
    let row = tool(&project, &id, "create_issue").await;
    let fault = json!({"path_prefix": "/api/projects", "path_contains": "create_issue", "method": "PATCH",
                       "fault": {"status": 403}});
    world.control("/faults", fault).await;
    let done = decide_all(&world, &project, all_of(&id), Decision::DoNotUse).await;
    assert_eq!((count(&done, ItemResult::Refused), count(&done, ItemResult::AsAsked)), (1, 2));
    let refused = project.list_batch_items(done.id, Some(ItemResult::Refused), 0, 10).await.unwrap();
    assert_eq!(refused.items[0].tool, row.name);
    assert_eq!(refused.items[0].problem.as_ref().map(|problem| problem.code), Some(ErrorCode::Forbidden));
    assert!(done.can_retry);
    world.forget_requests().await;
    project.retry_batch(done.id).await.unwrap();
    let all = batch_at(&world, &project, done.id, BatchState::Done).await;
    assert_eq!(count(&all, ItemResult::AsAsked), 3);
    assert_eq!(world.requests("PATCH", "/tools/").await, 1, "only the failed one was tried again");
}
