//! Pins: the definition and the state a tool had when a person last said yes to it. Every move remembers what it
//! replaced, in the row of the journal that made it.

use std::collections::HashMap;

use sqlx::{Sqlite, Transaction};

use super::definitions::not_before_noticed;
use super::ledger::{Ledger, Scope};
use super::open::StoreError;

/// What a step of the journal does to the tool's pin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pinning<'a> {
    /// Nothing.
    Leave,
    /// Pins this definition with the state PostHog answered, or the one it has.
    Set(&'a str),
    /// Gives back the pin that the undone decision replaced; nothing when that one moved none.
    Restore,
}

/// A pin.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StandingPin {
    /// Upstream tool name.
    pub tool: String,
    /// The definition.
    pub fingerprint: String,
    /// The state.
    pub state: String,
}

impl Ledger {
    /// The pins of one server's tools, by tool name.
    pub async fn standing_pins(
        &self,
        scope: &Scope,
        server_url: &str,
    ) -> Result<HashMap<String, StandingPin>, StoreError> {
        let pins: Vec<StandingPin> = sqlx::query_as(
            "SELECT tool.name AS tool, pin.fingerprint, pin.state FROM pin JOIN tool ON tool.id = pin.tool_id
             WHERE tool.scope_id = ? AND tool.server_url = ?",
        )
        .bind(scope.id)
        .bind(server_url)
        .fetch_all(&self.db.read)
        .await?;
        Ok(pins.into_iter().map(|pin| (pin.tool.clone(), pin)).collect())
    }

    /// The pin of one tool.
    pub async fn standing_pin(
        &self,
        scope: &Scope,
        server_url: &str,
        tool: &str,
    ) -> Result<Option<StandingPin>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT tool.name AS tool, pin.fingerprint, pin.state FROM pin JOIN tool ON tool.id = pin.tool_id
             WHERE tool.scope_id = ? AND tool.server_url = ? AND tool.name = ?",
        )
        .bind(scope.id)
        .bind(server_url)
        .bind(tool)
        .fetch_optional(&self.db.read)
        .await?)
    }
}

/// Moves the pin of a decision's tool.
pub(super) async fn move_pin(
    tx: &mut Transaction<'_, Sqlite>,
    decision: i64,
    pin: Pinning<'_>,
    now: i64,
) -> Result<(), StoreError> {
    match pin {
        Pinning::Leave => {}
        Pinning::Set(fingerprint) => {
            remember(tx, decision).await?;
            // What a backup brings is older than its own row, and stays so.
            let sql = format!(
                "INSERT INTO pin (tool_id, fingerprint, state, decision_id, at)
                 SELECT tool_id, ?1, coalesce(answered, asked), id, iif(?2 < asked_at, ?2, {at})
                 FROM decision WHERE id = ?3
                 ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, state = excluded.state,
                                           decision_id = excluded.decision_id, at = excluded.at",
                at = not_before_noticed("?2", "decision.tool_id"),
            );
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(fingerprint)
                .bind(now)
                .bind(decision)
                .execute(&mut **tx)
                .await?;
        }
        Pinning::Restore => restore(tx, decision).await?,
    }
    Ok(())
}

async fn remember(tx: &mut Transaction<'_, Sqlite>, decision: i64) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE decision SET moved_pin = 1, (pin_before, pin_before_state, pin_before_decision, pin_before_at) =
             (SELECT fingerprint, state, decision_id, at FROM pin WHERE pin.tool_id = decision.tool_id)
         WHERE id = ?",
    )
    .bind(decision)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn restore(tx: &mut Transaction<'_, Sqlite>, decision: i64) -> Result<(), StoreError> {
    let moved: Option<bool> = sqlx::query_scalar(
        "SELECT undone.moved_pin FROM decision JOIN decision AS undone ON undone.id = decision.undoes
         WHERE decision.id = ?",
    )
    .bind(decision)
    .fetch_optional(&mut **tx)
    .await?;
    if moved != Some(true) {
        return Ok(());
    }
    remember(tx, decision).await?;
    sqlx::query("DELETE FROM pin WHERE tool_id = (SELECT tool_id FROM decision WHERE id = ?)")
        .bind(decision)
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "INSERT INTO pin (tool_id, fingerprint, state, decision_id, at)
         SELECT undone.tool_id, undone.pin_before, undone.pin_before_state, undone.pin_before_decision,
                undone.pin_before_at
         FROM decision JOIN decision AS undone ON undone.id = decision.undoes
         WHERE decision.id = ? AND undone.pin_before IS NOT NULL",
    )
    .bind(decision)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
