//! Tools, and what became of a decision about one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ActivityKind, Decision, ReviewGroup};

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
    /// What it was, in the words of Activity; `first_contact` for a tool that was there when its server was first seen.
    pub what: ActivityKind,
    /// For decisions: state before.
    pub before: String,
    /// For decisions: what was asked.
    pub asked: String,
    /// For decisions: what PostHog answered; empty when it did not or was not asked.
    pub answered: String,
    /// For decisions: what came of it, as in Activity; else empty.
    pub result: String,
    /// For decisions: PostHog's words where it refused.
    pub words: String,
    /// The definition that counts as decided on comes from this decision.
    pub pins: bool,
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
