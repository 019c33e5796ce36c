//! What was noticed here, and the lines of Activity: events and decisions as one list, newest first.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Sqlite, Transaction};
use tokio_stream::{Stream, StreamExt};

use super::ledger::{Ledger, Scope};
use super::open::StoreError;
use crate::view::{ActivityFilter, ActivityKind};

/// Something that was noticed.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent<'a> {
    /// What it was; never one of the kinds of a decision, which the journal holds.
    pub kind: ActivityKind,
    /// Address of the server.
    pub server_url: &'a str,
    /// Upstream tool name; `None` for what concerns a server. The filters of Activity go by this.
    pub tool: Option<&'a str>,
    /// More words where there are any: a server's error, a count, the name of a server that is gone.
    pub words: &'a str,
    /// When it was noticed, ms.
    pub at: i64,
}

/// Which lines to read.
#[derive(Clone, Debug, Default)]
pub struct LineQuery {
    /// Which ones.
    pub filter: ActivityFilter,
    /// What all must occur in a line's tool name or server.
    pub words: Vec<SearchWord>,
    /// First line.
    pub offset: u32,
    /// Lines wanted.
    pub limit: u32,
}

/// A word to look for. Letters beyond ASCII count as they are written.
#[derive(Clone, Debug)]
pub struct SearchWord {
    /// The word, lower case.
    pub text: String,
    /// Addresses of the servers whose name has it: names are the cache's.
    pub servers: Vec<String>,
}

/// A line of Activity.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredLine {
    /// When it was noticed or asked, ms.
    pub at: i64,
    /// Number in its table.
    pub id: i64,
    /// A decision of the journal; else an event.
    pub decision: bool,
    /// What it was.
    pub kind: ActivityKind,
    /// Address of the server.
    pub server_url: String,
    /// Upstream tool name.
    pub tool: Option<String>,
    /// More words.
    pub words: String,
    /// State before; empty for an event, like the rest.
    pub before: String,
    /// What was asked.
    pub asked: String,
    /// What PostHog answered.
    pub answered: String,
    /// What became of it.
    pub result: String,
    /// The batch, as text.
    pub batch: Option<String>,
    /// It took effect, and nothing has taken it back.
    pub standing: bool,
}

// Both halves come in order from an index, so that a window reads little more than its rows: SQLite merges them.
const EVENTS: &str = "SELECT event.at AS at, event.id AS id, 0 AS decision, event.kind AS kind,
    event.server_url AS server_url, event.tool AS tool, event.words AS words, '' AS before, '' AS asked,
    '' AS answered, '' AS result, NULL AS batch, 0 AS standing FROM event";
const DECISIONS: &str =
    "SELECT decision.asked_at AS at, decision.id AS id, 1 AS decision, decision.kind AS kind,
    tool.server_url AS server_url, tool.name AS tool, decision.words AS words, decision.before AS before,
    decision.asked AS asked, coalesce(decision.answered, '') AS answered, decision.result AS result,
    decision.batch AS batch, decision.result IN ('as_asked', 'kept_otherwise') AND NOT EXISTS (
        SELECT 1 FROM decision AS later WHERE later.undoes = decision.id
            AND later.result IN ('open', 'as_asked', 'kept_otherwise')) AS standing
    FROM decision INDEXED BY decision_by_time CROSS JOIN tool ON tool.id = decision.tool_id";

impl Ledger {
    /// Writes down what was noticed.
    pub async fn note(&self, scope: &Scope, events: &[NewEvent<'_>]) -> Result<(), StoreError> {
        if events.is_empty() {
            return Ok(());
        }
        let mut tx = self.db.write.begin().await?;
        for event in events {
            put_event(&mut tx, scope, event).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// When each trouble with a server was last noticed, by the server's address and what it was, ms.
    pub async fn trouble_noticed(
        &self,
        scope: &Scope,
    ) -> Result<HashMap<(String, ActivityKind), i64>, StoreError> {
        let rows: Vec<(String, ActivityKind, i64)> = sqlx::query_as(
            "SELECT server_url, kind, max(at) FROM event
             WHERE scope_id = ? AND kind IN ('login_broken', 'read_failed') GROUP BY server_url, kind",
        )
        .bind(scope.id)
        .fetch_all(&self.db.read)
        .await?;
        Ok(rows.into_iter().map(|(server_url, kind, at)| ((server_url, kind), at)).collect())
    }

    /// A window of Activity, newest first, and how many lines match in all.
    pub async fn lines(
        &self,
        scope: &Scope,
        query: &LineQuery,
    ) -> Result<(Vec<StoredLine>, u32), StoreError> {
        let mut total: u32 = 0;
        if query.has_events() {
            let mut count = QueryBuilder::new("SELECT count(*) FROM event");
            push_events(&mut count, scope, query);
            total += count.build_query_scalar::<u32>().fetch_one(&self.db.read).await?;
        }
        if query.has_decisions() {
            // By tool here: counting needs no order, and this index has all it takes.
            let mut count = QueryBuilder::new(
                "SELECT count(*) FROM tool CROSS JOIN decision ON decision.tool_id = tool.id",
            );
            push_decisions(&mut count, scope, query);
            total += count.build_query_scalar::<u32>().fetch_one(&self.db.read).await?;
        }
        let rows = window(scope, query).build_query_as().fetch_all(&self.db.read).await?;
        Ok((rows, total))
    }

    /// All of Activity, newest first, as it is now.
    pub fn every_line(&self, scope: &Scope) -> impl Stream<Item = Result<StoredLine, StoreError>> + Unpin {
        let sql = format!(
            "{EVENTS} WHERE event.scope_id = ? UNION ALL {DECISIONS} WHERE tool.scope_id = ? ORDER BY 1 DESC, 2 DESC"
        );
        let rows =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(scope.id).bind(scope.id).fetch(&self.db.read);
        rows.map(|row| row.map_err(StoreError::from))
    }
}

impl LineQuery {
    fn has_events(&self) -> bool {
        self.filter != ActivityFilter::Decisions
    }

    fn has_decisions(&self) -> bool {
        matches!(self.filter, ActivityFilter::All | ActivityFilter::Decisions)
    }
}

fn window(scope: &Scope, query: &LineQuery) -> QueryBuilder<Sqlite> {
    let mut rows = QueryBuilder::new("");
    if query.has_events() {
        rows.push(EVENTS);
        push_events(&mut rows, scope, query);
    }
    if query.has_events() && query.has_decisions() {
        rows.push(" UNION ALL ");
    }
    if query.has_decisions() {
        rows.push(DECISIONS);
        push_decisions(&mut rows, scope, query);
    }
    rows.push(" ORDER BY 1 DESC, 2 DESC LIMIT ").push_bind(query.limit);
    rows.push(" OFFSET ").push_bind(query.offset);
    rows
}

fn push_events(builder: &mut QueryBuilder<Sqlite>, scope: &Scope, query: &LineQuery) {
    builder.push(" WHERE event.scope_id = ").push_bind(scope.id);
    match query.filter {
        ActivityFilter::All | ActivityFilter::Decisions => {}
        ActivityFilter::Tools => {
            builder.push(" AND event.tool IS NOT NULL");
        }
        ActivityFilter::Connections => {
            builder.push(" AND event.tool IS NULL");
        }
    }
    push_words(builder, query, "event.tool", "event.server_url");
}

fn push_decisions(builder: &mut QueryBuilder<Sqlite>, scope: &Scope, query: &LineQuery) {
    builder.push(" WHERE tool.scope_id = ").push_bind(scope.id);
    push_words(builder, query, "tool.name", "tool.server_url");
}

fn push_words(builder: &mut QueryBuilder<Sqlite>, query: &LineQuery, tool: &str, url: &str) {
    for word in &query.words {
        builder.push(format!(" AND (instr(lower({tool}), ")).push_bind(word.text.clone());
        builder.push(format!(") > 0 OR instr(lower({url}), ")).push_bind(word.text.clone());
        builder.push(") > 0");
        if !word.servers.is_empty() {
            builder.push(format!(" OR {url} IN ("));
            let mut urls = builder.separated(", ");
            for server in &word.servers {
                urls.push_bind(server.clone());
            }
            builder.push(")");
        }
        builder.push(")");
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
        .bind(event.kind)
        .bind(event.server_url)
        .bind(event.tool)
        .bind(event.words)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
