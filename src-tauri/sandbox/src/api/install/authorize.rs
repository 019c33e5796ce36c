//! `authorize`: starting a browser flow for a row there is already (contract 3.10).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use uuid::Uuid;

use super::template::template_row;
use super::{CODE_SOURCE, callback_is_allowed, existing, redirect_body, refuse_disabled};
use crate::answer::{Answer, Refusal};
use crate::api::Call;
use crate::api::fields::{Fields, Text};
use crate::api::flow::{self, Ending};
use crate::generation::Generation;
use crate::model::{AuthType, OauthFailure, World};

/// A GET that writes: it starts a flow and may leave a pending row behind (contract 3.10).
pub(in crate::api) fn authorize(world: &mut World, call: &Call<'_>) -> Answer {
    let bad = |detail: &str| Refusal::detail(StatusCode::BAD_REQUEST, detail);
    let given: Vec<_> = call.request.query.iter().filter(|(_, value)| !value.is_empty()).cloned().collect();
    let fields = Fields::of_query(&given);
    let template = fields.uuid("template_id", false)?;
    let installation = fields.uuid("installation_id", false)?;
    let from_posthog_code = fields.choice("install_source", false, &CODE_SOURCE)?.unwrap_or_default();
    if template.is_some() == installation.is_some() {
        let detail = "Pass exactly one of template_id or installation_id";
        return Err(Refusal::invalid_body("invalid_input", detail));
    }
    let callback = fields.text("posthog_code_callback_url", Text::default())?.unwrap_or_default();
    if !callback_is_allowed(&callback) {
        return Err(bad("Invalid callback URL"));
    }
    let return_path = fields.text("return_path", Text::default())?.unwrap_or_default();
    let id = match (template, installation) {
        (Some(template), _) => template_row_to_authorize(world, call, template)?,
        (None, id) => own_row(world, call, id.unwrap_or_default())?,
    };
    ready_to_authorize(world, id)?;
    let url = flow::begin(world, call, id, Ending { from_posthog_code, callback, return_path })?;
    if from_posthog_code && call.generation >= Generation::B {
        return redirect_body(&url);
    }
    let location = HeaderValue::from_str(&url).map_err(|_| Refusal::crash())?;
    Ok((StatusCode::FOUND, [(header::LOCATION, location)]).into_response())
}

fn template_row_to_authorize(world: &mut World, call: &Call<'_>, template: Uuid) -> Result<Uuid, Refusal> {
    let server = world.template(template).filter(|server| server.active);
    let url = server.ok_or_else(|| Refusal::detail(StatusCode::NOT_FOUND, "Template not found"))?.url.clone();
    refuse_disabled(world, call, &url)?;
    match existing(world, call, &url, false) {
        Some(id) => Ok(id),
        None => template_row(world, call, template, false).map(|(id, _)| id),
    }
}

fn own_row(world: &World, call: &Call<'_>, id: Uuid) -> Result<Uuid, Refusal> {
    let row = world.installation(id).filter(|row| row.project == call.project && row.owner == call.person);
    let row = row.ok_or_else(|| Refusal::detail(StatusCode::NOT_FOUND, "Installation not found"))?;
    let template = row.template_id.and_then(|id| world.template(id));
    if template.is_some_and(|template| !template.active) {
        return Err(Refusal::detail(StatusCode::NOT_FOUND, "Template not found"));
    }
    refuse_disabled(world, call, &row.url)?;
    Ok(id)
}

fn ready_to_authorize(world: &mut World, id: Uuid) -> Result<(), Refusal> {
    let bad = |detail: &str| Err(Refusal::detail(StatusCode::BAD_REQUEST, detail));
    let row = world.installation(id).ok_or_else(Refusal::crash)?;
    let server = world.server_by_url(&row.url);
    let shared_client = server.and_then(|server| server.shared_client.clone());
    let failure = server.and_then(|server| server.oauth_failure.clone());
    let is_template = row.template_id.is_some();
    match failure {
        Some(OauthFailure::MetadataMissing) if is_template => return bad("Template missing OAuth metadata"),
        Some(OauthFailure::ClientNotConfigured) if is_template => {
            return bad("Template OAuth client is not configured");
        }
        Some(OauthFailure::AuthorizeEndpoint) if is_template => {
            return bad("Could not build OAuth authorize URL");
        }
        Some(OauthFailure::AuthorizeEndpoint) => return bad("Authorization endpoint must use HTTPS"),
        _ => {}
    }
    if is_template && server.is_some_and(|server| server.auth_type == AuthType::ApiKey) {
        return bad("Template missing OAuth metadata");
    }
    let client_id = row.client_id.clone().or(shared_client);
    if client_id.is_none() || server.is_none() {
        return bad("Installation is missing OAuth state — reinstall the server");
    }
    if let Some(row) = world.installation_mut(id) {
        row.client_id = client_id;
    }
    Ok(())
}
