//! Readings that are refused (contract 3.1 to 3.4, 3.11, 3.13): what is known stays, and the server says what to do.

use hedgerow_core::posthog::{ErrorKind, Posthog, Theme};
use hedgerow_core::secrets::Secret;
use hedgerow_core::view::{ActivityKind, ErrorCode, ServerStatus};
use serde_json::json;

use super::deeds::Deed;
use super::{Refusal, Stage, Step, any, prove};

#[tokio::test]
async fn of_the_list() {
    prove(Deed::Sync, &any()).await;
}

#[tokio::test]
async fn of_the_tools() {
    prove(Deed::Tools, &any()).await;
}

#[tokio::test]
async fn of_the_catalog() {
    prove(Deed::Catalog, &any()).await;
}

#[tokio::test]
async fn by_posthog_of_the_server_again() {
    let owner = "Only the credential owner can modify a shared server.";
    let mut refusals = any();
    refusals.push(Refusal::answered(403, ErrorCode::Fixed, owner, "permission_denied"));
    refusals.push(Refusal::answered(404, ErrorCode::NotFound, "Not found.", "not_found"));
    refusals.push(Refusal::answered(502, ErrorCode::PosthogFailed, "Bad gateway", "error"));
    prove(Deed::Refresh, &refusals).await;
}

/// Reasons the server itself gives: the status and the words it leaves, and what Activity says.
#[tokio::test]
async fn by_a_server_that_fails() {
    const TRIED: &str = "Could not refresh tools from the upstream MCP server: ";
    let fails = |says: &'static str| {
        let reason = says.strip_prefix(TRIED).unwrap();
        let (fail, works) = (json!({"mode": {"fail": reason}}), json!({"mode": "ok"}));
        let refusal = Refusal::by(ErrorCode::Upstream, says, "/servers/tracker/upstream", fail, works);
        (refusal.noted(ActivityKind::ReadFailed, reason), ServerStatus::LastReadFailed, reason)
    };
    let (crash, works) = (json!({"mode": "crash"}), json!({"mode": "ok"}));
    let crashes = "A server error occurred.";
    let off = "Installation is disabled";
    let mut switched_off = Refusal::answered(400, ErrorCode::ServerOff, off, "");
    switched_off.cause = vec![Step::Elsewhere("PATCH", "", json!({"is_enabled": false}))];
    switched_off.cure = vec![Step::Elsewhere("PATCH", "", json!({"is_enabled": true}))];
    let rows = [
        fails("Could not refresh tools from the upstream MCP server: Upstream MCP server timed out"),
        fails(
            "Could not refresh tools from the upstream MCP server: Upstream initialize returned status 401",
        ),
        fails("Could not refresh tools from the upstream MCP server: URL not allowed: Missing host"),
        (
            Refusal::by(ErrorCode::PosthogFailed, crashes, "/servers/tracker/upstream", crash, works),
            ServerStatus::Connected,
            "",
        ),
        (switched_off, ServerStatus::Off, ""),
    ];
    for some in rows.chunks(4) {
        let stage = Stage::new().await;
        for (refusal, status, last_error) in some {
            stage.prove_until_cured(Deed::Refresh, refusal).await;
            let row = stage.row().await;
            assert_eq!((row.status, row.last_error.as_str()), (*status, *last_error), "{}", refusal.says);
            stage.cure(Deed::Refresh, refusal).await;
            Deed::Refresh.of(&stage).await.unwrap();
            let row = stage.row().await;
            assert_eq!(
                (row.status, row.last_error.as_str()),
                (ServerStatus::Connected, ""),
                "{}",
                refusal.says
            );
        }
    }
}

#[tokio::test]
async fn by_a_login_that_broke() {
    let stage = Stage::new().await;
    let path: &'static str = format!("/installations/{}/needs_reauth", stage.id).leak();
    let says = "Could not refresh tools from the upstream MCP server: Token refresh failed: Token refresh rejected by the provider";
    let (broken, mended) = (json!({"refresh_token": "rejected"}), json!({"refresh_token": "valid"}));
    let why = "Token refresh failed: Token refresh rejected by the provider";
    let refusal = Refusal::by(ErrorCode::Upstream, says, path, broken, mended)
        .noted(ActivityKind::ReadFailed, why)
        .noted(ActivityKind::LoginBroken, "");
    stage.prove_until_cured(Deed::Refresh, &refusal).await;
    assert_eq!(stage.row().await.status, ServerStatus::LogInAgain);
    stage.cure(Deed::Refresh, &refusal).await;
    Deed::Refresh.of(&stage).await.unwrap();
    assert_eq!(stage.row().await.status, ServerStatus::Connected);
    assert_eq!(stage.activity().await[0].what, ActivityKind::LoginWorks);
}

/// A refused key is said where the sync is said, ends the queue, and signs nobody out: it may be PostHog's mistake.
#[tokio::test]
async fn with_a_key_that_is_refused() {
    let stage = Stage::new().await;
    let refusal = &any()[0];
    stage.prove_until_cured(Deed::Sync, refusal).await;
    let sync = stage.project.servers().await.unwrap().sync;
    assert_eq!(sync.problem.as_ref().map(|problem| problem.code), Some(ErrorCode::KeyRefused));
    assert!(sync.last_success_at.is_some() && !sync.running, "how old it all is stays known");
    assert!(stage.world.core.active().is_ok());

    let fault = json!({"path_prefix": "/api/projects", "path_contains": "refresh", "fault": {"status": 401}});
    stage.world.control("/faults", fault).await;
    stage.world.forget_requests().await;
    stage.project.refresh_all().await.unwrap();
    stage
        .world
        .until(async || {
            let view = stage.project.servers().await.unwrap();
            let busy = view.servers.iter().any(|row| row.refreshing);
            (stage.world.requests("POST", "/refresh/").await == 1 && !busy && view.sync.queue.is_empty())
                .then_some(())
        })
        .await;

    stage.project.clone().sync().await.unwrap();
    assert_eq!(stage.project.servers().await.unwrap().sync.problem, None, "said no longer than it is true");
}

#[tokio::test]
async fn of_an_icon() {
    let stage = Stage::new().await;
    let sandbox = &stage.world.sandbox;
    let client = Posthog::new(sandbox.url().parse().unwrap(), Secret::new(sandbox.key().into())).unwrap();
    let refusals = [
        (401, ErrorKind::KeyRefused),
        (403, ErrorKind::Forbidden),
        (429, ErrorKind::Throttled),
        (500, ErrorKind::Server),
        (502, ErrorKind::Server),
    ];
    for (status, kind) in refusals {
        let fault = if status == 429 { json!({"throttled": 30}) } else { json!({ "status": status }) };
        let fault =
            json!({"path_prefix": "/api/projects/", "path_contains": "icon", "times": 3, "fault": fault});
        stage.world.control("/faults", fault).await;
        stage.world.forget_requests().await;
        let error = client.icon(sandbox.project_id(), "linear.app", Theme::Light).await.unwrap_err();
        assert_eq!(error.kind, kind, "{status}");
        assert_eq!(stage.sent().await.len(), 1, "{status}: a picture is not worth a second request");
        let url = format!("{}/faults", sandbox.control_url());
        let cleared = reqwest::Client::new().delete(url).bearer_auth(sandbox.control_token()).send().await;
        assert!(cleared.unwrap().status().is_success());
        assert_eq!(client.icon(sandbox.project_id(), "linear.app", Theme::Light).await.unwrap(), None);
    }
}
