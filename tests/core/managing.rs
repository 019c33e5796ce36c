//! What is done with a server besides its tools: sent, read back, shown.

use hedgerow_core::posthog::InstallationChange;
use hedgerow_core::view::{ErrorCode, ExportKind, FlowStep, ServerRow, ServerStatus};
use hedgerow_sandbox::Fixture;
use serde_json::json;

use crate::support::{World, quick, server_id};

async fn row(project: &hedgerow_core::Project, id: &str) -> ServerRow {
    project.servers().await.unwrap().servers.into_iter().find(|row| row.id == id).unwrap()
}

#[tokio::test]
async fn a_server_is_renamed_described_and_switched_and_shown_as_posthog_answers() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let change = InstallationChange { display_name: Some("  Issues ".to_owned()), ..Default::default() };
    project.change_server(&id, &change).await.unwrap();
    assert_eq!(row(&project, &id).await.name, "Issues", "PostHog trims, and its answer is what is shown");
    let off = InstallationChange { is_enabled: Some(false), ..Default::default() };
    project.change_server(&id, &off).await.unwrap();
    let shown = row(&project, &id).await;
    assert_eq!((shown.status, shown.counts.total, shown.name.as_str()), (ServerStatus::Off, 3, "Issues"));
    assert_eq!(project.refresh(&id).await.unwrap_err().code, ErrorCode::ServerOff);

    world.forget_requests().await;
    let long = InstallationChange { display_name: Some("x".repeat(201)), ..Default::default() };
    assert_eq!(project.change_server(&id, &long).await.unwrap_err().code, ErrorCode::Invalid);
    assert_eq!(world.requests("PATCH", "/mcp_server_installations/").await, 0);
}

#[tokio::test]
async fn a_removed_server_goes_and_its_decisions_come_back_with_it() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let tool = crate::support::tool(&project, &id, "create_issue").await;
    project.decide(&id, "create_issue", tool.choices[2], &tool.fingerprint).await.unwrap();
    project.remove_server(&id).await.unwrap();
    assert!(project.servers().await.unwrap().servers.is_empty());
    assert_eq!(project.remove_server(&id).await.unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(world.requests("DELETE", &id).await, 1);
    let ledger = sqlx::sqlite::SqliteConnectOptions::new().filename(world.folder.path().join("ledger.db"));
    let pool = sqlx::SqlitePool::connect_with(ledger).await.unwrap();
    let pins: i64 = sqlx::query_scalar("SELECT count(*) FROM pin").fetch_one(&pool).await.unwrap();
    assert_eq!(pins, 1, "what was decided on is still known");
}

#[tokio::test]
async fn a_server_is_left_alone_while_a_login_to_it_runs() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let flow = world.core.reconnect(&id).await.unwrap();
    world.flow_at(&flow.id, FlowStep::Waiting).await;
    let change = InstallationChange { display_name: Some("Issues".to_owned()), ..Default::default() };
    world.forget_requests().await;
    let refused = project.change_server(&id, &change).await.unwrap_err().code;
    assert_eq!(refused, ErrorCode::LoginRuns, "it would pass for the login's success");
    assert_eq!(project.share_server(&id, true).await.unwrap_err().code, ErrorCode::LoginRuns);
    assert_eq!(world.requests("PATCH", &id).await + world.requests("POST", &id).await, 0);
    world.core.cancel_flow(&flow.id).unwrap();
    world.flow_at(&flow.id, FlowStep::Cancelled).await;
    project.change_server(&id, &change).await.unwrap();
    assert_eq!(row(&project, &id).await.name, "Issues");
}

#[tokio::test]
async fn sharing_is_read_back_and_taken_back() {
    let (_world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    project.share_server(&id, true).await.unwrap();
    assert!(row(&project, &id).await.shared);
    project.share_server(&id, false).await.unwrap();
    assert!(!row(&project, &id).await.shared);
}

#[tokio::test]
async fn sharing_is_offered_only_by_a_posthog_that_can() {
    let (world, project) = World::signed_in().await;
    for (generation, can_share) in [("A0", false), ("A", false), ("B", true), ("C", true)] {
        world.control("/generation", json!({"generation": generation})).await;
        project.clone().sync().await.unwrap();
        assert_eq!(project.servers().await.unwrap().can_share, can_share, "{generation}");
    }
}

#[tokio::test]
async fn a_colleagues_server_cannot_be_changed_and_nothing_is_sent() {
    let world = World::with(Fixture::sample(), quick()).await;
    let project = world.sign_in().await;
    let servers = project.servers().await.unwrap().servers;
    let theirs = servers.iter().find(|row| !row.is_owner).unwrap();
    world.forget_requests().await;
    let off = InstallationChange { is_enabled: Some(false), ..Default::default() };
    assert_eq!(project.change_server(&theirs.id, &off).await.unwrap_err().code, ErrorCode::Fixed);
    assert_eq!(project.remove_server(&theirs.id).await.unwrap_err().code, ErrorCode::Fixed);
    assert_eq!(project.share_server(&theirs.id, false).await.unwrap_err().code, ErrorCode::Fixed);
    assert_eq!(world.core.reconnect(&theirs.id).await.unwrap_err().code, ErrorCode::Fixed);
    assert_eq!(world.requests("GET", "/api/").await + world.requests("DELETE", "/api/").await, 0);
}

#[tokio::test]
async fn all_servers_are_read_again_one_after_the_other_and_the_queue_can_be_stopped() {
    let world = World::with(Fixture::sample(), quick()).await;
    let project = world.sign_in().await;
    let is_readable = |row: &&ServerRow| {
        row.is_owner && !matches!(row.status, ServerStatus::Off | ServerStatus::FinishConnecting)
    };
    // A minute's budget is smaller than the sample: what is beyond it would wait for the next.
    let readable = 5;
    let servers = project.servers().await.unwrap().servers;
    let spare = servers.iter().filter(is_readable).filter(|row| row.name != "Linear").skip(readable - 1);
    for row in spare {
        let off = InstallationChange { is_enabled: Some(false), ..Default::default() };
        project.change_server(&row.id, &off).await.unwrap();
    }
    world.forget_requests().await;
    project.refresh_all().await.unwrap();
    world
        .until(async || {
            let sync = project.servers().await.unwrap();
            let busy = sync.servers.iter().any(|row| row.refreshing);
            (sync.sync.queue.is_empty() && !busy && world.requests("POST", "/refresh").await == readable)
                .then_some(())
        })
        .await;

    world.control("/servers/linear/upstream", json!({"delay_ms": 400})).await;
    project.refresh_all().await.unwrap();
    project.stop_refreshing();
    let queue = project.servers().await.unwrap().sync.queue;
    assert!(queue.is_empty());
}

#[tokio::test]
async fn a_queue_that_was_stopped_while_posthog_throttles_does_not_come_back() {
    let (world, project) = World::signed_in().await;
    // One reading a minute, which is used up; the next is refused late enough to be stopped before.
    world.control("/throttle", json!({"scale": 0.1, "reset": true})).await;
    project.refresh(&server_id(&project, "Tracker").await).await.unwrap();
    let slow =
        json!({"path_prefix": "/api/", "path_contains": "/tools/refresh", "fault": {"delay_ms": 1_000}});
    world.control("/faults", slow).await;
    project.refresh_all().await.unwrap();
    let is_read = async || project.servers().await.unwrap().servers[0].refreshing;
    world.until(async || is_read().await.then_some(())).await;
    project.stop_refreshing();
    world.until(async || (!is_read().await).then_some(())).await;
    // Time enough for the worker to go on, if it does.
    project.clone().sync().await.unwrap();
    assert_eq!(
        world.requests("POST", "/tools/refresh").await,
        2,
        "the person's and the one that was stopped"
    );
    let sync = project.servers().await.unwrap().sync;
    assert_eq!((sync.queue, sync.queue_resumes_ms), (vec![], None));
}

#[tokio::test]
async fn the_queue_leaves_calls_for_connects_and_the_person_may_take_them() {
    let world = World::with(Fixture::sample(), quick()).await;
    let project = world.sign_in().await;
    project.refresh_all().await.unwrap();
    let waiting = world
        .until(async || {
            let view = project.servers().await.unwrap();
            view.sync.queue_resumes_ms.map(|_| view)
        })
        .await;
    assert_eq!(world.requests("POST", "/tools/refresh").await, 6, "four of the minute's ten are left");
    let front = waiting.sync.queue[0].clone();
    let asked = project.refresh(&front).await.map_err(|error| error.code);
    project.stop_refreshing();
    assert_ne!(asked, Err(ErrorCode::Budget));
    assert_eq!(world.requests("POST", "/tools/refresh").await, 7);
}

#[tokio::test]
async fn removing_my_data_leaves_no_key_and_no_file_not_even_a_log_or_a_copy() {
    let (world, _) = World::signed_in().await;
    let folder = world.folder.path();
    std::fs::create_dir(folder.join("logs")).unwrap();
    for file in ["logs/hedgerow.2026-11-25.log", "ledger.db.before-2", "crashed", "kept by the person.txt"] {
        std::fs::write(folder.join(file), "x").unwrap();
    }
    let account = world.core.boot().await.unwrap().accounts[0].id.clone();
    world.core.export_file(ExportKind::Backup, None).await.unwrap();
    world.core.remove_my_data().await.unwrap();
    assert!(world.keyring.get(&account).await.unwrap().is_none());
    let mut left: Vec<_> = std::fs::read_dir(world.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    left.sort();
    assert_eq!(left, ["kept by the person.txt", "lock"]);
}
