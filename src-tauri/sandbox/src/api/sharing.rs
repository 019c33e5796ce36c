//! Sharing a connection with the project (contract 3.14).

use axum::http::StatusCode;

use super::Call;
use super::installations::{answer, find};
use crate::answer::{Answer, Refusal};
use crate::model::World;

pub(super) fn share(world: &mut World, call: &Call<'_>, id: &str) -> Answer {
    let row = find(world, call, id)?;
    let (id, url) = (row.id, row.url.clone());
    if row.shared {
        return Err(Refusal::detail(StatusCode::BAD_REQUEST, "Only personal installations can be shared."));
    }
    if !world.is_admin(call.person, call.project) {
        return Err(Refusal::forbidden("Only project admins can share MCP servers with the project."));
    }
    if world.installations.iter().any(|row| row.shared && row.project == call.project && row.url == url) {
        let detail = "A shared connection for this server already exists in this project.";
        return Err(Refusal::detail(StatusCode::CONFLICT, detail));
    }
    set(world, call, id, true)
}

pub(super) fn unshare(world: &mut World, call: &Call<'_>, id: &str) -> Answer {
    let row = find(world, call, id)?;
    let (id, url, owner) = (row.id, row.url.clone(), row.owner);
    if !row.shared {
        return Err(Refusal::detail(StatusCode::BAD_REQUEST, "Only shared installations can be unshared."));
    }
    if owner != call.person && !world.is_admin(call.person, call.project) {
        let detail = "Only the credential owner or a project admin can unshare a shared server.";
        return Err(Refusal::forbidden(detail));
    }
    let mut rows = world.installations.iter();
    if rows.any(|row| !row.shared && row.project == call.project && row.url == url && row.owner == owner) {
        let detail = "The owner already has a personal installation for this server.";
        return Err(Refusal::detail(StatusCode::CONFLICT, detail));
    }
    set(world, call, id, false)
}

fn set(world: &mut World, call: &Call<'_>, id: uuid::Uuid, shared: bool) -> Answer {
    if let Some(row) = world.installation_mut(id) {
        row.shared = shared;
        row.updated_at = call.now;
    }
    answer(world, call, id, StatusCode::OK)
}
