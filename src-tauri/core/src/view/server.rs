//! Servers and how fresh what is known of them is.

use serde::Serialize;
use ts_rs::TS;

use super::CommandError;

/// All servers of the project, and how fresh that is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ServersView {
    /// Servers, the ones that need the person first, then by name.
    pub servers: Vec<ServerRow>,
    /// PostHog can share a server with the project: not in generations A0 and A (contract 9). True until a row tells.
    pub can_share: bool,
    /// How fresh the list is.
    pub sync: SyncView,
}

/// How the cached facts compare with PostHog.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SyncView {
    /// True while a sync is running.
    pub running: bool,
    /// Servers read so far in the running sync.
    pub done: u32,
    /// Servers the running sync will read.
    pub total: u32,
    /// When PostHog last answered everything that was asked.
    pub last_success_at: Option<String>,
    /// Why the last sync failed, if it did.
    pub problem: Option<CommandError>,
    /// True when PostHog cannot be reached; writes are refused.
    pub offline: bool,
    /// Servers waiting to be read again by *Refresh all*, in their order.
    pub queue: Vec<String>,
    /// When the queue goes on, while it waits for the budget: milliseconds since the epoch.
    #[ts(type = "number | null")]
    pub queue_resumes_ms: Option<i64>,
}

/// A server's one status (product: Servers).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ServerStatus {
    /// PostHog says the connection works.
    Connected,
    /// A login was begun and not finished.
    FinishConnecting,
    /// PostHog says the login no longer works.
    LogInAgain,
    /// Switched off.
    Off,
    /// This person's connection works and agents are not offered it: the team switched it off, for all or for this person.
    OffForTeam,
    /// Connected, but its tools were never read.
    NeverRead,
    /// The last reading failed; `last_error` says why.
    LastReadFailed,
}

/// One server.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ServerRow {
    /// PostHog's id of the installation.
    pub id: String,
    /// Name, or the host when it has none.
    pub name: String,
    /// Its address.
    pub url: String,
    /// Host part of the address.
    pub host: String,
    /// `oauth`, `api_key`, or an unknown word as PostHog said it.
    pub auth: String,
    /// Description, may be empty.
    pub description: String,
    /// Its one status.
    pub status: ServerStatus,
    /// The server's or PostHog's words about the last failed reading; may be empty.
    pub last_error: String,
    /// When PostHog last read the server's tools (generation C), else null.
    pub last_read_at: Option<String>,
    /// When this app last saw the server's tools.
    pub seen_at: Option<String>,
    /// When it was connected.
    pub created_at: Option<String>,
    /// Shared in the project by somebody.
    pub shared: bool,
    /// This account owns the connection.
    pub is_owner: bool,
    /// Number of tools known, by decision.
    pub counts: Counts,
    /// A refresh that runs right now.
    pub refreshing: bool,
}

/// Tools by what they may do. Unknown words count as `blocked`: the strictest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Counts {
    /// All live tools.
    pub total: u32,
    /// `approved`.
    pub allowed: u32,
    /// `needs_approval`.
    pub ask: u32,
    /// `do_not_use` and unknown words.
    pub blocked: u32,
    /// Live tools whose definition differs from the one decided on.
    pub changed: u32,
    /// Tools the server no longer offers.
    pub removed: u32,
    /// Tools that wait in Review and were not put off; what is only not pinned yet does not count.
    pub to_review: u32,
    /// Estimated tokens when all live tools are listed.
    pub tokens: u32,
}
