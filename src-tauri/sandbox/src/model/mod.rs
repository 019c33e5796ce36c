//! What the sandbox knows: people, keys, servers, installations and tools.

mod people;
mod world;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::time::Micros;

pub(crate) use people::{Key, KeyKind, Level, Organization, Person, Project};
pub(crate) use world::World;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AuthType {
    ApiKey,
    Oauth,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Category {
    Business,
    Data,
    Design,
    #[default]
    Dev,
    Infra,
    Productivity,
}

/// Why starting an OAuth flow with a server fails (contract 3.8, rows 10 to 14).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OauthFailure {
    Discovery,
    DcrUnsupported,
    /// Text of the provider, put after the server's own.
    RegistrationRejected(String),
    MetadataMissing,
    ClientNotConfigured,
    AuthorizeEndpoint,
    /// The token endpoint takes no way of showing a client's secret that PostHog has.
    AuthMethod,
}

/// What the login provider of a server does when the person presses *Approve*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProviderMode {
    #[default]
    Normal,
    Deny,
    OddError,
    MissingCode,
    /// The token endpoint answers 4xx: the link says `token_exchange_failed`.
    TokenRejected,
    /// The token endpoint never answers: the browser gets a 500 and there is no link.
    TokenTimeout,
}

/// What a server answers when PostHog asks it for its tools.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UpstreamMode {
    #[default]
    Ok,
    /// A foreseen failure; the text is PostHog's reason (contract 3.13).
    Fail(String),
    /// A failure PostHog does not foresee: 500, and nothing in `last_sync_error`.
    Crash,
}

/// A tool as its server describes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpstreamTool {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) input_schema: Value,
    /// Shorthand for the annotation `destructiveHint`.
    #[serde(default)]
    pub(crate) destructive: bool,
    /// What the server claims about it: the hints of the MCP specification, and whatever else it says.
    #[serde(default)]
    pub(crate) annotations: Map<String, Value>,
}

impl UpstreamTool {
    /// All that is claimed, with the shorthand written out.
    pub(crate) fn claims(&self) -> Map<String, Value> {
        let mut claims = self.annotations.clone();
        if self.destructive {
            claims.insert("destructiveHint".into(), Value::Bool(true));
        }
        claims
    }
}

/// An MCP server with its login provider and, if it is in the catalog, its template.
pub(crate) struct Server {
    pub(crate) slug: String,
    pub(crate) template_id: Option<Uuid>,
    pub(crate) active: bool,
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) docs_url: String,
    pub(crate) description: String,
    pub(crate) auth_type: AuthType,
    pub(crate) icon_key: String,
    pub(crate) icon_domain: String,
    pub(crate) category: Category,
    /// The `client_id` PostHog shares among all its users; without one it registers a client per install.
    pub(crate) shared_client: Option<String>,
    pub(crate) oauth_failure: Option<OauthFailure>,
    /// The API keys the server takes; empty = any.
    pub(crate) accepted_keys: Vec<String>,
    pub(crate) provider: ProviderMode,
    pub(crate) mode: UpstreamMode,
    /// Time each answer takes, in milliseconds.
    pub(crate) delay_ms: u64,
    pub(crate) tools: Vec<UpstreamTool>,
    /// Taken off offer over the control endpoint, to be offered again as they were.
    pub(crate) withdrawn: Vec<UpstreamTool>,
    /// How often tools were rewritten over the control endpoint, so that no two texts are the same.
    pub(crate) rewrites: u32,
}

impl Server {
    /// Offers a tool, in place of the one of its name if there is one.
    pub(crate) fn put(&mut self, tool: UpstreamTool) {
        self.withdrawn.retain(|withdrawn| withdrawn.name != tool.name);
        match self.tools.iter_mut().find(|known| known.name == tool.name) {
            Some(known) => *known = tool,
            None => self.tools.push(tool),
        }
    }
}

/// Whether PostHog could renew a connection's access by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RefreshToken {
    #[default]
    Valid,
    Rejected,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ApprovalState {
    Approved,
    NeedsApproval,
    DoNotUse,
}

/// PostHog's copy of a tool.
#[derive(Debug, Clone)]
pub(crate) struct Tool {
    pub(crate) id: Uuid,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) schema: Box<RawValue>,
    pub(crate) annotations: Map<String, Value>,
    pub(crate) stored_state: ApprovalState,
    pub(crate) last_seen_at: Micros,
    pub(crate) removed_at: Option<Micros>,
    pub(crate) created_at: Micros,
    pub(crate) updated_at: Micros,
}

impl Tool {
    /// The claim that counts for the team's rules.
    pub(crate) fn claims_destruction(&self) -> bool {
        self.annotations.get("destructiveHint") == Some(&Value::Bool(true))
    }
}

/// A server somebody connected. Not `Debug`: it holds an API key.
pub(crate) struct Installation {
    pub(crate) id: Uuid,
    pub(crate) project: i64,
    pub(crate) owner: i64,
    pub(crate) shared: bool,
    pub(crate) url: String,
    pub(crate) template_id: Option<Uuid>,
    pub(crate) display_name: String,
    pub(crate) description: String,
    pub(crate) auth_type: AuthType,
    pub(crate) enabled: bool,
    pub(crate) api_key: String,
    /// Known to the gateway. Rows from before it are not: for them no policy counts.
    pub(crate) linked: bool,
    /// The client registered with the provider; `None` until a flow was started.
    pub(crate) client_id: Option<String>,
    /// `None` = no access token stored.
    pub(crate) tokens: Option<RefreshToken>,
    pub(crate) needs_reauth: bool,
    pub(crate) created_at: Micros,
    pub(crate) updated_at: Micros,
    pub(crate) last_synced_at: Option<Micros>,
    pub(crate) last_sync_error: String,
    pub(crate) tools: BTreeMap<String, Tool>,
}

/// A browser flow under way: PostHog keeps the digest of `state`, never `state` itself.
pub(crate) struct OauthFlow {
    pub(crate) person: i64,
    pub(crate) installation: Uuid,
    pub(crate) verifier: String,
    pub(crate) started_at: Micros,
    pub(crate) from_posthog_code: bool,
    pub(crate) callback: String,
    pub(crate) return_path: String,
}

/// An authorization code handed out by a login provider.
pub(crate) struct Grant {
    pub(crate) server: String,
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) challenge: String,
}
