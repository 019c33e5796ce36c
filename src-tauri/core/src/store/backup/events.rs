//! What was noticed, in a backup.

use std::collections::HashMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use sqlx::{Sqlite, Transaction};
use tokio_stream::{Stream, StreamExt};

use crate::store::events::put_event;
use crate::store::{Ledger, NewEvent, Scope, StoreError};
use crate::view::ActivityKind;

/// Something that was noticed. It is known by all of it: it has no other name that two machines share.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::FromRow)]
#[serde(deny_unknown_fields)]
pub struct KeptEvent {
    /// When it was noticed.
    pub at: i64,
    /// What it was; never one of the kinds of a decision, which the journal holds.
    #[serde(deserialize_with = "noticed")]
    pub kind: ActivityKind,
    /// Address of the server.
    pub server_url: String,
    /// Upstream tool name; absent for what concerns a server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool: Option<String>,
    /// More words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

fn noticed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ActivityKind, D::Error> {
    use ActivityKind::{Accepted, Automatic, Baseline, Decided, Imported, Undone};
    let kind = ActivityKind::deserialize(deserializer)?;
    match kind {
        Decided | Accepted | Baseline | Imported | Undone | Automatic => {
            Err(D::Error::custom("a decision is told in the journal of its tool"))
        }
        _ => Ok(kind),
    }
}

impl Ledger {
    /// What was noticed, oldest first.
    pub fn kept_events(&self, scope: &Scope) -> impl Stream<Item = Result<KeptEvent, StoreError>> + Unpin {
        let rows = sqlx::query_as(
            "SELECT at, kind, server_url, tool, words FROM event WHERE scope_id = ? ORDER BY at, id",
        )
        .bind(scope.id)
        .fetch(&self.db.read);
        rows.map(|row| row.map_err(StoreError::from))
    }
}

/// Adds what is not there; answers how many that were. Two that are alike are two: one look may find the same at two
/// installations of one address.
pub(super) async fn put_events(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    events: &[KeptEvent],
) -> Result<u32, StoreError> {
    let mut alike: HashMap<&KeptEvent, u32> = HashMap::new();
    let mut added = 0;
    for event in events {
        let nth = alike.entry(event).and_modify(|nth| *nth += 1).or_insert(1);
        let here: u32 = sqlx::query_scalar(
            "SELECT count(*) FROM event
             WHERE scope_id = ? AND at = ? AND kind = ? AND server_url = ? AND tool IS ? AND words = ?",
        )
        .bind(scope.id)
        .bind(event.at)
        .bind(event.kind)
        .bind(&event.server_url)
        .bind(&event.tool)
        .bind(&event.words)
        .fetch_one(&mut **tx)
        .await?;
        if here < *nth {
            let KeptEvent { at, kind, server_url, tool, words } = event;
            put_event(
                tx,
                scope,
                &NewEvent { kind: *kind, server_url, tool: tool.as_deref(), words, at: *at },
            )
            .await?;
            added += 1;
        }
    }
    Ok(added)
}
