//! Batches: the whole plan is written before the first request, and every place says what became of it.

use sqlx::{Sqlite, Transaction};

use super::definitions::tool_id;
use super::ledger::{Ledger, Scope};
use super::open::StoreError;
use super::pins::{Pinning, move_pin};

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
    /// Writes a whole plan down, before the first request; answers the batch's number. A batch that it takes back
    /// and that has not ended is stopped by that.
    pub async fn begin_batch(
        &self,
        scope: &Scope,
        new: &NewBatch<'_>,
        items: &[NewItem<'_>],
    ) -> Result<i64, StoreError> {
        let mut tx = self.db.write.begin().await?;
        let batch = insert_batch(&mut tx, scope, new, "running").await?;
        for (position, item) in (0_i64..).zip(items) {
            insert_item(&mut tx, scope, batch, position, item).await?;
        }
        if let Some(undone) = new.undoes {
            stop(&mut tx, undone, new.at).await?;
        }
        tx.commit().await?;
        Ok(batch)
    }

    /// Does a whole batch that asks nobody, in one step. Each place with the kind of its row in the journal.
    pub async fn silent_batch(
        &self,
        scope: &Scope,
        new: &NewBatch<'_>,
        steps: &[(NewItem<'_>, &str, Silent)],
    ) -> Result<i64, StoreError> {
        let mut tx = self.db.write.begin().await?;
        let batch = insert_batch(&mut tx, scope, new, "done").await?;
        for (position, (item, kind, silent)) in (0_i64..).zip(steps) {
            silent_step(&mut tx, scope, (batch, position), item, (kind, *silent), new.at).await?;
        }
        tx.commit().await?;
        Ok(batch)
    }

    /// Batches, newest first, at most 50.
    pub async fn batches(&self, scope: &Scope) -> Result<Vec<StoredBatch>, StoreError> {
        let sql = format!("{BATCH} WHERE scope_id = ? ORDER BY id DESC LIMIT 50");
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

    /// A place is not sent, with the code of the reason.
    pub async fn skip_item(
        &self,
        batch: i64,
        position: i64,
        problem: Option<&str>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE batch_item SET result = 'skipped', problem = ? WHERE batch_id = ? AND position = ?",
        )
        .bind(problem)
        .bind(batch)
        .bind(position)
        .execute(&self.db.write)
        .await?;
        Ok(())
    }

    /// Holds a running batch. Answers whether it ran.
    pub async fn pause_batch(&self, scope: &Scope, batch: i64) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE batch SET state = 'paused' WHERE scope_id = ? AND id = ? AND state = 'running'",
        )
        .bind(scope.id)
        .bind(batch)
        .execute(&self.db.write)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Lets a paused or interrupted batch go on. Answers whether it was one.
    pub async fn resume_batch(&self, scope: &Scope, batch: i64) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE batch SET state = 'running', problem = NULL, words = ''
             WHERE scope_id = ? AND id = ? AND state IN ('paused', 'interrupted', 'running')",
        )
        .bind(scope.id)
        .bind(batch)
        .execute(&self.db.write)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Stops a batch that has not ended: the rest is skipped. Answers whether it had not.
    pub async fn stop_batch(&self, scope: &Scope, batch: i64, now: i64) -> Result<bool, StoreError> {
        let mut tx = self.db.write.begin().await?;
        let known: Option<i64> = sqlx::query_scalar("SELECT id FROM batch WHERE scope_id = ? AND id = ?")
            .bind(scope.id)
            .bind(batch)
            .fetch_optional(&mut *tx)
            .await?;
        let stopped = known.is_some() && stop(&mut tx, batch, now).await?;
        tx.commit().await?;
        Ok(stopped)
    }

    /// Lets a batch that has ended run again over what was refused or skipped, and what has an unknown end. Answers
    /// whether there was any.
    pub async fn retry_batch(&self, scope: &Scope, batch: i64) -> Result<bool, StoreError> {
        let mut tx = self.db.write.begin().await?;
        let again: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM batch_item JOIN batch ON batch.id = batch_id
             WHERE scope_id = ? AND batch_id = ? AND result IN ('refused', 'unknown', 'skipped')
               AND state IN ('done', 'stopped', 'interrupted')",
        )
        .bind(scope.id)
        .bind(batch)
        .fetch_one(&mut *tx)
        .await?;
        if again > 0 {
            sqlx::query(
                "UPDATE batch_item SET result = 'waiting', problem = NULL
                 WHERE batch_id = ? AND result IN ('refused', 'skipped')",
            )
            .bind(batch)
            .execute(&mut *tx)
            .await?;
            sqlx::query(
                "UPDATE batch SET state = 'running', ended_at = NULL, problem = NULL, words = '' WHERE id = ?",
            )
            .bind(batch)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(again > 0)
    }

    /// Nothing of a batch is on its way, whatever the journal says: it could not be written when the answer came.
    pub async fn sent_are_unknown(&self, batch: i64) -> Result<(), StoreError> {
        let mut tx = self.db.write.begin().await?;
        sqlx::query(
            "UPDATE decision SET result = 'unknown' WHERE result = 'open'
             AND id IN (SELECT decision_id FROM batch_item WHERE batch_id = ? AND result = 'sent')",
        )
        .bind(batch)
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE batch_item SET result = 'unknown' WHERE batch_id = ? AND result = 'sent'")
            .bind(batch)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// What still has an unknown end although the truth was read will be sent again.
    pub async fn unknown_wait_again(&self, batch: i64) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE batch_item SET result = 'waiting', problem = NULL WHERE batch_id = ? AND result = 'unknown'",
        )
        .bind(batch)
        .execute(&self.db.write)
        .await?;
        Ok(())
    }

    /// Everything of a running batch was sent and read back.
    pub async fn finish_batch(&self, batch: i64, now: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE batch SET state = 'done', ended_at = ? WHERE id = ? AND state = 'running'")
            .bind(now)
            .bind(batch)
            .execute(&self.db.write)
            .await?;
        Ok(())
    }

    /// A running batch cannot go on: the code and the words of the reason.
    pub async fn interrupt_batch(&self, batch: i64, problem: &str, words: &str) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE batch SET state = 'interrupted', problem = ?, words = ? WHERE id = ? AND state = 'running'",
        )
        .bind(problem)
        .bind(words)
        .bind(batch)
        .execute(&self.db.write)
        .await?;
        Ok(())
    }
}

pub(super) async fn insert_batch(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    new: &NewBatch<'_>,
    state: &str,
) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(
        "INSERT INTO batch (scope_id, kind, asked, undoes, state, began_at, ended_at)
         VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(scope.id)
    .bind(new.kind)
    .bind(new.asked)
    .bind(new.undoes)
    .bind(state)
    .bind(new.at)
    .bind((state == "done").then_some(new.at))
    .fetch_one(&mut **tx)
    .await?)
}

/// Answers the ledger's row of the tool.
async fn insert_item(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    batch: i64,
    position: i64,
    item: &NewItem<'_>,
) -> Result<i64, StoreError> {
    let tool = tool_id(&mut **tx, scope, item.server_url, item.tool).await?;
    sqlx::query(
        "INSERT INTO batch_item (batch_id, position, tool_id, server_id, asked, before, before_by, fingerprint, pin,
                                 undoes)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(batch)
    .bind(position)
    .bind(tool)
    .bind(item.server_id)
    .bind(item.asked)
    .bind(item.before)
    .bind(item.before_by)
    .bind(item.fingerprint)
    .bind(item.pin)
    .bind(item.undoes)
    .execute(&mut **tx)
    .await?;
    Ok(tool)
}

/// A row of the journal that asks nobody: as asked, and nothing answered.
async fn insert_silent(
    tx: &mut Transaction<'_, Sqlite>,
    batch: i64,
    tool: i64,
    item: &NewItem<'_>,
    (kind, pinned): (&str, Option<&str>),
    now: i64,
) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(
        "INSERT INTO decision (tool_id, batch, kind, before, before_by, asked, fingerprint_seen, undoes, asked_at,
                               result, fingerprint_pinned, answered_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'as_asked', ?, ?) RETURNING id",
    )
    .bind(tool)
    .bind(batch.to_string())
    .bind(kind)
    .bind(item.before)
    .bind(item.before_by)
    .bind(item.asked)
    .bind(item.fingerprint)
    .bind(item.undoes)
    .bind(now)
    .bind(pinned)
    .bind(now)
    .fetch_one(&mut **tx)
    .await?)
}

/// One place of a batch that asks nobody: done as it is written down.
pub(super) async fn silent_step(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    (batch, position): (i64, i64),
    item: &NewItem<'_>,
    (kind, silent): (&str, Silent),
    now: i64,
) -> Result<(), StoreError> {
    let tool = insert_item(tx, scope, batch, position, item).await?;
    let pinned = matches!(silent, Silent::Pin | Silent::PinSince(_)).then_some(item.fingerprint);
    let decision = insert_silent(tx, batch, tool, item, (kind, pinned), now).await?;
    match silent {
        Silent::Pin => move_pin(tx, decision, Pinning::Set(item.fingerprint), now).await?,
        Silent::PinSince(at) => move_pin(tx, decision, Pinning::Set(item.fingerprint), at).await?,
        Silent::NoteRemoval => note_removal(tx, tool, item.fingerprint, now).await?,
        Silent::TakeBack => {
            move_pin(tx, decision, Pinning::Restore, now).await?;
            turn_removal_note(tx, decision, tool, item.fingerprint, now).await?;
        }
    }
    sqlx::query(
        "UPDATE batch_item SET result = 'as_asked', decision_id = ? WHERE batch_id = ? AND position = ?",
    )
    .bind(decision)
    .bind(batch)
    .bind(position)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn note_removal(
    tx: &mut Transaction<'_, Sqlite>,
    tool: i64,
    fingerprint: &str,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO mark (tool_id, what, fingerprint, at) VALUES (?, 'removal_noted', ?, ?)
         ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, at = excluded.at",
    )
    .bind(tool)
    .bind(fingerprint)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Taking back a step that moved no pin: it had noted a removal, or taken such a note back.
async fn turn_removal_note(
    tx: &mut Transaction<'_, Sqlite>,
    decision: i64,
    tool: i64,
    fingerprint: &str,
    now: i64,
) -> Result<(), StoreError> {
    let moved: bool = sqlx::query_scalar("SELECT moved_pin FROM decision WHERE id = ?")
        .bind(decision)
        .fetch_one(&mut **tx)
        .await?;
    if moved {
        return Ok(());
    }
    let gone = sqlx::query("DELETE FROM mark WHERE tool_id = ? AND what = 'removal_noted'")
        .bind(tool)
        .execute(&mut **tx)
        .await?;
    if gone.rows_affected() == 0 {
        note_removal(tx, tool, fingerprint, now).await?;
    }
    Ok(())
}

/// Stops a batch that has not ended; answers whether it had not.
async fn stop(tx: &mut Transaction<'_, Sqlite>, batch: i64, now: i64) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE batch SET state = 'stopped', ended_at = ?
         WHERE id = ? AND state IN ('running', 'paused', 'interrupted')",
    )
    .bind(now)
    .bind(batch)
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "UPDATE batch_item SET result = 'skipped', problem = NULL WHERE batch_id = ? AND result = 'waiting'",
    )
    .bind(batch)
    .execute(&mut **tx)
    .await?;
    Ok(true)
}
