//! The sandbox against recordings of PostHog's own code. What is not played is listed with its reason.

use reqwest::Method;
use serde_json::{Value, json};

use crate::conformance_custom::failure;
use crate::lab::{self, as_offered, fixture, server, slug_of};
use crate::replay::{Replay, exchanges, keyed, name, row_in_path};

pub(crate) type Skipped = &'static [(&'static str, &'static str)];

pub(crate) fn is_skipped(exchange: &Value, skipped: Skipped) -> bool {
    skipped.iter().any(|(skip, _)| name(exchange).starts_with(skip))
}

pub(crate) fn played(file: &str, skipped: Skipped) -> usize {
    exchanges(file).iter().filter(|exchange| !is_skipped(exchange, skipped)).count()
}

/// Installs a server with a key, brings its tools, and gives the row's id.
pub(crate) async fn install(replay: &Replay, token: &str, body: Value, call: &str) -> String {
    let url = replay.lab.url(&format!("/api/projects/1/mcp_server_installations/{call}/"));
    let answer = replay.lab.client.post(url).bearer_auth(token).json(&body).send().await.unwrap();
    let body: Value = answer.json().await.unwrap();
    replay.lab.settle().await;
    body["id"].as_str().unwrap_or_else(|| panic!("not installed: {body}")).to_owned()
}

const UNSERVED: &str = "proxy and call_tool are not played";

#[tokio::test]
async fn keys_scopes_and_order_of_checks_are_those_of_recording_01() {
    const FILE: &str = "01_auth_and_scopes";
    const SKIPPED: Skipped = &[
        ("wrong method with key: GET proxy", UNSERVED),
        ("wrong method with key: DELETE proxy", UNSERVED),
        ("wrong method with key: GET call_tool", UNSERVED),
        ("OPTIONS list with key", "no client asks for it"),
        ("session without csrf token", "its cookie is a real one of that server"),
        ("org forbids personal keys, member", "the switch is part of a fixture, not of the control endpoint"),
    ];
    let mut start = fixture(FILE);
    start["servers"].as_array_mut().unwrap().push(server("https://mcp.lab.example.com:8443/s/a1/mcp"));
    let mut replay = Replay::new(FILE, start).await;
    for exchange in exchanges(FILE).iter().filter(|exchange| !is_skipped(exchange, SKIPPED)) {
        if row_in_path(exchange).is_some_and(|id| id.starts_with("01a20309")) && !replay.knows(exchange) {
            let body = keyed("https://mcp.lab.example.com:8443/s/a1/mcp", "a");
            let path = "/api/projects/1/mcp_server_installations/install_custom/";
            let (_, row) = replay.lab.send(Method::POST, path, body).await;
            replay.bind(exchange, row["id"].as_str().unwrap());
        }
        if name(exchange) == "session: list" {
            replay.lab.settle().await;
        }
        replay.play(exchange).await;
    }
    replay.finish(played(FILE, SKIPPED));
}

#[tokio::test]
async fn the_catalog_is_that_of_recording_02() {
    const FILE: &str = "02_catalog";
    let mut replay = Replay::new(FILE, fixture(FILE)).await;
    for exchange in &exchanges(FILE) {
        replay.play(exchange).await;
    }
    replay.finish(played(FILE, &[]));
}

#[tokio::test]
async fn people_and_projects_are_those_of_recording_03() {
    const FILE: &str = "03_accounts";
    let mut replay = Replay::new(FILE, fixture(FILE)).await;
    for exchange in &exchanges(FILE) {
        replay.play(exchange).await;
    }
    replay.finish(played(FILE, &[]));
}

#[tokio::test]
async fn the_life_of_a_row_is_that_of_recording_04() {
    const FILE: &str = "04_list_retrieve_patch_delete";
    let mut start = fixture(FILE);
    start["servers"]
        .as_array_mut()
        .unwrap()
        .push(server("https://mcp.lab.example.com:8443/s/second_row/mcp"));
    let mut replay = Replay::new(FILE, start).await;
    for exchange in &exchanges(FILE) {
        match name(exchange) {
            "retrieve after sync" => replay.lab.settle().await,
            "list newest first" => {
                let body = keyed("https://mcp.lab.example.com:8443/s/second_row/mcp", "second");
                let path = "/api/projects/1/mcp_server_installations/install_custom/";
                replay.lab.send(Method::POST, path, body).await;
                replay.lab.settle().await;
            }
            "template row: blank name and description fall back to the template" => {
                let body =
                    json!({"template_id": "0199bbbb-0000-7000-8000-000000000001", "api_key": "good-key"});
                let id = install(&replay, lab::ALICE, body, "install_template").await;
                replay.bind(exchange, &id);
            }
            "template deactivated: row" => {
                replay.lab.control("/servers/template-01/active", json!({"active": false})).await
            }
            _ => {}
        }
        replay.play(exchange).await;
    }
    replay.finish(played(FILE, &[]));
}

#[tokio::test]
async fn pages_are_those_of_recording_05() {
    const FILE: &str = "05_pagination";
    let mut start = fixture(FILE);
    let url = |number: usize| format!("https://bulk-{number:04}.lab.example.com/mcp");
    let rows = (0..130).map(|number| {
        json!({"server": slug_of(&url(number)), "person": "alice", "display_name": format!("Bulk {number:04}"),
               "created_at": format!("-{}s", 1000 - number)})
    });
    start["installations"] = rows.collect();
    start["servers"] = (0..130)
        .map(|number| {
            let mut server = server(&url(number));
            server["auth_type"] = json!("api_key");
            server["tools"] = json!([]);
            server
        })
        .collect();
    let mut replay = Replay::new(FILE, start).await;
    for exchange in &exchanges(FILE) {
        replay.play(exchange).await;
    }
    replay.finish(played(FILE, &[]));
}

#[tokio::test]
async fn catalog_installs_are_those_of_recording_06() {
    const FILE: &str = "06_install_template";
    let mut replay = Replay::new(FILE, fixture(FILE)).await;
    for exchange in &exchanges(FILE) {
        if name(exchange).starts_with("dcr ") && exchange["setup"].is_string() {
            let detail = exchange["response"]["json"]["detail"].as_str().unwrap();
            let failure = json!({ "failure": failure(detail) });
            replay.lab.control("/servers/template-08/flows", failure).await;
        }
        let change = match name(exchange) {
            "after sync" | "after sync with a wrong key" | "repeat on disabled row" | "rows left" => {
                replay.lab.settle().await;
                let is_repeat = name(exchange) == "repeat on disabled row";
                is_repeat.then(|| json!({"is_enabled": false, "display_name": "Mine"}))
            }
            "repeat without key on disabled row" => Some(json!({"is_enabled": false})),
            "agent_scope as member, forbidden" => {
                replay.lab.control("/policy", json!({"forbids_member_agents": true})).await;
                None
            }
            _ => None,
        };
        if let Some(change) = change {
            let list = replay.lab.get("/api/projects/1/mcp_server_installations/").await;
            let row = list["results"]
                .as_array()
                .unwrap()
                .iter()
                .find(|row| row["icon_key"] == "context_keeper")
                .unwrap();
            let path = format!("/api/projects/1/mcp_server_installations/{}/", row["id"].as_str().unwrap());
            replay.lab.send(Method::PATCH, &path, change).await;
        }
        replay.play(exchange).await;
    }
    replay.finish(played(FILE, &[]));
}

#[tokio::test]
async fn lists_and_decisions_are_those_of_recording_11() {
    const FILE: &str = "11_tools_list_patch";
    const URL: &str = "https://mcp.lab.example.com:8443/s/tools1/mcp";
    let mut start = fixture(FILE);
    let many = "https://mcp.lab.example.com:8443/s/many/mcp";
    start["servers"].as_array_mut().unwrap().extend([server(URL), server(many)]);
    let mut replay = Replay::new(FILE, start).await;
    let all = exchanges(FILE);
    let id = install(&replay, lab::ALICE, keyed(URL, "tools"), "install_custom").await;
    replay.bind(&all[0], &id);
    for exchange in &all {
        if name(exchange) == "unlinked: list" {
            replay.lab.control(&format!("/installations/{id}/unlink"), json!({})).await;
        }
        if name(exchange) == "500 tools" {
            let tools = lab::five_hundred(exchange);
            replay.lab.control(&format!("/servers/{}/tools", slug_of(many)), json!({ "tools": tools })).await;
            replay.bind(exchange, &install(&replay, lab::ALICE, keyed(many, "many"), "install_custom").await);
        }
        if name(exchange) == "live only" {
            let tools = as_offered(&exchange["response"]["json"]["results"]);
            replay.lab.control(&format!("/servers/{}/tools", slug_of(URL)), json!({ "tools": tools })).await;
            let path = format!("/api/projects/1/mcp_server_installations/{id}/tools/refresh/");
            replay.lab.send(Method::POST, &path, json!({})).await;
        }
        replay.play(exchange).await;
    }
    replay.finish(played(FILE, &[]));
}

#[tokio::test]
async fn odd_tool_names_are_those_of_recording_12() {
    const FILE: &str = "12_tool_names";
    const URL: &str = "https://mcp.lab.example.com:8443/s/names/mcp";
    let all = exchanges(FILE);
    let mut start = fixture(FILE);
    let mut server = server(URL);
    server["tools"] = as_offered(&all[0]["response"]["json"]["results"]);
    start["servers"].as_array_mut().unwrap().push(server);
    let mut replay = Replay::new(FILE, start).await;
    let id = install(&replay, lab::ALICE, keyed(URL, "names"), "install_custom").await;
    replay.bind(&all[0], &id);
    for exchange in &all {
        replay.play(exchange).await;
    }
    replay.finish(played(FILE, &[]));
}
