//! The journal in a backup.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sqlx::{Sqlite, Transaction};
use tokio_stream::{Stream, StreamExt};

use crate::store::{Ledger, Scope, StoreError};

/// A decision of the journal. `id` only ties it to what else the file says of the tool, and `batch` to a batch there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the columns of the table `decision`")]
pub struct KeptDecision {
    pub id: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<i64>,
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

#[derive(sqlx::FromRow)]
struct JournalRow {
    server_url: String,
    tool: String,
    #[sqlx(flatten)]
    decision: KeptDecision,
}

/// Which numbers what the file tells of has here.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// Of its batches.
    pub(super) batches: HashMap<i64, i64>,
    /// Of its decisions, each with the ledger's row of its tool: a reference leads to no other tool.
    pub(super) decisions: HashMap<(i64, i64), i64>,
}

impl Ledger {
    /// The journal, by address and name of the tools and then oldest first, as (address, name, decision).
    pub fn kept_journal(
        &self,
        scope: &Scope,
    ) -> impl Stream<Item = Result<(String, String, KeptDecision), StoreError>> + Unpin {
        let rows = sqlx::query_as(
            "SELECT tool.server_url, tool.name AS tool, decision.id,
                    CAST(batch AS INTEGER) AS batch, kind, before, before_by, asked, fingerprint_seen,
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
}

/// Adds the decisions that are not there. One that is there and knows no batch joins the one it was made in: it came with
/// a backup that had none.
pub(super) async fn put_journal(
    tx: &mut Transaction<'_, Sqlite>,
    tool: i64,
    journal: &[KeptDecision],
    numbers: &mut Numbers,
) -> Result<(), StoreError> {
    for kept in journal {
        let there: Option<i64> = sqlx::query_scalar(
            "SELECT id FROM decision WHERE tool_id = ? AND asked_at = ? AND kind = ? AND asked = ?",
        )
        .bind(tool)
        .bind(kept.asked_at)
        .bind(kept.kind)
        .bind(&kept.asked)
        .fetch_optional(&mut **tx)
        .await?;
        let batch = kept.batch.and_then(|batch| numbers.batches.get(&batch)).map(ToString::to_string);
        let number = match there {
            Some(number) => {
                sqlx::query("UPDATE decision SET batch = ? WHERE id = ? AND batch IS NULL")
                    .bind(batch)
                    .bind(number)
                    .execute(&mut **tx)
                    .await?;
                number
            }
            None => add_decision(tx, tool, (kept, batch), numbers).await?,
        };
        numbers.decisions.insert((tool, kept.id), number);
    }
    Ok(())
}

async fn add_decision(
    tx: &mut Transaction<'_, Sqlite>,
    tool: i64,
    (kept, batch): (&KeptDecision, Option<String>),
    numbers: &Numbers,
) -> Result<i64, StoreError> {
    let here =
        |number: Option<i64>| number.and_then(|number| numbers.decisions.get(&(tool, number)).copied());
    // One that was on its way when the backup was made: nobody here waits for its answer.
    let result = if kept.result == JournalResult::Open { JournalResult::Unknown } else { kept.result };
    Ok(sqlx::query_scalar(
        "INSERT INTO decision (tool_id, batch, kind, before, before_by, asked, fingerprint_seen, asked_at, answered,
                               decided_by, fingerprint_pinned, result, answered_at, undoes, moved_pin, pin_before,
                               pin_before_state, pin_before_decision, pin_before_at, words)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(tool)
    .bind(batch)
    .bind(kept.kind)
    .bind(&kept.before)
    .bind(&kept.before_by)
    .bind(&kept.asked)
    .bind(&kept.fingerprint_seen)
    .bind(kept.asked_at)
    .bind(&kept.answered)
    .bind(&kept.decided_by)
    .bind(&kept.fingerprint_pinned)
    .bind(result)
    .bind(kept.answered_at)
    .bind(here(kept.undoes))
    .bind(kept.moved_pin)
    .bind(&kept.pin_before)
    .bind(&kept.pin_before_state)
    .bind(here(kept.pin_before_decision))
    .bind(kept.pin_before_at)
    .bind(&kept.words)
    .fetch_one(&mut **tx)
    .await?)
}
