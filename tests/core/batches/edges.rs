//! PostHog fails at each request of a batch: the first, one in the middle, the last, and the reading at the end.

use std::sync::Arc;

use hedgerow_core::Project;
use hedgerow_core::view::{BatchState, BatchView, Decision, ItemResult};
use serde_json::{Value, json};

use super::faults::{agree, begin, fault as at_tool};
use super::lost::asked;
use super::{batch, count, items, truth, world_of};
use crate::support::World;

const TOOLS: u32 = 6;

/// Waits until a batch does not run.
async fn rests(world: &World, project: &Project, number: i64) -> BatchView {
    let rests = async || Some(batch(project, number).await).filter(|now| now.state != BatchState::Running);
    world.until(rests).await
}

/// Finishes what was interrupted and tries the failed again, as a person does; the journal agrees with PostHog each time.
async fn finish(world: &World, project: &Arc<Project>, id: &str, number: i64, what: &str) {
    for _ in 0..6 {
        let now = rests(world, project, number).await;
        agree(&items(project, number).await, &truth(world, id).await);
        if count(&now, ItemResult::AsAsked) == TOOLS && now.state == BatchState::Done {
            return;
        }
        // Offline it is refused; then it is tried after the next sync.
        let synced = project.clone().sync().await.is_ok();
        if synced && now.state == BatchState::Interrupted {
            let _ = project.resume_batch(number).await;
        } else if synced {
            let _ = project.retry_batch(number).await;
        }
    }
    panic!("{what}: it never came to its end");
}

#[tokio::test]
async fn a_failure_at_any_request_is_finished_and_what_posthog_took_is_asked_for_once() {
    // What happens, how often in a row, and whether PostHog took that one all the same.
    let faults: [(Value, u32, bool); 5] = [
        (json!({"status": 500}), 1, false),
        (json!({"status": 503}), 1, false),
        (json!({"throttled": 1}), 2, false),
        (json!("drop"), 1, false),
        (json!("lose_answer"), 1, true),
    ];
    for (fault, times, taken) in faults {
        for place in [0, 3, TOOLS - 1] {
            let (world, project, id) = world_of(TOOLS as usize).await;
            let what = format!("{fault} at {place}");
            let name = format!("tool_{place:03}");
            at_tool(&world, &name, times, fault.clone()).await;
            world.forget_requests().await;
            let number = begin(&project, &id, Decision::DoNotUse).await;
            finish(&world, &project, &id, number, &what).await;
            let mut asked = asked(&world).await;
            let again = if taken { 0 } else { u64::from(times) };
            assert_eq!(asked.remove(&name), Some(1 + again), "{what}");
            assert!(asked.len() == 5 && asked.values().all(|times| *times == 1), "{what}: {asked:?}");
        }
    }
}

/// The same without a look at PostHog, which would use up the faults of its readings.
async fn finish_unread(world: &World, project: &Arc<Project>, number: i64, what: &str) {
    for _ in 0..6 {
        if rests(world, project, number).await.state == BatchState::Done {
            return;
        }
        if project.clone().sync().await.is_ok() {
            let _ = project.resume_batch(number).await;
        }
    }
    panic!("{what}: it never came to its end");
}

#[tokio::test]
async fn a_reading_at_the_end_that_fails_is_made_again_and_nothing_is_sent_twice() {
    let faults = [json!({"status": 500}), json!({"status": 503}), json!({"throttled": 1}), json!("drop")];
    for fault in faults {
        // More often than a reading is tried by itself.
        for times in [1, 3] {
            let (world, project, id) = world_of(TOOLS as usize).await;
            let what = format!("{fault}, {times} times");
            let body = json!({"path_prefix": "/api/projects", "path_contains": "/tools/", "method": "GET",
                              "times": times, "fault": fault});
            world.control("/faults", body).await;
            world.forget_requests().await;
            let number = begin(&project, &id, Decision::DoNotUse).await;
            finish_unread(&world, &project, number, &what).await;
            let done = batch(&project, number).await;
            assert_eq!(count(&done, ItemResult::AsAsked), TOOLS, "{what}");
            assert!(asked(&world).await.values().all(|times| *times == 1), "{what}");
            agree(&items(&project, number).await, &truth(&world, &id).await);
        }
    }
}
