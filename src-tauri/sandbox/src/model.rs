//! What the sandbox knows: people, keys, servers, installations, tools and policy.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::faults::Faults;
use crate::log::RequestLog;
use crate::policy::ProjectPolicy;
use crate::throttle::Throttle;
use crate::time::{Clock, Micros};

/// Rank in an organisation; the numbers are the API's `membership_level` (contract 7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Level {
    Member = 1,
    Admin = 8,
    Owner = 15,
}

#[derive(Debug)]
pub(crate) struct Organization {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) slug: String,
    pub(crate) allows_personal_keys: bool,
}

#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) id: i64,
    pub(crate) uuid: Uuid,
    pub(crate) organization: Uuid,
    pub(crate) name: String,
    pub(crate) api_token: String,
    pub(crate) policy: ProjectPolicy,
}

#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) id: i64,
    pub(crate) handle: String,
    pub(crate) uuid: Uuid,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    pub(crate) active: bool,
    pub(crate) memberships: Vec<(Uuid, Level)>,
    pub(crate) current_project: Option<i64>,
}

/// What a bearer token is, beyond a working personal key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeyKind {
    #[default]
    Personal,
    Oauth,
    OauthExpired,
    OauthWithoutApplication,
    OauthAgent,
}

/// A bearer token. Not `Debug`: it holds a secret.
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) token: String,
    pub(crate) kind: KeyKind,
    pub(crate) person: i64,
    pub(crate) scopes: Vec<String>,
    pub(crate) projects: Vec<i64>,
    pub(crate) organizations: Vec<Uuid>,
}

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
    /// The annotation `destructiveHint`.
    #[serde(default)]
    pub(crate) destructive: bool,
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
    pub(crate) destructive: bool,
    pub(crate) stored_state: ApprovalState,
    pub(crate) last_seen_at: Micros,
    pub(crate) removed_at: Option<Micros>,
    pub(crate) created_at: Micros,
    pub(crate) updated_at: Micros,
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

/// Everything that can change while the sandbox runs.
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) organizations: Vec<Organization>,
    pub(crate) projects: Vec<Project>,
    pub(crate) people: Vec<Person>,
    pub(crate) keys: Vec<Key>,
    pub(crate) servers: Vec<Server>,
    pub(crate) installations: Vec<Installation>,
    pub(crate) flows: HashMap<[u8; 32], OauthFlow>,
    pub(crate) grants: HashMap<String, Grant>,
    /// Session cookie to person.
    pub(crate) sessions: HashMap<String, i64>,
    /// Every browser without a session of its own counts as this person's.
    pub(crate) signed_in: Option<i64>,
    pub(crate) owner: i64,
    pub(crate) project: i64,
    pub(crate) sync_delay_ms: u64,
    pub(crate) throttle: Throttle,
    pub(crate) faults: Faults,
    pub(crate) log: RequestLog,
}

impl World {
    pub(crate) fn now(&self) -> Micros {
        self.clock.now()
    }

    pub(crate) fn person(&self, id: i64) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    pub(crate) fn person_by_handle(&self, handle: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.handle == handle)
    }

    pub(crate) fn project(&self, id: i64) -> Option<&Project> {
        self.projects.iter().find(|project| project.id == id)
    }

    pub(crate) fn project_mut(&mut self, id: i64) -> Option<&mut Project> {
        self.projects.iter_mut().find(|project| project.id == id)
    }

    pub(crate) fn level(&self, person: i64, organization: Uuid) -> Option<Level> {
        let memberships = &self.person(person)?.memberships;
        memberships.iter().find(|(id, _)| *id == organization).map(|(_, level)| *level)
    }

    /// "Project admin" is an organisation admin or owner (contract 3.14).
    pub(crate) fn is_admin(&self, person: i64, project: i64) -> bool {
        let organization = self.project(project).map(|project| project.organization);
        organization.and_then(|id| self.level(person, id)).is_some_and(|level| level >= Level::Admin)
    }

    pub(crate) fn server(&self, slug: &str) -> Option<&Server> {
        self.servers.iter().find(|server| server.slug == slug)
    }

    pub(crate) fn server_mut(&mut self, slug: &str) -> Option<&mut Server> {
        self.servers.iter_mut().find(|server| server.slug == slug)
    }

    /// URLs are compared byte by byte (contract 2.2).
    pub(crate) fn server_by_url(&self, url: &str) -> Option<&Server> {
        self.servers.iter().find(|server| server.url == url)
    }

    pub(crate) fn template(&self, id: Uuid) -> Option<&Server> {
        self.servers.iter().find(|server| server.template_id == Some(id))
    }

    pub(crate) fn installation(&self, id: Uuid) -> Option<&Installation> {
        self.installations.iter().find(|row| row.id == id)
    }

    pub(crate) fn installation_mut(&mut self, id: Uuid) -> Option<&mut Installation> {
        self.installations.iter_mut().find(|row| row.id == id)
    }
}
