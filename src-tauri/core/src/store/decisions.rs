//! The journal of decisions and the pins they leave.

use super::definitions::tool_id;
use super::ledger::{Ledger, Scope};
use super::open::StoreError;

/// A decision about to be sent.
#[derive(Clone, Copy, Debug)]
pub struct NewDecision<'a> {
    /// Address of the server.
    pub server_url: &'a str,
    /// Upstream tool name.
    pub tool: &'a str,
    /// State before.
    pub before: &'a str,
    /// What is asked.
    pub asked: &'a str,
    /// The definition the person saw.
    pub fingerprint_seen: &'a str,
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
    /// The definition to pin: only when it is the one the person saw and the state is as asked.
    pub pin: Option<&'a str>,
    /// Now, ms.
    pub at: i64,
}

/// A decision of the journal.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredDecision {
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
}

impl Ledger {
    /// Journals a decision before it is sent; answers its number.
    pub async fn begin_decision(&self, scope: &Scope, new: &NewDecision<'_>) -> Result<i64, StoreError> {
        // A transaction, because a `RETURNING` answers before its own commit, and a commit that fails after that is
        // not heard of: the decision would be sent and not journaled.
        let mut tx = self.db.write.begin().await?;
        let tool = tool_id(&mut *tx, scope, new.server_url, new.tool).await?;
        let number = sqlx::query_scalar(
            "INSERT INTO decision (tool_id, before, asked, fingerprint_seen, asked_at) VALUES (?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(tool)
        .bind(new.before)
        .bind(new.asked)
        .bind(new.fingerprint_seen)
        .bind(new.at)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(number)
    }

    /// Journals what became of a decision, and pins the definition when it was the one the person saw.
    pub async fn end_decision(&self, decision: i64, answer: &Answer<'_>) -> Result<(), StoreError> {
        let mut tx = self.db.write.begin().await?;
        sqlx::query(
            "UPDATE decision SET result = ?, answered = ?, decided_by = ?, fingerprint_pinned = ?, answered_at = ? WHERE id = ?",
        )
        .bind(answer.result)
        .bind(answer.answered)
        .bind(answer.decided_by)
        .bind(answer.pin)
        .bind(answer.at)
        .bind(decision)
        .execute(&mut *tx)
        .await?;
        if let Some(fingerprint) = answer.pin {
            sqlx::query(
                "INSERT INTO pin (tool_id, fingerprint, state, decision_id, at)
                 SELECT tool_id, ?, coalesce(answered, asked), id, ? FROM decision WHERE id = ?
                 ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, state = excluded.state,
                                           decision_id = excluded.decision_id, at = excluded.at",
            )
            .bind(fingerprint)
            .bind(answer.at)
            .bind(decision)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Decisions about one tool, newest first, at most 100.
    pub async fn decisions(
        &self,
        scope: &Scope,
        server_url: &str,
        tool: &str,
    ) -> Result<Vec<StoredDecision>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT before, asked, answered, asked_at, result FROM decision
             JOIN tool ON tool.id = decision.tool_id
             WHERE tool.scope_id = ? AND tool.server_url = ? AND tool.name = ?
             ORDER BY decision.id DESC LIMIT 100",
        )
        .bind(scope.id)
        .bind(server_url)
        .bind(tool)
        .fetch_all(&self.db.read)
        .await?)
    }

    /// The pinned fingerprints of one server's tools, by tool name.
    pub async fn pins(&self, scope: &Scope, server_url: &str) -> Result<Vec<(String, String)>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT tool.name, pin.fingerprint FROM pin JOIN tool ON tool.id = pin.tool_id
             WHERE tool.scope_id = ? AND tool.server_url = ?",
        )
        .bind(scope.id)
        .bind(server_url)
        .fetch_all(&self.db.read)
        .await?)
    }
}
