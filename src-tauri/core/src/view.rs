//! What the window is told: plain facts, typed, generated for TypeScript.
//!
//! Every text that came from PostHog or from an MCP server has been through [`crate::text`]: clipped, and with
//! control characters made visible. No key, nonce or `redirect_url` ever appears here.
//! Times are RFC 3339 UTC strings; instants the page counts down to are milliseconds since the Unix epoch.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod activity;
mod batch;
mod review;

pub use activity::*;
pub use batch::*;
pub use review::*;

/// Pieces of a comparison, as [`crate::review::diff`] makes them.
pub use crate::review::diff::{
    ChangeSummary, PartChange, SchemaChange, SchemaChangeKind, SchemaDiff, TextDiff, TextPart, Unseen,
    UnseenKind,
};

/// What a person may decide about a tool (contract 2.3). Ordered: later is stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Agents may call it.
    Approved,
    /// Agents must ask first.
    NeedsApproval,
    /// Agents may not call it.
    DoNotUse,
}

/// Everything the window needs before the first screen.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Boot {
    /// Version of this program.
    pub version: String,
    /// Accounts known on this machine, the active one first.
    pub accounts: Vec<AccountView>,
    /// The project on screen; `None` means: sign in.
    pub active: Option<ActiveProject>,
    /// Whether keys can be kept in the operating system's keyring.
    pub keyring: KeyringView,
    /// Where this app keeps its files.
    pub data_dir: String,
    /// Something that happened at start and should be said once, for example a cache that had to be set aside.
    pub notice: Option<Notice>,
}

/// A thing to say once at start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The cache could not be read; it was set aside and is being rebuilt.
    CacheSetAside,
    /// The last run ended in a crash; the log has a trace.
    CrashedBefore,
}

/// State of the operating system's keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyringView {
    /// It answers.
    Ready,
    /// No Secret Service on this machine or session.
    Absent,
    /// It is there but did not answer in time, most likely locked.
    Locked,
}

/// How an account came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// A personal API key.
    Key,
    /// The built-in sample project.
    Sample,
}

/// One account: a person on one host.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AccountView {
    /// Stable id of the account on this machine.
    pub id: String,
    /// How it came to be.
    pub kind: AccountKind,
    /// Origin, for example `https://us.posthog.com`.
    pub origin: String,
    /// `US cloud`, `EU cloud`, the host name, or `Sample`.
    pub place: String,
    /// Email address as PostHog says it.
    pub email: String,
    /// Projects this account may reach.
    pub projects: Vec<ProjectView>,
    /// False when the key was for one run only and is gone: sign in again.
    pub has_key: bool,
}

/// One project of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProjectView {
    /// PostHog's number of the project.
    #[ts(type = "number")]
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Name of the organisation it belongs to.
    pub organization: String,
}

/// The project on screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ActiveProject {
    /// Account id.
    pub account: String,
    /// Project number.
    #[ts(type = "number")]
    pub project: i64,
}

/// Answer to a sign-in: the account, and the projects to choose from.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SignedIn {
    /// The new account.
    pub account: AccountView,
    /// Set when the choice was clear (one project, or the one PostHog has selected).
    pub active: Option<ActiveProject>,
    /// Where the key is now.
    pub kept: Kept,
}

/// Where a key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// In the operating system's keyring.
    Keyring,
    /// In memory, until the app ends.
    ThisRun,
}

/// All servers of the project, and how fresh that is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ServersView {
    /// Servers, the ones that need the person first, then by name.
    pub servers: Vec<ServerRow>,
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

/// Which tools of a server to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ToolFilter {
    /// All live tools.
    #[default]
    All,
    /// Allowed ones.
    Allowed,
    /// Ask-first ones.
    Ask,
    /// Blocked ones and unknown words.
    Blocked,
    /// Live ones that differ from what was decided on.
    Changed,
    /// Ones the server no longer offers.
    Removed,
}

/// A window of rows.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ToolPage {
    /// Rows from `offset` on.
    pub rows: Vec<ToolRow>,
    /// Rows that match in all.
    pub total: u32,
}

/// One tool in a table.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ToolRow {
    /// The upstream name, exactly: the key for decisions.
    pub name: String,
    /// The name as text to show (controls made visible, clipped).
    pub label: String,
    /// Title, may be empty.
    pub title: String,
    /// First line of the description, clipped to 300 characters.
    pub summary: String,
    /// What it may do, as PostHog says it; may be a word this version does not know.
    pub state: String,
    /// What may be chosen here; empty when nothing may (see `fixed`).
    pub choices: Vec<Decision>,
    /// Why nothing may be chosen.
    pub fixed: Option<Fixed>,
    /// Who decided: `rule`, `scope`, `team`, `preset`, `legacy`, `default`, or an unknown word.
    pub decided_by: String,
    /// The team's ceiling, if any: only this or stricter may be chosen.
    pub ceiling: Option<String>,
    /// A rule of the team fixes it.
    pub locked: bool,
    /// The definition differs from the one last decided on here.
    pub changed: bool,
    /// Why it waits in Review, if it does.
    pub review: Option<ReviewGroup>,
    /// When it was found missing upstream.
    pub removed_at: Option<String>,
    /// When PostHog last saw it.
    pub last_seen_at: Option<String>,
    /// Estimated tokens each time a client lists it.
    pub tokens: u32,
    /// Fingerprint of the definition in this row: send it back with a decision.
    pub fingerprint: String,
    /// What the server claims about it.
    pub claims: Claims,
}

/// What a server claims about one of its tools: its own words, never a fact; null where it does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Claims {
    /// It changes nothing.
    pub read_only: Option<bool>,
    /// What it changes may be lost.
    pub destructive: Option<bool>,
    /// Calling it again changes nothing further.
    pub idempotent: Option<bool>,
    /// It reaches beyond the server's own data.
    pub open_world: Option<bool>,
}

/// Why a decision cannot be changed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Fixed {
    /// A rule of the team fixes it (contract 13.1, 3.12).
    Locked,
    /// The connection belongs to a colleague.
    NotYours,
    /// The name has a slash or is `refresh`: PostHog has no address for it (contract 3.12).
    NotAddressable,
}

/// One tool, whole.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ToolDetail {
    /// The row.
    pub row: ToolRow,
    /// Id of its server.
    pub server_id: String,
    /// Name of its server.
    pub server_name: String,
    /// Description as the server gives it, up to 20,000 characters, controls made visible.
    pub description: String,
    /// True when the description was longer than that.
    pub description_clipped: bool,
    /// Parameters, flattened; nested ones follow their parent with a greater depth.
    pub parameters: Vec<ParameterView>,
    /// The schema as JSON, indented, up to 100,000 characters.
    pub schema: String,
    /// What was decided and seen here, newest first.
    pub history: Vec<HistoryView>,
}

/// One parameter of a tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ParameterView {
    /// Name within its parent.
    pub name: String,
    /// 0 for top-level parameters.
    pub depth: u32,
    /// For example `string`, `integer ≥ 1`, `“spam” | “other”`.
    pub kind: String,
    /// The schema requires it.
    pub required: bool,
    /// Description, may be empty.
    pub description: String,
}

/// A line of a tool's history.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HistoryView {
    /// When this app did or noticed it.
    pub at: String,
    /// What it was.
    pub what: HistoryKind,
    /// For decisions: state before.
    pub before: String,
    /// For decisions: what was asked.
    pub asked: String,
    /// For decisions: what PostHog answered; empty when it did not.
    pub answered: String,
}

/// Kind of a history line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HistoryKind {
    /// A decision made here.
    Decided,
    /// A definition first seen here.
    FirstSeen,
    /// A definition that replaced another was noticed here.
    Changed,
}

/// What became of a decision.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DecisionResult {
    /// The tool as PostHog answered it.
    pub row: ToolRow,
    /// How that compares with what was asked.
    pub outcome: DecisionOutcome,
    /// Its number in the journal: what taking it back asks for.
    #[ts(type = "number")]
    pub decision: i64,
}

/// How PostHog's answer compares with what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecisionOutcome {
    /// The tool is now as asked.
    AsAsked,
    /// PostHog keeps another state: a rule, a ceiling or a preset.
    KeptOtherwise,
    /// PostHog took the decision, but the definition it answered is not the one on screen: nothing was pinned.
    DefinitionChanged,
}

/// One catalog entry.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CatalogEntry {
    /// PostHog's id of the template.
    pub id: String,
    /// Name.
    pub name: String,
    /// Host part of its address.
    pub host: String,
    /// Description, may be empty.
    pub description: String,
    /// `oauth`, `api_key` or an unknown word.
    pub auth: String,
    /// `business`, `data`, `design`, `dev`, `infra`, `productivity` or an unknown word.
    pub category: String,
    /// Listed but not installable yet.
    pub coming_soon: bool,
    /// The server this project already has for it.
    pub installed: Option<InstalledRef>,
}

/// A server that a catalog entry is already connected as.
#[derive(Clone, Debug, Serialize, TS)]
pub struct InstalledRef {
    /// Its id.
    pub server_id: String,
    /// Its status.
    pub status: ServerStatus,
}

/// How a server added by its address is logged in to (contract 3.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LoginKind {
    /// In the browser; PostHog registers itself with the provider.
    Browser,
    /// In the browser, with a client id of one's own.
    OwnClient,
    /// With a key.
    Key,
    /// Without anything.
    Open,
}

/// What is known about an address before a server is added by it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AddressCheck {
    /// Host, for showing.
    pub host: String,
    /// The server this person already has at exactly that address: log in again instead, because adding it once more
    /// drops a working login (contract 3.9).
    pub installed: Option<InstalledRef>,
    /// Name of that server.
    pub installed_name: Option<String>,
}

/// The catalog and how fresh it is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CatalogView {
    /// Entries by name.
    pub entries: Vec<CatalogEntry>,
    /// When PostHog last answered it.
    pub as_of: Option<String>,
    /// True when it has never been fetched.
    pub never: bool,
    /// True while it is being fetched.
    pub fetching: bool,
    /// Why the last fetch failed, if it did.
    pub problem: Option<CommandError>,
}

/// Where a connection flow stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FlowStep {
    /// PostHog is preparing the login.
    Preparing,
    /// The browser has been opened; the person is logging in.
    Waiting,
    /// Asking PostHog whether it worked.
    Checking,
    /// Connected; PostHog is reading the tools.
    ReadingTools,
    /// Done.
    Connected,
    /// Ended without a connection; `problem` says why.
    Failed,
    /// Cancelled here.
    Cancelled,
    /// The server's ten minutes are over.
    Expired,
}

/// One connection flow.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FlowView {
    /// Id of the flow on this machine.
    pub id: String,
    /// Account it belongs to.
    pub account: String,
    /// Project it belongs to.
    #[ts(type = "number")]
    pub project: i64,
    /// The catalog entry, for a first connection of one.
    pub template_id: Option<String>,
    /// Name of the server being connected.
    pub title: String,
    /// The server, once PostHog has a row for it.
    pub server_id: Option<String>,
    /// Where it stands.
    pub step: FlowStep,
    /// Host of the page that was opened.
    pub host: Option<String>,
    /// Who must be signed in to PostHog in the browser.
    pub email: String,
    /// When the server forgets the login, in milliseconds since the epoch.
    #[ts(type = "number | null")]
    pub deadline_ms: Option<i64>,
    /// Tools found, once read.
    pub tools_found: Option<u32>,
    /// Why it failed.
    pub problem: Option<CommandError>,
    /// The last look at PostHog said: not yet.
    pub not_yet: bool,
    /// The browser could not be opened: offer *Copy link*.
    pub browser_failed: bool,
}

/// Who owns the `posthog-code` scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SchemeView {
    /// Who handles it now.
    pub owner: SchemeOwner,
    /// Name of the other program, as the system says it; empty otherwise.
    pub other: String,
    /// The person was asked and said no; ask again only in settings.
    pub declined: bool,
}

/// Owner of the scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SchemeOwner {
    /// Nobody.
    Nobody,
    /// This program.
    Hedgerow,
    /// Another program.
    Other,
}

/// An error as the window gets it. `code` chooses the words; `message` is what PostHog, the server or the system
/// said, as plain text, and may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CommandError {
    /// Chooses words, severity and next step.
    pub code: ErrorCode,
    /// Somebody's words: untrusted, plain, clipped.
    pub message: String,
    /// The input field it belongs to, if any.
    pub field: Option<String>,
    /// Seconds until trying again makes sense.
    pub retry_after: Option<u32>,
}

/// Error codes. One exists only where the window says or does something different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Nobody is signed in, or the account's key is gone.
    SignedOut,
    /// No answer: no network, refused, name not found.
    Offline,
    /// The answer took too long.
    Timeout,
    /// The connection is not trusted: certificate.
    Certificate,
    /// The key is not valid here (401), maybe of another region.
    KeyRefused,
    /// The key lacks a scope; `message` is the scope.
    MissingScope,
    /// The key or the person may not do that (403).
    Forbidden,
    /// The project is not there (404), or not in this region.
    ProjectNotFound,
    /// The row is not there (any more).
    NotFound,
    /// Too many requests; `retry_after` says when.
    Throttled,
    /// This app keeps within the budget itself; `retry_after` says when.
    Budget,
    /// PostHog refused the input; `field` says which.
    Invalid,
    /// The team set a stricter ceiling.
    Ceiling,
    /// The tool cannot be decided on here: locked, not yours or not addressable.
    Fixed,
    /// The definition on screen is not the one known any more: nothing was sent.
    DefinitionMoved,
    /// That address is connected already: log in again instead.
    AlreadyInstalled,
    /// PostHog already has something in that place, for example another shared connection.
    Conflict,
    /// The server is switched off.
    ServerOff,
    /// A team admin switched the server off for everybody.
    ServerOffForTeam,
    /// The MCP server or its login provider failed; `message` has its words.
    Upstream,
    /// PostHog failed (5xx) or answered something unreadable.
    PosthogFailed,
    /// That host is not a PostHog this app can talk to.
    NotPosthog,
    /// The address is not one: `field` says which input.
    BadAddress,
    /// The login page's address was refused by this app.
    UnsafeLoginPage,
    /// The login was denied in the browser.
    Denied,
    /// PostHog could not exchange the login at the provider.
    ExchangeFailed,
    /// The login ended without a code.
    NoCode,
    /// The login provider said something else; `message` has its words.
    ProviderError,
    /// The server's ten minutes passed.
    Expired,
    /// The operating system's keyring is not there.
    KeyringAbsent,
    /// The keyring did not answer in time: locked.
    KeyringLocked,
    /// The browser could not be opened.
    BrowserFailed,
    /// Another running Hedgerow holds the data folder.
    InUse,
    /// A newer version wrote the ledger; it is left untouched.
    NewerLedger,
    /// Something in this app failed; the log has more.
    Internal,
}

/// What changed, so that the window reads again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// Accounts, active project, keyring.
    Boot,
    /// The servers or their counts, or the state of the sync.
    Servers,
    /// The tools of one server.
    Tools {
        /// The server.
        server_id: String,
    },
    /// The catalog.
    Catalog,
    /// A connection flow.
    Flows,
    /// What waits in Review, or how watching stands.
    Review,
    /// A line of Activity.
    Activity,
    /// A batch goes on.
    Batches,
    /// A second start asked the window to come forward, or a link arrived.
    Raised,
    /// A notification was clicked: show Review.
    ShowReview,
    /// A part of the app crashed and left a trace in the log.
    Crashed,
}
