//! How a batch goes on: what became of each place, paused, stopped, interrupted, tried again.

use sqlx::{Sqlite, Transaction};

use crate::store::ledger::{Ledger, Scope};
use crate::store::open::StoreError;

/// The places of a batch that failed. What was stopped, or was so already, is skipped without a problem.
const FAILED: &str =
    "batch_id = ? AND (result IN ('refused', 'unknown') OR (result = 'skipped' AND problem IS NOT NULL))";

impl Ledger {
    /// A place that waits is not sent, with the code of the reason.
    pub async fn skip_item(
        &self,
        batch: i64,
        position: i64,
        problem: Option<&str>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE batch_item SET result = 'skipped', problem = ?
             WHERE batch_id = ? AND position = ? AND result = 'waiting'",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{NewBatch, NewDecision, NewItem};

    const URL: &str = "https://mcp.linear.app/mcp";

    #[tokio::test]
    async fn a_place_is_begun_only_while_it_waits_in_a_batch_that_runs() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
        let scope = ledger.scope("https://us.posthog.com", "u", 1).await.unwrap();
        let item = NewItem {
            server_url: URL,
            server_id: "s",
            tool: "list_issues",
            asked: "approved",
            before: "needs_approval",
            before_by: "default",
            fingerprint: "a",
            pin: true,
            undoes: None,
        };
        let new = NewBatch { kind: "decide", asked: None, undoes: None, at: 1 };
        let items = [item, NewItem { tool: "other", ..item }];
        let batch = ledger.begin_batch(&scope, &new, &items).await.unwrap();
        let new = NewDecision {
            server_url: URL,
            tool: "list_issues",
            kind: "decided",
            before: "needs_approval",
            before_by: "default",
            asked: "approved",
            fingerprint_seen: "a",
            undoes: None,
            at: 2,
        };
        let begin = async |position| ledger.begin_place(&scope, &new, (batch, position)).await.unwrap();
        ledger.pause_batch(&scope, batch).await.unwrap();
        assert_eq!(begin(0).await, None, "paused");
        ledger.resume_batch(&scope, batch).await.unwrap();
        assert!(begin(0).await.is_some());
        assert_eq!(begin(0).await, None, "on its way already");
        ledger.stop_batch(&scope, batch, 3).await.unwrap();
        assert_eq!(begin(1).await, None, "stopped");
        ledger.skip_item(batch, 1, Some("not_found")).await.unwrap();
        assert_eq!(ledger.failed_items(batch).await.unwrap(), 0, "what was stopped has not failed");
    }
}
