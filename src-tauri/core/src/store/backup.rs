//! What a backup takes along of one scope.

mod batches;
mod events;
mod journal;
mod merge;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use tokio_stream::{Stream, StreamExt};

use super::definitions::IN_TIME;
use super::ledger::{Ledger, Scope};
use super::open::StoreError;
use crate::view::ReviewGroup;

pub use batches::{KeptBatch, KeptItem, KeptResult, KeptState};
pub use events::KeptEvent;
pub use journal::{JournalKind, JournalResult, KeptDecision};
pub use merge::{Kept, Merge, Merged};

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

/// Something that is kept of a tool.
#[derive(sqlx::FromRow)]
struct OfTool<T> {
    tool_id: i64,
    #[sqlx(flatten)]
    kept: T,
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
