//! A list that was asked for before something was done, and answered after it, undoes nothing of it on screen.

use std::sync::Arc;

use hedgerow_core::Project;
use hedgerow_core::posthog::InstallationChange;
use hedgerow_core::view::{ActivityFilter, ActivityKind, CommandError, Decision, FlowStep};
use serde_json::json;
use tokio::task::JoinHandle;

use crate::support::{PATIENCE, World, server_id, tool};

/// Begins a sync that PostHog hears at once and answers late; `path` is what of it is late.
async fn begin_late_sync(
    world: &World,
    project: &Arc<Project>,
    path: &str,
) -> JoinHandle<Result<(), CommandError>> {
    // Behind the sync that every start makes.
    project.clone().sync().await.unwrap();
    let late = json!({"path_prefix": "/api/projects/", "path_contains": path, "method": "GET",
                      "fault": {"late_ms": 2_000}});
    world.control("/faults", late).await;
    world.forget_requests().await;
    let sync = tokio::spawn(project.clone().sync());
    let heard = async {
        while world.requests("GET", path).await == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, heard).await.unwrap();
    sync
}

#[tokio::test]
async fn a_decision_stays_on_screen_when_an_older_list_comes_after_it() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let row = tool(&project, &id, "delete_issue").await;
    let waiting = project.review().await.unwrap().groups;
    let sync = begin_late_sync(&world, &project, "/tools/").await;
    project.decide(&id, "delete_issue", Decision::DoNotUse, &row.fingerprint).await.unwrap();
    sync.await.unwrap().unwrap();
    assert_eq!(tool(&project, &id, "delete_issue").await.state, "do_not_use");
    assert_eq!(project.review().await.unwrap().groups, waiting, "nobody loosened anything");
    assert_eq!(world.requests("GET", "/tools/").await, 2, "the list is asked for once more, and no oftener");
}

#[tokio::test]
async fn what_an_older_list_says_is_not_taken_for_what_became_of_a_lost_decision() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let row = tool(&project, &id, "delete_issue").await;
    let sync = begin_late_sync(&world, &project, "/tools/").await;
    let lost = json!({"path_prefix": "/api/projects/", "path_contains": "delete_issue", "method": "PATCH",
                      "fault": "lose_answer"});
    world.control("/faults", lost).await;
    project.decide(&id, "delete_issue", Decision::DoNotUse, &row.fingerprint).await.unwrap_err();
    sync.await.unwrap().unwrap();
    assert_eq!(tool(&project, &id, "delete_issue").await.state, "do_not_use");
}

#[tokio::test]
async fn a_new_name_stays_and_a_removed_server_stays_away_when_an_older_list_comes_after() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let sync = begin_late_sync(&world, &project, "/mcp_server_installations/").await;
    let change = InstallationChange { display_name: Some("Issues".into()), ..InstallationChange::default() };
    project.change_server(&id, &change).await.unwrap();
    sync.await.unwrap().unwrap();
    assert_eq!(project.servers().await.unwrap().servers[0].name, "Issues");

    let sync = begin_late_sync(&world, &project, "/mcp_server_installations/").await;
    project.remove_server(&id).await.unwrap();
    sync.await.unwrap().unwrap();
    assert!(project.servers().await.unwrap().servers.is_empty());
}

#[tokio::test]
async fn a_server_that_was_just_connected_is_not_missed_by_an_older_list() {
    let (world, project) = World::signed_in().await;
    project.sync_catalog().await.unwrap();
    let catalog = project.catalog().await.unwrap().entries;
    let docs = catalog.into_iter().find(|entry| entry.name == "Docs").unwrap();
    let sync = begin_late_sync(&world, &project, "/mcp_server_installations/").await;
    let key = hedgerow_core::secrets::Secret::new("good-key".to_owned());
    let flow = world.core.connect_template(&docs.id, Some(key)).await.unwrap();
    world.flow_at(&flow.id, FlowStep::Connected).await;
    sync.await.unwrap().unwrap();
    server_id(&project, "Docs").await;
    let lines = project.activity("", ActivityFilter::All, 0, 200).await.unwrap().rows;
    assert!(!lines.iter().any(|line| line.what == ActivityKind::ServerGone), "{lines:?}");
}
