//! Rate limits, against the answers of recording 18. The clock stands still, so the seconds are exact.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::lab::{self, fixture};
use crate::replay::{Replay, exchanges, keyed, name};

const FILE: &str = "18_throttling";

#[tokio::test]
async fn the_shared_budget_refuses_like_recording_18() {
    let all = exchanges(FILE);
    let url = "https://mcp.lab.example.com:8443/s/thr/mcp";
    let mut start = fixture(FILE);
    start["throttle"] = json!({"enabled": true});
    start["servers"].as_array_mut().unwrap().push(crate::lab::server(url));
    let mut replay = Replay::new(FILE, start).await;
    let id = crate::conformance::install(&replay, lab::ALICE, keyed(url, "t"), "install_custom").await;
    let of = |called: &str| {
        all.iter().find(|exchange| name(exchange) == called).unwrap_or_else(|| panic!("no {called}"))
    };
    replay.bind(of("11 throttled"), &id);
    replay.lab.control("/throttle", json!({"reset": true})).await;
    replay.lab.control("/clock", json!({"hold": true})).await;
    for number in 1..=10 {
        let path = format!("/api/projects/1/mcp_server_installations/{id}/tools/refresh/");
        let (status, _) = replay.lab.send(Method::POST, &path, json!({})).await;
        assert_eq!(status, StatusCode::OK, "call {number}");
    }
    let refused = [
        "11 throttled",
        "12 throttled, other endpoint same bucket",
        "other project same bucket",
        "other key of the same user",
        "oauth token of the same user",
        "other user not throttled",
        "list not affected",
        "tool patch not affected",
        "throttled wins over bad id and bad body",
        "throttled but missing scope: 403 first",
        "throttled wrong method on bucket route",
    ];
    for called in refused {
        replay.play(of(called)).await;
    }
    replay.lab.control("/clock", json!({"advance_seconds": 59})).await;
    replay.play(of("nearly there: singular")).await;
    replay.lab.control("/clock", json!({"advance_seconds": 1})).await;
    replay.play(of("minute window passed")).await;
    for _ in 0..5 {
        replay.lab.client.get(replay.lab.url("/api/mcp_store/oauth_redirect/?state=x")).send().await.unwrap();
    }
    replay.play(of("redirect throttled")).await;
    replay.play(of("redirect throttled without state too")).await;
    replay.finish(refused.len() + 4);
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
