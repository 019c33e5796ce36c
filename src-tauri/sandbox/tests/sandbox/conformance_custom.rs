//! Custom installs, against recordings 07 and 08.

use reqwest::Method;
use serde_json::{Value, json};

use crate::conformance::{Skipped, is_skipped, played};
use crate::lab::{fixture, slug_of};
use crate::replay::{Replay, exchanges, keyed, name};

#[tokio::test]
async fn custom_installs_are_checked_like_those_of_recording_07() {
    const FILE: &str = "07_install_custom_validation";
    const NAMES: &str = "the sandbox looks no names up";
    const PORT: &str = "an address with such a port is no URL to the sandbox";
    const SKIPPED: Skipped = &[
        ("url unresolvable", NAMES),
        ("url resolves to private", NAMES),
        ("url idn", NAMES),
        ("url port out of range", PORT),
        ("port out of range", PORT),
    ];
    let mut replay = Replay::new(FILE, fixture(FILE)).await;
    for exchange in exchanges(FILE).iter().filter(|exchange| !is_skipped(exchange, SKIPPED)) {
        if name(exchange) == "userinfo: row shows the password" {
            replay.lab.settle().await;
        }
        replay.play(exchange).await;
    }
    replay.finish(played(FILE, SKIPPED));
}

const KEYED: &str = "https://mcp.lab.example.com:8443/s/oauth-keyed/mcp";

/// Why the flow with a server could not start, read from the answer it had.
pub(crate) fn failure(detail: &str) -> Option<Value> {
    match detail {
        "OAuth discovery failed." => Some(json!("discovery")),
        "Authorization endpoint must use HTTPS" => Some(json!("authorize_endpoint")),
        "This MCP server does not support Dynamic Client Registration (DCR)." => {
            Some(json!("dcr_unsupported"))
        }
        "OAuth token endpoint auth method is not supported." => Some(json!("auth_method")),
        _ => {
            let text = detail.strip_prefix("OAuth registration failed.")?.trim();
            Some(json!({ "registration_rejected": text }))
        }
    }
}

#[tokio::test]
async fn custom_installs_go_like_those_of_recording_08() {
    const FILE: &str = "08_install_custom_flows";
    let all = exchanges(FILE);
    let mut start = fixture(FILE);
    let breaks_later = ["https://mcp.lab.example.com:8443/s/oauth-working2/mcp", KEYED];
    for server in start["servers"].as_array_mut().unwrap() {
        if breaks_later.iter().any(|url| server["url"] == *url) {
            continue;
        }
        let of = |exchange: &&Value| exchange["request"]["json"]["url"] == server["url"];
        let details =
            all.iter().filter(of).filter_map(|exchange| exchange["response"]["json"]["detail"].as_str());
        if let Some(failure) = details.filter_map(failure).next().filter(|_| server["in_catalog"] == false) {
            server["oauth_failure"] = failure;
        }
    }
    let mut replay = Replay::new(FILE, start).await;
    for exchange in &all {
        match name(exchange) {
            "api_key duplicate of disabled row" => {
                replay.lab.settle().await;
                switch(&replay, "api_key ok", false).await;
            }
            // The recording switched it back on behind its own back.
            "trailing slash is another server" => switch(&replay, "api_key ok", true).await,
            "rows left by failures" | "its sync error" => replay.lab.settle().await,
            "working row" => {
                let id = connect(&replay, "oauth-working").await;
                replay.bind(exchange, &id);
            }
            "re-install with broken discovery" => {
                let id = connect(&replay, "oauth-working2").await;
                replay.bind(&all[50], &id);
                break_discovery(&replay, breaks_later[0]).await;
            }
            "oauth install over an api_key row, discovery fails" => {
                // Its tools were not read before.
                let path = "/api/projects/1/mcp_server_installations/install_custom/";
                let (_, row) = replay.lab.send(Method::POST, path, keyed(KEYED, "keyed")).await;
                replay.bind(&all[52], row["id"].as_str().unwrap());
                break_discovery(&replay, KEYED).await;
            }
            "re-install of a working, disabled connection" => switch(&replay, "oauth-working", false).await,
            _ => {}
        }
        replay.play(exchange).await;
    }
    replay.finish(played(FILE, &[]));
}

async fn switch(replay: &Replay, name: &str, enabled: bool) {
    let row = replay.lab.row(name).await;
    let path = format!("/api/projects/1/mcp_server_installations/{}/", row["id"].as_str().unwrap());
    replay.lab.send(Method::PATCH, &path, json!({ "is_enabled": enabled })).await;
}

/// Connects a server by its URL and gives the row's id.
async fn connect(replay: &Replay, name: &str) -> String {
    let url = format!("https://mcp.lab.example.com:8443/s/{name}/mcp");
    let body = json!({"name": name, "auth_type": "oauth", "url": url});
    let path = "/api/projects/1/mcp_server_installations/install_custom/";
    let (_, body) = replay.lab.send(Method::POST, path, body).await;
    replay.lab.control("/browser", json!({"signed_in": "alice"})).await;
    replay.lab.consent(body["redirect_url"].as_str().unwrap(), "approve").await;
    replay.lab.settle().await;
    replay.lab.row(name).await["id"].as_str().unwrap().to_owned()
}

async fn break_discovery(replay: &Replay, url: &str) {
    replay.lab.control(&format!("/servers/{}/flows", slug_of(url)), json!({"failure": "discovery"})).await;
}
