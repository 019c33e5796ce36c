//! One client for four generations (contract 0, 9): told by what rows carry, and met halfway where something is missing.

use serde_json::{Value, json};

use super::{Reply, Server, callback, json as reply, ok};
use crate::posthog::{ErrorKind, Generation};

const ALL: [Generation; 4] = [Generation::A0, Generation::A, Generation::B, Generation::C];
const LOGIN: &str = "https://login.example/authorize?state=secretstate";

/// A row as that generation sends it.
fn installation(generation: Generation) -> Value {
    let mut row = json!({
        "id": "row", "template_id": null, "name": "Build", "display_name": "Build", "url": "https://x.example/mcp",
        "description": "", "auth_type": "oauth", "is_enabled": true, "needs_reauth": false, "pending_oauth": false,
        "proxy_url": "", "created_at": "2026-01-02T03:04:05Z", "updated_at": "2026-01-02T03:04:05Z",
    });
    let mut add = |from: Generation, key: &str, value: Value| {
        if generation >= from {
            row[key] = value;
        }
    };
    add(Generation::A, "icon_key", json!(""));
    add(Generation::A, "tool_count", json!(3));
    add(Generation::B, "icon_domain", json!("x.example"));
    add(Generation::B, "scope", json!("shared"));
    add(Generation::B, "is_owner", json!(false));
    add(Generation::C, "last_synced_at", json!("2026-01-02T03:04:05.000120Z"));
    add(Generation::C, "last_sync_error", json!("timed out"));
    row
}

fn tool(generation: Generation) -> Value {
    let mut tool = json!({
        "id": "t", "tool_name": "list", "display_name": "", "description": "", "input_schema": {},
        "approval_state": "approved", "last_seen_at": "2026-01-02T03:04:05Z", "removed_at": null,
    });
    if generation >= Generation::B {
        tool["team_state"] = json!("needs_approval");
        tool["locked"] = json!(true);
        tool["decided_by"] = json!("rule");
    }
    tool
}

/// 404 of a route that is not there yet.
fn no_route() -> Reply {
    reply(
        "404 Not Found",
        r#"{"type":"invalid_request","code":"not_found","detail":"Endpoint not found.","attr":null}"#,
    )
}

#[tokio::test]
async fn every_generation_is_told_and_what_its_rows_lack_has_the_older_meaning() {
    for generation in ALL {
        let server = Server::start(|_| {
            vec![
                ok(&json!({"count": 1, "next": null, "previous": null, "results": [installation(generation)]}).to_string()),
                ok(&json!({"results": [tool(generation)]}).to_string()),
            ]
        })
        .await;
        let client = server.client();
        let list = client.installations(1).await.unwrap();
        assert_eq!((list.generation, list.skipped), (Some(generation), 0));
        let row = &list.rows[0];
        let (shares, says) = (generation >= Generation::B, generation == Generation::C);
        let count = if generation >= Generation::A { 3 } else { 0 };
        assert_eq!(row.tool_count, count, "{generation:?}");
        assert_eq!(
            (row.scope.as_str(), row.is_owner),
            if shares { ("shared", false) } else { ("personal", true) }
        );
        assert_eq!(
            (row.last_synced_at.is_some(), row.last_sync_error.is_empty()),
            (says, !says),
            "{generation:?}"
        );
        let tool = client.tools(1, "row").await.unwrap().tools.remove(0);
        assert_eq!((tool.locked, tool.team_state.is_some()), (shares, shares), "{generation:?}");
        assert_eq!(tool.decided_by, if shares { "rule" } else { "legacy" }, "{generation:?}");
    }
}

#[tokio::test]
async fn a_login_begins_whether_it_is_answered_or_redirected_to() {
    let redirect = Reply::Say("302 Found", vec![format!("Location: {LOGIN}")], Vec::new());
    let answer = ok(&json!({ "redirect_url": LOGIN }).to_string());
    for (generation, answer) in [(Generation::A0, redirect), (Generation::B, answer)] {
        let server = Server::start(|_| vec![answer]).await;
        let begun = server.client().authorize(1, "row", &callback()).await.unwrap();
        assert_eq!(begun.expose(), LOGIN, "{generation:?}");
        assert_eq!(server.requests().len(), 1, "the provider's page is not loaded here");
    }
}

#[tokio::test]
async fn routes_that_came_later_are_missed_without_harm() {
    let server = Server::start(|_| vec![no_route(); 4]).await;
    let client = server.client();
    assert_eq!(client.share(1, "row").await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(client.unshare(1, "row").await.unwrap_err().kind, ErrorKind::NotFound);
    assert!(client.available_tools(1).await.unwrap().is_none());
    assert_eq!(server.requests().len(), 3, "none of them is asked twice");
}
