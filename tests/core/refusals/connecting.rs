//! Connections that cannot be begun (contract 3.8 to 3.10).

use hedgerow_core::view::{ErrorCode, FlowStep, ServerStatus};
use serde_json::{Value, json};

use super::deeds::{Deed, How};
use super::{Refusal, Stage, any, prove};

const TO_WIKI: Deed = Deed::Connect("Wiki", None);
const TO_DOCS: Deed = Deed::Connect("Docs", Some("good-key"));
const WIKI: &str = "https://mcp.wiki.example/mcp";

/// The login of a server cannot be prepared: the sandbox's reason and PostHog's words.
fn flow(path: &'static str, reason: Value, says: &'static str) -> Refusal {
    Refusal::by(ErrorCode::Upstream, says, path, json!({"failure": reason}), json!({"failure": null}))
}

fn off_for_team(server: &str) -> Refusal {
    let says = "This server is disabled for your team.";
    let (off, on) = (json!({"disabled_servers": [server]}), json!({"disabled_servers": []}));
    Refusal::by(ErrorCode::ServerOffForTeam, says, "/policy", off, on)
}

fn out_of_catalog(path: &'static str) -> Refusal {
    let (gone, back) = (json!({"active": false}), json!({"active": true}));
    Refusal::by(ErrorCode::NotFound, "Template not found", path, gone, back)
}

/// By the words of a hand-written 400.
fn said(code: ErrorCode, says: &'static str) -> Refusal {
    Refusal::answered(400, code, says, "")
}

fn forbidden(says: &'static str) -> Refusal {
    Refusal::answered(403, ErrorCode::Forbidden, says, "permission_denied")
}

#[tokio::test]
async fn of_the_catalog_by_a_login() {
    let flows = "/servers/wiki/flows";
    let rejected = json!({"registration_rejected": "Redirect URI host is not allowed"});
    let mut refusals = vec![
        off_for_team("wiki"),
        out_of_catalog("/servers/wiki/active"),
        flow(flows, json!("discovery"), "OAuth discovery failed."),
        flow(
            flows,
            json!("dcr_unsupported"),
            "This MCP server does not support Dynamic Client Registration (DCR).",
        ),
        flow(flows, rejected, "OAuth registration failed. Redirect URI host is not allowed"),
        flow(flows, json!("metadata_missing"), "Template is missing OAuth metadata"),
        flow(flows, json!("client_not_configured"), "Template OAuth client is not configured"),
        flow(flows, json!("authorize_endpoint"), "Could not build OAuth authorize URL"),
        said(ErrorCode::Upstream, "Template is missing OAuth credentials"),
        Refusal::at("Must be a valid UUID.", "invalid_input", "template_id"),
        Refusal::at("Invalid callback URL", "invalid_input", "posthog_code_callback_url"),
        forbidden("Only project admins can share servers with agents in this project."),
    ];
    refusals.extend(any());
    prove(TO_WIKI, &refusals).await;
}

#[tokio::test]
async fn of_the_catalog_by_a_key() {
    prove(
        TO_DOCS,
        &[
            off_for_team("docs"),
            out_of_catalog("/servers/docs/active"),
            said(ErrorCode::Invalid, "api_key is required").told_at("api_key"),
            Refusal::answered(500, ErrorCode::PosthogFailed, "A server error occurred.", "error"),
        ],
    )
    .await;
}

#[tokio::test]
async fn by_an_address_with_a_login() {
    let flows = "/servers/wiki/flows";
    let mut refusals = vec![
        off_for_team("wiki"),
        flow(flows, json!("discovery"), "OAuth discovery failed."),
        flow(
            flows,
            json!("dcr_unsupported"),
            "This MCP server does not support Dynamic Client Registration (DCR).",
        ),
        flow(flows, json!({"registration_rejected": ""}), "OAuth registration failed."),
        flow(flows, json!("authorize_endpoint"), "Authorization endpoint must use HTTPS"),
        said(ErrorCode::Upstream, "Could not determine OAuth issuer"),
        said(ErrorCode::Upstream, "Server URL blocked by security policy").told_at("url"),
        Refusal::at("Null characters are not allowed.", "null_characters_not_allowed", "name"),
    ];
    refusals.extend(any());
    prove(Deed::Add(WIKI, How::Browser), &refusals).await;
    let method = "OAuth token endpoint auth method is not supported.";
    let own_client = flow(flows, json!("auth_method"), method).told_at("client_id");
    prove(Deed::Add(WIKI, How::OwnClient), &[own_client]).await;
}

#[tokio::test]
async fn by_an_address_without_a_login() {
    let (nobody, all) = (json!({"forbids_custom_servers": true}), json!({"forbids_custom_servers": false}));
    let says = "Custom MCP servers are limited to project admins in this project.";
    let mut admins_only = Refusal::by(ErrorCode::Forbidden, says, "/policy", nobody, all);
    let level = |level: &str| super::Step::Control("/people/robin/level", json!({ "level": level }));
    admins_only = admins_only.caused_by(level("member")).cured_by(level("owner"));
    let installed = said(ErrorCode::Conflict, "This server URL is already installed.").told_at("url");
    prove(Deed::Add(WIKI, How::Open), &[admins_only, installed.clone()]).await;
    prove(Deed::Add("https://mcp.docs.example/mcp", How::Key), &[off_for_team("docs"), installed]).await;
}

/// What only PostHog can tell of an address; this app's own refusals come before it and send nothing.
#[tokio::test]
async fn to_an_address_posthog_does_not_call() {
    let addresses = [
        ("https://intranet/mcp", "Enter a valid URL."),
        ("http://2130706433/", "Enter a valid URL."),
        ("http://localhost:3000/mcp", "URL not allowed: Local/Loopback host not allowed"),
        ("http://169.254.169.254/latest", "URL not allowed: Local/metadata host"),
        ("https://10.0.0.5/mcp", "URL not allowed: Private IP address not allowed"),
        ("https://farm.internal/mcp", "URL not allowed: Internal domain pattern blocked: .internal"),
        ("https://nowhere.invalid/mcp", "URL not allowed: Could not resolve host"),
    ];
    let stage = Stage::new().await;
    let before = stage.known().await;
    for (address, says) in addresses {
        stage.world.forget_requests().await;
        let deed = Deed::Add(address, How::Open);
        let error = deed.of(&stage).await.unwrap_err();
        let told = (error.code, error.message.as_str(), error.field.as_deref());
        assert_eq!(told, (ErrorCode::Invalid, says, Some("url")), "{address}");
        assert_eq!(deed.sent(&stage).await, deed.costs(), "{address}");
        assert_eq!(stage.known().await, before, "{address}");
    }
    Deed::Add(WIKI, How::Browser).of(&stage).await.unwrap();
}

#[tokio::test]
async fn again_to_a_server_that_is_there() {
    let flows = "/servers/tracker/flows";
    let mut refusals = vec![
        off_for_team("tracker"),
        out_of_catalog("/servers/tracker/active"),
        flow(flows, json!("metadata_missing"), "Template missing OAuth metadata"),
        flow(flows, json!("client_not_configured"), "Template OAuth client is not configured"),
        flow(flows, json!("authorize_endpoint"), "Could not build OAuth authorize URL"),
        said(ErrorCode::Upstream, "Installation is missing OAuth state — reinstall the server"),
        said(ErrorCode::Upstream, "Authorization endpoint must use HTTPS"),
        said(ErrorCode::Upstream, "OAuth discovery failed."),
        said(ErrorCode::Upstream, "Template missing OAuth credentials"),
        said(ErrorCode::Upstream, "Server URL blocked by security policy").told_at("url"),
        said(ErrorCode::Invalid, "Invalid callback URL").told_at("posthog_code_callback_url"),
        Refusal::answered(404, ErrorCode::NotFound, "Installation not found", ""),
    ];
    refusals.extend(any());
    prove(Deed::LogIn, &refusals).await;
}

#[tokio::test]
async fn a_key_that_is_missing_or_wrong_is_asked_for_again_and_the_right_one_connects() {
    let stage = Stage::new().await;
    let before = stage.known().await;
    let missing = Deed::Connect("Docs", None).of(&stage).await.unwrap_err();
    assert_eq!((missing.code, missing.field.as_deref()), (ErrorCode::Invalid, Some("api_key")));
    assert_eq!(stage.known().await, before);

    // PostHog takes any key; whether the server does is found when it is read.
    Deed::Connect("Docs", Some("wrong-key")).of(&stage).await.unwrap();
    let flow = stage.world.core.flows().swap_remove(0);
    let problem = flow.problem.unwrap();
    assert_eq!((flow.step, flow.tools_found, problem.code), (FlowStep::Connected, None, ErrorCode::Upstream));
    assert_eq!(problem.message, "Upstream initialize returned status 401");
    let docs = async || {
        let servers = stage.project.servers().await.unwrap().servers;
        servers.into_iter().find(|row| row.name == "Docs").unwrap()
    };
    assert_eq!(docs().await.status, ServerStatus::LastReadFailed);

    Deed::Connect("Docs", Some("good-key")).of(&stage).await.unwrap();
    let flow = stage.world.core.flows().swap_remove(0);
    assert_eq!((flow.tools_found, flow.problem), (Some(1), None));
    assert_eq!(docs().await.status, ServerStatus::Connected);
}

#[tokio::test]
async fn an_address_installed_elsewhere_is_found_and_logged_in_to_instead() {
    let stage = Stage::new().await;
    let (url, project) = (stage.world.sandbox.url(), stage.world.sandbox.project_id());
    let url = format!("{url}/api/projects/{project}/mcp_server_installations/install_custom/");
    let body = json!({"name": "By another program", "url": WIKI, "auth_type": "api_key"});
    let request = reqwest::Client::new().post(url).bearer_auth(stage.world.sandbox.key()).json(&body);
    assert!(request.send().await.unwrap().status().is_success());

    let deed = Deed::Add(WIKI, How::Open);
    let error = deed.of(&stage).await.unwrap_err();
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Conflict, Some("url")));
    // The end of the flow wakes the sync: the server is there, and from now on it is known before anything is sent.
    let found = async || {
        let check = stage.project.check_address(WIKI).await.unwrap();
        check.installed_name
    };
    assert_eq!(stage.world.until(found).await, "By another program");
    stage.world.forget_requests().await;
    let error = deed.of(&stage).await.unwrap_err();
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::AlreadyInstalled, Some("url")));
    assert_eq!(stage.world.requests("POST", "/install_custom/").await, 0);
}
