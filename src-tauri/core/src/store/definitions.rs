//! Definitions ever seen, and at which tool they stood when.

use std::collections::HashMap;

use sqlx::{Sqlite, Transaction};

use super::ledger::{Ledger, Scope};
use super::open::StoreError;
use super::tools::ToolRecord;

/// A definition that stood at a tool.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredObservation {
    /// Its fingerprint.
    pub fingerprint: String,
    /// First noticed there, ms.
    pub from_at: i64,
    /// Noticed to be gone, ms; null while it stands.
    pub until_at: Option<i64>,
}

impl Ledger {
    /// Finds or makes the ledger's row of a tool.
    pub(super) async fn tool_id(
        &self,
        scope: &Scope,
        server_url: &str,
        tool: &str,
    ) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar(
            "INSERT INTO tool (scope_id, server_url, name) VALUES (?, ?, ?)
             ON CONFLICT DO UPDATE SET name = excluded.name RETURNING id",
        )
        .bind(scope.id)
        .bind(server_url)
        .bind(tool)
        .fetch_one(&self.db.write)
        .await?)
    }

    /// Remembers the definitions one server's tools have at `now` (ms): what stood before and is not there any more
    /// ends, what is new begins. A list that is not `whole` ends nothing by leaving it out. Answers how many rows were written: none when nothing changed.
    pub async fn observe(
        &self,
        scope: &Scope,
        server_url: &str,
        tools: &[ToolRecord],
        whole: bool,
        now: i64,
    ) -> Result<u64, StoreError> {
        let standing: Vec<(String, i64, String)> = sqlx::query_as(
            "SELECT tool.name, observation.id, observation.fingerprint FROM observation
             JOIN tool ON tool.id = observation.tool_id
             WHERE tool.scope_id = ? AND tool.server_url = ? AND until_at IS NULL",
        )
        .bind(scope.id)
        .bind(server_url)
        .fetch_all(&self.db.read)
        .await?;
        let mut standing: HashMap<String, (i64, String)> =
            standing.into_iter().map(|(name, id, fingerprint)| (name, (id, fingerprint))).collect();
        let mut news = Vec::new();
        for tool in tools.iter().filter(|tool| tool.removed_at.is_none()) {
            match standing.remove(&tool.name) {
                Some((_, fingerprint)) if fingerprint == tool.fingerprint => {}
                Some((id, _)) => news.push((tool, Some(id))),
                None => news.push((tool, None)),
            }
        }
        if !whole {
            standing.clear();
        }
        if news.is_empty() && standing.is_empty() {
            return Ok(0);
        }
        let mut tx = self.db.write.begin().await?;
        let mut written = 0;
        for (id, _) in standing.into_values() {
            written += end_observation(&mut tx, id, now).await?;
        }
        for (tool, before) in news {
            if let Some(id) = before {
                written += end_observation(&mut tx, id, now).await?;
            }
            written += begin_observation(&mut tx, scope, server_url, tool, now).await?;
        }
        tx.commit().await?;
        Ok(written)
    }

    /// Definitions that stood at one tool, newest first, at most 100.
    pub async fn observations(
        &self,
        scope: &Scope,
        server_url: &str,
        tool: &str,
    ) -> Result<Vec<StoredObservation>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT fingerprint, from_at, until_at FROM observation JOIN tool ON tool.id = observation.tool_id
             WHERE tool.scope_id = ? AND tool.server_url = ? AND tool.name = ?
             ORDER BY observation.id DESC LIMIT 100",
        )
        .bind(scope.id)
        .bind(server_url)
        .bind(tool)
        .fetch_all(&self.db.read)
        .await?)
    }
}

async fn end_observation(tx: &mut Transaction<'_, Sqlite>, id: i64, now: i64) -> Result<u64, StoreError> {
    let done = sqlx::query("UPDATE observation SET until_at = ? WHERE id = ?")
        .bind(now)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected())
}

async fn begin_observation(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    server_url: &str,
    tool: &ToolRecord,
    now: i64,
) -> Result<u64, StoreError> {
    let definition = sqlx::query(
        "INSERT INTO definition (fingerprint, name, title, description, schema, canonical, first_at)
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&tool.fingerprint)
    .bind(&tool.name)
    .bind(&tool.title)
    .bind(&tool.description)
    .bind(&tool.schema)
    .bind(crate::review::canonical(&tool.schema).ok())
    .bind(now)
    .execute(&mut **tx)
    .await?;
    let tool_id: i64 = sqlx::query_scalar(
        "INSERT INTO tool (scope_id, server_url, name) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET name = excluded.name RETURNING id",
    )
    .bind(scope.id)
    .bind(server_url)
    .bind(&tool.name)
    .fetch_one(&mut **tx)
    .await?;
    sqlx::query("INSERT INTO observation (tool_id, fingerprint, from_at) VALUES (?, ?, ?)")
        .bind(tool_id)
        .bind(&tool.fingerprint)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    Ok(definition.rows_affected() + 1)
}
