//! Browser legs against recording 10.

use reqwest::Method;
use serde_json::{Value, json};

use crate::conformance::played;
use crate::lab::{fixture, slug_of};
use crate::replay::{Replay, exchanges, name};

const FILE: &str = "10_oauth_roundtrip";
async fn row(replay: &Replay, name: &str) -> Option<String> {
    let list = replay.lab.get("/api/projects/1/mcp_server_installations/").await;
    let rows: &Vec<Value> = list["results"].as_array().unwrap();
    rows.iter().find(|row| row["name"] == name).map(|row| row["id"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn browser_legs_end_like_those_of_recording_10() {
    let mut start = fixture(FILE);
    for server in start["servers"].as_array_mut().unwrap() {
        let url = server["url"].as_str().unwrap().to_owned();
        let rejected = ["400", "401", "500", "redirect", "no-access-token"];
        if rejected.iter().any(|how| url.ends_with(&format!("oauth-token-{how}/mcp"))) {
            server["provider"] = json!("token_rejected");
        } else if url.ends_with("oauth-token-html/mcp") || url.ends_with("oauth-token-hang/mcp") {
            server["provider"] = json!("token_timeout");
        }
    }
    let mut replay = Replay::new(FILE, start).await;
    for exchange in &exchanges(FILE) {
        let flow = name(exchange).split(':').next().unwrap();
        prepare(&mut replay, exchange).await;
        if !replay.knows(exchange) {
            let id = row(&replay, flow).await.unwrap();
            replay.bind(exchange, &id);
        }
        let path = |id: &str| format!("/api/projects/1/mcp_server_installations/{id}/");
        match exchange["setup"].as_str().unwrap_or_default() {
            "state older than 600 s" => replay.lab.control("/clock", json!({"advance_seconds": 601})).await,
            "installation deleted meanwhile" => {
                let id = row(&replay, flow).await.unwrap();
                replay.lab.api(Method::DELETE, &path(&id)).send().await.unwrap();
            }
            "row disabled meanwhile" => {
                let id = row(&replay, flow).await.unwrap();
                replay.lab.send(Method::PATCH, &path(&id), json!({"is_enabled": false})).await;
            }
            _ => {}
        }
        if ["oauth-ok: row after sync", "oauth-dis: disabled row got tokens and tools"]
            .contains(&name(exchange))
        {
            replay.lab.settle().await;
        }
        replay.play(exchange).await;
    }
    replay.finish(played(FILE, &[]));
}

/// What the recording did between its exchanges.
async fn prepare(replay: &mut Replay, exchange: &Value) {
    let own_client =
        format!("/servers/{}/provider", slug_of("https://mcp.lab.example.com:8443/s/oauth-cc/mcp"));
    match name(exchange) {
        // The provider wants the secret of the client.
        "oauth-cc: own client without the secret it needs" => {
            replay.lab.control(&own_client, json!({"mode": "token_rejected"})).await;
        }
        "oauth-cc: with secret" => replay.lab.control(&own_client, json!({"mode": "normal"})).await,
        "shared client template: callback" => {
            let begun = install(replay, 4).await;
            replay.begun(exchange, &begun);
        }
        "dcr template: callback" => {
            let begun = install(replay, 3).await;
            replay.begun(exchange, &begun);
        }
        "dcr template re-install keeps old tokens and needs_reauth false" => {
            install(replay, 3).await;
            let id = row(replay, "Linear-like").await.unwrap();
            replay.bind(exchange, &id);
        }
        _ => {}
    }
}

/// Starts a flow with a server of the catalog.
async fn install(replay: &Replay, template: usize) -> String {
    let body = json!({
        "template_id": format!("0199bbbb-0000-7000-8000-{template:012}"), "install_source": "posthog-code",
        "posthog_code_callback_url": "posthog-code://mcp-oauth-complete?n=N0nce-abc123",
    });
    let path = "/api/projects/1/mcp_server_installations/install_template/";
    let (_, body) = replay.lab.send(Method::POST, path, body).await;
    body["redirect_url"].as_str().unwrap().to_owned()
}
