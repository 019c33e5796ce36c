//! Changes of a server that are refused (contract 3.6, 3.7, 3.14).

use hedgerow_core::view::ErrorCode;
use serde_json::json;

use super::deeds::Deed;
use super::{Refusal, Step, any, prove};

fn owner_only() -> Refusal {
    let says = "Only the credential owner can modify a shared server.";
    Refusal::answered(403, ErrorCode::Fixed, says, "permission_denied")
}

/// What every call on one row may meet.
fn on_a_row() -> Vec<Refusal> {
    let mut refusals = any();
    refusals.push(owner_only());
    refusals.push(Refusal::answered(404, ErrorCode::NotFound, "Not found.", "not_found"));
    refusals
}

#[tokio::test]
async fn renaming() {
    let mut refusals = on_a_row();
    refusals.extend([
        Refusal::at("This field may not be null.", "null", "display_name"),
        Refusal::at("Null characters are not allowed.", "null_characters_not_allowed", "display_name"),
        Refusal::answered(400, ErrorCode::Invalid, "JSON parse error - Expecting value", "parse_error"),
    ]);
    prove(Deed::Rename, &refusals).await;
}

#[tokio::test]
async fn describing() {
    let says = "Surrogate characters are not allowed: U+D800.";
    let refusals = [owner_only(), Refusal::at(says, "surrogate_characters_not_allowed", "description")];
    prove(Deed::Describe, &refusals).await;
}

#[tokio::test]
async fn switching() {
    let refusals = [owner_only(), Refusal::at("Must be a valid boolean.", "invalid_input", "is_enabled")];
    prove(Deed::Switch, &refusals).await;
}

#[tokio::test]
async fn removing() {
    // 404 is no refusal here: gone is gone.
    let mut refusals = any();
    refusals.push(owner_only());
    prove(Deed::Remove, &refusals).await;
}

#[tokio::test]
async fn sharing() {
    let level = |level: &str| json!({ "level": level });
    let says = "Only project admins can share MCP servers with the project.";
    let admins_only =
        Refusal::by(ErrorCode::Forbidden, says, "/people/robin/level", level("member"), level("owner"));
    let says = "A shared connection for this server already exists in this project.";
    let taken = Refusal::answered(409, ErrorCode::Conflict, says, "");
    let says = "Only personal installations can be shared.";
    let mut shared = Refusal::answered(400, ErrorCode::Invalid, says, "");
    shared.cause = vec![Step::Elsewhere("POST", "share/", json!({}))];
    shared.cure = vec![Step::Elsewhere("POST", "unshare/", json!({}))];
    let mut refusals = vec![admins_only, taken, shared];
    refusals.extend(on_a_row());
    prove(Deed::Share, &refusals).await;
}

#[tokio::test]
async fn taking_a_sharing_back() {
    let says = "The owner already has a personal installation for this server.";
    let taken = Refusal::answered(409, ErrorCode::Conflict, says, "");
    let says = "Only the credential owner or a project admin can unshare a shared server.";
    let others = Refusal::answered(403, ErrorCode::Forbidden, says, "permission_denied");
    let says = "Only shared installations can be unshared.";
    let mut personal = Refusal::answered(400, ErrorCode::Invalid, says, "");
    personal.cause = vec![Step::Elsewhere("POST", "unshare/", json!({}))];
    personal.cure = vec![Step::Elsewhere("POST", "share/", json!({}))];
    let mut refusals = vec![taken, others, personal];
    refusals.extend(on_a_row());
    prove(Deed::Unshare, &refusals).await;
}
