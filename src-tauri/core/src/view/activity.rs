//! What the Activity screen and the files are told.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PlanView;

/// What happened. The ledger holds the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, TS)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum ActivityKind {
    /// A person decided here.
    Decided,
    /// A person accepted a definition as it is.
    Accepted,
    /// A person accepted what was found at first contact.
    Baseline,
    /// Came with a policy file or a backup.
    Imported,
    /// A person took a decision back.
    Undone,
    /// This app set a changed allowed tool to *Ask first* by itself.
    Automatic,
    /// A definition replaced another.
    Changed,
    /// A definition went back to the pinned one before anybody reviewed it.
    ChangedBack,
    /// A tool appeared.
    New,
    /// A tool is not offered any more.
    Removed,
    /// A tool came back.
    Returned,
    /// A server was seen for the first time.
    FirstContact,
    /// A login was found broken.
    LoginBroken,
    /// A login was found working again.
    LoginWorks,
    /// PostHog could not read a server.
    ReadFailed,
    /// A server is not in the project any more.
    ServerGone,
    /// A callback link came.
    LinkCame,
}

/// Which lines of Activity to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActivityFilter {
    /// Everything.
    #[default]
    All,
    /// What was decided, accepted or undone here.
    Decisions,
    /// What syncs found at tools.
    Tools,
    /// Logins, readings, links, servers.
    Connections,
}

/// A window of Activity, newest first.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ActivityPage {
    /// Lines from `offset` on.
    pub rows: Vec<ActivityRow>,
    /// Lines that match in all.
    pub total: u32,
}

/// One line of Activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ActivityRow {
    /// Stable id.
    pub id: String,
    /// When it was done or noticed here.
    pub at: String,
    /// What happened.
    pub what: ActivityKind,
    /// The server, if it is still in the project.
    pub server_id: Option<String>,
    /// Name of the server, or its host.
    pub server_name: String,
    /// Upstream tool name, exactly; null for what concerns a server.
    pub tool: Option<String>,
    /// The name as text to show; empty for what concerns a server.
    pub label: String,
    /// For decisions: state before.
    pub before: String,
    /// For decisions: what was asked.
    pub asked: String,
    /// For decisions: what PostHog answered; empty when it did not.
    pub answered: String,
    /// For decisions: `open`, `as_asked`, `kept_otherwise`, `definition_changed`, `refused` or `unknown`; else empty.
    pub result: String,
    /// More words where there are any: a server's error, a count.
    pub words: String,
    /// The batch it belongs to.
    #[ts(type = "number | null")]
    pub batch: Option<i64>,
    /// The decision's number, for undoing; null where there is nothing to undo.
    #[ts(type = "number | null")]
    pub undo: Option<i64>,
}

/// How Activity is written to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportKind {
    /// Activity as JSON.
    ActivityJson,
    /// Activity as CSV.
    ActivityCsv,
    /// The project's policy: servers by address, tools by name, decisions, fingerprints.
    Policy,
    /// Pins, definitions and the journal of the project.
    Backup,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ExportedFile {
    /// Its name.
    pub name: String,
    /// Its folder, to show.
    pub folder: String,
    /// Lines, tools or pins in it.
    pub count: u32,
}

/// What a policy file or a backup would do: a dry run.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ImportPlan {
    /// What the file is.
    pub kind: ImportKind,
    /// For a policy: the plan of its decisions. Nothing has been sent.
    pub plan: Option<PlanView>,
    /// Servers of the file that this project does not have: their addresses.
    pub unknown_servers: Vec<String>,
    /// Tools of the file that their server does not offer, as `server · tool`, at most 200.
    pub unknown_tools: Vec<String>,
    /// Tools whose definition here is not the one the file was made with, as `server · tool`, at most 200: not pinned.
    pub other_definitions: Vec<String>,
    /// For a backup: pins that would be added.
    pub new_pins: u32,
    /// For a backup: pins here that are newer than the file's and stay.
    pub kept_pins: u32,
    /// For a backup: decisions on many tools that would be added to Activity as one step each.
    pub new_batches: u32,
    /// For a backup: lines of what was noticed that would be added to Activity.
    pub new_events: u32,
}

/// What an imported file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// A policy.
    Policy,
    /// A backup of pins and journal.
    Backup,
}
