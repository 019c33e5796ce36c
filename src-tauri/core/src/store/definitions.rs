//! Definitions ever seen, and at which tool they stood when.

use std::collections::HashMap;

use sqlx::{Sqlite, Transaction};

use super::events::{NewEvent, put_event};
use super::ledger::{Ledger, Scope};
use super::open::StoreError;
use super::tools::ToolRecord;
use crate::view::ActivityKind;

/// A definition that stood at a tool.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredObservation {
    /// Its fingerprint.
    pub fingerprint: String,
    /// First noticed there, ms.
    pub from_at: i64,
    /// Noticed to be gone, ms; null while it stands.
    pub until_at: Option<i64>,
    /// What Activity said when it was noticed; null at first contact, and for what was noticed before Activity was kept.
    pub noticed_as: Option<ActivityKind>,
}

/// What an observation wrote and found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// Rows of observations and definitions written: none when nothing changed.
    pub rows: u64,
    /// What is not as it was; empty at first contact, where nothing is news.
    pub noticed: Vec<Noticed>,
}

/// A tool that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noticed {
    /// Upstream name.
    pub tool: String,
    /// `New`, `Returned`, `Changed`, `ChangedBack` or `Removed`.
    pub what: ActivityKind,
}

/// The order of a tool's observations. By time, since a backup brings older ones; the one that stands is the last,
/// whatever the clock said.
pub(super) const IN_TIME: &str = "until_at IS NULL, from_at, observation.id";

/// SQL for a time (`at`, ms) that is not before what was last noticed of a tool, whatever the clock says.
pub(super) fn not_before_noticed(at: &str, tool_id: &str) -> String {
    format!(
        "max({at}, coalesce((SELECT max(coalesce(until_at, from_at)) FROM observation WHERE tool_id = {tool_id}), {at}))"
    )
}

impl Ledger {
    /// Remembers the definitions one server's tools have at `now` (ms): what stood before and is not there any more
    /// ends, what is new begins, and Activity gets a line for each. A list that is not `whole` ends nothing by leaving
    /// it out. Nothing is written when nothing changed.
    pub async fn observe(
        &self,
        scope: &Scope,
        server_url: &str,
        tools: &[ToolRecord],
        whole: bool,
        now: i64,
    ) -> Result<Observed, StoreError> {
        // Within the transaction that writes: two who read a changed server at the same time must not both find the news.
        let mut tx = self.db.write.begin().await?;
        let standing: Vec<(String, i64, String)> = sqlx::query_as(
            "SELECT tool.name, observation.id, observation.fingerprint FROM observation
             JOIN tool ON tool.id = observation.tool_id
             WHERE tool.scope_id = ? AND tool.server_url = ? AND until_at IS NULL",
        )
        .bind(scope.id)
        .bind(server_url)
        .fetch_all(&mut *tx)
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
        let mut observed = Observed::default();
        if news.is_empty() && standing.is_empty() {
            return Ok(observed);
        }
        let last = last_noticed(&mut tx, scope, server_url).await?;
        let first_contact = last.is_none();
        // A clock that was set back must not put what comes now before what went.
        let now = last.map_or(now, |last| now.max(last + 1));
        for (name, (id, _)) in standing {
            observed.rows += end_observation(&mut tx, id, now).await?;
            observed.noticed.push(Noticed { tool: name, what: ActivityKind::Removed });
        }
        for (tool, before) in news {
            if let Some(id) = before {
                observed.rows += end_observation(&mut tx, id, now).await?;
            }
            let (rows, seen_before, back_to_pin) =
                begin_observation(&mut tx, scope, server_url, tool, now).await?;
            observed.rows += rows;
            let what = match before {
                Some(_) if back_to_pin => ActivityKind::ChangedBack,
                Some(_) => ActivityKind::Changed,
                None if seen_before => ActivityKind::Returned,
                None => ActivityKind::New,
            };
            observed.noticed.push(Noticed { tool: tool.name.clone(), what });
        }
        note(&mut tx, scope, server_url, &mut observed, first_contact, now).await?;
        tx.commit().await?;
        Ok(observed)
    }

    /// Definitions that stood at one tool, newest first, at most 100.
    pub async fn observations(
        &self,
        scope: &Scope,
        server_url: &str,
        tool: &str,
    ) -> Result<Vec<StoredObservation>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT fingerprint, from_at, until_at,
                    (SELECT kind FROM event WHERE event.scope_id = tool.scope_id AND event.at = from_at
                        AND event.tool = tool.name AND event.server_url = tool.server_url
                        AND kind <> 'removed') AS noticed_as
             FROM observation JOIN tool ON tool.id = observation.tool_id
             WHERE tool.scope_id = ? AND tool.server_url = ? AND tool.name = ?
             ORDER BY until_at IS NULL DESC, from_at DESC, observation.id DESC LIMIT 100",
        )
        .bind(scope.id)
        .bind(server_url)
        .bind(tool)
        .fetch_all(&self.db.read)
        .await?)
    }
}

/// Finds or makes the ledger's row of a tool: as part of a transaction, because a `RETURNING` answers before its own
/// commit.
pub(super) async fn tool_id<'e>(
    db: impl sqlx::Executor<'e, Database = Sqlite>,
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
    .fetch_one(db)
    .await?)
}

async fn end_observation(tx: &mut Transaction<'_, Sqlite>, id: i64, now: i64) -> Result<u64, StoreError> {
    let done = sqlx::query("UPDATE observation SET until_at = ? WHERE id = ?")
        .bind(now)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected())
}

/// Begins an observation. Answers the rows written, whether the tool was ever seen before, and whether what begins is
/// the pinned definition.
async fn begin_observation(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    server_url: &str,
    tool: &ToolRecord,
    now: i64,
) -> Result<(u64, bool, bool), StoreError> {
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
    let tool_id = tool_id(&mut **tx, scope, server_url, &tool.name).await?;
    let (seen_before, back_to_pin) = sqlx::query_as(
        "SELECT EXISTS (SELECT 1 FROM observation WHERE tool_id = ?1),
                EXISTS (SELECT 1 FROM pin WHERE tool_id = ?1 AND fingerprint = ?2)",
    )
    .bind(tool_id)
    .bind(&tool.fingerprint)
    .fetch_one(&mut **tx)
    .await?;
    sqlx::query("INSERT INTO observation (tool_id, fingerprint, from_at) VALUES (?, ?, ?)")
        .bind(tool_id)
        .bind(&tool.fingerprint)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    Ok((definition.rows_affected() + 1, seen_before, back_to_pin))
}

/// When something was last noticed of a server's tools, ms; `None` before the first contact.
async fn last_noticed(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    server_url: &str,
) -> Result<Option<i64>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT max(coalesce(until_at, from_at)) FROM observation JOIN tool ON tool.id = observation.tool_id
         WHERE tool.scope_id = ? AND tool.server_url = ?",
    )
    .bind(scope.id)
    .bind(server_url)
    .fetch_one(&mut **tx)
    .await?)
}

/// Gives Activity its lines: one a tool, or one for a whole server at first contact, where nothing is news.
async fn note(
    tx: &mut Transaction<'_, Sqlite>,
    scope: &Scope,
    server_url: &str,
    observed: &mut Observed,
    first_contact: bool,
    now: i64,
) -> Result<(), StoreError> {
    if first_contact {
        let words = observed.noticed.len().to_string();
        observed.noticed.clear();
        let contact =
            NewEvent { kind: ActivityKind::FirstContact, server_url, tool: None, words: &words, at: now };
        return put_event(tx, scope, &contact).await;
    }
    for noticed in &observed.noticed {
        let event =
            NewEvent { kind: noticed.what, server_url, tool: Some(&noticed.tool), words: "", at: now };
        put_event(tx, scope, &event).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://mcp.linear.app/mcp";

    fn tool(name: &str, fingerprint: &str) -> ToolRecord {
        ToolRecord { name: name.into(), fingerprint: fingerprint.into(), ..ToolRecord::default() }
    }

    #[tokio::test]
    async fn who_reads_a_changed_server_at_the_same_time_finds_the_change_once() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
        let scope = ledger.scope("https://us.posthog.com", "u", 1).await.unwrap();
        let observe = async |print: &'static str, now| {
            ledger.observe(&scope, URL, &[tool("list_issues", print)], true, now).await
        };
        observe("a", 1).await.unwrap();
        for (now, print) in (2..).zip(["b", "c", "d", "e"]) {
            let (one, two, three) =
                tokio::join!(observe(print, now), observe(print, now), observe(print, now));
            let found: Vec<_> =
                [one, two, three].into_iter().flat_map(|observed| observed.unwrap().noticed).collect();
            assert_eq!(found, [Noticed { tool: "list_issues".into(), what: ActivityKind::Changed }]);
        }
        assert_eq!(ledger.observations(&scope, URL, "list_issues").await.unwrap().len(), 5);
    }
}
