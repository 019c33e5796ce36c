//! The app dies in the middle of a batch: the journal says what was done, and it can be finished or taken back.

use std::path::Path;
use std::sync::Arc;

use hedgerow_core::secrets::{Keyring, Secret};
use hedgerow_core::view::{BatchState, Decision, ItemResult, Kept};
use hedgerow_core::{Hedgerow, Project, Timing};

use super::faults::{agree, begin};
use super::{batch_at, count, items, truth, world_of};
use crate::support::{PATIENCE, World, open, quick, server_id, start_victim};

/// Set for the process that is to be killed: folder, address, key and what to decide, a line each.
const ROLE: &str = "HEDGEROW_TEST_BATCH_VICTIM";
/// Tools of the batch.
const TOOLS: usize = 40;

/// Not a test by itself: what the killed process does. It decides on everything, and dies over it.
#[tokio::test]
async fn victim() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let [folder, url, key, decision] = role.lines().collect::<Vec<_>>()[..] else {
        panic!("{ROLE} is not four lines")
    };
    let (_core, project) = signed_in(folder.as_ref(), url, key, quick()).await;
    project.clone().sync().await.unwrap();
    let id = server_id(&project, "Tracker").await;
    let decision = Decision::ALL.into_iter().find(|known| known.as_str() == decision).unwrap();
    println!("ready");
    begin(&project, &id, decision).await;
    std::future::pending::<()>().await;
}

/// The app on that folder, signed in.
pub(super) async fn signed_in(
    folder: &Path,
    url: &str,
    key: &str,
    timing: Timing,
) -> (Arc<Hedgerow>, Arc<Project>) {
    let core = open(folder, &Keyring::memory(), timing, &Arc::default()).await;
    core.sign_in_key(url, Secret::new(key.to_owned()), Kept::Keyring).await.unwrap();
    let project = core.active().unwrap();
    (core, project)
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_kills_in_the_middle_leave_a_journal_that_agrees_and_can_be_finished_or_taken_back() {
    let (mut world, own, id) = world_of(TOOLS).await;
    // The world's own core only watches.
    drop(own);
    let folder = tempfile::tempdir().unwrap();
    for round in 0..10 {
        let decision = if matches!(round % 4, 0 | 3) { Decision::DoNotUse } else { Decision::Approved };
        let before = truth(&world, &id).await;
        world.forget_requests().await;
        let role =
            [folder.path().to_str().unwrap(), world.sandbox.url(), world.sandbox.key(), decision.as_str()];
        let role = role.join("\n");
        let mut child =
            tokio::task::spawn_blocking(move || start_victim("batches::crashes::victim", ROLE, &role))
                .await
                .unwrap();
        // A different moment each time, counted in requests and not in time.
        let enough = async {
            while world.requests("PATCH", "/tools/").await < 1 + round * 3 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, enough).await.expect("the victim does nothing");
        child.kill().unwrap();
        child.wait().unwrap();

        let project;
        (world.core, project) =
            signed_in(folder.path(), world.sandbox.url(), world.sandbox.key(), quick()).await;
        let found = project.list_batches().await.unwrap().swap_remove(0);
        assert_eq!(found.state, BatchState::Interrupted);
        assert!(count(&found, ItemResult::Unknown) <= 1 && count(&found, ItemResult::Sent) == 0);
        agree(&items(&project, found.id).await, &truth(&world, &id).await);
        assert!(count(&found, ItemResult::Waiting) > 0, "it was killed in the middle");

        project.clone().sync().await.unwrap();
        if round % 2 == 0 {
            project.resume_batch(found.id).await.unwrap();
            let done = batch_at(&world, &project, found.id, BatchState::Done).await;
            assert_eq!(count(&done, ItemResult::AsAsked), u32::try_from(TOOLS).unwrap());
            assert!(truth(&world, &id).await.iter().all(|(_, state)| state == decision.as_str()));
        } else {
            take_back(&world, &project, found.id).await;
            assert_eq!(truth(&world, &id).await, before);
            assert_eq!(super::batch(&project, found.id).await.state, BatchState::Stopped);
        }
        world.core.close().await;
    }
}

async fn take_back(world: &World, project: &Arc<Project>, batch: i64) {
    let plan = project.plan_undo(Some(batch), None).await.unwrap();
    let begun = project.apply_plan(plan.plan, true).await.unwrap();
    batch_at(world, project, begun.id, BatchState::Done).await;
}
