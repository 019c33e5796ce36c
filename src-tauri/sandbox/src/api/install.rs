//! Connecting a server: `install_template`, `install_custom`, `authorize` (contract 3.8 to 3.10).

use std::collections::BTreeMap;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::json;
use uuid::Uuid;

use super::fields::{Fields, Text};
use super::flow::{self, Ending};
use super::installations::{self, owned_only};
use super::{Call, target};
use crate::answer::{Answer, Refusal, ok};
use crate::model::{AuthType, Installation, OauthFailure, World};
use crate::sync;

const CODE_SOURCE: [(&str, bool); 2] = [("posthog", false), ("posthog-code", true)];
const SCOPES: [(&str, bool); 2] = [("personal", false), ("shared", true)];
const AGENT_SCOPES: [(&str, ()); 2] = [("personal", ()), ("team", ())];
const AUTH_TYPES: [(&str, AuthType); 2] = [("api_key", AuthType::ApiKey), ("oauth", AuthType::Oauth)];

/// What both install calls take.
struct Terms {
    ending: Ending,
    shared: bool,
    team_enabled: bool,
    asks_for_agents: bool,
}

impl Terms {
    fn read(fields: &Fields) -> Result<Self, Refusal> {
        let from_posthog_code = fields.choice("install_source", false, &CODE_SOURCE)?.unwrap_or_default();
        let callback = fields.text("posthog_code_callback_url", Text::default())?.unwrap_or_default();
        if !callback_is_allowed(&callback) {
            return Err(Refusal::invalid(
                "invalid_input",
                "Invalid callback URL",
                "posthog_code_callback_url",
            ));
        }
        let shared = fields.choice("scope", false, &SCOPES)?.unwrap_or_default();
        let team_enabled = fields.boolean("team_enabled")?.unwrap_or(true);
        let asks_for_agents = fields.choice("agent_scope", false, &AGENT_SCOPES)?.is_some();
        let return_path = fields.text("return_path", Text::default())?.unwrap_or_default();
        let ending = Ending { from_posthog_code, callback, return_path };
        Ok(Self { ending, shared, team_enabled, asks_for_agents })
    }

    fn permit_sharing(&self, world: &World, call: &Call<'_>) -> Result<(), Refusal> {
        if self.shared && !world.is_admin(call.person, call.project) {
            return Err(Refusal::forbidden("Only project admins can create shared MCP servers."));
        }
        Ok(())
    }

    fn permit_team_options(&self, world: &World, call: &Call<'_>) -> Result<(), Refusal> {
        let is_admin = world.is_admin(call.person, call.project);
        if !self.team_enabled && !is_admin {
            return Err(Refusal::forbidden("Only project admins can set team availability."));
        }
        let policy = &world.project(call.project).ok_or_else(Refusal::crash)?.policy;
        if self.asks_for_agents && policy.forbids_member_agents && !is_admin {
            return Err(Refusal::forbidden(
                "Only project admins can share servers with agents in this project.",
            ));
        }
        Ok(())
    }
}

/// Production PostHog sends a browser only to its own apps (contract 3.8).
fn callback_is_allowed(callback: &str) -> bool {
    let scheme = callback.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    callback.is_empty() || matches!(scheme.as_deref(), Some("array" | "posthog-code"))
}

fn refuse_disabled(world: &World, call: &Call<'_>, url: &str) -> Result<(), Refusal> {
    let policy = &world.project(call.project).ok_or_else(Refusal::crash)?.policy;
    if policy.disabled_servers.iter().any(|disabled| disabled == url) {
        return Err(Refusal::forbidden("This server is disabled for your team."));
    }
    Ok(())
}

fn existing(world: &World, call: &Call<'_>, url: &str, shared: bool) -> Option<Uuid> {
    let is_it = |row: &&Installation| {
        row.project == call.project
            && row.url == url
            && row.shared == shared
            && (shared || row.owner == call.person)
    };
    world.installations.iter().find(is_it).map(|row| row.id)
}

fn new_row(call: &Call<'_>, url: &str, auth_type: AuthType, shared: bool) -> Installation {
    Installation {
        id: Uuid::now_v7(),
        project: call.project,
        owner: call.person,
        shared,
        url: url.to_owned(),
        template_id: None,
        display_name: String::new(),
        description: String::new(),
        auth_type,
        enabled: true,
        api_key: String::new(),
        client_id: None,
        tokens: None,
        needs_reauth: false,
        created_at: call.now,
        updated_at: call.now,
        last_synced_at: None,
        last_sync_error: String::new(),
        tools: BTreeMap::new(),
    }
}

fn redirect_body(url: &str) -> Answer {
    Ok(ok(&json!({ "redirect_url": url })))
}

pub(super) fn template(world: &mut World, call: &Call<'_>) -> Answer {
    let fields = call.fields()?;
    let template_id = fields.uuid("template_id", true)?.ok_or_else(Refusal::crash)?;
    let api_key = fields.text("api_key", Text::default())?.unwrap_or_default();
    let terms = Terms::read(&fields)?;
    terms.permit_sharing(world, call)?;
    terms.permit_team_options(world, call)?;
    let (id, is_new) = template_row(world, call, template_id, terms.shared)?;
    let outcome = connect_template(world, call, id, api_key, terms.ending);
    if outcome.is_err() && is_new {
        world.installations.retain(|row| row.id != id);
    }
    outcome
}

/// The caller's row for a template, made if missing. An existing one is switched on again.
fn template_row(
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
        row.enabled = true;
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

fn connect_template(world: &mut World, call: &Call<'_>, id: Uuid, api_key: String, ending: Ending) -> Answer {
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
    let client_id = server.shared_client.clone().unwrap_or_else(flow::register_client);
    let row = world.installation_mut(id).ok_or_else(Refusal::crash)?;
    row.client_id = Some(client_id);
    row.updated_at = call.now;
    redirect_body(&flow::begin(world, call, id, ending)?)
}

fn oauth_failure(failure: &OauthFailure, authorize_endpoint: &str) -> String {
    match failure {
        OauthFailure::Discovery => "OAuth discovery failed.".into(),
        OauthFailure::DcrUnsupported => {
            "This MCP server does not support Dynamic Client Registration (DCR).".into()
        }
        OauthFailure::RegistrationRejected(text) => {
            format!("OAuth registration failed. {text}").trim_end().into()
        }
        OauthFailure::MetadataMissing => "Template is missing OAuth metadata".into(),
        OauthFailure::ClientNotConfigured => "Template OAuth client is not configured".into(),
        OauthFailure::AuthorizeEndpoint => authorize_endpoint.into(),
    }
}

pub(super) fn custom(world: &mut World, call: &Call<'_>) -> Answer {
    let fields = call.fields()?;
    let required = Text { required: true, not_blank: true, max: Some(200) };
    let name = fields.text("name", required)?.unwrap_or_default();
    let url = fields.text("url", Text { max: Some(2048), ..required })?.unwrap_or_default();
    target::check(&url).map_err(|detail| Refusal::invalid("invalid_input", detail, "url"))?;
    let auth_type = fields.choice("auth_type", true, &AUTH_TYPES)?.ok_or_else(Refusal::crash)?;
    let api_key = fields.text("api_key", Text::default())?.unwrap_or_default();
    let description = fields.text("description", Text::default())?.unwrap_or_default();
    let client_id = fields.text("client_id", Text::default())?.filter(|id| !id.is_empty());
    let terms = Terms::read(&fields)?;
    terms.permit_sharing(world, call)?;
    let policy = &world.project(call.project).ok_or_else(Refusal::crash)?.policy;
    if policy.forbids_custom_servers && !world.is_admin(call.person, call.project) {
        return Err(Refusal::forbidden("Custom MCP servers are limited to project admins in this project."));
    }
    terms.permit_team_options(world, call)?;
    refuse_disabled(world, call, &url)?;
    let known = existing(world, call, &url, terms.shared);
    if auth_type == AuthType::ApiKey {
        if known.is_some() {
            return Err(Refusal::detail(StatusCode::BAD_REQUEST, "This server URL is already installed."));
        }
        let row = Installation {
            display_name: name,
            description,
            api_key,
            ..new_row(call, &url, auth_type, terms.shared)
        };
        let id = row.id;
        world.installations.push(row);
        sync::schedule(call.app, world, id);
        return installations::answer(world, call, id, StatusCode::CREATED);
    }
    let id = match known {
        Some(id) => id,
        None => {
            let row = Installation {
                display_name: name,
                description,
                ..new_row(call, &url, auth_type, terms.shared)
            };
            world.installations.push(row);
            world.installations.last().map(|row| row.id).ok_or_else(Refusal::crash)?
        }
    };
    let outcome = connect_custom(world, call, id, client_id, terms.ending);
    if outcome.is_err() && known.is_none() {
        world.installations.retain(|row| row.id != id);
    }
    outcome
}

/// Breaks a working connection until its consent is given again: see the warning of contract 3.9.
fn connect_custom(
    world: &mut World,
    call: &Call<'_>,
    id: Uuid,
    client: Option<String>,
    ending: Ending,
) -> Answer {
    let bad = |detail: &str| Refusal::detail(StatusCode::BAD_REQUEST, detail);
    let row = world.installation_mut(id).ok_or_else(Refusal::crash)?;
    owned_only(row, call)?;
    row.auth_type = AuthType::Oauth;
    row.enabled = true;
    let url = row.url.clone();
    let server = world.server_by_url(&url).ok_or_else(|| bad("OAuth discovery failed."))?;
    if let Some(failure) = &server.oauth_failure {
        return Err(bad(&oauth_failure(failure, "Authorization endpoint must use HTTPS")));
    }
    let row = world.installation_mut(id).ok_or_else(Refusal::crash)?;
    row.client_id = Some(client.unwrap_or_else(flow::register_client));
    row.needs_reauth = row.tokens.take().is_some() || row.needs_reauth;
    row.updated_at = call.now;
    redirect_body(&flow::begin(world, call, id, ending)?)
}

/// A GET that writes: it starts a flow and may leave a pending row behind (contract 3.10).
pub(super) fn authorize(world: &mut World, call: &Call<'_>) -> Answer {
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
    ready_to_authorize(world, call, id)?;
    let url = flow::begin(world, call, id, Ending { from_posthog_code, callback, return_path })?;
    if from_posthog_code {
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

fn ready_to_authorize(world: &mut World, _call: &Call<'_>, id: Uuid) -> Result<(), Refusal> {
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
