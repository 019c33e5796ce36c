//! Who decides on a tool, against recordings 15 and 16.

use reqwest::Method;
use serde_json::{Value, json};

use crate::conformance::{install, played};
use crate::lab::{self, fixture, server, slug_of};
use crate::replay::{Replay, exchanges, keyed, name};

fn url(number: usize) -> String {
    format!("https://mcp.lab.example.com:8443/s/pol{number}/mcp")
}

fn policy(setup: &str) -> Option<Value> {
    let ceiling =
        |tool: &str, state: Value| json!({"server": slug_of(&url(0)), "tool": tool, "state": state});
    let rule = |pattern: &str, effect: &str, applies_to: &str| json!({"pattern": pattern, "effect": effect, "applies_to": applies_to});
    if let Some((_, preset)) = setup.split_once("member preset ") {
        return Some(json!({ "member_preset": preset }));
    }
    match setup.rsplit(" | ").next().unwrap() {
        "team rows: search_docs needs_approval, create_item do_not_use, update_item approved" => {
            Some(json!({"ceilings": [
            ceiling("search_docs", json!("needs_approval")), ceiling("create_item", json!("do_not_use")),
            ceiling("update_item", json!("approved"))]}))
        }
        "search_docs ceiling loosened to approved, create_item ceiling removed" => Some(json!({"ceilings": [
            ceiling("search_docs", json!("approved")), ceiling("create_item", Value::Null)]})),
        setup if setup.starts_with("rules: ") => Some(json!({"member_preset": null, "rules": [
            rule("delete_*", "do_not_use", "everyone"), rule("*", "do_not_use", "agents"),
            rule("search*", "needs_approval", "members")]})),
        "rules removed" | "deleted and installed again" => Some(json!({"rules": []})),
        "blank pattern rule: destructive tools" => {
            Some(json!({"rules": [rule("", "needs_approval", "everyone")]}))
        }
        _ => None,
    }
}

#[tokio::test]
async fn ceilings_presets_and_rules_are_those_of_recording_15() {
    const FILE: &str = "15_policy";
    let all = exchanges(FILE);
    let mut start = fixture(FILE);
    start["servers"].as_array_mut().unwrap().extend((0..8).map(|number| server(&url(number))));
    let mut replay = Replay::new(FILE, start).await;
    let mut number = 0;
    for exchange in &all {
        let setup = exchange["setup"].as_str().unwrap_or_default();
        let again = setup == "deleted and installed again";
        if !replay.knows(exchange) {
            let token = if number == 0 { lab::ALICE } else { lab::BOB };
            let installed = if again { number - 1 } else { number };
            let id = install(&replay, token, keyed(&url(installed), "p"), "install_custom").await;
            replay.bind(exchange, &id);
            number += 1;
        }
        if let Some(policy) = policy(setup) {
            replay.lab.control("/policy", policy).await;
        }
        replay.play(exchange).await;
    }
    replay.finish(played(FILE, &[]));
}

#[tokio::test]
async fn shared_rows_are_those_of_recording_16() {
    const FILE: &str = "16_shared_rows";
    let sh = |number: usize| format!("https://mcp.lab.example.com:8443/s/sh{number}/mcp");
    let mut start = fixture(FILE);
    start["servers"].as_array_mut().unwrap().extend([server(&sh(8)), server(&sh(9))]);
    let mut replay = Replay::new(FILE, start).await;
    let mut rows = Vec::new();
    for exchange in &exchanges(FILE) {
        match name(exchange) {
            "second shared of same url" => {
                replay.lab.control("/people/bob/level", json!({"level": "admin"})).await;
            }
            "share ok" => {
                // Shared before its tools were read.
                let path = replay.lab.url("/api/projects/1/mcp_server_installations/install_custom/");
                let request = replay.lab.client.post(path).bearer_auth(lab::BOB).json(&keyed(&sh(9), "x"));
                let row: Value = request.send().await.unwrap().json().await.unwrap();
                replay.bind(exchange, row["id"].as_str().unwrap());
            }
            "unshare while a personal one exists" => {
                let mut shared = keyed(&sh(8), "shared");
                shared["scope"] = json!("shared");
                let id = install(&replay, lab::BOB, shared, "install_custom").await;
                replay.bind(exchange, &id);
                install(&replay, lab::BOB, keyed(&sh(8), "mine too"), "install_custom").await;
            }
            _ => {}
        }
        let change = match name(exchange) {
            "bob's choice shows on the shared row too" => {
                Some((lab::BOB, "mine", "search_docs", "do_not_use"))
            }
            "bob sees alice's stored value as legacy" => {
                Some((lab::ALICE, "Team server", "list_items", "approved"))
            }
            _ => None,
        };
        if let Some((token, row, tool, state)) = change {
            let path =
                format!("/api/projects/1/mcp_server_installations/{}/tools/{tool}/", id_of(&rows, row));
            let request = replay.lab.client.patch(replay.lab.url(&path)).bearer_auth(token);
            assert!(
                request.json(&json!({ "approval_state": state })).send().await.unwrap().status().is_success()
            );
        }
        replay.play(exchange).await;
        if name(exchange) == "admin creates shared"
            || name(exchange) == "member installs personal of same url"
        {
            replay.lab.settle().await;
            let list = replay.lab.client.get(replay.lab.url("/api/projects/1/mcp_server_installations/"));
            let list: Value = list.bearer_auth(lab::BOB).send().await.unwrap().json().await.unwrap();
            rows = list["results"].as_array().unwrap().clone();
        }
    }
    replay.finish(played(FILE, &[]));
}

fn id_of<'r>(rows: &'r [Value], name: &str) -> &'r str {
    rows.iter().find(|row| row["name"] == name).unwrap()["id"].as_str().unwrap()
}

#[tokio::test]
async fn an_admin_unshares_a_colleagues_row_and_loses_sight_of_it() {
    let lab = crate::support::Lab::new(hedgerow_sandbox::Fixture::sample()).await;
    let row = lab.row("PagerDuty").await;
    assert_eq!(row["is_owner"], false);
    let path = lab.in_project(&format!("mcp_server_installations/{}/", row["id"].as_str().unwrap()));
    let (status, unshared) = lab.send(Method::POST, &format!("{path}unshare/"), json!({})).await;
    assert_eq!(status, 200);
    assert_eq!((&unshared["scope"], &unshared["is_owner"]), (&json!("personal"), &json!(false)));
    let (status, _) = lab.send(Method::GET, &path, json!({})).await;
    assert_eq!(status, 404);
}
