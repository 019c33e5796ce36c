//! What was noticed here: the lines of Activity that are not decisions.

use std::collections::HashMap;

use sqlx::{Sqlite, Transaction};

use super::ledger::{Ledger, Scope};
use super::open::StoreError;
use crate::view::ActivityKind;

/// Something noticed.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent<'a> {
    /// What.
    pub kind: ActivityKind,
    /// Address of the server it is about.
    pub server_url: &'a str,
    /// Upstream tool name; `None` for what concerns a server.
    pub tool: Option<&'a str>,
    /// More words, may be empty.
    pub words: &'a str,
    /// When it was noticed, ms.
    pub at: i64,
}

impl Ledger {
    /// When trouble with a server was last noticed, by its address, ms.
    pub async fn trouble_noticed(&self, scope: &Scope) -> Result<HashMap<String, i64>, StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT server_url, max(at) FROM event
             WHERE scope_id = ? AND kind IN ('login_broken', 'read_failed') GROUP BY server_url",
        )
        .bind(scope.id)
        .fetch_all(&self.db.read)
        .await?;
        Ok(rows.into_iter().collect())
    }

    /// Gives Activity some lines.
    pub async fn note(&self, scope: &Scope, events: &[NewEvent<'_>]) -> Result<(), StoreError> {
        let mut tx = self.db.write.begin().await?;
        for event in events {
            put_event(&mut tx, scope, event).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

pub(super) async fn put_event(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    event: &NewEvent<'_>,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO event (scope_id, at, kind, server_url, tool, words) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(scope.id)
        .bind(event.at)
        .bind(event.kind.as_str())
        .bind(event.server_url)
        .bind(event.tool)
        .bind(event.words)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
