//! What agents are offered, against recording 20.

use reqwest::Method;
use serde_json::json;

use crate::conformance::{Skipped, install, is_skipped, played};
use crate::lab::{self, fixture, server, slug_of};
use crate::main_path::plain;
use crate::replay::{Replay, exchanges, keyed, name};

const FILE: &str = "20_call_tool_available_tools";
const URL: &str = "https://mcp.lab.example.com:8443/s/calls/mcp";
const NOT_CALLED: &str = "call_tool is not served: Hedgerow decides and never calls";
const SKIPPED: Skipped = &[
    ("needs approval", NOT_CALLED),
    ("ok", NOT_CALLED),
    ("arguments", NOT_CALLED),
    ("blocked", NOT_CALLED),
    ("unknown", NOT_CALLED),
    ("missing name", NOT_CALLED),
    ("long name", NOT_CALLED),
    ("tool ", NOT_CALLED),
    ("upstream 500", NOT_CALLED),
    ("removed tool", NOT_CALLED),
    ("row disabled", NOT_CALLED),
    ("other member's row", NOT_CALLED),
    ("open server", NOT_CALLED),
    ("malformed id", NOT_CALLED),
    ("bad body", NOT_CALLED),
];

#[tokio::test]
async fn what_agents_are_offered_is_that_of_recording_20() {
    let all = exchanges(FILE);
    let mut start = fixture(FILE);
    start["servers"].as_array_mut().unwrap().push(server(URL));
    let mut replay = Replay::new(FILE, start).await;
    let id = install(&replay, lab::ALICE, keyed(URL, "My Server!"), "install_custom").await;
    let row = format!("/api/projects/1/mcp_server_installations/{id}/");
    for exchange in all.iter().filter(|exchange| !is_skipped(exchange, SKIPPED)) {
        match name(exchange) {
            "available after" => {
                let put = lab::offered(&exchange["response"]["json"]["servers"][0]["tools"]);
                let mut tools = put.as_array().unwrap().clone();
                tools.push(lab::base()[3].take());
                replay
                    .lab
                    .control(&format!("/servers/{}/tools", slug_of(URL)), json!({ "tools": tools }))
                    .await;
                replay.lab.send(Method::POST, &format!("{row}tools/refresh/"), json!({})).await;
                for (tool, state) in [("search_docs", "approved"), ("delete_item", "do_not_use")] {
                    let body = json!({ "approval_state": state });
                    replay.lab.send(Method::PATCH, &format!("{row}tools/{tool}/"), body).await;
                }
            }
            "available empty" => {
                replay.lab.send(Method::PATCH, &row, json!({"is_enabled": false})).await;
            }
            _ => {}
        }
        replay.play(exchange).await;
    }
    replay.finish(played(FILE, SKIPPED));
}

#[tokio::test]
async fn a_server_that_is_off_for_the_team_or_needs_a_login_is_not_offered() {
    let lab = plain().await;
    let path = lab.in_project("mcp_server_installations/available_tools/");
    let count = async || lab.get(&path).await["servers"].as_array().unwrap().len();
    assert_eq!(count().await, 1);
    lab.control("/policy", json!({"disabled_servers": ["tracker"]})).await;
    assert_eq!(count().await, 0);
    lab.control("/policy", json!({"disabled_servers": []})).await;
    let row = lab.row("Tracker").await;
    let broken = format!("/installations/{}/needs_reauth", row["id"].as_str().unwrap());
    lab.control(&broken, json!({"refresh_token": "rejected"})).await;
    assert_eq!(count().await, 0);
    lab.control(&broken, json!({"refresh_token": "valid"})).await;
    assert_eq!(count().await, 1, "asking renews what can be renewed");
}

#[tokio::test]
async fn a_picture_is_a_png_of_its_own_for_each_brand() {
    let lab = crate::support::Lab::new(hedgerow_sandbox::Fixture::sample()).await;
    let icon = async |domain: &str| {
        let path = lab.in_project(&format!("mcp_servers/icon/?domain={domain}"));
        let answer = lab.api(Method::GET, &path).send().await.unwrap();
        assert_eq!(
            (answer.status(), &answer.headers()["content-type"]),
            (reqwest::StatusCode::OK, &"image/png".parse().unwrap())
        );
        answer.bytes().await.unwrap()
    };
    let (linear, github) = (icon("linear.example").await, icon("github.example").await);
    assert!(linear.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_ne!(linear, github);
}
