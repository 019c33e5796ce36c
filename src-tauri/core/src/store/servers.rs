//! Servers as PostHog said them last.

use std::collections::{HashMap, HashSet};

use super::cache::Cache;
use super::open::StoreError;
use crate::view::{Counts, ReviewGroup};

/// One server. Times are texts as PostHog wrote them.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct ServerRecord {
    /// Installation id.
    pub id: String,
    /// Address: the join key with the catalog and the ledger.
    pub url: String,
    /// Name, may be empty.
    pub name: String,
    /// Description, may be empty.
    pub description: String,
    /// Catalog entry it came from.
    pub template_id: Option<String>,
    /// `oauth`, `api_key` or an unknown word.
    pub auth_type: String,
    /// The person's switch.
    pub is_enabled: bool,
    /// The login died.
    pub needs_reauth: bool,
    /// The login was never finished.
    pub pending_oauth: bool,
    /// Shared in the project.
    pub shared: bool,
    /// This account owns it.
    pub is_owner: bool,
    /// Tools as PostHog counts them.
    pub tool_count: i64,
    /// When PostHog last read the tools.
    pub last_synced_at: Option<String>,
    /// Why its last reading failed; "" after a success.
    pub last_sync_error: String,
    /// When it was connected.
    pub created_at: Option<String>,
    /// When PostHog last saved the row.
    pub updated_at: Option<String>,
    /// SHA-256 of the last tools answer that was stored.
    #[sqlx(default)]
    pub tools_digest: Option<Vec<u8>>,
    /// When this app last read the tools, ms.
    #[sqlx(default)]
    pub tools_seen_at: Option<i64>,
    /// Agents were not offered it when PostHog was last asked, although nothing of this person's keeps it from them.
    #[sqlx(default)]
    pub off_for_team: bool,
}

const COLUMNS: &str = "id, url, name, description, template_id, auth_type, is_enabled, needs_reauth, pending_oauth,
    shared, is_owner, tool_count, last_synced_at, last_sync_error, created_at, updated_at, tools_digest, tools_seen_at,
    off_for_team";

impl Cache {
    /// All servers by name.
    pub async fn servers(&self) -> Result<Vec<ServerRecord>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM server ORDER BY name COLLATE NOCASE, url, id");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&self.db.read).await?)
    }

    /// One server.
    pub async fn server(&self, id: &str) -> Result<Option<ServerRecord>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM server WHERE id = ?");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&self.db.read).await?)
    }

    /// Makes the list what PostHog answered: writes what differs, drops what is gone. A list that is not `whole` drops
    /// nothing. Answers the rows written.
    pub async fn put_servers(&self, servers: &[ServerRecord], whole: bool) -> Result<u64, StoreError> {
        let known: HashMap<String, ServerRecord> =
            self.servers().await?.into_iter().map(|server| (server.id.clone(), server)).collect();
        let changed: Vec<&ServerRecord> = servers
            .iter()
            .filter(|server| !known.get(&server.id).is_some_and(|old| old.same_row(server)))
            .collect();
        let listed: HashSet<&str> = servers.iter().map(|server| server.id.as_str()).collect();
        let gone: Vec<&String> = known.keys().filter(|id| whole && !listed.contains(id.as_str())).collect();
        if changed.is_empty() && gone.is_empty() {
            return Ok(0);
        }
        let mut tx = self.db.write.begin().await?;
        for id in &gone {
            sqlx::query("DELETE FROM server WHERE id = ?").bind(id.as_str()).execute(&mut *tx).await?;
        }
        for server in &changed {
            upsert(server).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok((changed.len() + gone.len()) as u64)
    }

    /// Writes one server as PostHog answered it.
    pub async fn put_server(&self, server: &ServerRecord) -> Result<(), StoreError> {
        upsert(server).execute(&self.db.write).await?;
        Ok(())
    }

    /// Notes which servers are off for the team, and that the others are not; answers the rows that moved.
    pub async fn put_off_for_team(&self, ids: &[String]) -> Result<u64, StoreError> {
        let mut tx = self.db.write.begin().await?;
        let mut moved = 0;
        for server in self.servers().await? {
            let off = ids.contains(&server.id);
            if server.off_for_team != off {
                let query = sqlx::query("UPDATE server SET off_for_team = ? WHERE id = ?");
                moved += query.bind(off).bind(server.id).execute(&mut *tx).await?.rows_affected();
            }
        }
        tx.commit().await?;
        Ok(moved)
    }

    /// Drops a server with its tools.
    pub async fn drop_server(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM server WHERE id = ?").bind(id).execute(&self.db.write).await?;
        Ok(())
    }

    /// Tools of every server by decision.
    pub async fn counts(&self) -> Result<HashMap<String, Counts>, StoreError> {
        let rows: Vec<CountRow> = sqlx::query_as(
            "SELECT server_id,
                    count(*) FILTER (WHERE removed_at IS NULL) AS total,
                    count(*) FILTER (WHERE removed_at IS NULL AND state = 'approved') AS allowed,
                    count(*) FILTER (WHERE removed_at IS NULL AND state = 'needs_approval') AS ask,
                    count(*) FILTER (WHERE removed_at IS NULL AND changed) AS changed,
                    count(*) FILTER (WHERE removed_at IS NOT NULL) AS removed,
                    coalesce(sum(tokens) FILTER (WHERE removed_at IS NULL), 0) AS tokens,
                    count(*) FILTER (WHERE review IS NOT NULL AND review <> ? AND NOT later) AS to_review
             FROM tool GROUP BY server_id",
        )
        .bind(ReviewGroup::Unpinned.number())
        .fetch_all(&self.db.read)
        .await?;
        Ok(rows.into_iter().map(CountRow::into_counts).collect())
    }
}

#[derive(sqlx::FromRow)]
struct CountRow {
    server_id: String,
    total: u32,
    allowed: u32,
    ask: u32,
    changed: u32,
    removed: u32,
    tokens: u32,
    to_review: u32,
}

impl CountRow {
    fn into_counts(self) -> (String, Counts) {
        let Self { server_id, total, allowed, ask, changed, removed, tokens, to_review } = self;
        let blocked = total - allowed - ask;
        (server_id, Counts { total, allowed, ask, blocked, changed, removed, to_review, tokens })
    }
}

impl ServerRecord {
    /// Equal as far as PostHog's row goes; what this app noted beside it does not count.
    fn same_row(&self, other: &Self) -> bool {
        let mut other = other.clone();
        other.tools_digest.clone_from(&self.tools_digest);
        other.tools_seen_at = self.tools_seen_at;
        other.off_for_team = self.off_for_team;
        *self == other
    }
}

fn upsert(server: &ServerRecord) -> sqlx::query::Query<'_, sqlx::Sqlite, sqlx::sqlite::SqliteArguments> {
    sqlx::query(
        "INSERT INTO server (id, url, name, description, template_id, auth_type, is_enabled, needs_reauth,
                             pending_oauth, shared, is_owner, tool_count, last_synced_at, last_sync_error,
                             created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET url = excluded.url, name = excluded.name, description = excluded.description,
             template_id = excluded.template_id, auth_type = excluded.auth_type, is_enabled = excluded.is_enabled,
             needs_reauth = excluded.needs_reauth, pending_oauth = excluded.pending_oauth,
             shared = excluded.shared, is_owner = excluded.is_owner, tool_count = excluded.tool_count,
             last_synced_at = excluded.last_synced_at, last_sync_error = excluded.last_sync_error,
             created_at = excluded.created_at, updated_at = excluded.updated_at",
    )
    .bind(&server.id)
    .bind(&server.url)
    .bind(&server.name)
    .bind(&server.description)
    .bind(&server.template_id)
    .bind(&server.auth_type)
    .bind(server.is_enabled)
    .bind(server.needs_reauth)
    .bind(server.pending_oauth)
    .bind(server.shared)
    .bind(server.is_owner)
    .bind(server.tool_count)
    .bind(&server.last_synced_at)
    .bind(&server.last_sync_error)
    .bind(&server.created_at)
    .bind(&server.updated_at)
}
