//! Tools as PostHog said them last, and the windows of rows the page asks for.

use std::collections::{HashMap, HashSet};

use sqlx::{QueryBuilder, Sqlite, Transaction};

use super::cache::Cache;
use super::claims::ClaimRecord;
use super::open::StoreError;
use crate::view::ToolFilter;

/// One tool. Times are texts as PostHog wrote them.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct ToolRecord {
    /// Installation it belongs to.
    pub server_id: String,
    /// Upstream name.
    pub name: String,
    /// Title, may be empty.
    pub title: String,
    /// Description, may be empty.
    pub description: String,
    /// Input schema as JSON text, as it came.
    pub schema: String,
    /// Effective state, as PostHog said it.
    pub state: String,
    /// The team's ceiling.
    pub team_state: Option<String>,
    /// A rule fixes it.
    pub locked: bool,
    /// Who decided.
    pub decided_by: String,
    /// Missing upstream since.
    pub removed_at: Option<String>,
    /// Fingerprint of the definition.
    pub fingerprint: String,
    /// Estimated tokens.
    pub tokens: u32,
    /// Differs from the pinned definition.
    pub changed: bool,
    /// When PostHog last saw it.
    pub last_seen_at: Option<String>,
    /// Where it waits in Review: the group's number in the order of the screen.
    pub review: Option<i64>,
    /// Put off.
    pub later: bool,
    /// When what waits was noticed, ms.
    pub noticed_at: Option<i64>,
    /// For what came back or is gone: since when it was gone, ms.
    pub gone_at: Option<i64>,
    /// Fingerprint of the definition it is compared with.
    pub base: Option<String>,
    /// What the server claims about it, from another answer of PostHog's: writing a tool leaves it as it is.
    #[sqlx(flatten)]
    pub claims: ClaimRecord,
}

/// Which rows to read.
#[derive(Clone, Debug)]
pub struct ToolQuery<'a> {
    /// Installation id.
    pub server_id: &'a str,
    /// Text to look for; words must all occur in name, title or description.
    pub search: &'a str,
    /// Which ones.
    pub filter: ToolFilter,
    /// First row.
    pub offset: u32,
    /// Rows wanted.
    pub limit: u32,
}

/// What a write of one server's tools did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ToolsWritten {
    /// Tool rows inserted, updated or deleted.
    pub rows: u64,
    /// Time rows written.
    pub times: u64,
}

const COLUMNS: &str = "server_id, tool.name, title, tool.description, schema, state, team_state, locked, decided_by, removed_at,
    fingerprint, tokens, changed, review, later, noticed_at, gone_at, base, tool_time.last_seen_at,
    claim.read_only, claim.destructive, claim.idempotent, claim.open_world
    FROM tool LEFT JOIN tool_time ON tool_time.tool_id = tool.id
    LEFT JOIN claim ON claim.server = tool.server_id AND claim.tool = tool.name";

impl Cache {
    /// Makes one server's tools what PostHog answered: writes what differs, drops rows PostHog no longer lists.
    /// Without a `digest` the answer could not be read whole: then nothing is dropped.
    pub async fn put_tools(
        &self,
        server_id: &str,
        tools: &[ToolRecord],
        digest: Option<&[u8]>,
        now: i64,
    ) -> Result<ToolsWritten, StoreError> {
        let known: HashMap<String, ToolRecord> =
            self.all_tools(server_id).await?.into_iter().map(|tool| (tool.name.clone(), tool)).collect();
        let mut tx = self.db.write.begin().await?;
        let mut written = ToolsWritten::default();
        for tool in tools {
            let old = known.get(&tool.name);
            if !old.is_some_and(|old| old.same_row(tool)) {
                written.rows += upsert(&mut tx, tool).await?;
            }
            if old.is_none_or(|old| old.last_seen_at != tool.last_seen_at) {
                written.times += put_time(&mut tx, tool).await?;
            }
        }
        let listed: HashSet<&str> = tools.iter().map(|tool| tool.name.as_str()).collect();
        let whole = digest.is_some();
        for name in known.keys().filter(|name| whole && !listed.contains(name.as_str())) {
            let done =
                sqlx::query("DELETE FROM tool WHERE server_id = ? AND name = ?").bind(server_id).bind(name);
            written.rows += done.execute(&mut *tx).await?.rows_affected();
        }
        sqlx::query("UPDATE server SET tools_digest = ?, tools_seen_at = ? WHERE id = ?")
            .bind(digest)
            .bind(now)
            .bind(server_id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(written)
    }

    /// Notes that PostHog answered byte for byte what is stored.
    pub async fn tools_unchanged(&self, server_id: &str, now: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE server SET tools_seen_at = ? WHERE id = ?")
            .bind(now)
            .bind(server_id)
            .execute(&self.db.write)
            .await?;
        Ok(())
    }

    /// Writes one tool as PostHog answered it. The digest goes: the stored list is no longer what it stood for.
    pub async fn put_tool(&self, tool: &ToolRecord) -> Result<(), StoreError> {
        let mut tx = self.db.write.begin().await?;
        upsert(&mut tx, tool).await?;
        put_time(&mut tx, tool).await?;
        sqlx::query("UPDATE server SET tools_digest = NULL WHERE id = ?")
            .bind(&tool.server_id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Writes where tools wait in Review; the digest stays. Answers the rows written.
    pub async fn put_places(&self, tools: &[ToolRecord]) -> Result<u64, StoreError> {
        let mut tx = self.db.write.begin().await?;
        let mut written = 0;
        for tool in tools {
            let done = sqlx::query(
                "UPDATE tool SET changed = ?, review = ?, later = ?, noticed_at = ?, gone_at = ?, base = ?
                 WHERE server_id = ? AND name = ? AND fingerprint = ?",
            )
            .bind(tool.changed)
            .bind(tool.review)
            .bind(tool.later)
            .bind(tool.noticed_at)
            .bind(tool.gone_at)
            .bind(&tool.base)
            .bind(&tool.server_id)
            .bind(&tool.name)
            .bind(&tool.fingerprint)
            .execute(&mut *tx)
            .await?;
            written += done.rows_affected();
        }
        tx.commit().await?;
        Ok(written)
    }

    /// Server id and name of every tool on offer.
    pub async fn tool_names(&self) -> Result<Vec<(String, String)>, StoreError> {
        Ok(sqlx::query_as("SELECT server_id, name FROM tool WHERE removed_at IS NULL")
            .fetch_all(&self.db.read)
            .await?)
    }

    /// How many tools wait in each group of Review: number, tools, of these put off.
    pub async fn review_counts(&self) -> Result<Vec<(i64, u32, u32)>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT review, count(*), sum(later) FROM tool WHERE review IS NOT NULL GROUP BY review ORDER BY review",
        )
        .fetch_all(&self.db.read)
        .await?)
    }

    /// A window of the tools that wait, by group, then not put off, then server and name.
    pub async fn review_window(&self, offset: u32, limit: u32) -> Result<Vec<ToolRecord>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} JOIN server ON server.id = tool.server_id WHERE review IS NOT NULL
             ORDER BY review, later, server.name COLLATE NOCASE, server_id, tool.name LIMIT ? OFFSET ?"
        );
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(limit).bind(offset).fetch_all(&self.db.read).await?)
    }

    /// One tool.
    pub async fn tool(&self, server_id: &str, name: &str) -> Result<Option<ToolRecord>, StoreError> {
        let sql = format!("SELECT {COLUMNS} WHERE server_id = ? AND name = ?");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(server_id)
            .bind(name)
            .fetch_optional(&self.db.read)
            .await?)
    }

    /// All tools of a server, removed ones too, by name.
    pub async fn all_tools(&self, server_id: &str) -> Result<Vec<ToolRecord>, StoreError> {
        let sql = format!("SELECT {COLUMNS} WHERE server_id = ? ORDER BY name");
        Ok(sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(server_id).fetch_all(&self.db.read).await?)
    }

    /// A window of rows, by name, and how many match in all.
    pub async fn tools(&self, query: &ToolQuery<'_>) -> Result<(Vec<ToolRecord>, u32), StoreError> {
        let mut rows = QueryBuilder::new("SELECT ");
        rows.push(COLUMNS);
        push_conditions(&mut rows, query);
        rows.push(" ORDER BY name COLLATE NOCASE, name LIMIT ").push_bind(query.limit);
        rows.push(" OFFSET ").push_bind(query.offset);
        let mut count = QueryBuilder::new("SELECT count(*) FROM tool");
        push_conditions(&mut count, query);
        let rows = rows.build_query_as().fetch_all(&self.db.read).await?;
        let total = count.build_query_scalar().fetch_one(&self.db.read).await?;
        Ok((rows, total))
    }
}

impl Cache {
    /// The tools of one group of Review that are not put off: server, name, fingerprint, in the order of the screen.
    pub async fn tools_in_review(&self, group: i64) -> Result<Vec<(String, String, String)>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT server_id, name, fingerprint FROM tool WHERE review = ? AND later = 0 ORDER BY server_id, name",
        )
        .bind(group)
        .fetch_all(&self.db.read)
        .await?)
    }
}

fn push_conditions(builder: &mut QueryBuilder<Sqlite>, query: &ToolQuery<'_>) {
    builder.push(" WHERE server_id = ").push_bind(query.server_id.to_owned());
    builder.push(match query.filter {
        ToolFilter::All => " AND removed_at IS NULL",
        ToolFilter::Allowed => " AND removed_at IS NULL AND state = 'approved'",
        ToolFilter::Ask => " AND removed_at IS NULL AND state = 'needs_approval'",
        ToolFilter::Blocked => " AND removed_at IS NULL AND state NOT IN ('approved', 'needs_approval')",
        ToolFilter::Changed => " AND removed_at IS NULL AND changed",
        ToolFilter::Removed => " AND removed_at IS NOT NULL",
    });
    for word in query.search.to_lowercase().split_whitespace().take(8) {
        builder.push(" AND instr(haystack, ").push_bind(word.to_owned()).push(") > 0");
    }
}

impl ToolRecord {
    /// Equal but for what is written elsewhere: the time PostHog moves at every refresh, and the server's claims.
    fn same_row(&self, other: &Self) -> bool {
        let mut other = other.clone();
        other.last_seen_at.clone_from(&self.last_seen_at);
        other.claims = self.claims;
        *self == other
    }
}

async fn upsert(tx: &mut Transaction<'_, Sqlite>, tool: &ToolRecord) -> Result<u64, StoreError> {
    let haystack = format!("{}\n{}\n{}", tool.name, tool.title, tool.description).to_lowercase();
    let done = sqlx::query(
        "INSERT INTO tool (server_id, name, title, description, schema, state, team_state, locked, decided_by,
                           removed_at, fingerprint, tokens, changed, review, later, noticed_at, gone_at, base,
                           haystack)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (server_id, name) DO UPDATE SET title = excluded.title, description = excluded.description,
             schema = excluded.schema, state = excluded.state, team_state = excluded.team_state,
             locked = excluded.locked, decided_by = excluded.decided_by, removed_at = excluded.removed_at,
             fingerprint = excluded.fingerprint, tokens = excluded.tokens, changed = excluded.changed,
             review = excluded.review, later = excluded.later, noticed_at = excluded.noticed_at,
             gone_at = excluded.gone_at, base = excluded.base, haystack = excluded.haystack",
    )
    .bind(&tool.server_id)
    .bind(&tool.name)
    .bind(&tool.title)
    .bind(&tool.description)
    .bind(&tool.schema)
    .bind(&tool.state)
    .bind(&tool.team_state)
    .bind(tool.locked)
    .bind(&tool.decided_by)
    .bind(&tool.removed_at)
    .bind(&tool.fingerprint)
    .bind(tool.tokens)
    .bind(tool.changed)
    .bind(tool.review)
    .bind(tool.later)
    .bind(tool.noticed_at)
    .bind(tool.gone_at)
    .bind(&tool.base)
    .bind(haystack)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

async fn put_time(tx: &mut Transaction<'_, Sqlite>, tool: &ToolRecord) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "INSERT INTO tool_time (tool_id, last_seen_at) SELECT id, ? FROM tool WHERE server_id = ? AND name = ?
         ON CONFLICT DO UPDATE SET last_seen_at = excluded.last_seen_at",
    )
    .bind(&tool.last_seen_at)
    .bind(&tool.server_id)
    .bind(&tool.name)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}
