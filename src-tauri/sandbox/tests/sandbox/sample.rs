//! The sample project: what a person meets who has no account.

use std::collections::BTreeSet;

use hedgerow_sandbox::Fixture;
use reqwest::Method;
use serde_json::{Value, json};

use crate::main_path::tool_path;
use crate::support::Lab;

async fn sample() -> Lab {
    Lab::new(Fixture::sample()).await
}

async fn rows(lab: &Lab) -> Vec<Value> {
    let list = lab.get(&lab.in_project("mcp_server_installations/")).await;
    list["results"].as_array().unwrap().clone()
}

async fn tools(lab: &Lab) -> Vec<Value> {
    let mut tools = Vec::new();
    for row in rows(lab).await {
        let mut of_row = lab.get(&tool_path(lab, &row, "")).await;
        tools.append(of_row["results"].as_array_mut().unwrap());
    }
    tools
}

#[tokio::test]
async fn every_state_of_a_server_is_there() {
    let lab = sample().await;
    let rows = rows(&lab).await;
    assert!(rows.len() >= 14, "{} servers", rows.len());
    let some = |what: &str, is_it: &dyn Fn(&Value) -> bool| assert!(rows.iter().any(is_it), "none {what}");
    let is_read = |row: &Value| row["last_synced_at"].is_string() && row["last_sync_error"] == "";
    some("connected", &|row| is_read(row) && row["needs_reauth"] == false && row["is_enabled"] == true);
    some("to finish connecting", &|row| row["pending_oauth"] == true);
    some("to log in again", &|row| row["needs_reauth"] == true);
    some("off", &|row| row["is_enabled"] == false);
    some("never read", &|row| {
        row["last_synced_at"].is_null() && row["last_sync_error"] == "" && row["pending_oauth"] == false
    });
    some("whose last reading failed", &|row| row["last_sync_error"] != "" && row["needs_reauth"] == false);
    some("that a colleague shares", &|row| row["scope"] == "shared" && row["is_owner"] == false);
    some("that the owner shares", &|row| row["scope"] == "shared" && row["is_owner"] == true);
    some("by URL", &|row| row["template_id"].is_null());
    some("with a key", &|row| row["auth_type"] == "api_key");
    let month_ago = (jiff::Timestamp::now() - jiff::SignedDuration::from_hours(30 * 24)).to_string();
    some("stale", &|row| is_read(row) && row["last_synced_at"].as_str().unwrap() < month_ago.as_str());
    let offered = lab.get(&lab.in_project("mcp_server_installations/available_tools/")).await.to_string();
    let drive = lab.row("Google Drive").await;
    assert!(is_read(&drive) && !offered.contains(drive["id"].as_str().unwrap()), "none off for the team");
}

#[tokio::test]
async fn every_reason_for_a_tools_state_is_there() {
    let lab = sample().await;
    let tools = tools(&lab).await;
    assert!(tools.len() >= 400, "{} tools", tools.len());
    for decided_by in ["rule", "scope", "team", "preset", "legacy"] {
        assert!(tools.iter().any(|tool| tool["decided_by"] == decided_by), "{decided_by}");
    }
    let some = |key: &str, value: Value| tools.iter().any(|tool| tool[key] == value);
    assert!(some("locked", json!(true)) && some("team_state", json!("do_not_use")));
    let is_bare = |tool: &&Value| tool["description"].as_str().unwrap().chars().count() < 10;
    assert_eq!(tools.iter().find(is_bare), None, "a tool says what it does");
    assert!(tools.iter().all(|tool| tool["input_schema"]["type"] == "object"));
}

#[tokio::test]
async fn the_catalog_has_every_category_and_leads_to_nobody() {
    let lab = sample().await;
    let catalog = lab.get(&lab.in_project("mcp_servers/")).await;
    let catalog = catalog["results"].as_array().unwrap();
    let categories: BTreeSet<_> = catalog.iter().map(|entry| entry["category"].as_str()).collect();
    assert!(catalog.len() >= 15 && categories.len() == 6);
    assert!(catalog.iter().filter(|entry| entry["auth_type"] == "api_key").count() >= 2);
    let installed: BTreeSet<String> =
        rows(&lab).await.iter().map(|row| row["url"].as_str().unwrap().to_owned()).collect();
    let fresh = catalog.iter().filter(|entry| !installed.contains(entry["url"].as_str().unwrap()));
    assert!(fresh.count() >= 5, "something is left to connect");
    for url in installed.iter().map(String::as_str).chain(catalog.iter().filter_map(|it| it["url"].as_str()))
    {
        let url = url::Url::parse(url).unwrap();
        assert!(url.host_str().unwrap().ends_with(".example"), "{url} could be somebody's");
    }
}

#[tokio::test]
async fn an_allowed_tool_is_rewritten_a_minute_after_the_start_and_keeps_its_decision() {
    let lab = sample().await;
    lab.control("/clock", json!({"hold": true})).await;
    let row = lab.row("Linear").await;
    let refreshed = async || {
        let (status, body) = lab.send(Method::POST, &tool_path(&lab, &row, "refresh/"), json!({})).await;
        assert_eq!(status, reqwest::StatusCode::OK);
        let tools = body["results"].as_array().unwrap().clone();
        tools.into_iter().find(|tool| tool["tool_name"] == "list_issues").unwrap()
    };
    let before = refreshed().await;
    assert_eq!(before["approval_state"], "approved");
    lab.control("/clock", json!({"advance_seconds": 60})).await;
    let after = refreshed().await;
    assert_eq!(after["approval_state"], "approved");
    assert_ne!(before["description"], after["description"]);
    assert_eq!(before["input_schema"]["properties"]["context"], Value::Null);
    assert_eq!(after["input_schema"]["required"], json!(["context"]));
}

#[tokio::test]
async fn the_server_that_will_be_rewritten_was_unread_the_longest_so_that_its_turn_comes_soon() {
    let rows = rows(&sample().await).await;
    let readable = rows.iter().filter(|row| {
        row["is_enabled"] == true
            && row["is_owner"] == true
            && row["needs_reauth"] == false
            && row["last_synced_at"].is_string()
    });
    let longest = readable.min_by_key(|row| row["last_synced_at"].as_str()).unwrap();
    assert_eq!(longest["name"], "Linear");
}

#[tokio::test]
async fn ids_are_the_same_in_every_run() {
    let ids = async || rows(&sample().await).await.iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids().await, ids().await);
}
