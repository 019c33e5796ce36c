//! Writing a plan down before anything of it is sent, and steps that ask nobody.

use sqlx::{Sqlite, Transaction};

use super::states::stop;
use super::{NewBatch, NewItem, Silent};
use crate::store::definitions::{not_before_noticed, tool_id};
use crate::store::ledger::{Ledger, Scope};
use crate::store::open::StoreError;
use crate::store::pins::{Pinning, move_pin};

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
}

pub(in crate::store) async fn insert_batch(
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
pub(in crate::store) async fn silent_step(
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
    let sql = format!(
        "INSERT INTO mark (tool_id, what, fingerprint, at) VALUES (?1, 'removal_noted', ?2, {at})
         ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, at = excluded.at",
        at = not_before_noticed("?3", "?1"),
    );
    sqlx::query(sqlx::AssertSqlSafe(sql)).bind(tool).bind(fingerprint).bind(now).execute(&mut **tx).await?;
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
