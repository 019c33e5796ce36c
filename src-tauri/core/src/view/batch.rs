//! What the window is told about deciding on many tools: the plan, then how it goes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CommandError, Decision, ReviewGroup, ToolFilter, ToolRow};

/// A tool and the definition of it that was on screen.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct SeenTool {
    /// Installation id.
    pub server_id: String,
    /// Upstream tool name.
    pub tool: String,
    /// Fingerprint of the definition that was on screen.
    pub fingerprint: String,
}

/// Which tools a plan is about.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Selection {
    /// These, at most 20,000.
    Tools {
        /// Each with what was on screen.
        tools: Vec<SeenTool>,
    },
    /// All of a group of Review that is not put off.
    Group {
        /// The group.
        group: ReviewGroup,
        /// Revision of the list that was on screen.
        #[ts(type = "number")]
        revision: i64,
    },
    /// Tools of one server, as the table shows them.
    Server {
        /// Installation id.
        server_id: String,
        /// As typed.
        search: String,
        /// As chosen.
        filter: ToolFilter,
    },
}

/// What a plan says of a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanPart {
    /// Will be sent.
    Change,
    /// Is so already, on the definition that is pinned.
    Already,
    /// A rule of the team fixes it.
    Locked,
    /// Looser than the team's ceiling.
    Ceiling,
    /// The connection belongs to a colleague.
    NotYours,
    /// Its name has no address at PostHog (contract 3.12).
    NotAddressable,
    /// Another definition is known by now than the one that was on screen.
    Moved,
    /// Undo only: somebody else has changed it since.
    Foreign,
    /// Not there any more: server or tool.
    Missing,
}

/// A plan: what would happen. Nothing has been sent.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlanView {
    /// Id of the plan, good until the app ends or the plan is applied.
    #[ts(type = "number")]
    pub plan: i64,
    /// What is asked; null when it differs from tool to tool (undo, import).
    pub asked: Option<Decision>,
    /// How many tools fall into each part that has any.
    pub parts: Vec<PlanCount>,
    /// Of those that get another state: by the one they have now.
    pub from: Vec<StateCount>,
    /// Of those that change: are as asked already, and only which definition was decided on changes.
    pub only_pins: u32,
    /// Of those that change: become less strict.
    pub looser: u32,
    /// These are many: applying asks once more.
    pub asks_again: bool,
    /// Undo only: tools that keep an explicit choice where a preset or the team ruled before (contract 4.2).
    pub keeps_over_team: u32,
    /// Undo only: tools that keep an explicit choice where only PostHog's default ruled before.
    pub keeps_over_default: u32,
    /// About how long the sending takes under PostHog's limits, seconds.
    pub seconds: u32,
}

/// Number of tools in one part of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PlanCount {
    /// The part.
    pub part: PlanPart,
    /// Tools.
    pub count: u32,
}

/// Number of tools in one state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct StateCount {
    /// State as PostHog says it.
    pub state: String,
    /// Tools.
    pub count: u32,
}

/// A window of one part of a plan, or of what became of a batch.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BatchPage {
    /// Rows from `offset` on.
    pub items: Vec<BatchItem>,
    /// Rows in all.
    pub total: u32,
}

/// One tool of a plan or a batch.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BatchItem {
    /// Installation id.
    pub server_id: String,
    /// Name of the server.
    pub server_name: String,
    /// Upstream tool name, exactly.
    pub tool: String,
    /// The name as text to show.
    pub label: String,
    /// State when the plan was made.
    pub before: String,
    /// What is asked of PostHog.
    pub asked: String,
    /// What became of it.
    pub result: ItemResult,
    /// State PostHog answered; empty before it has.
    pub answered: String,
    /// Why, where the result needs it: PostHog's words.
    pub problem: Option<CommandError>,
    /// The tool as it is known now, if it is.
    pub row: Option<ToolRow>,
}

/// What became of one tool of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ItemResult {
    /// Not sent yet.
    Waiting,
    /// Being sent right now.
    Sent,
    /// As asked.
    AsAsked,
    /// PostHog keeps another state.
    KeptOtherwise,
    /// PostHog's answer has another definition: nothing was pinned.
    DefinitionChanged,
    /// PostHog refused.
    Refused,
    /// No answer came and the truth could not be read yet.
    Unknown,
    /// Not sent: stopped before, or the definition moved while it waited.
    Skipped,
}

/// Where a batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    /// Tools are being sent.
    Running,
    /// Paused by the person.
    Paused,
    /// Stopped by the person: what was done stays.
    Stopped,
    /// The app or the connection ended in the middle: finish or undo.
    Interrupted,
    /// Everything was sent and read back.
    Done,
}

/// What a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, TS)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum BatchKind {
    /// A decision on many tools.
    Decide,
    /// Takes an earlier batch or decision back.
    Undo,
    /// From a policy file.
    Import,
    /// Changed allowed tools set back to *Ask first* by this app itself.
    Automatic,
    /// Accepted as they are; nothing was sent.
    Accept,
}

/// How a batch goes.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BatchView {
    /// Its number.
    #[ts(type = "number")]
    pub id: i64,
    /// What it is.
    pub kind: BatchKind,
    /// What is asked; null when it differs from tool to tool.
    pub asked: Option<Decision>,
    /// Where it stands.
    pub state: BatchState,
    /// When it began.
    pub began_at: String,
    /// When it ended.
    pub ended_at: Option<String>,
    /// Tools in all.
    pub total: u32,
    /// By what became of them.
    pub results: Vec<ResultCount>,
    /// While PostHog's limit holds everything up: when it goes on, milliseconds since the epoch.
    #[ts(type = "number | null")]
    pub resumes_ms: Option<i64>,
    /// About how long the rest takes, seconds.
    pub seconds_left: u32,
    /// Why it was interrupted.
    pub problem: Option<CommandError>,
    /// Something of it can be taken back.
    pub can_undo: bool,
    /// Some of it failed and can be tried again; what was stopped has not failed.
    pub can_retry: bool,
    /// The batch this one takes back.
    #[ts(type = "number | null")]
    pub undoes: Option<i64>,
}

/// Entries of Review that were put off, or brought back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PutOffDone {
    /// Which ones: what taking it back asks for.
    pub tools: Vec<SeenTool>,
    /// Left, because another definition is known by now or nothing of it waits any more.
    pub moved: u32,
}

/// Number of tools with one result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ResultCount {
    /// The result.
    pub result: ItemResult,
    /// Tools.
    pub count: u32,
}
