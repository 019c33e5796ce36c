//! Rate limits, against the answers of recording 18. The clock stands still, so the seconds are exact.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::conformance::{Skipped, is_skipped, played};
use crate::lab::{self, fixture};
use crate::replay::{Replay, exchanges, keyed, name};

const FILE: &str = "18_throttling";
const UNSERVED: &str = "proxy and call_tool are not served";
const SKIPPED: Skipped = &[("call_tool 61", UNSERVED), ("proxy shares the bucket", UNSERVED)];

#[tokio::test]
async fn the_limits_are_those_of_recording_18() {
    let all = exchanges(FILE);
    let url = "https://mcp.lab.example.com:8443/s/thr/mcp";
    let mut start = fixture(FILE);
    start["throttle"] = json!({"enabled": true});
    start["servers"].as_array_mut().unwrap().push(crate::lab::server(url));
    let mut replay = Replay::new(FILE, start).await;
    let id = crate::conformance::install(&replay, lab::ALICE, keyed(url, "t"), "install_custom").await;
    let refresh = format!("/api/projects/1/mcp_server_installations/{id}/tools/refresh/");
    replay.bind(&all[0], &id);
    replay.lab.control("/throttle", json!({"reset": true})).await;
    replay.lab.control("/clock", json!({"hold": true})).await;
    for exchange in all.iter().filter(|exchange| !is_skipped(exchange, SKIPPED)) {
        let advance =
            async |seconds: u32| replay.lab.control("/clock", json!({"advance_seconds": seconds})).await;
        match name(exchange) {
            "nearly there: singular" => advance(59).await,
            "minute window passed" => advance(1).await,
            "hour limit" => {
                for _ in 0..32 {
                    replay.lab.send(Method::POST, &refresh, json!({})).await;
                }
                // Of the hour that began with the first call 293 s are gone.
                advance(233).await;
            }
            "hour limit with a free minute window" => advance(70).await,
            "redirect throttled" => {
                let leg = replay.lab.url("/api/mcp_store/oauth_redirect/?state=x");
                for _ in 0..5 {
                    replay.lab.client.get(&leg).send().await.unwrap();
                }
            }
            "burst 480/min by key" => {
                for _ in 0..480 {
                    replay.lab.get("/api/projects/1/mcp_server_installations/").await;
                }
                advance(8).await;
            }
            _ => {}
        }
        match name(exchange) {
            "malformed json (parsed before the throttle)" => {
                replay.play_with(exchange, Some("{".into())).await
            }
            _ => replay.play(exchange).await,
        }
    }
    replay.finish(played(FILE, SKIPPED));
}

#[tokio::test]
async fn the_answer_says_when_to_come_back_in_its_header_too() {
    let mut start = fixture(FILE);
    start["throttle"] = json!({"enabled": true, "scale": 0.1});
    let replay = Replay::new(FILE, start).await;
    replay.lab.control("/clock", json!({"hold": true})).await;
    let path = "/api/projects/1/mcp_server_installations/install_template/";
    replay.lab.send(Method::POST, path, json!({})).await;
    let refused = replay.lab.api(Method::POST, path).json(&json!({})).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()["retry-after"], "60");
}
