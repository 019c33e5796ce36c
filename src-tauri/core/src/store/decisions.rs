//! The journal of decisions: what was meant before PostHog is asked, what became of it after. A row that moves a pin
//! remembers the one it replaced.

use std::collections::HashSet;

use sqlx::{Sqlite, Transaction};

use super::definitions::tool_id;
use super::ledger::{Ledger, Scope};
use super::open::StoreError;
use super::pins::{Pinning, move_pin};
use crate::view::ActivityKind;

/// A decision about to be sent.
#[derive(Clone, Copy, Debug)]
pub struct NewDecision<'a> {
    /// Address of the server.
    pub server_url: &'a str,
    /// Upstream tool name.
    pub tool: &'a str,
    /// `decided`, `imported`, `undone` or `automatic`.
    pub kind: &'a str,
    /// State before.
    pub before: &'a str,
    /// Who had decided before, as PostHog said it.
    pub before_by: &'a str,
    /// What is asked.
    pub asked: &'a str,
    /// The definition the person saw.
    pub fingerprint_seen: &'a str,
    /// The decision it takes back.
    pub undoes: Option<i64>,
    /// Now, ms.
    pub at: i64,
}

/// What became of it.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// `as_asked`, `kept_otherwise`, `definition_changed`, `refused` or `unknown`.
    pub result: &'a str,
    /// The state PostHog answered.
    pub answered: Option<&'a str>,
    /// Who decided, as PostHog answered.
    pub decided_by: Option<&'a str>,
    /// What happens to the pin.
    pub pin: Pinning<'a>,
    /// Why it failed: a code, for the batch.
    pub problem: Option<&'a str>,
    /// PostHog's words where it refused; without any, those it had stay.
    pub words: &'a str,
    /// Now, ms.
    pub at: i64,
}

/// A decision of the journal.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredDecision {
    /// What it was.
    pub kind: ActivityKind,
    /// State before.
    pub before: String,
    /// What was asked.
    pub asked: String,
    /// What PostHog answered, if it did.
    pub answered: Option<String>,
    /// When it was asked, ms.
    pub asked_at: i64,
    /// What became of it.
    pub result: String,
    /// PostHog's words where it refused.
    pub words: String,
    /// The tool's pin comes from it.
    pub pins: bool,
}

/// What taking a decision back needs to know of it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TakenBack {
    /// Its number.
    pub id: i64,
    /// Address of the server.
    pub server_url: String,
    /// Installation that was asked, when a batch knows it.
    pub server_id: Option<String>,
    /// Upstream tool name.
    pub tool: String,
    /// State before.
    pub before: String,
    /// Who had decided before.
    pub before_by: String,
    /// What was asked.
    pub asked: String,
    /// What PostHog answered; null when it was not asked or did not answer.
    pub answered: Option<String>,
    /// What became of it.
    pub result: String,
    /// The definition the person saw.
    pub fingerprint_seen: String,
    /// It moved the pin.
    pub moved_pin: bool,
    /// Something later was tried at that tool, other than taking this back in vain.
    pub newer: bool,
}

// By time: what a backup brought has higher numbers than what was decided after it. A pin that came with a backup where
// there was none is no later step: it is what the steps in that backup had left.
const TAKEN_BACK: &str = "SELECT decision.id, tool.server_url, batch_item.server_id, tool.name AS tool, decision.before,
        decision.before_by, decision.asked, answered, decision.result, fingerprint_seen, moved_pin,
        EXISTS (SELECT 1 FROM decision AS later WHERE later.tool_id = decision.tool_id
                AND (later.asked_at, later.id) > (decision.asked_at, decision.id) AND later.result <> 'refused'
                AND NOT (later.undoes IS decision.id AND later.result IN ('open', 'unknown'))
                AND NOT (later.kind = 'imported' AND later.result = 'as_asked' AND later.answered IS NULL
                         AND later.moved_pin AND later.pin_before IS NULL)) AS newer
    FROM decision JOIN tool ON tool.id = decision.tool_id
    LEFT JOIN batch_item ON batch_item.decision_id = decision.id
    WHERE tool.scope_id = ? AND decision.result NOT IN ('open', 'refused')";

impl Ledger {
    /// Journals a decision on a single tool before it is sent; answers its number.
    pub async fn begin_decision(&self, scope: &Scope, new: &NewDecision<'_>) -> Result<i64, StoreError> {
        // One transaction, because a `RETURNING` answers before its own commit, and a commit that fails after that is
        // not heard of: the decision would be sent and not journaled.
        let mut tx = self.db.write.begin().await?;
        let number = insert(&mut tx, scope, new, None).await?;
        tx.commit().await?;
        Ok(number)
    }

    /// The same for a place of a batch, which is on its way then. `None` when it does not wait for that any more: the
    /// batch was paused or stopped.
    pub async fn begin_place(
        &self,
        scope: &Scope,
        new: &NewDecision<'_>,
        (batch, position): (i64, i64),
    ) -> Result<Option<i64>, StoreError> {
        let mut tx = self.db.write.begin().await?;
        let waits: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM batch_item JOIN batch ON batch.id = batch_id
                            WHERE batch_id = ? AND position = ? AND result = 'waiting' AND state = 'running')",
        )
        .bind(batch)
        .bind(position)
        .fetch_one(&mut *tx)
        .await?;
        if !waits {
            return Ok(None);
        }
        let number = insert(&mut tx, scope, new, Some(batch)).await?;
        sqlx::query(
            "UPDATE batch_item SET result = 'sent', decision_id = ?, problem = NULL
             WHERE batch_id = ? AND position = ?",
        )
        .bind(number)
        .bind(batch)
        .bind(position)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Some(number))
    }

    /// Journals what became of a decision: row, pin and place in a batch in one step.
    pub async fn end_decision(&self, decision: i64, answer: &Answer<'_>) -> Result<(), StoreError> {
        let pinned = match answer.pin {
            Pinning::Set(fingerprint) => Some(fingerprint),
            Pinning::Leave | Pinning::Restore => None,
        };
        let mut tx = self.db.write.begin().await?;
        sqlx::query(
            "UPDATE decision SET result = ?, answered = coalesce(?, answered), decided_by = coalesce(?, decided_by),
                                 fingerprint_pinned = ?, words = coalesce(nullif(?, ''), words), answered_at = ?
             WHERE id = ?",
        )
        .bind(answer.result)
        .bind(answer.answered)
        .bind(answer.decided_by)
        .bind(pinned)
        .bind(answer.words)
        .bind(answer.at)
        .bind(decision)
        .execute(&mut *tx)
        .await?;
        move_pin(&mut tx, decision, answer.pin, answer.at).await?;
        sqlx::query("UPDATE batch_item SET result = ?, problem = ? WHERE decision_id = ?")
            .bind(answer.result)
            .bind(answer.problem)
            .bind(decision)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Journals what PostHog has stored on the way to what a decision asks for (`now` in ms). It is the answer as long
    /// as no other comes.
    pub async fn stands_on_the_way(
        &self,
        decision: i64,
        state: &str,
        decided_by: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE decision SET answered = ?, decided_by = ?, answered_at = ? WHERE id = ?")
            .bind(state)
            .bind(decided_by)
            .bind(now)
            .bind(decision)
            .execute(&self.db.write)
            .await?;
        Ok(())
    }

    /// Journals that a decision on its way has an end nobody wrote down. One that has an end keeps it.
    pub async fn end_unknown(&self, decision: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE decision SET result = 'unknown' WHERE id = ? AND result = 'open'")
            .bind(decision)
            .execute(&self.db.write)
            .await?;
        Ok(())
    }

    /// Takes back that a decision was begun: it is certain that PostHog did not take it. It will be sent again, unless
    /// its batch was stopped meanwhile. What was stored on the way stays in the journal.
    pub async fn forget_decision(&self, decision: i64) -> Result<(), StoreError> {
        let mut tx = self.db.write.begin().await?;
        sqlx::query(
            "UPDATE batch_item SET decision_id = NULL,
                 result = iif((SELECT state FROM batch WHERE id = batch_id) = 'stopped', 'skipped', 'waiting')
             WHERE decision_id = ?",
        )
        .bind(decision)
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE decision SET result = 'kept_otherwise' WHERE id = ? AND answered IS NOT NULL")
            .bind(decision)
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM decision WHERE id = ? AND answered IS NULL")
            .bind(decision)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// After a crash: what was on its way has an unknown end, and batches that ran are interrupted.
    pub async fn find_interrupted(&self, scope: &Scope) -> Result<(), StoreError> {
        let mut tx = self.db.write.begin().await?;
        sqlx::query(
            "UPDATE batch_item SET result = 'unknown' WHERE result = 'sent'
             AND batch_id IN (SELECT id FROM batch WHERE scope_id = ?)",
        )
        .bind(scope.id)
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "UPDATE decision SET result = 'unknown' WHERE result = 'open'
             AND tool_id IN (SELECT id FROM tool WHERE scope_id = ?)",
        )
        .bind(scope.id)
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE batch SET state = 'interrupted' WHERE state = 'running' AND scope_id = ?")
            .bind(scope.id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// What taking one decision back needs to know, unless it was refused or is still on its way.
    pub async fn decision_to_undo(
        &self,
        scope: &Scope,
        decision: i64,
    ) -> Result<Option<TakenBack>, StoreError> {
        let sql = format!("{TAKEN_BACK} AND decision.id = ?");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(scope.id)
            .bind(decision)
            .fetch_optional(&self.db.read)
            .await?)
    }

    /// Decisions on single tools of a server nobody heard the answer to.
    pub async fn unanswered(&self, scope: &Scope, server_url: &str) -> Result<Vec<TakenBack>, StoreError> {
        let sql = format!(
            "{TAKEN_BACK} AND tool.server_url = ? AND decision.result = 'unknown' AND decision.kind = 'decided'
             AND decision.batch IS NULL"
        );
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(scope.id)
            .bind(server_url)
            .fetch_all(&self.db.read)
            .await?)
    }

    /// What taking a batch back needs to know: the last decision at each of its places that PostHog may have taken.
    pub async fn batch_to_undo(&self, scope: &Scope, batch: i64) -> Result<Vec<TakenBack>, StoreError> {
        let sql = format!("{TAKEN_BACK} AND batch_item.batch_id = ? ORDER BY batch_item.position");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(scope.id)
            .bind(batch)
            .fetch_all(&self.db.read)
            .await?)
    }

    /// The definitions, by tool, at which this app itself has asked for something, or planned to, and that no other has
    /// replaced since: what was refused or stopped counts, and so does what a backup tells.
    pub async fn set_back_before(
        &self,
        scope: &Scope,
        server_url: &str,
    ) -> Result<HashSet<(String, String)>, StoreError> {
        let before: Vec<(String, String)> = sqlx::query_as(
            "WITH asked (tool_id, fingerprint, at) AS (
                 SELECT tool_id, fingerprint_seen, asked_at FROM decision WHERE kind = 'automatic'
                 UNION SELECT tool_id, fingerprint, began_at FROM batch JOIN batch_item ON batch_id = batch.id
                 WHERE kind = 'automatic')
             SELECT tool.name, asked.fingerprint FROM asked JOIN tool ON tool.id = asked.tool_id
             WHERE tool.scope_id = ? AND tool.server_url = ? AND NOT EXISTS (
                 SELECT 1 FROM observation AS other WHERE other.tool_id = asked.tool_id
                     AND other.fingerprint <> asked.fingerprint AND other.until_at > asked.at)",
        )
        .bind(scope.id)
        .bind(server_url)
        .fetch_all(&self.db.read)
        .await?;
        Ok(before.into_iter().collect())
    }

    /// Decisions about one tool, newest first, at most 100.
    pub async fn decisions(
        &self,
        scope: &Scope,
        server_url: &str,
        tool: &str,
    ) -> Result<Vec<StoredDecision>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT kind, before, asked, answered, asked_at, result, words, pin.decision_id IS decision.id AS pins
             FROM decision JOIN tool ON tool.id = decision.tool_id LEFT JOIN pin ON pin.tool_id = tool.id
             WHERE tool.scope_id = ? AND tool.server_url = ? AND tool.name = ?
             ORDER BY asked_at DESC, decision.id DESC LIMIT 100",
        )
        .bind(scope.id)
        .bind(server_url)
        .bind(tool)
        .fetch_all(&self.db.read)
        .await?)
    }
}

async fn insert(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    new: &NewDecision<'_>,
    batch: Option<i64>,
) -> Result<i64, StoreError> {
    let tool = tool_id(&mut **tx, scope, new.server_url, new.tool).await?;
    Ok(sqlx::query_scalar(
        "INSERT INTO decision (tool_id, batch, kind, before, before_by, asked, fingerprint_seen, undoes, asked_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(tool)
    .bind(batch.map(|batch| batch.to_string()))
    .bind(new.kind)
    .bind(new.before)
    .bind(new.before_by)
    .bind(new.asked)
    .bind(new.fingerprint_seen)
    .bind(new.undoes)
    .bind(new.at)
    .fetch_one(&mut **tx)
    .await?)
}
