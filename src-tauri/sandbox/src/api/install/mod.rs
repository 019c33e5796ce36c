//! Connecting a server: `install_template`, `install_custom`, `authorize` (contract 3.8 to 3.10).

mod authorize;
mod custom;
mod template;

use std::collections::BTreeMap;

use serde_json::json;
use uuid::Uuid;

use super::Call;
use super::fields::{Fields, Text};
use super::flow::Ending;
use crate::answer::{Answer, Refusal, ok};
use crate::generation::Generation;
use crate::model::{AuthType, Installation, OauthFailure, World};

pub(super) use authorize::authorize;
pub(super) use custom::custom;
pub(super) use template::template;

const CODE_SOURCE: [(&str, bool); 2] = [("posthog", false), ("posthog-code", true)];
const SCOPES: [(&str, bool); 2] = [("personal", false), ("shared", true)];
const AGENT_SCOPES: [(&str, ()); 2] = [("personal", ()), ("team", ())];

/// What both install calls take.
struct Terms {
    ending: Ending,
    shared: bool,
    team_enabled: bool,
    asks_for_agents: bool,
}

impl Terms {
    fn read(fields: &Fields, generation: Generation) -> Result<Self, Refusal> {
        let from_posthog_code = fields.choice("install_source", false, &CODE_SOURCE)?.unwrap_or_default();
        let callback = fields.text("posthog_code_callback_url", Text::default())?.unwrap_or_default();
        if !callback_is_allowed(&callback) {
            return Err(Refusal::invalid(
                "invalid_input",
                "Invalid callback URL",
                "posthog_code_callback_url",
            ));
        }
        // What came later is ignored, not refused.
        if generation < Generation::B {
            let ending = Ending { from_posthog_code, callback, return_path: String::new() };
            return Ok(Self { ending, shared: false, team_enabled: true, asks_for_agents: false });
        }
        let shared = fields.choice("scope", false, &SCOPES)?.unwrap_or_default();
        let team_enabled = fields.boolean("team_enabled")?.unwrap_or(true);
        let asks_for_agents =
            generation == Generation::C && fields.choice("agent_scope", false, &AGENT_SCOPES)?.is_some();
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
        linked: true,
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
        // Without a client of one's own, registering one is what fails.
        OauthFailure::AuthMethod => oauth_failure(&OauthFailure::DcrUnsupported, authorize_endpoint),
    }
}
