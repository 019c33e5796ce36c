//! What a backup takes along of one scope.

mod merge;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use tokio_stream::{Stream, StreamExt};

use super::definitions::IN_TIME;
use super::ledger::{Ledger, Scope};
use super::open::StoreError;
use crate::view::ReviewGroup;

pub use merge::{Merge, Merged};

/// A definition as it came. Times are ms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
#[serde(deny_unknown_fields)]
pub struct KeptDefinition {
    /// Its fingerprint.
    pub fingerprint: String,
    /// Upstream name.
    pub name: String,
    /// Title, may be empty.
    pub title: String,
    /// Description, may be empty.
    pub description: String,
    /// Input schema, byte for byte.
    pub schema: String,
    /// First seen.
    pub first_at: i64,
}

/// What is known of one tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptTool {
    /// Address of its server.
    pub server_url: String,
    /// Upstream name.
    pub name: String,
    /// The definition it had when it was last decided on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<KeptPin>,
    /// Evidence in its text that the person knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<KeptFinding>,
    /// Definitions it was seen with, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<KeptObservation>,
    /// What the person said about it in Review without deciding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<KeptMark>,
    /// Its decisions, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub journal: Vec<KeptDecision>,
}

/// A pin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
#[serde(deny_unknown_fields)]
pub struct KeptPin {
    /// Fingerprint of the definition.
    pub fingerprint: String,
    /// State that was decided.
    pub state: String,
    /// When.
    pub at: i64,
}

/// Evidence the person knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
#[serde(deny_unknown_fields)]
pub struct KeptFinding {
    /// Id of the finding.
    pub finding: String,
    /// Since when.
    pub at: i64,
}

/// A definition stood at the tool from then to then, as far as it was noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
#[serde(deny_unknown_fields)]
pub struct KeptObservation {
    /// Fingerprint of the definition.
    pub fingerprint: String,
    /// First noticed there.
    pub from_at: i64,
    /// Noticed to be gone; absent while it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_at: Option<i64>,
}

/// What the person said about an entry of Review without deciding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
#[serde(deny_unknown_fields)]
pub struct KeptMark {
    /// Which one.
    pub what: MarkKind,
    /// Fingerprint of the definition it holds for.
    pub fingerprint: String,
    /// Where it was put off; absent before that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[sqlx(rename = "review_group")]
    pub group: Option<ReviewGroup>,
    /// When.
    pub at: i64,
}

/// The kinds of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum MarkKind {
    /// Put off.
    Later,
    /// It is known that the tool is gone.
    RemovalNoted,
}

/// A decision of the journal. `id` only ties it to what else the file says of the tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the columns of the table `decision`")]
pub struct KeptDecision {
    pub id: i64,
    pub kind: JournalKind,
    pub before: String,
    pub before_by: String,
    pub asked: String,
    pub fingerprint_seen: String,
    pub asked_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint_pinned: Option<String>,
    pub result: JournalResult,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<i64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub moved_pin: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin_before: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin_before_state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin_before_decision: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin_before_at: Option<i64>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// The kinds of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
#[expect(missing_docs, reason = "see `ActivityKind`")]
pub enum JournalKind {
    Decided,
    Accepted,
    Baseline,
    Imported,
    Undone,
    Automatic,
}

/// What became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
#[expect(missing_docs, reason = "see `DecisionOutcome` and `ItemResult`")]
pub enum JournalResult {
    Open,
    AsAsked,
    KeptOtherwise,
    DefinitionChanged,
    Refused,
    Unknown,
}

/// Something that is kept of a tool.
#[derive(sqlx::FromRow)]
struct OfTool<T> {
    tool_id: i64,
    #[sqlx(flatten)]
    kept: T,
}

#[derive(sqlx::FromRow)]
struct JournalRow {
    server_url: String,
    tool: String,
    #[sqlx(flatten)]
    decision: KeptDecision,
}

impl Ledger {
    /// Tools of which something is known, by address and name, without their journals.
    pub async fn kept_tools(&self, scope: &Scope) -> Result<Vec<KeptTool>, StoreError> {
        let mut pins =
            self.of_tools::<KeptPin>(scope, "tool_id, fingerprint, state, at FROM pin", "at").await?;
        let mut known =
            self.of_tools::<KeptFinding>(scope, "tool_id, finding, at FROM known_finding", "finding").await?;
        let seen = "tool_id, fingerprint, from_at, until_at FROM observation";
        let mut seen = self.of_tools::<KeptObservation>(scope, seen, IN_TIME).await?;
        let mut marks = self
            .of_tools::<KeptMark>(scope, "tool_id, what, fingerprint, at, review_group FROM mark", "what")
            .await?;
        let tools: Vec<(i64, String, String)> = sqlx::query_as(
            "SELECT id, server_url, name FROM tool WHERE scope_id = ?1 AND (
                 EXISTS (SELECT 1 FROM pin WHERE tool_id = tool.id)
                 OR EXISTS (SELECT 1 FROM known_finding WHERE tool_id = tool.id)
                 OR EXISTS (SELECT 1 FROM observation WHERE tool_id = tool.id)
                 OR EXISTS (SELECT 1 FROM mark WHERE tool_id = tool.id)
                 OR EXISTS (SELECT 1 FROM decision WHERE tool_id = tool.id))
             ORDER BY server_url, name",
        )
        .bind(scope.id)
        .fetch_all(&self.db.read)
        .await?;
        let tool = |(id, server_url, name)| KeptTool {
            server_url,
            name,
            pin: pins.remove(&id).and_then(|mut pins| pins.pop()),
            known: known.remove(&id).unwrap_or_default(),
            seen: seen.remove(&id).unwrap_or_default(),
            marks: marks.remove(&id).unwrap_or_default(),
            journal: Vec::new(),
        };
        Ok(tools.into_iter().map(tool).collect())
    }

    /// Rows of a table that belong to tools of the scope, by the tools' ids.
    async fn of_tools<T>(
        &self,
        scope: &Scope,
        rows: &str,
        order: &str,
    ) -> Result<HashMap<i64, Vec<T>>, StoreError>
    where
        T: Send + Unpin + for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow>,
    {
        let sql = format!(
            "SELECT {rows} WHERE tool_id IN (SELECT id FROM tool WHERE scope_id = ?) ORDER BY tool_id, {order}"
        );
        let rows: Vec<OfTool<T>> =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.id).fetch_all(&self.db.read).await?;
        let mut of: HashMap<i64, Vec<T>> = HashMap::new();
        for OfTool { tool_id, kept } in rows {
            of.entry(tool_id).or_default().push(kept);
        }
        Ok(of)
    }

    /// The journal, by address and name of the tools and then oldest first, as (address, name, decision).
    pub fn kept_journal(
        &self,
        scope: &Scope,
    ) -> impl Stream<Item = Result<(String, String, KeptDecision), StoreError>> + Unpin {
        let rows = sqlx::query_as(
            "SELECT tool.server_url, tool.name AS tool, decision.id, kind, before, before_by, asked, fingerprint_seen,
                    asked_at, answered, decided_by, fingerprint_pinned, result, answered_at, undoes, moved_pin,
                    pin_before, pin_before_state, pin_before_decision, pin_before_at, words
             FROM tool CROSS JOIN decision ON decision.tool_id = tool.id
             WHERE scope_id = ? ORDER BY tool.server_url, tool.name, asked_at, decision.id",
        )
        .bind(scope.id)
        .fetch(&self.db.read);
        rows.map(|row: Result<JournalRow, _>| {
            row.map(|row| (row.server_url, row.tool, row.decision)).map_err(StoreError::from)
        })
    }

    /// Every definition that stood at a tool of the scope or is pinned there.
    pub fn kept_definitions(
        &self,
        scope: &Scope,
    ) -> impl Stream<Item = Result<KeptDefinition, StoreError>> + Unpin {
        let rows = sqlx::query_as(
            "SELECT fingerprint, name, title, description, schema, first_at FROM definition WHERE fingerprint IN (
                 SELECT fingerprint FROM observation JOIN tool ON tool.id = tool_id WHERE scope_id = ?1
                 UNION SELECT fingerprint FROM pin JOIN tool ON tool.id = tool_id WHERE scope_id = ?1)
             ORDER BY fingerprint",
        )
        .bind(scope.id)
        .fetch(&self.db.read);
        rows.map(|row| row.map_err(StoreError::from))
    }
}

#[cfg(test)]
mod tests;
