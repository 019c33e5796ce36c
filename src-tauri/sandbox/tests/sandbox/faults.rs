//! What goes wrong on the way: answers that never come, limits, and time that passes faster.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::main_path::{plain, start_connect, tool_path};
use crate::support::Lab;

const DECISION: &str = "do_not_use";

async fn state_of(lab: &Lab, path: &str) -> String {
    let tools = lab.get(path).await;
    let rows = tools["results"].as_array().unwrap();
    rows.iter().find(|tool| tool["tool_name"] == "list_issues").unwrap()["approval_state"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Decides while that fault is set; gives whether an answer came, and the state afterwards.
async fn decide_with(fault: &str) -> (bool, String) {
    let lab = plain().await;
    let row = lab.row("Tracker").await;
    let path = tool_path(&lab, &row, "list_issues/");
    lab.control("/faults", json!({"path_prefix": "/api/", "method": "PATCH", "fault": fault})).await;
    let request = lab.api(Method::PATCH, &path).json(&json!({"approval_state": DECISION}));
    let is_answered = request.send().await.is_ok();
    let seen = lab.control_get("/requests").await;
    assert_eq!(seen["counters"][format!("PATCH {path}")], 1, "it arrived, and was not sent twice");
    assert!(!seen["requests"].to_string().contains("PATCH"), "and was never answered");
    let state = state_of(&lab, &tool_path(&lab, &row, "")).await;
    (is_answered, state)
}

#[tokio::test]
async fn a_dropped_call_does_nothing_and_a_lost_answer_has_done_everything() {
    assert_eq!(decide_with("drop").await, (false, "approved".to_owned()));
    assert_eq!(decide_with("lose_answer").await, (false, DECISION.to_owned()));
}

#[tokio::test]
async fn a_late_answer_is_to_a_call_that_was_carried_out_at_once() {
    let lab = plain().await;
    let row = lab.row("Tracker").await;
    let path = tool_path(&lab, &row, "list_issues/");
    let late = json!({"path_prefix": "/api/", "method": "PATCH", "fault": {"late_ms": 300}});
    lab.control("/faults", late).await;
    let request = lab.api(Method::PATCH, &path).json(&json!({"approval_state": DECISION}));
    let answer = tokio::spawn(request.send());
    while !lab.control_get("/requests").await["requests"].to_string().contains("PATCH") {
        tokio::task::yield_now().await;
    }
    assert_eq!(state_of(&lab, &tool_path(&lab, &row, "")).await, DECISION);
    assert_eq!(answer.await.unwrap().unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_held_answer_has_done_everything_and_the_caller_may_go_away() {
    let lab = plain().await;
    let path = tool_path(&lab, &lab.row("Tracker").await, "list_issues/");
    lab.control("/faults", json!({"path_prefix": "/api/", "method": "PATCH", "fault": "hold_answer"})).await;
    let request = lab.api(Method::PATCH, &path).json(&json!({"approval_state": DECISION}));
    let waits = tokio::spawn(request.send());
    let arrived = format!("PATCH {path}");
    while lab.control_get("/requests").await["counters"][&arrived].is_null() {
        tokio::task::yield_now().await;
    }
    assert!(!waits.is_finished());
    waits.abort();
    assert_eq!(state_of(&lab, &tool_path(&lab, &lab.row("Tracker").await, "")).await, DECISION);
}

#[tokio::test]
async fn a_call_can_be_given_any_answer_and_does_nothing() {
    let lab = plain().await;
    let path = tool_path(&lab, &lab.row("Tracker").await, "list_issues/");
    let body = json!({"detail": "Tool not found"});
    let fault = json!({"answer": {"status": 404, "body": body}});
    lab.control("/faults", json!({"path_prefix": "/api/", "method": "PATCH", "fault": fault})).await;
    let decision = json!({"approval_state": DECISION});
    assert_eq!(lab.send(Method::PATCH, &path, decision).await, (StatusCode::NOT_FOUND, body));
    assert_eq!(state_of(&lab, &tool_path(&lab, &lab.row("Tracker").await, "")).await, "approved");
}

#[tokio::test]
async fn a_fault_lets_calls_pass_first_and_ends_after_its_count() {
    let lab = plain().await;
    let fault =
        json!({"path_prefix": "/api/users/", "method": "GET", "skip": 2, "times": 2, "fault": "drop"});
    lab.control("/faults", fault).await;
    let mut outcomes = Vec::new();
    for _ in 0..6 {
        outcomes.push(lab.api(Method::GET, "/api/users/@me/").send().await.is_ok());
    }
    assert_eq!(outcomes, [true, true, false, false, true, true]);
}

#[tokio::test]
async fn a_minute_of_the_limit_lasts_as_long_as_the_speed_says() {
    let lab = plain().await;
    lab.control("/clock", json!({"hold": true})).await;
    lab.control("/speed", json!({"factor": 30})).await;
    let row = lab.row("Tracker").await;
    let refresh = tool_path(&lab, &row, "refresh/");
    for _ in 0..10 {
        assert_eq!(lab.send(Method::POST, &refresh, json!({})).await.0, StatusCode::OK);
    }
    let refused = lab.api(Method::POST, &refresh).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()["retry-after"], "2");
    lab.control("/clock", json!({"advance_seconds": 2})).await;
    assert_eq!(lab.send(Method::POST, &refresh, json!({})).await.0, StatusCode::OK);
}

#[tokio::test]
async fn the_ten_minutes_of_a_flow_pass_at_that_speed_too() {
    for (advance, status) in [(20, StatusCode::FOUND), (21, StatusCode::BAD_REQUEST)] {
        let lab = plain().await;
        lab.control("/clock", json!({"hold": true})).await;
        lab.control("/speed", json!({"factor": 30})).await;
        let redirect_url = start_connect(&lab, "Wiki").await;
        lab.control("/clock", json!({"advance_seconds": advance})).await;
        assert_eq!(lab.consent(&redirect_url, "approve").await.status(), status, "after {advance} s");
    }
}

#[tokio::test]
async fn a_speed_that_stops_time_is_refused() {
    let lab = plain().await;
    let request = lab.client.post(format!("{}/speed", lab.sandbox.control_url()));
    let request = request.bearer_auth(lab.sandbox.control_token()).json(&json!({"factor": 0}));
    assert_eq!(request.send().await.unwrap().status(), StatusCode::BAD_REQUEST);
}
