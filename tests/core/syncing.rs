//! PostHog to store: what is written, what is not, and what survives a failure.

use hedgerow_core::view::{ErrorCode, ServerStatus, ToolFilter};
use serde_json::json;

use crate::support::{World, server_id, tool};

#[tokio::test]
async fn a_first_sync_shows_every_server_and_tool() {
    let (world, project) = World::signed_in().await;
    let view = project.servers().await.unwrap();
    assert_eq!(view.servers.len(), 1);
    let tracker = &view.servers[0];
    assert_eq!((tracker.name.as_str(), tracker.status), ("Tracker", ServerStatus::Connected));
    assert_eq!((tracker.counts.total, tracker.counts.allowed, tracker.counts.ask), (3, 1, 2));
    assert!(view.sync.last_success_at.is_some() && view.sync.problem.is_none() && !view.sync.offline);
    world.forget_requests().await;
    project.sync().await.unwrap();
    let asked = (world.requests("GET", "/tools/").await, world.requests("GET", "/api/").await);
    assert_eq!(asked, (1, 2), "one request for the list and one for each server");
}

#[tokio::test]
async fn tools_are_searched_filtered_and_read_in_windows() {
    let (_world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let all = project.tools(&id, "", ToolFilter::All, 0, 200).await.unwrap();
    let names: Vec<&str> = all.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["create_issue", "delete_issue", "list_issues"]);
    let window = project.tools(&id, "", ToolFilter::All, 1, 1).await.unwrap();
    assert_eq!((window.rows[0].name.as_str(), window.total), ("delete_issue", 3));
    let found = project.tools(&id, "FOR good", ToolFilter::All, 0, 10).await.unwrap();
    assert_eq!((found.rows[0].name.as_str(), found.total), ("delete_issue", 1));
    let allowed = project.tools(&id, "", ToolFilter::Allowed, 0, 10).await.unwrap();
    assert_eq!((allowed.rows[0].name.as_str(), allowed.total), ("list_issues", 1));
    let none = project.tools(&id, "100%_'\"", ToolFilter::All, 0, 10).await.unwrap();
    assert_eq!(none.total, 0, "signs of SQL are only signs");
}

#[tokio::test]
async fn a_failed_sync_wipes_nothing_and_says_why() {
    let (world, project) = World::signed_in().await;
    let fault = json!({"path_prefix": "/api/projects", "times": 3, "fault": {"status": 500}});
    world.control("/faults", fault).await;
    assert_eq!(project.clone().sync().await.unwrap_err().code, ErrorCode::PosthogFailed);
    let view = project.servers().await.unwrap();
    assert_eq!(view.servers[0].counts.total, 3);
    assert_eq!(view.sync.problem.unwrap().code, ErrorCode::PosthogFailed);
    assert!(!view.sync.offline, "an answer is not an absence");
}

#[tokio::test]
async fn offline_is_noticed_writes_are_refused_and_the_cache_stays_after_a_restart() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let World { sandbox, core, folder, keyring, opened, .. } = world;
    sandbox.stop().await;
    assert_eq!(project.clone().sync().await.unwrap_err().code, ErrorCode::Offline);
    assert!(project.servers().await.unwrap().sync.offline);
    let row = tool(&project, &id, "create_issue").await;
    let refused = project.decide(&id, "create_issue", row.choices[0], &row.fingerprint).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Offline);
    assert_eq!(project.refresh(&id).await.unwrap_err().code, ErrorCode::Offline);
    assert_eq!(core.reconnect(&id).await.unwrap_err().code, ErrorCode::Offline);
    assert!(opened.lock().unwrap().is_empty());
    drop((core, folder, keyring));
}

#[tokio::test]
async fn a_refresh_brings_new_tools_keeps_removed_ones_and_spends_once() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let tools = json!({"tools": [
        {"name": "list_issues", "description": "Lists the issues of a project."},
        {"name": "close_issue", "description": "Closes an issue."}
    ]});
    world.control("/servers/tracker/tools", tools).await;
    world.forget_requests().await;
    assert_eq!(project.watch().await.unwrap().last_at, None, "nothing was checked for changes yet");
    project.refresh(&id).await.unwrap();
    assert!(project.watch().await.unwrap().last_at.is_some(), "whoever asked");
    assert_eq!(world.requests("POST", "/tools/refresh").await, 1);
    let live = project.tools(&id, "", ToolFilter::All, 0, 10).await.unwrap();
    let names: Vec<&str> = live.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["close_issue", "list_issues"]);
    let removed = project.tools(&id, "", ToolFilter::Removed, 0, 10).await.unwrap();
    assert_eq!(removed.total, 2);
    assert!(removed.rows.iter().all(|row| row.removed_at.is_some()));
}

#[tokio::test]
async fn a_failing_refresh_says_the_servers_words_and_keeps_what_is_known() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let mode = json!({"mode": {"fail": "Upstream MCP server timed out"}});
    world.control("/servers/tracker/upstream", mode).await;
    let error = project.refresh(&id).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Upstream);
    assert!(error.message.contains("Upstream MCP server timed out"), "{}", error.message);
    let view = project.servers().await.unwrap();
    assert_eq!(view.servers[0].counts.total, 3);
    assert!(!view.servers[0].refreshing);
    assert_eq!(project.watch().await.unwrap().last_at, None, "it was not read");
}

#[tokio::test]
async fn the_eleventh_refresh_in_a_minute_is_refused_here_and_not_sent() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    for _ in 0..10 {
        project.refresh(&id).await.unwrap();
    }
    world.forget_requests().await;
    let error = project.refresh(&id).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Budget);
    assert!(error.retry_after.is_some_and(|wait| (1..=60).contains(&wait)), "{:?}", error.retry_after);
    assert_eq!(world.requests("POST", "/tools/refresh").await, 0);
}

#[tokio::test]
async fn the_catalog_knows_what_is_connected() {
    let (_world, project) = World::signed_in().await;
    assert!(project.catalog().await.unwrap().never);
    project.sync_catalog().await.unwrap();
    let catalog = project.catalog().await.unwrap();
    let installed: Vec<(&str, bool)> =
        catalog.entries.iter().map(|entry| (entry.name.as_str(), entry.installed.is_some())).collect();
    assert_eq!(installed, [("Docs", false), ("Tracker", true), ("Wiki", false)]);
}
