//! Decisions that are refused (contract 3.12): journaled as such, and the truth is read again.

use hedgerow_core::view::{ActivityKind, Decision, ErrorCode, ServerStatus};
use serde_json::{Value, json};

use super::deeds::Deed;
use super::{Refusal, Stage, any, prove};
use crate::support::tool;

const CEILING: &str =
    "A team admin set a stricter ceiling for this tool. Choose the ceiling or a more restrictive state.";

fn ceiling(state: Value) -> Value {
    json!({"ceilings": [{"server": "tracker", "tool": "create_issue", "state": state}]})
}

#[tokio::test]
async fn on_a_tool() {
    let (set, lifted) = (ceiling(json!("needs_approval")), ceiling(Value::Null));
    let field = "approval_state";
    let mut refusals = vec![
        Refusal::answered(
            403,
            ErrorCode::Fixed,
            "Only the credential owner can modify a shared server.",
            "permission_denied",
        ),
        Refusal::answered(404, ErrorCode::NotFound, "Tool not found", ""),
        Refusal::answered(404, ErrorCode::NotFound, "Not found.", "not_found"),
        Refusal::at("\"allowed\" is not a valid choice.", "invalid_choice", field),
        Refusal::answered(
            503,
            ErrorCode::PosthogFailed,
            "We couldn't reach the database.",
            "database_unavailable",
        ),
        Refusal::answered(502, ErrorCode::PosthogFailed, "Bad gateway", "error"),
    ];
    refusals.extend(any());
    prove(Deed::Decide, &refusals).await;

    let stage = Stage::new().await;
    let refusal = Refusal::by(ErrorCode::Ceiling, CEILING, "/policy", set, lifted).told_at(field);
    stage.prove_until_cured(Deed::Decide, &refusal).await;
    let row = tool(&stage.project, &stage.id, "create_issue").await;
    assert_eq!(row.choices, [Decision::NeedsApproval, Decision::DoNotUse], "known from now on");
    stage.world.forget_requests().await;
    let error = Deed::Decide.of(&stage).await.unwrap_err();
    assert_eq!((error.code, stage.sent().await.len()), (ErrorCode::Ceiling, 0), "refused before it is sent");
    stage.cure(Deed::Decide, &refusal).await;
    stage.project.clone().sync().await.unwrap();
    Deed::Decide.of(&stage).await.unwrap();
}

#[tokio::test]
async fn and_the_tools_own_history_says_that_it_had_no_answer() {
    let stage = Stage::new().await;
    let refusal = Refusal::answered(404, ErrorCode::NotFound, "Tool not found", "");
    stage.prove_until_cured(Deed::Decide, &refusal).await;
    let history = stage.project.tool(&stage.id, "create_issue").await.unwrap().history;
    let tried = &history[0];
    assert_eq!(
        (tried.what, tried.asked.as_str(), tried.answered.as_str()),
        (ActivityKind::Decided, "approved", "")
    );
    assert!(stage.activity().await[0].undo.is_none(), "there is nothing to take back");
    assert_eq!(stage.row().await.status, ServerStatus::Connected);
}
