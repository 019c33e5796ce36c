//! What this app sets back by itself: each definition once, and never against a person.

use std::sync::Arc;

use hedgerow_core::Project;
use hedgerow_core::view::{BatchKind, BatchState, BatchView, Decision, ItemResult, PlanPart};
use serde_json::{Value, json};

use super::{all_of, count, decide_all, one, part, rewritten, world_of};
use crate::support::{PATIENCE, SET_BACK, World, tool};

/// Batches that this app began by itself.
async fn by_itself(project: &Project) -> Vec<BatchView> {
    let batches = project.list_batches().await.unwrap();
    batches.into_iter().filter(|batch| batch.kind == BatchKind::Automatic).collect()
}

async fn by_itself_done(project: &Project) -> Option<BatchView> {
    by_itself(project).await.into_iter().find(|batch| batch.state == BatchState::Done)
}

/// A world of three tools, all allowed, one of them rewritten since.
async fn one_changed() -> (World, Arc<Project>, String) {
    let (world, project, id) = world_of(3).await;
    decide_all(&world, &project, all_of(&id), Decision::Approved).await;
    rewritten(&world, &project, &id, "tool_000", "Another text.").await;
    (world, project, id)
}

async fn patch_of_the_changed(world: &World, fault: Value) {
    let fault = json!({"path_prefix": "/api/projects", "path_contains": "tool_000", "method": "PATCH", "fault": fault});
    world.control("/faults", fault).await;
}

#[tokio::test]
async fn what_was_refused_is_not_set_back_again_and_again() {
    let (world, project, _) = one_changed().await;
    patch_of_the_changed(&world, json!({"status": 400})).await;
    world.core.set_watch_settings(SET_BACK).await.unwrap();
    let done = world.until(async || by_itself_done(&project).await).await;
    assert_eq!(count(&done, ItemResult::Refused), 1);
    world.forget_requests().await;
    project.clone().sync().await.unwrap();
    world.core.set_watch_settings(SET_BACK).await.unwrap();
    assert_eq!(by_itself(&project).await.len(), 1);
    assert_eq!(world.requests("PATCH", "/tools/").await, 0);
}

#[tokio::test]
async fn nothing_is_set_back_offline() {
    let (world, project, _) = one_changed().await;
    let World { sandbox, core, folder: _folder, .. } = world;
    sandbox.stop().await;
    assert!(project.clone().sync().await.is_err());
    core.set_watch_settings(SET_BACK).await.unwrap();
    assert!(by_itself(&project).await.is_empty());
}

#[tokio::test]
async fn what_the_end_of_the_app_cut_off_is_set_back_by_the_next() {
    let (world, project, id) = one_changed().await;
    patch_of_the_changed(&world, json!({"delay_ms": 3_000})).await;
    world.core.set_watch_settings(SET_BACK).await.unwrap();
    let sent = async {
        while by_itself(&project).await.iter().all(|batch| count(batch, ItemResult::Sent) == 0) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, sent).await.unwrap();
    drop(project);
    let world = world.restart().await;
    let project = world.core.active().unwrap();
    let done = world.until(async || by_itself_done(&project).await).await;
    assert_eq!((count(&done, ItemResult::AsAsked), by_itself(&project).await.len()), (1, 1));
    assert_eq!(tool(&project, &id, "tool_000").await.state, "needs_approval");
}

#[tokio::test]
async fn what_a_person_has_decided_meanwhile_is_not_set_back() {
    let (world, project, id) = one_changed().await;
    patch_of_the_changed(&world, json!({"delay_ms": 2_000})).await;
    let plan =
        project.plan_decisions(one(&project, &id, "tool_000").await, Decision::Approved).await.unwrap();
    assert_eq!(part(&plan, PlanPart::Change), 1, "the change is accepted");
    project.apply_plan(plan.plan, true).await.unwrap();
    world.core.set_watch_settings(SET_BACK).await.unwrap();
    let done = world.until(async || by_itself_done(&project).await).await;
    assert_eq!((count(&done, ItemResult::Skipped), done.can_retry), (1, false));
    let row = tool(&project, &id, "tool_000").await;
    assert!(row.state == "approved" && !row.changed);
}
