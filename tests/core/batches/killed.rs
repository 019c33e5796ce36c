//! The app dies again and again over one large batch, under PostHog's limits.

use std::time::Duration;

use hedgerow_core::view::{BatchState, Decision, ItemResult};
use hedgerow_core::{Timing, Window};
use serde_json::{Value, json};

use super::crashes::signed_in;
use super::faults::{agree, begin};
use super::{batch, batch_at, count, items, truth, world_of};
use crate::support::{PATIENCE, World, quick, server_id, start_victim, until};

/// Set for the process that is to be killed: folder, address and key, a line each.
const ROLE: &str = "HEDGEROW_TEST_LARGE_BATCH_VICTIM";
/// Tools of the batch.
const TOOLS: usize = 500;
const KILLS: usize = 4;
/// Decisions of one process at least, before it is killed: more than a minute permits.
const EACH: u32 = 75;
/// PostHog's minute here.
const MINUTE: Duration = Duration::from_secs(1);

/// The app's own limits, for that minute and for a fifth of what PostHog permits.
fn paced() -> Timing {
    let minute = Window { calls: 72, within: MINUTE };
    let hour = Window { calls: 720, within: MINUTE * 60 };
    Timing { decisions: [minute, hour], ..quick() }
}

/// Not a test by itself: what the killed process does. It takes up what the last one left, or begins.
#[tokio::test]
async fn victim() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let [folder, url, key] = role.lines().collect::<Vec<_>>()[..] else {
        panic!("{ROLE} is not three lines")
    };
    let (core, project) = signed_in(folder.as_ref(), url, key, paced()).await;
    project.clone().sync().await.unwrap();
    let (number, before) = match project.list_batches().await.unwrap().pop() {
        Some(found) => {
            project.resume_batch(found.id).await.unwrap();
            (found.id, count(&found, ItemResult::AsAsked))
        }
        None => (begin(&project, &server_id(&project, "Tracker").await, Decision::DoNotUse).await, 0),
    };
    let enough = async || {
        let done = count(&batch(&project, number).await, ItemResult::AsAsked);
        (done >= before + EACH).then_some(())
    };
    until(&core, enough).await;
    println!("ready");
    std::future::pending::<()>().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_outlive_kill_after_kill_and_nothing_is_asked_for_twice() {
    let (mut world, own, id) = world_of(TOOLS).await;
    drop(own);
    world.control("/speed", json!({"factor": 60.0 / MINUTE.as_secs_f64()})).await;
    world.control("/throttle", json!({"enabled": true, "scale": 0.2, "reset": true})).await;
    let folder = tempfile::tempdir().unwrap();
    let (mut cut_off, mut asked) = (0, 0);
    for kill in 1..=KILLS {
        world.forget_requests().await;
        // Every second process dies over a decision that PostHog has taken, the others at any moment.
        let taken = kill % 2 == 1;
        if taken {
            let held = json!({"path_prefix": "/api/projects", "method": "PATCH", "skip": EACH + 5,
                              "fault": "hold_answer"});
            world.control("/faults", held).await;
        }
        let role = [folder.path().to_str().unwrap(), world.sandbox.url(), world.sandbox.key()].join("\n");
        let mut child =
            tokio::task::spawn_blocking(move || start_victim("batches::killed::victim", ROLE, &role))
                .await
                .unwrap();
        if taken {
            let last = async {
                while arrived(&world).await <= u64::from(EACH + 5) {
                    tokio::task::yield_now().await;
                }
            };
            tokio::time::timeout(PATIENCE, last).await.expect("nothing is on its way");
        }
        child.kill().unwrap();
        child.wait().unwrap();

        let project;
        (world.core, project) =
            signed_in(folder.path(), world.sandbox.url(), world.sandbox.key(), paced()).await;
        let found = project.list_batches().await.unwrap().swap_remove(0);
        assert_eq!(found.state, BatchState::Interrupted);
        let unknown = count(&found, ItemResult::Unknown);
        assert!(unknown <= 1 && count(&found, ItemResult::Sent) == 0, "only one was on its way");
        assert!(unknown == 1 || !taken, "the journal does not know what PostHog has taken");
        assert!(count(&found, ItemResult::Waiting) > 0, "it was killed in the middle");
        cut_off += if taken { 0 } else { unknown as usize };
        agree(&items(&project, found.id).await, &truth(&world, &id).await);
        if kill == KILLS {
            project.clone().sync().await.unwrap();
            project.resume_batch(found.id).await.unwrap();
            let done = batch_at(&world, &project, found.id, BatchState::Done).await;
            assert_eq!(count(&done, ItemResult::AsAsked) as usize, TOOLS);
        }
        world.core.close().await;
        asked += taken_up(&world).await;
    }
    assert!(truth(&world, &id).await.iter().all(|(_, state)| state == "do_not_use"));
    // Only what was cut off before it was taken may be asked for once more.
    assert!((TOOLS..=TOOLS + cut_off).contains(&asked), "{asked} asked for, {cut_off} cut off");
}

/// How many decisions arrived, answered or not.
async fn arrived(world: &World) -> u64 {
    let log = world.control("/requests", Value::Null).await;
    let counters = log["counters"].as_object().unwrap().iter();
    counters.filter(|(call, _)| call.starts_with("PATCH")).map(|(_, times)| times.as_u64().unwrap()).sum()
}

/// The same, without those that were refused for their number.
async fn taken_up(world: &World) -> usize {
    let log = world.control("/requests", Value::Null).await;
    let answered = log["requests"].as_array().unwrap().iter();
    let refused = answered.filter(|request| request["method"] == "PATCH" && request["status"] == 429);
    usize::try_from(arrived(world).await).unwrap() - refused.count()
}
