//! The main path: see, decide, refresh, connect.

use crate::support::{Lab, answer, location};
use hedgerow_sandbox::Fixture;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const CALLBACK: &str = "posthog-code://mcp-oauth-complete?flow=0123456789abcdef";

pub(crate) async fn plain() -> Lab {
    Lab::new(Fixture::plain()).await
}

pub(crate) fn tool_path(lab: &Lab, row: &Value, rest: &str) -> String {
    lab.in_project(&format!("mcp_server_installations/{}/tools/{rest}", row["id"].as_str().unwrap()))
}

pub(crate) async fn start_connect(lab: &Lab, name: &str) -> String {
    let body = json!({
        "template_id": lab.template(name).await,
        "install_source": "posthog-code",
        "posthog_code_callback_url": CALLBACK,
    });
    let path = lab.in_project("mcp_server_installations/install_template/");
    let (status, body) = lab.send(Method::POST, &path, body).await;
    assert_eq!(status, StatusCode::OK);
    body["redirect_url"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_key_names_its_person_and_projects() {
    let lab = plain().await;
    let me = lab.get("/api/users/@me").await;
    assert_eq!(me["email"], "robin@plain.example");
    assert_eq!(me["organization"]["projects"][0]["name"], "Default project");
    let request = lab.client.get(lab.url("/api/users/@me/")).bearer_auth("phx_wrong");
    let (status, body) = answer(request.send().await.unwrap()).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(body["code"], "authentication_failed");
}

#[tokio::test]
async fn a_decision_is_stored_and_read_back() {
    let lab = plain().await;
    let row = lab.row("Tracker").await;
    let path = tool_path(&lab, &row, "delete_issue/");
    let (status, tool) = lab.send(Method::PATCH, &path, json!({"approval_state": "do_not_use"})).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(tool["approval_state"], "do_not_use");
    assert_eq!(tool["decided_by"], "scope");
    let tools = lab.get(&tool_path(&lab, &row, "")).await;
    let stored =
        tools["results"].as_array().unwrap().iter().find(|tool| tool["tool_name"] == "delete_issue").unwrap();
    assert_eq!(stored["approval_state"], "do_not_use");
}

#[tokio::test]
async fn a_refresh_brings_what_the_server_changed() {
    let lab = plain().await;
    let row = lab.row("Tracker").await;
    lab.control("/servers/tracker/tools/remove", json!({"name": "delete_issue"})).await;
    let rewritten = json!({"tool": {"name": "list_issues", "description": "Lists and exports everything."}});
    lab.control("/servers/tracker/tools/put", rewritten).await;
    let (status, tools) = lab.send(Method::POST, &tool_path(&lab, &row, "refresh/"), json!({})).await;
    assert_eq!(status, StatusCode::OK);
    let tools = tools["results"].as_array().unwrap();
    assert_eq!(tools.len(), 2);
    assert_eq!(tools[1]["description"], "Lists and exports everything.");
    assert_eq!(tools[1]["approval_state"], "approved", "a known tool keeps its decision");
    let all = lab.get(&tool_path(&lab, &row, "?include_removed=1")).await;
    assert!(all["results"][1]["removed_at"].is_string());
    lab.control("/servers/tracker/tools/restore", json!({"name": "delete_issue"})).await;
    let (_, tools) = lab.send(Method::POST, &tool_path(&lab, &row, "refresh/"), json!({})).await;
    assert_eq!(tools["results"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn approving_connects_and_brings_the_tools() {
    let lab = plain().await;
    let redirect_url = start_connect(&lab, "Wiki").await;
    assert_eq!(lab.row("Wiki").await["pending_oauth"], true);
    let end = lab.consent(&redirect_url, "approve").await;
    assert_eq!(location(&end), format!("{CALLBACK}&status=success"));
    lab.settle().await;
    let row = lab.row("Wiki").await;
    assert_eq!(row["pending_oauth"], false);
    assert_eq!(row["tool_count"], 2);
    assert!(row["last_synced_at"].is_string());
}

#[tokio::test]
async fn denying_leaves_the_row_pending_and_spends_the_state() {
    let lab = plain().await;
    let redirect_url = start_connect(&lab, "Wiki").await;
    let back = lab.decide(&redirect_url, "deny").await;
    let end = lab.client.get(&back).send().await.unwrap();
    assert_eq!(location(&end), format!("{CALLBACK}&status=error&error=cancelled"));
    assert_eq!(lab.row("Wiki").await["pending_oauth"], true);
    let (status, body) = answer(lab.client.get(&back).send().await.unwrap()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(body, json!({"detail": "Invalid or expired OAuth state"}));
}

#[tokio::test]
async fn a_browser_that_is_not_signed_in_gets_nowhere_until_it_is() {
    let lab = plain().await;
    lab.control("/browser", json!({"signed_in": null})).await;
    let redirect_url = start_connect(&lab, "Wiki").await;
    let back = lab.decide(&redirect_url, "approve").await;
    let (status, body) = answer(lab.client.get(&back).send().await.unwrap()).await;
    assert_eq!(
        (status, body),
        (StatusCode::BAD_REQUEST, json!({"detail": "Invalid or expired OAuth state"}))
    );
    let form = lab.client.post(lab.url("/login")).header("content-type", "application/x-www-form-urlencoded");
    let login = form.body("person=robin&next=/").send().await.unwrap();
    let cookie = login.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let end = lab.client.get(&back).header("cookie", cookie).send().await.unwrap();
    assert_eq!(location(&end), format!("{CALLBACK}&status=success"));
}

#[tokio::test]
async fn the_providers_whims_end_as_contract_3_18_says() {
    let ends = [
        ("deny", Some("&status=error&error=cancelled")),
        ("odd_error", Some("&status=error&error=temporarily_unavailable+%26+%3Cb%3Eodd%3C%2Fb%3E")),
        ("missing_code", Some("&status=error&error=Missing+authorization+code")),
        ("token_rejected", Some("&status=error&error=token_exchange_failed")),
        ("token_timeout", None),
        ("normal", Some("&status=success")),
    ];
    let lab = plain().await;
    lab.control("/throttle", json!({"enabled": false})).await;
    for (mode, end) in ends {
        lab.control("/servers/wiki/provider", json!({ "mode": mode })).await;
        let redirect_url = start_connect(&lab, "Wiki").await;
        let response = lab.consent(&redirect_url, "approve").await;
        match end {
            Some(end) => assert_eq!(location(&response), format!("{CALLBACK}{end}"), "{mode}"),
            None => assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR, "{mode}"),
        }
    }
}

#[tokio::test]
async fn a_connection_that_needs_a_login_recovers_when_the_provider_lets_it() {
    let lab = plain().await;
    let row = lab.row("Tracker").await;
    let needs_reauth = format!("/installations/{}/needs_reauth", row["id"].as_str().unwrap());
    lab.control(&needs_reauth, json!({})).await;
    assert_eq!(lab.row("Tracker").await["needs_reauth"], true);
    let (status, body) = lab.send(Method::POST, &tool_path(&lab, &row, "refresh/"), json!({})).await;
    assert_eq!(status, StatusCode::BAD_GATEWAY);
    assert!(
        body["detail"]
            .as_str()
            .unwrap()
            .ends_with("Token refresh failed: Token refresh rejected by the provider")
    );
    lab.control(&needs_reauth, json!({"refresh_token": "valid"})).await;
    let (status, _) = lab.send(Method::POST, &tool_path(&lab, &row, "refresh/"), json!({})).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(lab.row("Tracker").await["needs_reauth"], false);
}
