//! What holds around the main path: the control endpoint, faults, pages.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::main_path::{plain, start_connect};
use crate::support::answer;

#[tokio::test]
async fn the_control_endpoint_wants_its_token_and_its_host() {
    let lab = plain().await;
    let url = format!("{}/state", lab.sandbox.control_url());
    let status = async |request: reqwest::RequestBuilder| request.send().await.unwrap().status();
    assert_eq!(status(lab.client.get(&url)).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(lab.client.get(&url).bearer_auth(lab.sandbox.key())).await, StatusCode::UNAUTHORIZED);
    let right = || lab.client.get(&url).bearer_auth(lab.sandbox.control_token());
    assert_eq!(status(right().header("host", "evil.example")).await, StatusCode::MISDIRECTED_REQUEST);
    let answer = right().header("origin", "https://evil.example").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.headers().get("access-control-allow-origin").is_none());
}

#[tokio::test]
async fn stopping_ends_a_call_that_hangs_and_frees_the_port() {
    let lab = plain().await;
    lab.control("/faults", json!({"path_prefix": "/api/users/", "fault": "hang"})).await;
    let hanging = tokio::spawn(lab.api(Method::GET, "/api/users/@me/").send());
    while lab.control_get("/requests").await["counters"]["GET /api/users/@me/"] != 1 {
        tokio::task::yield_now().await;
    }
    let url = lab.url("/");
    lab.sandbox.stop().await;
    let ended = hanging.await.unwrap();
    assert!(ended.is_err() || ended.is_ok_and(|answer| answer.status().is_server_error()));
    assert!(lab.client.get(url).send().await.is_err());
}

#[tokio::test]
async fn a_body_that_cannot_be_read_beats_missing_credentials_but_not_wrong_ones() {
    let lab = plain().await;
    let url = lab.url(&lab.in_project("mcp_server_installations/install_template/"));
    let broken = || lab.client.post(&url).header("content-type", "application/json").body("{");
    let (status, body) = answer(broken().send().await.unwrap()).await;
    assert_eq!((status, &body["code"]), (StatusCode::BAD_REQUEST, &json!("parse_error")));
    let (status, _) = answer(broken().bearer_auth("phx_wrong").send().await.unwrap()).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let other = lab.client.post(&url).header("content-type", "text/plain").body("x");
    let (status, body) = answer(other.send().await.unwrap()).await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(body["detail"], "Unsupported media type \"text/plain\" in request.");
}

#[tokio::test]
async fn a_project_token_in_a_form_is_not_a_key() {
    let lab = plain().await;
    let url = lab.url(&lab.in_project("mcp_server_installations/install_template/"));
    let form = lab
        .client
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body("api_key=secret");
    let (status, body) = answer(form.send().await.unwrap()).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(body["detail"], "Incorrect authentication credentials.");
}

#[tokio::test]
async fn ordered_faults_hit_as_often_as_ordered_and_are_counted() {
    let lab = plain().await;
    lab.control("/faults", json!({"path_prefix": "/api/users/", "times": 2, "fault": {"status": 503}})).await;
    lab.control("/faults", json!({"path_prefix": "/api/users/", "fault": {"throttled": 7}})).await;
    let me = async || lab.api(Method::GET, "/api/users/@me/").send().await.unwrap();
    let statuses = [me().await.status(), me().await.status()];
    assert_eq!(statuses, [StatusCode::SERVICE_UNAVAILABLE; 2]);
    let throttled = me().await;
    assert_eq!(
        (throttled.status(), &throttled.headers()["retry-after"]),
        (StatusCode::TOO_MANY_REQUESTS, &"7".parse().unwrap())
    );
    assert_eq!(me().await.status(), StatusCode::OK);
    let seen = lab.control_get("/requests").await;
    assert_eq!(seen["counters"]["GET /api/users/@me/"], 4);
    assert_eq!(seen["requests"][3]["status"], 200);
}

#[tokio::test]
async fn the_request_log_holds_no_key_and_no_nonce() {
    let lab = plain().await;
    let row = lab.row("Tracker").await;
    let path = format!("mcp_server_installations/authorize/?installation_id={}", row["id"].as_str().unwrap());
    let path = lab.in_project(&format!(
        "{path}&install_source=posthog-code&posthog_code_callback_url=posthog-code://x?n=nonce123"
    ));
    let (status, _) = lab.send(Method::GET, &path, json!({})).await;
    assert_eq!(status, StatusCode::OK);
    let log = lab.control_get("/requests").await.to_string();
    assert!(log.contains("/authorize/"));
    assert!(!log.contains("nonce123") && !log.contains(lab.sandbox.key()));
}

#[tokio::test]
async fn pages_say_what_they_are_in_both_themes_and_for_everybody() {
    let lab = plain().await;
    let consent = start_connect(&lab, "Wiki").await;
    for url in [
        lab.url("/"),
        lab.url("/login"),
        consent,
        lab.url("/project/1/settings/mcp-servers?oauth_complete=true"),
    ] {
        let page = lab.client.get(&url).send().await.unwrap().text().await.unwrap();
        for part in [
            "<html lang=\"en\">",
            "<title>",
            "<main>",
            "Sandbox: not the real PostHog",
            "prefers-color-scheme: dark",
        ] {
            assert!(page.contains(part), "{part} is missing in {url}");
        }
    }
}

#[tokio::test]
async fn a_consent_page_leads_nowhere_but_back_to_posthog() {
    let lab = plain().await;
    let redirect_url = start_connect(&lab, "Wiki").await;
    let elsewhere = redirect_url.replace("api%2Fmcp_store", "elsewhere");
    assert_ne!(elsewhere, redirect_url);
    assert_eq!(lab.client.get(elsewhere).send().await.unwrap().status(), StatusCode::BAD_REQUEST);
}
