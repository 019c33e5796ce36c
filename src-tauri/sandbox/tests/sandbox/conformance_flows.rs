//! Browser legs against recording 10.

use reqwest::Method;
use serde_json::{Value, json};

use crate::conformance::{Skipped, is_skipped, played};
use crate::lab::fixture;
use crate::replay::{Replay, exchanges, name};

const FILE: &str = "10_oauth_roundtrip";
const UNRECORDED: &str = "the start of the flow is not in the recording";
const SKIPPED: Skipped = &[
    ("oauth-cc: own client without", "the sandbox's providers do not ask for a client secret"),
    ("shared client template: callback", UNRECORDED),
    ("dcr template", UNRECORDED),
];

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
    for exchange in exchanges(FILE).iter().filter(|exchange| !is_skipped(exchange, SKIPPED)) {
        let flow = name(exchange).split(':').next().unwrap();
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
    replay.finish(played(FILE, SKIPPED));
}
