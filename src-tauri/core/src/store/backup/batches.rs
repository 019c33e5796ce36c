//! Batches in a backup. There they have all ended: a plan is carried out by the machine that made it.

use std::collections::{HashMap, VecDeque};

use serde::{Deserialize, Serialize};
use sqlx::{Sqlite, Transaction};

use super::journal::Numbers;
use crate::store::definitions::tool_id;
use crate::store::{Ledger, Scope, StoreError};
use crate::view::BatchKind;

/// A batch. `id` only ties it to what else the file tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptBatch {
    /// Its number where the file was made.
    pub id: i64,
    /// What it is.
    pub kind: BatchKind,
    /// What is asked, when it is the same for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// The batch it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<i64>,
    /// How it ended.
    pub state: KeptState,
    /// When it began.
    pub began_at: i64,
    /// When it ended; absent when it had not yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<i64>,
    /// Why it was interrupted: a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// And somebody's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Its places in their order.
    pub items: Vec<KeptItem>,
}

/// How a batch ended. There is no word for one that goes on, so that no file can make one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum KeptState {
    /// Everything was sent.
    Done,
    /// The rest was not; also what had not ended when the backup was made.
    Stopped,
}

/// A place of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the columns of the table `batch_item`")]
pub struct KeptItem {
    pub server_url: String,
    pub tool: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub server_id: String,
    pub asked: String,
    pub before: String,
    pub before_by: String,
    pub fingerprint: String,
    pub pin: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<i64>,
    pub result: KeptResult,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// What became of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
#[expect(missing_docs, reason = "see `ItemResult`; what waited is skipped, what was on its way unknown")]
pub enum KeptResult {
    AsAsked,
    KeptOtherwise,
    DefinitionChanged,
    Refused,
    Unknown,
    Skipped,
}

#[derive(sqlx::FromRow)]
struct BatchRow {
    id: i64,
    kind: BatchKind,
    asked: Option<String>,
    undoes: Option<i64>,
    state: KeptState,
    began_at: i64,
    ended_at: Option<i64>,
    problem: Option<String>,
    words: String,
}

impl Ledger {
    /// Numbers of the batches, oldest first.
    pub async fn kept_batches(&self, scope: &Scope) -> Result<Vec<i64>, StoreError> {
        Ok(sqlx::query_scalar("SELECT id FROM batch WHERE scope_id = ? ORDER BY began_at, id")
            .bind(scope.id)
            .fetch_all(&self.db.read)
            .await?)
    }

    /// One of them, as if it were stopped now if it has not ended.
    pub async fn kept_batch(&self, batch: i64) -> Result<KeptBatch, StoreError> {
        let mut tx = self.db.read.begin().await?;
        let row: BatchRow = sqlx::query_as(
            "SELECT id, kind, asked, undoes, CASE state WHEN 'done' THEN 'done' ELSE 'stopped' END AS state,
                    began_at, ended_at, problem, words
             FROM batch WHERE id = ?",
        )
        .bind(batch)
        .fetch_one(&mut *tx)
        .await?;
        let items = sqlx::query_as(
            "SELECT tool.server_url, tool.name AS tool, server_id, asked, before, before_by, fingerprint, pin, undoes,
                    CASE result WHEN 'waiting' THEN 'skipped' WHEN 'sent' THEN 'unknown' ELSE result END AS result,
                    decision_id AS decision, CASE result WHEN 'waiting' THEN NULL ELSE problem END AS problem
             FROM batch_item JOIN tool ON tool.id = tool_id WHERE batch_id = ? ORDER BY position",
        )
        .bind(batch)
        .fetch_all(&mut *tx)
        .await?;
        let BatchRow { id, kind, asked, undoes, state, began_at, ended_at, problem, words } = row;
        Ok(KeptBatch { id, kind, asked, undoes, state, began_at, ended_at, problem, words, items })
    }
}

/// Adds the batches that are not there, without their places, which need the journal; answers those.
pub(super) async fn put_batches<'a>(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    batches: &'a [KeptBatch],
    numbers: &mut Numbers,
) -> Result<Vec<&'a KeptBatch>, StoreError> {
    let here: Vec<(i64, BatchKind, i64, Option<String>)> =
        sqlx::query_as("SELECT id, kind, began_at, asked FROM batch WHERE scope_id = ? ORDER BY id")
            .bind(scope.id)
            .fetch_all(&mut **tx)
            .await?;
    let mut known: HashMap<_, VecDeque<i64>> = HashMap::new();
    for (id, kind, began_at, asked) in here {
        known.entry((kind, began_at, asked)).or_default().push_back(id);
    }
    let mut added = Vec::new();
    for kept in batches {
        // Each of those here is one of the file at most.
        let there = known.get_mut(&(kept.kind, kept.began_at, kept.asked.clone()));
        let number = match there.and_then(VecDeque::pop_front) {
            Some(number) => number,
            None => {
                added.push(kept);
                add_batch(tx, scope, kept).await?
            }
        };
        numbers.batches.insert(kept.id, number);
    }
    Ok(added)
}

async fn add_batch(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    kept: &KeptBatch,
) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(
        "INSERT INTO batch (scope_id, kind, asked, state, began_at, ended_at, problem, words)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(scope.id)
    .bind(kept.kind)
    .bind(&kept.asked)
    .bind(kept.state)
    .bind(kept.began_at)
    .bind(kept.ended_at)
    .bind(&kept.problem)
    .bind(&kept.words)
    .fetch_one(&mut **tx)
    .await?)
}

/// Adds the places of a batch that was not there, each with its decision, and ties the batch to the one it takes back.
pub(super) async fn put_items(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    kept: &KeptBatch,
    numbers: &Numbers,
) -> Result<(), StoreError> {
    let batch = numbers.batches.get(&kept.id);
    sqlx::query("UPDATE batch SET undoes = ? WHERE id = ?")
        .bind(kept.undoes.and_then(|undone| numbers.batches.get(&undone)))
        .bind(batch)
        .execute(&mut **tx)
        .await?;
    for (position, item) in (0_i64..).zip(&kept.items) {
        let tool = tool_id(&mut **tx, scope, &item.server_url, &item.tool).await?;
        let here = |number: Option<i64>| number.and_then(|number| numbers.decisions.get(&(tool, number)));
        // A decision has one place: taking it back twice would be sent twice.
        sqlx::query(
            "INSERT INTO batch_item (batch_id, position, tool_id, server_id, asked, before, before_by, fingerprint, pin,
                                     undoes, result, problem, decision_id)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,
                    CASE WHEN EXISTS (SELECT 1 FROM batch_item WHERE decision_id = ?13) THEN NULL ELSE ?13 END",
        )
        .bind(batch)
        .bind(position)
        .bind(tool)
        .bind(&item.server_id)
        .bind(&item.asked)
        .bind(&item.before)
        .bind(&item.before_by)
        .bind(&item.fingerprint)
        .bind(item.pin)
        .bind(here(item.undoes))
        .bind(item.result)
        .bind(&item.problem)
        .bind(here(item.decision))
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
