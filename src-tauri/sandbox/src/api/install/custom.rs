//! `install_custom` (contract 3.9).

use axum::http::StatusCode;
use uuid::Uuid;

use super::{Terms, existing, new_row, oauth_failure, redirect_body, refuse_disabled};
use crate::answer::{Answer, Refusal};
use crate::api::fields::{Fields, Text};
use crate::api::flow::{self, Ending};
use crate::api::installations::{self, owned_only};
use crate::api::{Call, target};
use crate::generation::Generation;
use crate::model::{AuthType, Installation, OauthFailure, World};
use crate::sync;

const AUTH_TYPES: [(&str, AuthType); 2] = [("api_key", AuthType::ApiKey), ("oauth", AuthType::Oauth)];

struct Wish {
    name: String,
    url: String,
    auth_type: AuthType,
    api_key: String,
    description: String,
    client_id: Option<String>,
    terms: Terms,
}

impl Wish {
    fn read(fields: &Fields, generation: Generation) -> Result<Self, Refusal> {
        let required = Text { required: true, not_blank: true, max: Some(200) };
        let name = fields.text("name", required)?.unwrap_or_default();
        let url = fields.text("url", Text { max: Some(2048), ..required })?.unwrap_or_default();
        target::check(&url).map_err(|detail| Refusal::invalid("invalid_input", detail, "url"))?;
        Ok(Self {
            name,
            url,
            auth_type: fields.choice("auth_type", true, &AUTH_TYPES)?.ok_or_else(Refusal::crash)?,
            api_key: fields.text("api_key", Text::default())?.unwrap_or_default(),
            description: fields.text("description", Text::default())?.unwrap_or_default(),
            client_id: fields.text("client_id", Text::default())?.filter(|id| !id.is_empty()),
            terms: Terms::read(fields, generation)?,
        })
    }
}

pub(in crate::api) fn custom(world: &mut World, call: &Call<'_>) -> Answer {
    let wish = Wish::read(&call.fields()?, call.generation)?;
    let shared = wish.terms.shared;
    wish.terms.permit_sharing(world, call)?;
    let policy = &world.project(call.project).ok_or_else(Refusal::crash)?.policy;
    if policy.forbids_custom_servers && !world.is_admin(call.person, call.project) {
        return Err(Refusal::forbidden("Custom MCP servers are limited to project admins in this project."));
    }
    wish.terms.permit_team_options(world, call)?;
    refuse_disabled(world, call, &wish.url)?;
    let known = existing(world, call, &wish.url, shared);
    if wish.auth_type == AuthType::ApiKey && known.is_some() {
        return Err(Refusal::detail(StatusCode::BAD_REQUEST, "This server URL is already installed."));
    }
    let id = known.unwrap_or_else(|| {
        let row = Installation {
            display_name: wish.name,
            description: wish.description,
            api_key: wish.api_key,
            ..new_row(call, &wish.url, wish.auth_type, shared)
        };
        let id = row.id;
        world.installations.push(row);
        id
    });
    if wish.auth_type == AuthType::ApiKey {
        sync::schedule(call.app, world, id);
        return installations::answer(world, call, id, StatusCode::CREATED);
    }
    let outcome = connect(world, call, id, wish.client_id, wish.terms.ending);
    match (&outcome, known) {
        (Err(_), None) => world.installations.retain(|row| row.id != id),
        (Ok(_), Some(id)) => {
            if let Some(row) = world.installation_mut(id) {
                row.needs_reauth = true;
            }
        }
        _ => {}
    }
    outcome
}

/// Breaks a working connection until its consent is given again: see the warning of contract 3.9.
fn connect(world: &mut World, call: &Call<'_>, id: Uuid, client: Option<String>, ending: Ending) -> Answer {
    let bad = |detail: &str| Refusal::detail(StatusCode::BAD_REQUEST, detail);
    let row = world.installation_mut(id).ok_or_else(Refusal::crash)?;
    owned_only(row, call)?;
    row.auth_type = AuthType::Oauth;
    row.enabled |= call.generation == Generation::C;
    let url = row.url.clone();
    let server = world.server_by_url(&url).ok_or_else(|| bad("OAuth discovery failed."))?;
    if server.oauth_failure == Some(OauthFailure::AuthMethod) && client.is_some() {
        return Err(bad("OAuth token endpoint auth method is not supported."));
    }
    if let Some(failure) = &server.oauth_failure {
        return Err(bad(&oauth_failure(failure, "Authorization endpoint must use HTTPS")));
    }
    let row = world.installation_mut(id).ok_or_else(Refusal::crash)?;
    row.client_id = Some(client.unwrap_or_else(flow::register_client));
    row.tokens = None;
    row.updated_at = call.now;
    redirect_body(&flow::begin(world, call, id, ending)?)
}
