//! Refreshing tools, against recording 13.

use reqwest::Method;
use serde_json::{Value, json};

use crate::conformance::{Skipped, install, is_skipped, played};
use crate::lab::{self, as_offered, base, fixture, server, slug_of};
use crate::replay::{Replay, exchanges, keyed, name};

const FILE: &str = "13_refresh";
pub(crate) const SKIPPED: Skipped = &[("tools numname:", "an upstream tool's name is a text here")];
const FAILED: &str = "Could not refresh tools from the upstream MCP server: ";

/// Where nothing listens.
const NOBODY: &str = "https://nobody.lab.example.com/mcp";

fn url(name: &str) -> String {
    format!("https://mcp.lab.example.com:8443/s/{name}/mcp")
}

/// What the upstream offers from this exchange on.
fn offered(exchange: &Value, all: &[Value]) -> Option<Value> {
    let results = |name_of: &str| {
        let found = all.iter().find(|exchange| name(exchange) == name_of).unwrap();
        as_offered(&found["response"]["json"]["results"])
    };
    let pick = |tools: &Value, wanted: &str| {
        tools.as_array().unwrap().iter().find(|tool| tool["name"] == wanted).unwrap().clone()
    };
    match name(exchange) {
        "added/removed/changed" | "schema key order is not kept (jsonb)" => {
            Some(as_offered(&exchange["response"]["json"]["results"]))
        }
        "500 tools" => Some(lab::five_hundred(exchange).into()),
        "returned tool keeps approval; archive_item removed" | "mode sse" => Some(base()),
        "all removed" => Some(json!([])),
        "duplicate of a known tool" => {
            let mut tools = as_offered(&exchange["response"]["json"]["results"]);
            let mut earlier = pick(&tools, "list_items");
            earlier["description"] = json!("overwritten by the entry behind it");
            tools.as_array_mut().unwrap().insert(0, earlier);
            Some(tools)
        }
        "duplicate new tool" => {
            let (half, whole) = (results("half-written list after that"), results("second refresh succeeds"));
            Some(json!([
                pick(&half, "aaa_new"),
                pick(&half, "zzz"),
                pick(&whole, "zzz"),
                pick(&whole, "never_reached")
            ]))
        }
        _ => None,
    }
}

/// What a fresh server offers, by the name the recording gives its set.
fn fresh_set(set: &str, all: &[Value]) -> Value {
    let long = "x".repeat(201);
    match set {
        "longname" => json!([{"name": long}]),
        "longtitle" => json!([{"name": "t", "title": long}]),
        "nul" => json!([{"name": "t", "description": "a\u{0}b"}]),
        "dup" => {
            let mut tools = listed(set, all);
            let twice = tools[0].clone();
            tools.as_array_mut().unwrap().push(twice);
            tools
        }
        _ => listed(set, all),
    }
}

/// What became of a server's set in the end.
fn listed(set: &str, all: &[Value]) -> Value {
    let list = format!("tools {set}: list");
    let found = all.iter().find(|exchange| name(exchange) == list).unwrap();
    as_offered(&found["response"]["json"]["results"])
}

async fn prepare(replay: &mut Replay, exchange: &Value, all: &[Value], first: &str) {
    let path = format!("/api/projects/1/mcp_server_installations/{first}/");
    let answering = if name(exchange) == "blocked url" { NOBODY.to_owned() } else { url("refresh1") };
    let upstream = format!("/servers/{}/upstream", slug_of(&answering));
    match name(exchange) {
        "added/removed/changed" => {
            for (tool, state) in
                [("list_items", "approved"), ("search_docs", "approved"), ("create_item", "do_not_use")]
            {
                let body = json!({ "approval_state": state });
                replay.lab.send(Method::PATCH, &format!("{path}tools/{tool}/"), body).await;
            }
        }
        "disabled" => drop(replay.lab.send(Method::PATCH, &path, json!({"is_enabled": false})).await),
        "mode 401" => {
            replay.lab.send(Method::PATCH, &path, json!({"is_enabled": true})).await;
            let tools = json!({ "tools": base() });
            replay.lab.control(&format!("/servers/{}/tools", slug_of(&url("refresh1"))), tools).await;
            replay.lab.send(Method::POST, &format!("{path}tools/refresh/"), json!({})).await;
        }
        _ => {}
    }
    if exchange["setup"].as_str().is_some_and(|setup| {
        setup.starts_with("upstream mode") || ["upstream ok again", "url now blocked"].contains(&setup)
    }) {
        let mode = match exchange["response"]["json"]["detail"].as_str() {
            None => json!("ok"),
            Some(detail) => {
                detail.strip_prefix(FAILED).map_or(json!("crash"), |reason| json!({ "fail": reason }))
            }
        };
        replay.lab.control(&upstream, json!({ "mode": mode })).await;
    }
    if !replay.knows(exchange) {
        let id = installed(replay, exchange, all).await;
        if let Some(id) = id {
            replay.bind(exchange, &id);
        }
    }
    if let Some(tools) = offered(exchange, all) {
        let growing = name(exchange).starts_with("duplicate") || name(exchange).starts_with("schema");
        let server = slug_of(&url(if growing { "rt-growing" } else { "refresh1" }));
        replay.lab.control(&format!("/servers/{server}/tools"), json!({ "tools": tools })).await;
    }
}

/// Installs what the recording installed behind its back.
async fn installed(replay: &Replay, exchange: &Value, all: &[Value]) -> Option<String> {
    let called = name(exchange);
    if let Some(set) = called.strip_prefix("tools ").and_then(|rest| rest.split(':').next()) {
        let tools = fresh_set(set, all);
        replay
            .lab
            .control(
                &format!("/servers/{}/tools", slug_of(&url(&format!("rt-{set}-x")))),
                json!({ "tools": tools }),
            )
            .await;
        return Some(
            install(replay, lab::ALICE, keyed(&url(&format!("rt-{set}-x")), set), "install_custom").await,
        );
    }
    match called {
        "duplicate of a known tool" => {
            Some(install(replay, lab::ALICE, keyed(&url("rt-growing"), "growing"), "install_custom").await)
        }
        "wrong key: row" => {
            let body = json!({"template_id": "0199bbbb-0000-7000-8000-000000000001", "api_key": "wrong"});
            Some(install(replay, lab::ALICE, body, "install_template").await)
        }
        "open server without key: refresh works" => {
            let body = json!({"name": "open", "url": url("open"), "auth_type": "api_key"});
            Some(install(replay, lab::ALICE, body, "install_custom").await)
        }
        "nothing listens" => Some(install(replay, lab::ALICE, keyed(NOBODY, "dead"), "install_custom").await),
        "pending oauth row" => {
            let body = json!({"name": "pending", "url": url("pending"), "auth_type": "oauth"});
            replay
                .lab
                .send(Method::POST, "/api/projects/1/mcp_server_installations/install_custom/", body)
                .await;
            Some(replay.lab.row("pending").await["id"].as_str().unwrap().to_owned())
        }
        _ => None,
    }
}

#[tokio::test]
async fn refreshes_are_those_of_recording_13() {
    let all = exchanges(FILE);
    let mut start = fixture(FILE);
    let names = [
        "refresh1",
        "rt-growing",
        "rt-longname-x",
        "rt-longtitle-x",
        "rt-nul-x",
        "rt-nonobject-x",
        "rt-hostile-x",
        "rt-dup-x",
        "rt-paged-x",
        "open",
        "pending",
    ];
    start["servers"].as_array_mut().unwrap().extend(names.iter().map(|name| server(&url(name))));
    let mut nobody = server(NOBODY);
    nobody["mode"] = json!({"fail": "Upstream MCP server unreachable"});
    start["servers"].as_array_mut().unwrap().push(nobody);
    let mut replay = Replay::new(FILE, start).await;
    let first = install(&replay, lab::ALICE, keyed(&url("refresh1"), "r"), "install_custom").await;
    replay.bind(&all[0], &first);
    for exchange in all.iter().filter(|exchange| !is_skipped(exchange, SKIPPED)) {
        prepare(&mut replay, exchange, &all, &first).await;
        match name(exchange) {
            "malformed body" => replay.play_with(exchange, Some("{".into())).await,
            _ => replay.play(exchange).await,
        }
    }
    replay.finish(played(FILE, SKIPPED));
}
