//! Ways in which a change, or a wish of the person, could get lost, each found by looking for it.

use std::sync::Arc;

use hedgerow_core::Project;
use hedgerow_core::view::{BatchState, Decision, Event, ItemResult, PlanPart, ReviewGroup, WatchRest};
use hedgerow_sandbox::Fixture;
use serde_json::{Value, json};

use crate::batches::{all_of, batch_at, count, decide_all, decided_elsewhere, part, rewritten, world_of};
use crate::reviewing::{decide, inbox, upstream};
use crate::support::{SET_BACK, World, quick, server_id, tool};

/// Waits until this app itself has set a tool back.
async fn set_back(world: &World, project: &Project, id: &str, name: &str) {
    let asks = async || (tool(project, id, name).await.state == "needs_approval").then_some(());
    world.until(asks).await;
}

/// The clock goes back by an hour: all that was written is of later than now.
async fn clock_set_back(world: &World) {
    let pool = world.ledger().await;
    for what in [
        "observation SET from_at = from_at + 3600000, until_at = until_at + 3600000",
        "decision SET asked_at = asked_at + 3600000, answered_at = answered_at + 3600000",
        "pin SET at = at + 3600000",
    ] {
        sqlx::query(sqlx::AssertSqlSafe(format!("UPDATE {what}"))).execute(&pool).await.unwrap();
    }
}

#[tokio::test]
async fn a_server_that_takes_turns_between_two_texts_is_set_back_each_time() {
    let (world, project, id) = world_of(2).await;
    rewritten(&world, &project, &id, "tool_000", "First.").await;
    decide(&project, "tool_000", Decision::Approved).await;
    world.core.set_watch_settings(SET_BACK).await.unwrap();
    for _ in 0..2 {
        rewritten(&world, &project, &id, "tool_000", "Second.").await;
        world.core.set_watch_settings(SET_BACK).await.unwrap();
        set_back(&world, &project, &id, "tool_000").await;
        rewritten(&world, &project, &id, "tool_000", "First.").await;
        decide(&project, "tool_000", Decision::Approved).await;
    }
}

#[tokio::test]
async fn a_tool_that_was_gone_and_is_another_now_is_set_back() {
    let (world, project, id) = world_of(2).await;
    decide(&project, "tool_000", Decision::Approved).await;
    world.core.set_watch_settings(SET_BACK).await.unwrap();
    upstream(&world, "remove", json!({"name": "tool_000"})).await;
    project.refresh(&id).await.unwrap();
    rewritten(&world, &project, &id, "tool_000", "Another text.").await;
    world.core.set_watch_settings(SET_BACK).await.unwrap();
    set_back(&world, &project, &id, "tool_000").await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_hides_no_new_tool() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    clock_set_back(&world).await;
    world.control("/policy", json!({"member_preset": "allow"})).await;
    rewritten(&world, &project, &id, "create_webhook", "Creates a webhook.").await;
    let inbox = inbox(&project).await;
    assert!(inbox.contains(&(ReviewGroup::NewAllowed, "create_webhook".to_owned())), "{inbox:?}");
}

#[tokio::test]
async fn a_clock_that_was_set_back_hides_no_return_and_a_decision_on_it_counts() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    decide(&project, "list_issues", Decision::Approved).await;
    upstream(&world, "remove", json!({"name": "list_issues"})).await;
    project.refresh(&id).await.unwrap();
    clock_set_back(&world).await;
    upstream(&world, "restore", json!({"name": "list_issues"})).await;
    project.refresh(&id).await.unwrap();
    assert_eq!(inbox(&project).await, [(ReviewGroup::CameBack, "list_issues".to_owned())]);
    decide(&project, "list_issues", Decision::Approved).await;
    assert_eq!(inbox(&project).await, []);
}

#[tokio::test]
async fn a_plan_that_said_it_loosens_nothing_loosens_nothing_later() {
    let (world, project, id) = world_of(1).await;
    decided_elsewhere(&world, &id, "tool_000", "approved").await;
    project.clone().sync().await.unwrap();
    let seen = crate::batches::one(&project, &id, "tool_000").await;
    let plan = project.plan_decisions(seen, Decision::Approved).await.unwrap();
    assert_eq!((plan.looser, plan.only_pins), (0, 1));
    decided_elsewhere(&world, &id, "tool_000", "do_not_use").await;
    project.clone().sync().await.unwrap();
    let begun = project.apply_plan(plan.plan, false).await.unwrap();
    let done = batch_at(&world, &project, begun.id, BatchState::Done).await;
    assert_eq!(count(&done, ItemResult::Skipped), 1);
    assert_eq!(tool(&project, &id, "tool_000").await.state, "do_not_use");
}

#[tokio::test]
async fn allowing_a_whole_server_accepts_no_change_and_blocking_it_blocks_that_too() {
    let (world, project, id) = world_of(3).await;
    decide_all(&world, &project, all_of(&id), Decision::Approved).await;
    rewritten(&world, &project, &id, "tool_000", "Another text.").await;
    let plan = project.plan_decisions(all_of(&id), Decision::Approved).await.unwrap();
    assert_eq!(part(&plan, PlanPart::Already), 3, "{plan:?}");
    decide_all(&world, &project, all_of(&id), Decision::DoNotUse).await;
    assert_eq!(inbox(&project).await, [(ReviewGroup::ChangedOtherwise, "tool_000".to_owned())]);
    let plan = project.plan_decisions(all_of(&id), Decision::Approved).await.unwrap();
    assert_eq!((part(&plan, PlanPart::Change), part(&plan, PlanPart::Moved)), (2, 1), "nobody has seen it");
}

#[tokio::test]
async fn a_rewrite_first_met_by_a_batch_gets_its_word_on_the_desktop() {
    let (world, project, id) = world_of(2).await;
    decide_all(&world, &project, all_of(&id), Decision::Approved).await;
    decide_all(&world, &project, all_of(&id), Decision::NeedsApproval).await;
    upstream(&world, "put", json!({"tool": {"name": "tool_001", "description": "Another text."}})).await;
    world.read_elsewhere(&id).await;
    let mut words = world.core.notifications();
    decide_all(&world, &project, all_of(&id), Decision::Approved).await;
    assert_eq!(words.try_recv().unwrap().changed, 1);
    project.clone().sync().await.unwrap();
    assert!(words.try_recv().is_err(), "once");
}

#[tokio::test]
async fn the_last_word_of_a_person_is_the_last_that_is_sent() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let seen = tool(&project, &id, "create_issue").await.fingerprint;
    let slow = json!({"path_prefix": "/api/projects", "path_contains": "create_issue", "method": "PATCH",
                      "fault": {"delay_ms": 700}});
    world.control("/faults", slow).await;
    let first = {
        let (project, id, seen): (Arc<Project>, _, _) = (project.clone(), id.clone(), seen.clone());
        tokio::spawn(async move { project.decide(&id, "create_issue", Decision::Approved, &seen).await })
    };
    // It is on its way once PostHog has it.
    world.until(async || (world.requests("PATCH", "create_issue").await > 0).then_some(())).await;
    project.decide(&id, "create_issue", Decision::DoNotUse, &seen).await.unwrap();
    first.await.unwrap().unwrap();
    project.clone().sync().await.unwrap();
    assert_eq!(tool(&project, &id, "create_issue").await.state, "do_not_use");
}

#[tokio::test]
async fn what_somebody_lends_at_the_persons_own_address_does_not_take_turns_with_it() {
    let mut fixture: Value =
        serde_json::from_str(include_str!("../../src-tauri/sandbox/fixtures/plain.json")).unwrap();
    let lent = json!({"server": "tracker", "person": "sam", "shared": true, "created_at": "-3d",
                      "last_synced_at": "-2h", "display_name": "Lent"});
    fixture["installations"].as_array_mut().unwrap().push(lent);
    let world = World::with(Fixture::from_json(&fixture.to_string()).unwrap(), quick()).await;
    let project = world.sign_in().await;
    let servers = project.servers().await.unwrap().servers;
    let own = servers.iter().find(|server| server.is_owner).unwrap().id.clone();
    rewritten(&world, &project, &own, "create_webhook", "Creates a webhook.").await;
    for tool in ["list_issues", "create_webhook"] {
        decide(&project, tool, Decision::Approved).await;
    }
    let mut words = world.core.notifications();
    for effect in ["do_not_use", "needs_approval"] {
        world.control("/policy", json!({"rules": [{"pattern": "create_issue", "effect": effect}]})).await;
        project.clone().sync().await.unwrap();
    }
    let gone = "SELECT count(*) FROM event WHERE kind IN ('removed', 'returned')";
    let gone: i64 = sqlx::query_scalar(gone).fetch_one(&world.ledger().await).await.unwrap();
    assert_eq!((gone, inbox(&project).await), (0, vec![]), "nothing went, and nothing came back");
    assert!(words.try_recv().is_err());
}

#[tokio::test]
async fn what_was_loosened_while_it_was_away_did_not_come_back_with_its_decision() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    decide(&project, "create_issue", Decision::DoNotUse).await;
    decided_elsewhere(&world, &id, "create_issue", "approved").await;
    for what in ["remove", "restore"] {
        upstream(&world, what, json!({"name": "create_issue"})).await;
        project.refresh(&id).await.unwrap();
    }
    assert_eq!(inbox(&project).await[0], (ReviewGroup::Loosened, "create_issue".to_owned()));
}

#[tokio::test]
async fn review_hears_of_a_server_that_was_removed() {
    let (world, project) = World::signed_in().await;
    let before = project.review().await.unwrap().revision;
    let mut events = world.core.events();
    project.remove_server(&server_id(&project, "Tracker").await).await.unwrap();
    assert_ne!(project.review().await.unwrap().revision, before);
    let told = std::iter::from_fn(|| events.try_recv().ok()).any(|event| event == Event::Review);
    assert!(told);
}

#[tokio::test]
async fn watching_waits_as_long_as_posthog_says_and_its_turn_is_not_over() {
    use std::time::Duration;
    let timing = hedgerow_core::Timing {
        watch_first: Duration::from_millis(50),
        watch_every: Duration::from_millis(100),
        ..quick()
    };
    let world = World::with(crate::support::plain(), timing).await;
    let throttled = json!({"path_prefix": "/api/", "path_contains": "tools/refresh", "method": "POST",
                           "times": 100, "fault": {"throttled": 3_000}});
    world.control("/faults", throttled).await;
    let project = world.sign_in().await;
    let rests = async || {
        let watch = project.watch().await.unwrap();
        (watch.rests == Some(WatchRest::Budget)).then_some(watch)
    };
    let watch = world.until(rests).await;
    let wait = watch.next_ms.unwrap() - jiff::Timestamp::now().as_millisecond();
    assert!(wait > 2_000_000, "in {wait} ms");
    assert_eq!(world.requests("POST", "tools/refresh").await, 1);
    assert_eq!(watch.last_at, None);
}
