//! When the cache is read again: at the start, when the window comes forward, after a connect, on demand, at an interval.

use std::time::Duration;

use hedgerow_core::Timing;
use hedgerow_core::view::{FlowStep, WatchSettings};
use serde_json::{Value, json};

use crate::support::{World, plain, quick, server_id};

/// How often the list of servers was read: once a sync.
async fn lists(world: &World) -> usize {
    let log = world.control("/requests", Value::Null).await;
    let list = format!("/api/projects/{}/mcp_server_installations/", world.sandbox.project_id());
    let all = log["requests"].as_array().unwrap();
    all.iter().filter(|entry| entry["method"] == "GET" && entry["path"] == list.as_str()).count()
}

/// Waits until there were that many, and no more than that.
async fn until_lists(world: &World, wanted: usize) {
    world.until(async || (lists(world).await >= wanted).then_some(())).await;
    assert_eq!(lists(world).await, wanted);
}

#[tokio::test]
async fn it_is_read_at_the_start_and_on_demand() {
    let (world, project) = World::signed_in().await;
    // Behind the one that signing in began.
    project.clone().sync().await.unwrap();
    drop(project);
    world.forget_requests().await;
    let world = world.restart().await;
    until_lists(&world, 1).await;
    world.core.active().unwrap().sync_soon();
    until_lists(&world, 2).await;
}

#[tokio::test]
async fn coming_forward_reads_nothing_that_was_read_within_the_minute() {
    let (world, project) = World::signed_in().await;
    project.clone().sync().await.unwrap();
    world.forget_requests().await;
    for _ in 0..20 {
        project.sync_if_old();
    }
    // Syncs queue up: had one been asked for, it would come between these two.
    for _ in 0..2 {
        project.clone().sync().await.unwrap();
    }
    assert_eq!(lists(&world).await, 2);
}

#[tokio::test]
async fn it_is_read_after_a_connect() {
    let (world, project) = World::signed_in().await;
    let flow = world.connect("Wiki").await;
    let link = world.browse("approve").await;
    project.clone().sync().await.unwrap();
    world.forget_requests().await;
    assert!(world.core.on_link(&link));
    world.flow_at(&flow.id, FlowStep::Connected).await;
    world.until(async || (lists(&world).await >= 1).then_some(())).await;
}

#[tokio::test]
async fn it_is_read_at_an_interval() {
    let often = Timing { sync_every: Duration::from_millis(20), ..quick() };
    let world = World::with(plain(), often).await;
    world.sign_in().await;
    let before = lists(&world).await;
    world.until(async || (lists(&world).await >= before + 3).then_some(())).await;
}

#[tokio::test]
async fn a_reading_that_a_switch_of_projects_cuts_off_blocks_no_later_one() {
    let often = Duration::from_millis(200);
    let soon = Timing { watch_first: often, watch_every: often, ..quick() };
    let world = World::with(plain(), soon).await;
    world.control("/servers/tracker/upstream", json!({"delay_ms": 600_000})).await;
    let project = world.sign_in().await;
    let id = server_id(&project, "Tracker").await;
    let is_read = async || project.servers().await.unwrap().servers[0].refreshing;
    world.until(async || is_read().await.then_some(())).await;
    let off = WatchSettings { watch: false, notify: true, set_back: false, review_keys: true };
    world.core.set_watch_settings(off).await.unwrap();
    let here = world.core.boot().await.unwrap().active.unwrap();
    world.core.activate(&here.account, here.project).await.unwrap();
    world.until(async || (!is_read().await).then_some(())).await;
    world.control("/servers/tracker/upstream", json!({"delay_ms": 0})).await;
    world.forget_requests().await;
    project.refresh(&id).await.unwrap();
    assert_eq!(world.requests("POST", "/tools/refresh").await, 1, "PostHog is asked again");
}
