//! Batches: the whole plan is written before the first request, and every place says what became of it.

mod states;
mod write;

use super::ledger::{Ledger, Scope};
use super::open::StoreError;

pub(super) use write::{insert_batch, silent_step};

/// A batch about to begin.
#[derive(Clone, Copy, Debug)]
pub struct NewBatch<'a> {
    /// `decide`, `undo`, `import`, `automatic` or `accept`.
    pub kind: &'a str,
    /// What is asked, when it is the same for all.
    pub asked: Option<&'a str>,
    /// The batch it takes back.
    pub undoes: Option<i64>,
    /// Now, ms.
    pub at: i64,
}

/// One place of a batch about to begin.
#[derive(Clone, Copy, Debug)]
pub struct NewItem<'a> {
    /// Address of the server.
    pub server_url: &'a str,
    /// Installation that will be asked.
    pub server_id: &'a str,
    /// Upstream tool name.
    pub tool: &'a str,
    /// What is asked.
    pub asked: &'a str,
    /// State when planned.
    pub before: &'a str,
    /// Who had decided.
    pub before_by: &'a str,
    /// The definition the plan is for.
    pub fingerprint: &'a str,
    /// It may be pinned.
    pub pin: bool,
    /// The decision it takes back.
    pub undoes: Option<i64>,
}

/// What a step that asks nobody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silent {
    /// Pins the definition and the state as they are.
    Pin,
    /// Pins them as a backup says, as of then, ms.
    PinSince(i64),
    /// Notes that the tool is gone.
    NoteRemoval,
    /// Takes such a step back.
    TakeBack,
}

/// A batch of the journal.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredBatch {
    /// Its number.
    pub id: i64,
    /// What it is.
    pub kind: String,
    /// What is asked, when it is the same for all.
    pub asked: Option<String>,
    /// The batch it takes back.
    pub undoes: Option<i64>,
    /// Where it stands.
    pub state: String,
    /// ms.
    pub began_at: i64,
    /// ms.
    pub ended_at: Option<i64>,
    /// Why it was interrupted: a code.
    pub problem: Option<String>,
    /// And somebody's words.
    pub words: String,
}

/// One place of a batch.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredItem {
    /// Its place, from 0.
    pub position: i64,
    /// Address of the server.
    pub server_url: String,
    /// Installation that is asked.
    pub server_id: String,
    /// Upstream tool name.
    pub tool: String,
    /// What is asked.
    pub asked: String,
    /// State when planned.
    pub before: String,
    /// The definition the plan was made for.
    pub fingerprint: String,
    /// It may be pinned.
    pub pin: bool,
    /// The decision it takes back.
    pub undoes: Option<i64>,
    /// What became of it.
    pub result: String,
    /// Its last row in the journal.
    pub decision_id: Option<i64>,
    /// Why it was refused or skipped: a code.
    pub problem: Option<String>,
    /// What PostHog answered.
    pub answered: Option<String>,
    /// PostHog's words where it refused.
    pub words: String,
}

const ITEM: &str =
    "SELECT position, tool.server_url, batch_item.server_id, tool.name AS tool, batch_item.asked,
        batch_item.before, fingerprint, batch_item.pin, batch_item.undoes, batch_item.result, decision_id, batch_item.problem,
        decision.answered, coalesce(decision.words, '') AS words
    FROM batch_item JOIN tool ON tool.id = batch_item.tool_id LEFT JOIN decision ON decision.id = decision_id
    WHERE batch_item.batch_id = ?";

const BATCH: &str = "SELECT id, kind, asked, undoes, state, began_at, ended_at, problem, words FROM batch";

impl Ledger {
    /// Batches, newest first, at most 50. By time: what a backup brought has higher numbers than what was begun after it.
    pub async fn batches(&self, scope: &Scope) -> Result<Vec<StoredBatch>, StoreError> {
        let sql = format!("{BATCH} WHERE scope_id = ? ORDER BY began_at DESC, id DESC LIMIT 50");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.id).fetch_all(&self.db.read).await?)
    }

    /// One batch.
    pub async fn batch(&self, scope: &Scope, batch: i64) -> Result<Option<StoredBatch>, StoreError> {
        let sql = format!("{BATCH} WHERE scope_id = ? AND id = ?");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(scope.id)
            .bind(batch)
            .fetch_optional(&self.db.read)
            .await?)
    }

    /// The batch whose turn it is: the oldest that runs.
    pub async fn next_batch(&self, scope: &Scope) -> Result<Option<StoredBatch>, StoreError> {
        let sql = format!("{BATCH} WHERE scope_id = ? AND state = 'running' ORDER BY id LIMIT 1");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.id).fetch_optional(&self.db.read).await?)
    }

    /// The next place of a batch that waits, as long as the batch runs.
    pub async fn next_item(&self, batch: i64) -> Result<Option<StoredItem>, StoreError> {
        let sql = format!(
            "{ITEM} AND batch_item.result = 'waiting' AND (SELECT state FROM batch WHERE id = batch_id) = 'running'
             ORDER BY position LIMIT 1"
        );
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(batch).fetch_optional(&self.db.read).await?)
    }

    /// A window of a batch's places, all or those with one result, and how many there are.
    pub async fn batch_items(
        &self,
        batch: i64,
        result: Option<&str>,
        offset: u32,
        limit: u32,
    ) -> Result<(Vec<StoredItem>, u32), StoreError> {
        let sql =
            format!("{ITEM} AND (? IS NULL OR batch_item.result = ?) ORDER BY position LIMIT ? OFFSET ?");
        let items = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(batch)
            .bind(result)
            .bind(result)
            .bind(limit)
            .bind(offset)
            .fetch_all(&self.db.read)
            .await?;
        let total = sqlx::query_scalar(
            "SELECT count(*) FROM batch_item WHERE batch_id = ? AND (? IS NULL OR result = ?)",
        )
        .bind(batch)
        .bind(result)
        .bind(result)
        .fetch_one(&self.db.read)
        .await?;
        Ok((items, total))
    }

    /// How many places have which result.
    pub async fn batch_results(&self, batch: i64) -> Result<Vec<(String, u32)>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT result, count(*) FROM batch_item WHERE batch_id = ? GROUP BY result ORDER BY result",
        )
        .bind(batch)
        .fetch_all(&self.db.read)
        .await?)
    }

    /// Whether something of a batch was done, or may have been, and has not been taken back.
    pub async fn can_undo(&self, batch: i64) -> Result<bool, StoreError> {
        Ok(sqlx::query_scalar(
            "SELECT EXISTS (
                SELECT 1 FROM batch_item JOIN decision ON decision.id = decision_id
                WHERE batch_id = ? AND decision.result NOT IN ('open', 'refused')
                  AND NOT EXISTS (SELECT 1 FROM decision AS undo WHERE undo.undoes = decision.id
                                  AND undo.result NOT IN ('open', 'refused', 'unknown')))",
        )
        .bind(batch)
        .fetch_one(&self.db.read)
        .await?)
    }

    /// The servers at which a batch has sent anything: installation and address.
    pub async fn batch_servers(&self, batch: i64) -> Result<Vec<(String, String)>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT DISTINCT server_id, server_url FROM batch_item JOIN tool ON tool.id = tool_id
             WHERE batch_id = ? AND decision_id IS NOT NULL ORDER BY server_url, server_id",
        )
        .bind(batch)
        .fetch_all(&self.db.read)
        .await?)
    }
}
