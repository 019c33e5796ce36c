//! Becoming someone: the key is checked before it is kept, and a refusal changes nothing.

use hedgerow_core::secrets::Secret;
use hedgerow_core::view::{ErrorCode, FlowStep, Kept};
use serde_json::json;

use crate::support::World;

async fn refusal(world: &World, host: &str, key: &str) -> (ErrorCode, Option<String>) {
    let error = world.core.sign_in_key(host, Secret::new(key.to_owned()), Kept::Keyring).await.unwrap_err();
    let boot = world.core.boot().await.unwrap();
    assert!(boot.accounts.is_empty() && boot.active.is_none(), "a refused key left something behind");
    (error.code, error.field)
}

#[tokio::test]
async fn a_good_key_is_kept_and_its_project_comes_on_screen() {
    let world = World::new().await;
    let key = Secret::new(format!("  {}\n", world.sandbox.key()));
    let signed = world.core.sign_in_key(world.sandbox.url(), key, Kept::Keyring).await.unwrap();
    assert_eq!(signed.account.email, "robin@plain.example");
    assert_eq!(signed.active.unwrap().project, world.sandbox.project_id());
    let kept = world.keyring.get(&signed.account.id).await.unwrap().unwrap();
    assert_eq!(kept.expose(), world.sandbox.key(), "the key is kept without the spaces around it");
}

#[tokio::test]
async fn a_wrong_key_is_refused_at_its_field() {
    let world = World::new().await;
    let found = refusal(&world, world.sandbox.url(), "phx_wrong").await;
    assert_eq!(found, (ErrorCode::KeyRefused, Some("key".to_owned())));
}

#[tokio::test]
async fn what_is_no_key_at_all_never_leaves_this_machine() {
    let world = World::new().await;
    for key in ["", "   ", "phx_\u{2028}x", "phx with spaces"] {
        let found = refusal(&world, world.sandbox.url(), key).await;
        assert_eq!(found, (ErrorCode::KeyRefused, Some("key".to_owned())), "{key:?}");
    }
    assert_eq!(world.requests("GET", "/api/").await, 0);
}

#[tokio::test]
async fn an_address_that_is_none_and_a_host_that_is_away_are_told_apart() {
    let world = World::new().await;
    let host = Some("host".to_owned());
    assert_eq!(
        refusal(&world, "http://posthog.example", "phx_a").await,
        (ErrorCode::BadAddress, host.clone())
    );
    assert_eq!(refusal(&world, "http://127.0.0.1:9", "phx_a").await, (ErrorCode::Offline, host));
}

#[tokio::test]
async fn a_key_for_this_run_is_in_memory_only_and_gone_after_a_restart() {
    let world = World::new().await;
    let key = Secret::new(world.sandbox.key().to_owned());
    let signed = world.core.sign_in_key(world.sandbox.url(), key, Kept::ThisRun).await.unwrap();
    assert!(world.keyring.get(&signed.account.id).await.unwrap().is_none());
    world.core.active().unwrap().sync().await.unwrap();

    let world = world.restart().await;
    let boot = world.core.boot().await.unwrap();
    assert!(!boot.accounts[0].has_key);
    let project = world.core.active().unwrap();
    assert_eq!(project.servers().await.unwrap().servers.len(), 1, "what is known stays readable");
    assert_eq!(project.sync().await.unwrap_err().code, ErrorCode::SignedOut);
}

#[tokio::test]
async fn signing_out_forgets_the_key_and_signing_in_again_finds_the_account() {
    let (world, _) = World::signed_in().await;
    let account = world.core.boot().await.unwrap().accounts[0].id.clone();
    world.core.sign_out(&account).await.unwrap();
    assert!(world.keyring.get(&account).await.unwrap().is_none());
    assert!(world.core.boot().await.unwrap().active.is_none());
    assert_eq!(world.core.active().unwrap_err().code, ErrorCode::SignedOut);

    world.sign_in().await;
    assert_eq!(world.core.boot().await.unwrap().accounts[0].id, account);
}

#[tokio::test]
async fn signing_out_ends_what_would_go_on_under_the_key() {
    let (world, project) = World::signed_in().await;
    let flow = world.connect("Wiki").await;
    // Behind the one that signing in began.
    project.clone().sync().await.unwrap();
    world.forget_requests().await;
    world.control("/servers/tracker/upstream", json!({"delay_ms": 1_000})).await;
    project.refresh_all().await.unwrap();
    let is_read = async || project.servers().await.unwrap().servers.iter().any(|row| row.refreshing);
    world.until(async || is_read().await.then_some(())).await;

    let account = world.core.boot().await.unwrap().accounts[0].id.clone();
    world.core.sign_out(&account).await.unwrap();
    world.flow_at(&flow.id, FlowStep::Cancelled).await;
    world.until(async || (!is_read().await).then_some(())).await;
    assert_eq!(world.requests("GET", "/api/").await, 0, "a reading that was on its way is not read back");
    assert_eq!(project.sync().await.unwrap_err().code, ErrorCode::SignedOut);
    assert_eq!(world.requests("GET", "/api/").await, 0);
}

#[tokio::test]
async fn a_project_that_throttles_or_fails_at_sign_in_says_so() {
    let world = World::new().await;
    let fault = json!({"path_prefix": "/api/projects", "times": 3, "fault": {"status": 500}});
    world.control("/faults", fault).await;
    let found = refusal(&world, world.sandbox.url(), world.sandbox.key()).await;
    assert_eq!(found.0, ErrorCode::PosthogFailed);
}
