//! How a batch goes on: what became of each place, paused, stopped, interrupted, tried again.

use sqlx::{Sqlite, Transaction};

use crate::store::ledger::{Ledger, Scope};
use crate::store::open::StoreError;

/// The places of a batch that failed. What was stopped, or was so already, is skipped without a problem.
const FAILED: &str =
    "batch_id = ? AND (result IN ('refused', 'unknown') OR (result = 'skipped' AND problem IS NOT NULL))";

impl Ledger {
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

    /// Lets what this app does by itself go on where the connection or the app had ended. Answers whether there was any.
    pub async fn resume_automatic(&self, scope: &Scope) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE batch SET state = 'running', problem = NULL, words = ''
             WHERE scope_id = ? AND kind = 'automatic' AND state = 'interrupted'
               AND (problem IS NULL OR problem = 'offline')",
        )
        .bind(scope.id)
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

    /// How many places of a batch failed: refused, with an unknown end, or skipped for a reason.
    pub async fn failed_items(&self, batch: i64) -> Result<u32, StoreError> {
        let sql = format!("SELECT count(*) FROM batch_item WHERE {FAILED}");
        Ok(sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(batch).fetch_one(&self.db.read).await?)
    }

    /// Lets a batch that has ended run again over what failed, and nothing else. Answers whether there was any.
    pub async fn retry_batch(&self, scope: &Scope, batch: i64) -> Result<bool, StoreError> {
        let mut tx = self.db.write.begin().await?;
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM batch_item WHERE {FAILED}) FROM batch
             WHERE id = ? AND scope_id = ? AND state IN ('done', 'stopped', 'interrupted')"
        );
        let again: Option<bool> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(batch)
            .bind(batch)
            .bind(scope.id)
            .fetch_optional(&mut *tx)
            .await?;
        let again = again == Some(true);
        if again {
            // What has an unknown end is read before it is sent again.
            let sql = format!(
                "UPDATE batch_item SET result = 'waiting', problem = NULL WHERE {FAILED} AND result <> 'unknown'"
            );
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(batch).execute(&mut *tx).await?;
            sqlx::query(
                "UPDATE batch SET state = 'running', ended_at = NULL, problem = NULL, words = '' WHERE id = ?",
            )
            .bind(batch)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(again)
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

/// Stops a batch that has not ended; answers whether it had not.
pub(super) async fn stop(tx: &mut Transaction<'_, Sqlite>, batch: i64, now: i64) -> Result<bool, StoreError> {
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
