//! Taking a backup in: what is not there is added, a pin that is newer here stays.

use std::collections::HashMap;

use sqlx::{Sqlite, Transaction};

use super::batches::{put_batches, put_items};
use super::events::put_events;
use super::journal::{Numbers, put_journal};
use super::{KeptBatch, KeptDefinition, KeptEvent, KeptObservation, KeptPin, KeptTool};
use crate::store::batches::{NewBatch, NewItem, Silent, insert_batch, silent_step};
use crate::store::definitions::tool_id;
use crate::store::{Ledger, Scope, StoreError};

/// What a backup kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kept<'a> {
    /// Definitions.
    pub definitions: &'a [KeptDefinition],
    /// Tools with their journals.
    pub tools: &'a [KeptTool],
    /// Batches.
    pub batches: &'a [KeptBatch],
    /// What was noticed.
    pub events: &'a [KeptEvent],
}

/// What a merge did, or would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Pins that are new or newer than the one here.
    pub new_pins: u32,
    /// Pins here that are newer than the file's and stay.
    pub kept_pins: u32,
    /// Batches that are new.
    pub new_batches: u32,
    /// Events that are new.
    pub new_events: u32,
    /// The batch that pinned; null when nothing was.
    pub batch: Option<i64>,
}

/// Whether a merge is only tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// Everything is taken back at the end.
    DryRun,
    /// It stays.
    Apply,
}

impl Ledger {
    /// Takes in what a backup kept, in one step. Whoever calls has checked that each definition has its fingerprint.
    /// Doing it twice is doing it once. The pins are a batch that can be taken back.
    pub async fn merge(
        &self,
        scope: &Scope,
        kept: Kept<'_>,
        merge: Merge,
        now: i64,
    ) -> Result<Merged, StoreError> {
        let mut tx = self.db.write.begin().await?;
        for definition in kept.definitions {
            put_definition(&mut tx, definition).await?;
        }
        let contacts = contacts(&mut tx, scope).await?;
        let mut merged = Merged::default();
        let mut numbers = Numbers::default();
        let new_batches = put_batches(&mut tx, scope, kept.batches, &mut numbers).await?;
        merged.new_batches = u32::try_from(new_batches.len()).unwrap_or(u32::MAX);
        for tool in kept.tools {
            let id = tool_id(&mut *tx, scope, &tool.server_url, &tool.name).await?;
            put_journal(&mut tx, id, &tool.journal, &mut numbers).await?;
            if let Some(pin) = &tool.pin {
                put_pin(&mut tx, scope, (id, tool, pin), &mut merged, now).await?;
            }
            put_seen(&mut tx, id, &tool.seen, contacts.get(&tool.server_url).copied()).await?;
            for mark in &tool.marks {
                sqlx::query(
                    "INSERT INTO mark (tool_id, what, fingerprint, at, review_group) VALUES (?, ?, ?, ?, ?)
                     ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, at = excluded.at,
                                               review_group = excluded.review_group
                     WHERE excluded.at > mark.at",
                )
                .bind(id)
                .bind(mark.what)
                .bind(&mark.fingerprint)
                .bind(mark.at)
                .bind(mark.group)
                .execute(&mut *tx)
                .await?;
            }
            for known in &tool.known {
                sqlx::query(
                    "INSERT INTO known_finding (tool_id, finding, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                )
                .bind(id)
                .bind(&known.finding)
                .bind(known.at)
                .execute(&mut *tx)
                .await?;
            }
        }
        for batch in new_batches {
            put_items(&mut tx, scope, batch, &numbers).await?;
        }
        merged.new_events = put_events(&mut tx, scope, kept.events).await?;
        match merge {
            Merge::Apply => tx.commit().await?,
            Merge::DryRun => tx.rollback().await?,
        }
        Ok(merged)
    }
}

async fn put_definition(tx: &mut Transaction<'_, Sqlite>, kept: &KeptDefinition) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO definition (fingerprint, name, title, description, schema, canonical, first_at)
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&kept.fingerprint)
    .bind(&kept.name)
    .bind(&kept.title)
    .bind(&kept.description)
    .bind(&kept.schema)
    .bind(crate::review::canonical(&kept.schema).ok())
    .bind(kept.first_at)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// When this ledger first saw each server, by its address, ms.
async fn contacts(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
) -> Result<HashMap<String, i64>, StoreError> {
    let contacts: Vec<(String, i64)> = sqlx::query_as(
        "SELECT server_url, min(from_at) FROM observation JOIN tool ON tool.id = tool_id
         WHERE scope_id = ? GROUP BY server_url",
    )
    .bind(scope.id)
    .fetch_all(&mut **tx)
    .await?;
    Ok(contacts.into_iter().collect())
}

/// Adds what a tool was seen as before this ledger knew its server: from then on it has seen for itself, unless it never
/// saw this tool. What stood last is taken to have stood until then, as what is there now if that is the same.
async fn put_seen(
    tx: &mut Transaction<'_, Sqlite>,
    tool: i64,
    seen: &[KeptObservation],
    contact: Option<i64>,
) -> Result<(), StoreError> {
    let known: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM observation WHERE tool_id = ?)")
        .bind(tool)
        .fetch_one(&mut **tx)
        .await?;
    for kept in seen {
        let contact = contact.filter(|contact| kept.from_at < *contact);
        if known && contact.is_none() {
            continue;
        }
        let stood_until = contact.filter(|contact| kept.until_at.is_none_or(|until| until >= *contact));
        if begins_earlier(tx, tool, kept, stood_until).await? {
            continue;
        }
        sqlx::query(
            "INSERT INTO observation (tool_id, fingerprint, from_at, until_at) SELECT ?1, ?2, ?3, ?4
             WHERE NOT EXISTS (SELECT 1 FROM observation WHERE tool_id = ?1 AND fingerprint = ?2 AND from_at = ?3)
             ON CONFLICT DO NOTHING",
        )
        .bind(tool)
        .bind(&kept.fingerprint)
        .bind(kept.from_at)
        .bind(stood_until.or(kept.until_at))
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Lets the observation that began then begin with the kept one, of the same definition. Answers whether there is one.
async fn begins_earlier(
    tx: &mut Transaction<'_, Sqlite>,
    tool: i64,
    kept: &KeptObservation,
    began: Option<i64>,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE observation SET from_at = ? WHERE tool_id = ? AND fingerprint = ? AND from_at = ?",
    )
    .bind(kept.from_at)
    .bind(tool)
    .bind(&kept.fingerprint)
    .bind(began)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Pins unless the pin here is newer. Pinning is a step of the journal of its own, so that it can be taken back.
async fn put_pin(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    (id, tool, pin): (i64, &KeptTool, &KeptPin),
    merged: &mut Merged,
    now: i64,
) -> Result<(), StoreError> {
    let here: Option<i64> =
        sqlx::query_scalar("SELECT at FROM pin WHERE tool_id = ?").bind(id).fetch_optional(&mut **tx).await?;
    match here {
        Some(here) if here > pin.at => merged.kept_pins += 1,
        Some(here) if here == pin.at => {}
        _ => {
            let batch = match merged.batch {
                Some(batch) => batch,
                None => {
                    let new = NewBatch { kind: "import", asked: None, undoes: None, at: now };
                    insert_batch(tx, scope, &new, "done").await?
                }
            };
            merged.batch = Some(batch);
            let item = NewItem {
                server_url: &tool.server_url,
                // Which installation it is now, if any, is not the file's to say.
                server_id: "",
                tool: &tool.name,
                asked: &pin.state,
                before: &pin.state,
                before_by: "",
                fingerprint: &pin.fingerprint,
                pin: true,
                undoes: None,
            };
            let place = (batch, i64::from(merged.new_pins));
            silent_step(tx, scope, place, &item, ("imported", Silent::PinSince(pin.at)), now).await?;
            merged.new_pins += 1;
        }
    }
    Ok(())
}
