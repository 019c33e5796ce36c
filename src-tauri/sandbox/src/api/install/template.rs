//! `install_template` (contract 3.8).

use axum::http::StatusCode;
use uuid::Uuid;

use super::{Terms, existing, new_row, oauth_failure, redirect_body, refuse_disabled};
use crate::answer::{Answer, Refusal};
use crate::api::Call;
use crate::api::fields::Text;
use crate::api::flow::{self, Ending};
use crate::api::installations::{self, owned_only};
use crate::generation::Generation;
use crate::model::{AuthType, World};
use crate::sync;

pub(in crate::api) fn template(world: &mut World, call: &Call<'_>) -> Answer {
    let fields = call.fields()?;
    let template_id = fields.uuid("template_id", true)?.ok_or_else(Refusal::crash)?;
    let api_key = fields.text("api_key", Text::default())?.unwrap_or_default();
    let terms = Terms::read(&fields, call.generation)?;
    terms.permit_sharing(world, call)?;
    terms.permit_team_options(world, call)?;
    let (id, is_new) = template_row(world, call, template_id, terms.shared)?;
    let outcome = connect(world, call, id, api_key, terms.ending);
    if outcome.is_err() && is_new {
        world.installations.retain(|row| row.id != id);
    }
    outcome
}

/// The caller's row for a template, made if missing. An existing one is switched on again.
pub(super) fn template_row(
    world: &mut World,
    call: &Call<'_>,
    template: Uuid,
    shared: bool,
) -> Result<(Uuid, bool), Refusal> {
    let server = world.template(template).filter(|server| server.active);
    let server = server.ok_or_else(|| Refusal::detail(StatusCode::NOT_FOUND, "Template not found"))?;
    refuse_disabled(world, call, &server.url)?;
    if let Some(id) = existing(world, call, &server.url, shared) {
        let auth_type = server.auth_type;
        let row = world.installation_mut(id).ok_or_else(Refusal::crash)?;
        owned_only(row, call)?;
        row.enabled |= call.generation == Generation::C;
        row.auth_type = auth_type;
        row.template_id = Some(template);
        return Ok((id, false));
    }
    let mut row = new_row(call, &server.url, server.auth_type, shared);
    row.template_id = Some(template);
    row.display_name.clone_from(&server.name);
    let id = row.id;
    world.installations.push(row);
    Ok((id, true))
}

fn connect(world: &mut World, call: &Call<'_>, id: Uuid, api_key: String, ending: Ending) -> Answer {
    let bad = |detail: &str| Refusal::detail(StatusCode::BAD_REQUEST, detail);
    let url = world.installation(id).ok_or_else(Refusal::crash)?.url.clone();
    let server = world.server_by_url(&url).ok_or_else(Refusal::crash)?;
    if server.auth_type == AuthType::ApiKey {
        if api_key.is_empty() {
            return Err(bad("api_key is required"));
        }
        let row = world.installation_mut(id).ok_or_else(Refusal::crash)?;
        row.api_key = api_key;
        row.updated_at = call.now;
        sync::schedule(call.app, world, id);
        return installations::answer(world, call, id, StatusCode::CREATED);
    }
    if let Some(failure) = &server.oauth_failure {
        return Err(bad(&oauth_failure(failure, "Could not build OAuth authorize URL")));
    }
    if call.generation == Generation::A0 && server.shared_client.is_none() {
        return Err(bad("Template is missing OAuth credentials"));
    }
    let client_id = server.shared_client.clone().unwrap_or_else(flow::register_client);
    let row = world.installation_mut(id).ok_or_else(Refusal::crash)?;
    row.client_id = Some(client_id);
    row.updated_at = call.now;
    redirect_body(&flow::begin(world, call, id, ending)?)
}
