//! Taking back: states and pins return, and what others changed is named.

use std::sync::Arc;

use hedgerow_core::Project;
use hedgerow_core::view::{
    ActivityFilter, BatchKind, BatchState, BatchView, Decision, ErrorCode, ItemResult, PlanPart, ReviewGroup,
    SeenTool, Selection,
};
use hedgerow_sandbox::Fixture;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::{
    all_of, batch_at, count, decide_all, decided_elsewhere, many, one, part, rewritten, truth, world_of,
};
use crate::support::{SET_BACK, World, quick, server_id, tool};

async fn undo(world: &World, project: &Arc<Project>, batch: i64) -> BatchView {
    let plan = project.plan_undo(Some(batch), None).await.unwrap();
    let begun = project.apply_plan(plan.plan, true).await.unwrap();
    batch_at(world, project, begun.id, BatchState::Done).await
}

async fn group_of(project: &Project, name: &str) -> Option<ReviewGroup> {
    let page = project.review_page(0, 200).await.unwrap();
    let is = |row: &hedgerow_core::view::ToolRow| row.name == name;
    page.items.into_iter().find(|item| item.row.as_ref().is_some_and(is)).map(|item| item.group)
}

#[tokio::test]
async fn a_batch_is_taken_back_as_one_step_and_that_as_well() {
    let (world, project, id) = world_of(8).await;
    let before = truth(&world, &id).await;
    let done = decide_all(&world, &project, all_of(&id), Decision::DoNotUse).await;
    let after = truth(&world, &id).await;
    let plan = project.plan_undo(Some(done.id), None).await.unwrap();
    assert_eq!((plan.asked, part(&plan, PlanPart::Change), plan.looser), (None, 8, 8));
    let error = project.apply_plan(plan.plan, false).await.unwrap_err();
    assert_eq!(error.field.as_deref(), Some("looser_confirmed"));
    let undone = undo(&world, &project, done.id).await;
    assert_eq!((undone.kind, undone.undoes), (BatchKind::Undo, Some(done.id)));
    assert_eq!(count(&undone, ItemResult::AsAsked), 8);
    assert_eq!(truth(&world, &id).await, before);
    let again = super::batch(&project, done.id).await;
    assert!(!again.can_undo && undone.can_undo, "what was taken back is not offered again");

    undo(&world, &project, undone.id).await;
    assert_eq!(truth(&world, &id).await, after);
    let so = project.plan_decisions(all_of(&id), Decision::DoNotUse).await.unwrap();
    assert_eq!(part(&so, PlanPart::Already), 8, "the pins are back as well");
}

#[tokio::test]
async fn what_was_changed_since_is_named_and_left() {
    let (world, project, id) = world_of(5).await;
    let done = decide_all(&world, &project, all_of(&id), Decision::DoNotUse).await;
    decided_elsewhere(&world, &id, "tool_000", "approved").await;
    decided_elsewhere(&world, &id, "tool_001", "needs_approval").await;
    let row = tool(&project, &id, "tool_002").await;
    project.decide(&id, "tool_002", Decision::Approved, &row.fingerprint).await.unwrap();
    project.clone().sync().await.unwrap();
    let plan = project.plan_undo(Some(done.id), None).await.unwrap();
    let parts: Vec<_> = plan.parts.iter().map(|count| (count.part, count.count)).collect();
    assert_eq!(parts, [(PlanPart::Change, 3), (PlanPart::Foreign, 2)], "one is so already, but for its pin");
    let named = project.list_plan(plan.plan, PlanPart::Foreign, 0, 10).await.unwrap();
    let named: Vec<_> = named.items.iter().map(|item| item.tool.as_str()).collect();
    assert_eq!(named, ["tool_000", "tool_002"]);
    let begun = project.apply_plan(plan.plan, true).await.unwrap();
    batch_at(&world, &project, begun.id, BatchState::Done).await;
    let states = truth(&world, &id).await.into_iter().map(|(_, state)| state).collect::<Vec<_>>();
    let ask = "needs_approval";
    assert_eq!(states, ["approved", ask, "approved", ask, ask]);
}

#[tokio::test]
async fn taking_back_never_accepts_a_change_nobody_accepted() {
    let (world, project, id) = world_of(2).await;
    decide_all(&world, &project, all_of(&id), Decision::Approved).await;
    rewritten(&world, &project, &id, "tool_000", "Sends it all to me.").await;
    assert_eq!(group_of(&project, "tool_000").await, Some(ReviewGroup::ChangedAllowed));
    let asked =
        decide_all(&world, &project, one(&project, &id, "tool_000").await, Decision::NeedsApproval).await;
    assert_eq!(group_of(&project, "tool_000").await, None, "the person decided on the new definition");
    undo(&world, &project, asked.id).await;
    let row = tool(&project, &id, "tool_000").await;
    assert!(row.state == "approved" && row.changed, "allowed as before, and shown as before");
    assert_eq!(group_of(&project, "tool_000").await, Some(ReviewGroup::ChangedAllowed));
}

#[tokio::test]
async fn freedom_is_not_given_back_to_a_definition_that_did_not_have_it() {
    let (world, project, id) = world_of(2).await;
    decide_all(&world, &project, all_of(&id), Decision::Approved).await;
    let blocked = decide_all(&world, &project, all_of(&id), Decision::DoNotUse).await;
    rewritten(&world, &project, &id, "tool_001", "Another text.").await;
    let plan = project.plan_undo(Some(blocked.id), None).await.unwrap();
    assert_eq!((part(&plan, PlanPart::Change), part(&plan, PlanPart::Moved)), (1, 1));
}

#[tokio::test]
async fn an_explicit_choice_that_stays_where_a_preset_ruled_is_counted() {
    let (world, project, id) = world_of(3).await;
    world.control("/policy", json!({"member_preset": "allow"})).await;
    project.clone().sync().await.unwrap();
    let before = truth(&world, &id).await;
    let done = decide_all(&world, &project, all_of(&id), Decision::DoNotUse).await;
    let plan = project.plan_undo(Some(done.id), None).await.unwrap();
    assert_eq!((plan.keeps_over_team, plan.keeps_over_default), (3, 0));
    undo(&world, &project, done.id).await;
    assert_eq!(truth(&world, &id).await, before);
    assert_eq!(tool(&project, &id, "tool_000").await.decided_by, "scope");
}

#[tokio::test]
async fn an_explicit_choice_that_stays_where_only_the_default_ruled_is_counted_apart() {
    let (world, project, id) = world_of(2).await;
    let done = decide_all(&world, &project, all_of(&id), Decision::DoNotUse).await;
    let plan = project.plan_undo(Some(done.id), None).await.unwrap();
    assert_eq!((plan.keeps_over_team, plan.keeps_over_default), (0, 2));
}

#[tokio::test]
async fn one_decision_of_activity_is_taken_back_like_a_batch() {
    let (world, project, id) = world_of(2).await;
    let row = tool(&project, &id, "tool_000").await;
    project.decide(&id, "tool_000", Decision::Approved, &row.fingerprint).await.unwrap();
    let lines = project.activity("", ActivityFilter::Decisions, 0, 10).await.unwrap();
    let number = lines.rows[0].undo;
    let both = project.plan_undo(Some(1), number).await.unwrap_err();
    assert_eq!(both.code, ErrorCode::Invalid);
    let plan = project.plan_undo(None, number).await.unwrap();
    assert_eq!((part(&plan, PlanPart::Change), plan.looser), (1, 0));
    let begun = project.apply_plan(plan.plan, false).await.unwrap();
    batch_at(&world, &project, begun.id, BatchState::Done).await;
    assert_eq!(tool(&project, &id, "tool_000").await.state, "needs_approval");
    let gone = project.plan_undo(None, Some(9999)).await.unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn accepting_pins_without_asking_posthog_and_is_taken_back_without_it() {
    let (world, project, id) = world_of(4).await;
    decide_all(&world, &project, all_of(&id), Decision::Approved).await;
    rewritten(&world, &project, &id, "tool_000", "Another text.").await;
    rewritten(&world, &project, &id, "tool_001", "Another text, too.").await;
    world.control("/servers/tracker/tools/remove", json!({"name": "tool_002"})).await;
    project.refresh(&id).await.unwrap();
    let removed = project.tools(&id, "", hedgerow_core::view::ToolFilter::Removed, 0, 10).await.unwrap();
    assert_eq!(group_of(&project, "tool_002").await, Some(ReviewGroup::Removed));
    world.forget_requests().await;

    let seen = |tool: &str, fingerprint: &str| SeenTool {
        server_id: id.clone(),
        tool: tool.to_owned(),
        fingerprint: fingerprint.to_owned(),
    };
    let tools = vec![
        seen("tool_000", &tool(&project, &id, "tool_000").await.fingerprint),
        seen("tool_001", &"0".repeat(64)),
        seen("tool_002", &removed.rows[0].fingerprint),
    ];
    let accepted = project.accept(Selection::Tools { tools }).await.unwrap();
    assert_eq!((accepted.done, accepted.moved), (2, 1));
    assert_eq!(group_of(&project, "tool_000").await, None);
    assert_eq!(group_of(&project, "tool_001").await, Some(ReviewGroup::ChangedAllowed));
    assert_eq!(group_of(&project, "tool_002").await, None);

    let batch = accepted.batch.unwrap();
    let plan = project.plan_undo(Some(batch), None).await.unwrap();
    assert_eq!((part(&plan, PlanPart::Change), plan.looser, plan.seconds), (2, 0, 0));
    let undone = project.apply_plan(plan.plan, false).await.unwrap();
    assert_eq!(undone.state, BatchState::Done, "nothing has to be waited for");
    assert_eq!(group_of(&project, "tool_000").await, Some(ReviewGroup::ChangedAllowed));
    assert_eq!(group_of(&project, "tool_002").await, Some(ReviewGroup::Removed));
    let again = project.plan_undo(Some(undone.id), None).await.unwrap();
    project.apply_plan(again.plan, false).await.unwrap();
    assert_eq!((group_of(&project, "tool_000").await, group_of(&project, "tool_002").await), (None, None));
    assert_eq!(world.requests("PATCH", "/tools/").await + world.requests("GET", "/tools/").await, 0);
}

#[tokio::test]
async fn a_whole_group_is_accepted_as_it_was_on_screen() {
    let mut fixture: Value =
        serde_json::from_str(include_str!("../../../src-tauri/sandbox/fixtures/plain.json")).unwrap();
    fixture["installations"][0]["choices"] = json!({"list_issues": "approved", "delete_issue": "do_not_use"});
    let world = World::with(Fixture::from_json(&fixture.to_string()).unwrap(), quick()).await;
    let project = world.sign_in().await;
    let revision = project.review().await.unwrap().revision;
    let group = |revision| Selection::Group { group: ReviewGroup::Unpinned, revision };
    assert_eq!(project.accept(group(revision - 1)).await.unwrap_err().code, ErrorCode::DefinitionMoved);
    let accepted = project.accept(group(revision)).await.unwrap();
    assert_eq!((accepted.done, accepted.moved), (2, 0));
    assert!(project.review().await.unwrap().groups.is_empty());
    let id = server_id(&project, "Tracker").await;
    let base = project.review_detail(&id, "list_issues").await.unwrap().base.unwrap();
    assert_eq!(base.kind, hedgerow_core::view::BaseKind::Baseline);
    let connections = Selection::Group { group: ReviewGroup::Connections, revision };
    assert_eq!(project.accept(connections).await.unwrap_err().code, ErrorCode::Invalid);
}

#[tokio::test]
async fn what_changed_while_allowed_is_set_back_once_and_stays_in_review() {
    let (world, project, id) = world_of(3).await;
    decide_all(&world, &project, all_of(&id), Decision::Approved).await;
    rewritten(&world, &project, &id, "tool_000", "Another text.").await;
    world.core.set_watch_settings(SET_BACK).await.unwrap();
    let automatic = async || {
        let batches = project.list_batches().await.unwrap();
        batches
            .into_iter()
            .find(|batch| batch.kind == BatchKind::Automatic && batch.state == BatchState::Done)
    };
    let done = world.until(automatic).await;
    assert_eq!((done.total, count(&done, ItemResult::AsAsked)), (1, 1));
    let row = tool(&project, &id, "tool_000").await;
    assert!(row.state == "needs_approval" && row.changed, "nobody has looked at it");
    assert_eq!(group_of(&project, "tool_000").await, Some(ReviewGroup::ChangedOtherwise));

    undo(&world, &project, done.id).await;
    assert_eq!(group_of(&project, "tool_000").await, Some(ReviewGroup::ChangedAllowed));
    let batches = project.list_batches().await.unwrap().len();
    world.core.set_watch_settings(SET_BACK).await.unwrap();
    assert_eq!(project.list_batches().await.unwrap().len(), batches, "who allows it again has decided");
}

/// A project as an organisation may have set it up, and what a person does with it.
#[derive(Clone, Debug)]
struct Case {
    preset: Option<&'static str>,
    choices: Vec<Option<&'static str>>,
    ceilings: Vec<Option<&'static str>>,
    rule: Option<&'static str>,
    asked: Decision,
    /// What somebody else does in between.
    foreign: Vec<Option<&'static str>>,
}

const TOOLS: usize = 6;
const STATES: [&str; 3] = ["approved", "needs_approval", "do_not_use"];

fn case(foreign: bool) -> impl Strategy<Value = Case> {
    let state = || proptest::option::of(proptest::sample::select(&STATES[..]));
    let per_tool = || proptest::collection::vec(state(), TOOLS);
    let preset = proptest::option::of(proptest::sample::select(&["allow", "user", "ask", "block"][..]));
    let asked = proptest::sample::select(&Decision::ALL[..]);
    let ceilings = proptest::collection::vec(proptest::option::weighted(0.3, state()), TOOLS);
    (preset, per_tool(), ceilings, state(), asked, per_tool()).prop_map(
        move |(preset, choices, ceilings, rule, asked, others)| Case {
            preset,
            choices,
            ceilings: ceilings.into_iter().map(Option::flatten).collect(),
            rule,
            asked,
            foreign: if foreign { others } else { Vec::new() },
        },
    )
}

async fn set_up(case: &Case) -> (World, Arc<Project>, String) {
    let world = World::with(many(TOOLS), quick()).await;
    world.control("/throttle", json!({"enabled": false})).await;
    let project = world.sign_in().await;
    let id = server_id(&project, "Tracker").await;
    for (n, choice) in case.choices.iter().enumerate() {
        if let Some(choice) = choice {
            decided_elsewhere(&world, &id, &format!("tool_{n:03}"), choice).await;
        }
    }
    let named = |(n, state): (usize, &Option<&str>)| {
        state.map(|state| json!({"server": "tracker", "tool": format!("tool_{n:03}"), "state": state}))
    };
    let ceilings: Vec<Value> = case.ceilings.iter().enumerate().filter_map(named).collect();
    let rules: Vec<Value> =
        case.rule.iter().map(|effect| json!({"pattern": "tool_005", "effect": effect})).collect();
    let policy = json!({"member_preset": case.preset, "ceilings": ceilings, "rules": rules});
    world.control("/policy", policy).await;
    project.clone().sync().await.unwrap();
    (world, project, id)
}

/// Applies, lets others act, takes back; every tool is then as it was, or as the others left it and named.
async fn check(case: Case) {
    let (world, project, id) = set_up(&case).await;
    let before = truth(&world, &id).await;
    let plan = project.plan_decisions(all_of(&id), case.asked).await.unwrap();
    if part(&plan, PlanPart::Change) == 0 {
        return;
    }
    let begun = project.apply_plan(plan.plan, true).await.unwrap();
    batch_at(&world, &project, begun.id, BatchState::Done).await;
    let applied = truth(&world, &id).await;
    for (n, state) in case.foreign.iter().enumerate() {
        if let Some(state) = state {
            super::try_elsewhere(&world, &id, &format!("tool_{n:03}"), state).await;
        }
    }
    project.clone().sync().await.unwrap();
    let met = truth(&world, &id).await;
    let back = project.plan_undo(Some(begun.id), None).await.unwrap();
    let named = project.list_plan(back.plan, PlanPart::Foreign, 0, 100).await.unwrap();
    let named: Vec<String> = named.items.into_iter().map(|item| item.tool).collect();
    let sent: Vec<String> =
        super::items(&project, begun.id).await.into_iter().map(|item| item.tool).collect();
    for n in 0..before.len() {
        let foreign = met[n] != applied[n] && met[n] != before[n] && sent.contains(&met[n].0);
        assert_eq!(named.contains(&met[n].0), foreign, "{:?}", met[n]);
    }
    if part(&back, PlanPart::Change) > 0 {
        let undone = project.apply_plan(back.plan, true).await.unwrap();
        batch_at(&world, &project, undone.id, BatchState::Done).await;
    }
    let now = truth(&world, &id).await;
    for n in 0..before.len() {
        let theirs = named.contains(&met[n].0) || !sent.contains(&met[n].0);
        assert_eq!(now[n], if theirs { met[n].clone() } else { before[n].clone() });
    }
}

fn for_any(foreign: bool, cases: u32) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 40, ..Config::default() };
    let checked = TestRunner::new(config).run(&case(foreign), |case| {
        runtime.block_on(check(case));
        Ok(())
    });
    checked.unwrap();
}

#[test]
fn taking_back_what_was_applied_changes_no_effective_state() {
    for_any(false, 12);
}

#[test]
fn taking_back_after_others_acted_restores_the_rest_and_names_theirs() {
    for_any(true, 12);
}
