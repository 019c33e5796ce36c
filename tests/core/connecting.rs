//! Flows from the click to the tools, and every way they end without.

use hedgerow_core::Timing;
use hedgerow_core::posthog::{CustomAuth, CustomServer};
use hedgerow_core::view::{ErrorCode, FlowStep, ServerStatus};
use serde_json::json;
use std::time::Duration;

use crate::support::{World, plain, quick, server_id};

#[tokio::test]
async fn a_login_that_is_approved_ends_connected_with_its_tools() {
    let (world, project) = World::signed_in().await;
    let flow = world.connect("Wiki").await;
    assert_eq!(flow.host.as_deref(), world.sandbox.url().strip_prefix("http://"));
    assert_eq!(flow.email, "robin@plain.example");
    assert!(flow.deadline_ms.is_some());
    let link = world.browse("approve").await;
    assert!(link.starts_with("posthog-code://mcp-oauth-complete?flow="), "{link}");
    assert!(world.core.on_link(&link));
    let done = world.flow_at(&flow.id, FlowStep::Connected).await;
    assert_eq!((done.tools_found, done.problem), (Some(2), None));
    let id = server_id(&project, "Wiki").await;
    assert_eq!(done.server_id.as_deref(), Some(id.as_str()));
    let row = project.servers().await.unwrap().servers.into_iter().find(|row| row.id == id).unwrap();
    assert_eq!((row.status, row.counts.total), (ServerStatus::Connected, 2));
    assert!(world.core.flow_link(&flow.id).is_err(), "the login page's address is forgotten");
}

#[tokio::test]
async fn a_denied_login_says_so_and_leaves_the_server_to_finish() {
    let (world, project) = World::signed_in().await;
    let flow = world.connect("Wiki").await;
    let link = world.browse("deny").await;
    assert!(world.core.on_link(&link));
    let ended = world.flow_at(&flow.id, FlowStep::Failed).await;
    assert_eq!(ended.problem.unwrap().code, ErrorCode::Denied);
    project.clone().sync().await.unwrap();
    let row = project.servers().await.unwrap().servers.into_iter().find(|row| row.name == "Wiki").unwrap();
    assert_eq!(row.status, ServerStatus::FinishConnecting);
}

#[tokio::test]
async fn every_ending_of_the_provider_has_its_words() {
    let endings = [
        ("odd_error", ErrorCode::ProviderError),
        ("missing_code", ErrorCode::NoCode),
        ("token_rejected", ErrorCode::ExchangeFailed),
        ("deny", ErrorCode::Denied),
    ];
    let (world, _) = World::signed_in().await;
    for (mode, code) in endings {
        world.control("/servers/wiki/provider", json!({ "mode": mode })).await;
        let flow = world.connect("Wiki").await;
        let link = world.browse("approve").await;
        assert!(world.core.on_link(&link), "{mode}");
        let ended = world.flow_at(&flow.id, FlowStep::Failed).await;
        assert_eq!(ended.problem.unwrap().code, code, "{mode}");
        world.control("/throttle", json!({"reset": true})).await;
    }
}

#[tokio::test]
async fn success_is_what_posthog_says_and_not_what_a_link_says() {
    let (world, _) = World::signed_in().await;
    let flow = world.connect("Wiki").await;
    let nonce = callback_nonce(&world).await;
    let forged = format!("posthog-code://mcp-oauth-complete?flow={nonce}&status=success");
    assert!(world.core.on_link(&forged));
    let looked = world
        .until(async || world.core.flows().into_iter().find(|view| view.id == flow.id && view.not_yet))
        .await;
    assert_eq!(looked.step, FlowStep::Waiting);
    assert!(looked.not_yet);
}

/// The nonce travels in the callback, which PostHog keeps; the browser's end URL shows it to the person only.
async fn callback_nonce(world: &World) -> String {
    let link = world.browse("deny").await;
    let nonce = link.split_once("flow=").unwrap().1;
    nonce.split_once('&').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_foreign_link_changes_nothing() {
    let (world, _) = World::signed_in().await;
    let flow = world.connect("Wiki").await;
    world.forget_requests().await;
    let strangers = [
        format!("posthog-code://mcp-oauth-complete?flow={}&status=success", "0".repeat(32)),
        "posthog-code://mcp-oauth-complete?status=error&error=cancelled".to_owned(),
        "posthog-code://elsewhere".to_owned(),
        String::new(),
    ];
    for link in &strangers {
        assert!(!world.core.on_link(link), "{link}");
    }
    let view = world.core.flows().into_iter().find(|view| view.id == flow.id).unwrap();
    assert_eq!(view.step, FlowStep::Waiting);
    assert_eq!(world.requests("GET", "/api/").await, 0);
}

#[tokio::test]
async fn polling_finds_the_login_when_no_link_comes() {
    let timing = Timing { poll_soon: Duration::from_millis(30), ..quick() };
    let world = World::with(plain(), timing).await;
    world.sign_in().await;
    let flow = world.connect("Wiki").await;
    world.browse("approve").await;
    let done = world.flow_at(&flow.id, FlowStep::Connected).await;
    assert_eq!(done.tools_found, Some(2));
}

#[tokio::test]
async fn i_have_finished_looks_at_once() {
    let (world, _) = World::signed_in().await;
    let flow = world.connect("Wiki").await;
    world.browse("approve").await;
    world.core.check_flow(&flow.id).unwrap();
    world.flow_at(&flow.id, FlowStep::Connected).await;
}

#[tokio::test]
async fn cancelling_ends_the_wait_and_the_link_that_comes_later_is_dropped() {
    let (world, _) = World::signed_in().await;
    let flow = world.connect("Wiki").await;
    world.core.cancel_flow(&flow.id).unwrap();
    world.flow_at(&flow.id, FlowStep::Cancelled).await;
    let link = world.browse("approve").await;
    assert!(!world.core.on_link(&link));
    world.core.dismiss_flow(&flow.id).unwrap();
    assert!(world.core.flows().is_empty());
}

#[tokio::test]
async fn after_the_servers_ten_minutes_the_flow_ends_by_itself() {
    let timing = Timing { login_lasts: Duration::ZERO, poll_soon: Duration::from_millis(10), ..quick() };
    let world = World::with(plain(), timing).await;
    let project = world.sign_in().await;
    project.sync_catalog().await.unwrap();
    let catalog = project.catalog().await.unwrap();
    let wiki = catalog.entries.iter().find(|entry| entry.name == "Wiki").unwrap();
    let flow = world.core.connect_template(&wiki.id, None).await.unwrap();
    let ended = world.flow_at(&flow.id, FlowStep::Expired).await;
    assert_eq!(ended.problem.unwrap().code, ErrorCode::Expired);
}

#[tokio::test]
async fn a_link_after_a_restart_still_finds_its_flow() {
    let (world, _) = World::signed_in().await;
    let flow = world.connect("Wiki").await;
    let link = world.browse("approve").await;
    let world = world.restart().await;
    let resumed = world.core.flows();
    assert_eq!(resumed.len(), 1);
    assert_eq!(resumed[0].id, flow.id);
    world.core.on_link(&link);
    let done = world.flow_at(&flow.id, FlowStep::Connected).await;
    assert_eq!((done.title.as_str(), done.tools_found), ("Wiki", Some(2)));
}

#[tokio::test]
async fn a_healthy_server_that_logs_in_again_is_done_only_when_its_row_moved() {
    let (world, project) = World::signed_in().await;
    let id = server_id(&project, "Tracker").await;
    let flow = world.core.reconnect(&id).await.unwrap();
    world.flow_at(&flow.id, FlowStep::Waiting).await;
    world.core.check_flow(&flow.id).unwrap();
    world.until(async || world.core.flows().into_iter().find(|view| view.not_yet)).await;
    let link = world.browse("approve").await;
    world.core.on_link(&link);
    world.flow_at(&flow.id, FlowStep::Connected).await;
}

#[tokio::test]
async fn a_key_server_connects_without_a_browser_and_a_bad_key_shows_in_its_status() {
    let (world, project) = World::signed_in().await;
    project.sync_catalog().await.unwrap();
    let catalog = project.catalog().await.unwrap();
    let docs = catalog.entries.iter().find(|entry| entry.name == "Docs").unwrap();
    let key = hedgerow_core::secrets::Secret::new("good-key".to_owned());
    let flow = world.core.connect_template(&docs.id, Some(key)).await.unwrap();
    let done = world.flow_at(&flow.id, FlowStep::Connected).await;
    assert_eq!((done.tools_found, done.host), (Some(1), None));
    assert!(world.opened.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_same_server_is_not_connected_twice_at_once() {
    let (world, _) = World::signed_in().await;
    let first = world.connect("Wiki").await;
    let again = world.connect("Wiki").await;
    assert_eq!(first.id, again.id);
    assert_eq!(world.requests("POST", "install_template").await, 1);
}

#[tokio::test]
async fn a_server_is_added_by_its_address_and_not_twice() {
    let (world, project) = World::signed_in().await;
    let server = |url: &str, auth| CustomServer {
        name: " Wiki by hand ".to_owned(),
        url: url.to_owned(),
        auth,
        description: String::new(),
    };
    let url = " https://mcp.wiki.example/mcp ";
    let flow = world.core.add_server(server(url, CustomAuth::Login)).await.unwrap();
    world.flow_at(&flow.id, FlowStep::Waiting).await;
    let link = world.browse("approve").await;
    world.core.on_link(&link);
    let done = world.flow_at(&flow.id, FlowStep::Connected).await;
    assert_eq!((done.title.as_str(), done.tools_found), ("Wiki by hand", Some(2)));
    let check = project.check_address(url).await.unwrap();
    assert_eq!(
        (check.host.as_str(), check.installed_name.as_deref()),
        ("mcp.wiki.example", Some("Wiki by hand"))
    );

    world.forget_requests().await;
    let again = world.core.add_server(server(url, CustomAuth::Login)).await.unwrap_err();
    assert_eq!((again.code, again.field.as_deref()), (ErrorCode::AlreadyInstalled, Some("url")));
    for bad in ["", "mcp.example", "ftp://mcp.example/x", "https://me:pass@mcp.example/mcp"] {
        let error = world.core.add_server(server(bad, CustomAuth::Open)).await.unwrap_err();
        assert_eq!((error.code, error.field.as_deref()), (ErrorCode::BadAddress, Some("url")), "{bad}");
        assert!(!error.message.contains("me:pass"));
    }
    assert_eq!(world.requests("POST", "install_custom").await, 0, "what is known to fail is not sent");
}
