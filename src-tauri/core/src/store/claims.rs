//! What servers claim about their tools.

use std::collections::HashMap;

use super::cache::Cache;
use super::open::StoreError;

/// A server's own words about one of its tools; `None`: it does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct ClaimRecord {
    /// It changes nothing.
    pub read_only: Option<bool>,
    /// What it changes may be lost.
    pub destructive: Option<bool>,
    /// Calling it again changes nothing further.
    pub idempotent: Option<bool>,
    /// It reaches beyond the server's own data.
    pub open_world: Option<bool>,
}

#[derive(sqlx::FromRow)]
struct Row {
    tool: String,
    #[sqlx(flatten)]
    claim: ClaimRecord,
}

impl Cache {
    /// Remembers what one server claims, and answers how many rows were written: none when it claims the same. A tool
    /// that is not among them keeps its claims: PostHog leaves out what is blocked. A server that is not known is none.
    pub async fn put_claims(&self, server: &str, claims: &[(&str, ClaimRecord)]) -> Result<u64, StoreError> {
        let known: Vec<Row> = sqlx::query_as(
            "SELECT tool, read_only, destructive, idempotent, open_world FROM claim WHERE server = ?",
        )
        .bind(server)
        .fetch_all(&self.db.read)
        .await?;
        let known: HashMap<String, ClaimRecord> =
            known.into_iter().map(|row| (row.tool, row.claim)).collect();
        let news =
            |(tool, claim): &&(&str, ClaimRecord)| known.get(*tool).copied().unwrap_or_default() != *claim;
        let news: Vec<_> = claims.iter().filter(news).collect();
        if news.is_empty() {
            return Ok(0);
        }
        let mut tx = self.db.write.begin().await?;
        let mut written = 0;
        for (tool, claim) in news {
            let done = sqlx::query(
                "INSERT INTO claim (server, tool, read_only, destructive, idempotent, open_world)
                 SELECT id, ?, ?, ?, ?, ? FROM server WHERE id = ?
                 ON CONFLICT DO UPDATE SET read_only = excluded.read_only, destructive = excluded.destructive,
                                           idempotent = excluded.idempotent, open_world = excluded.open_world",
            )
            .bind(tool)
            .bind(claim.read_only)
            .bind(claim.destructive)
            .bind(claim.idempotent)
            .bind(claim.open_world)
            .bind(server)
            .execute(&mut *tx)
            .await?;
            written += done.rows_affected();
        }
        tx.commit().await?;
        Ok(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{ServerRecord, ToolRecord};

    #[tokio::test]
    async fn claims_are_kept_beside_the_tool_and_written_only_when_they_move() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(&folder.path().join("cache.db")).await.unwrap().store;
        let server = ServerRecord { id: "s".into(), url: "u".into(), ..ServerRecord::default() };
        cache.put_servers(&[server], true).await.unwrap();
        let tool =
            |name: &str| ToolRecord { server_id: "s".into(), name: name.into(), ..ToolRecord::default() };
        let tools = [tool("list"), tool("drop")];
        cache.put_tools("s", &tools, Some(b"1"), 0).await.unwrap();

        let reads = ClaimRecord { read_only: Some(true), ..ClaimRecord::default() };
        let drops =
            ClaimRecord { destructive: Some(true), open_world: Some(false), ..ClaimRecord::default() };
        let silent = ClaimRecord::default();
        let both = [("list", reads), ("drop", drops), ("other", silent)];
        assert_eq!(cache.put_claims("s", &both).await.unwrap(), 2);
        assert_eq!(cache.put_claims("s", &both).await.unwrap(), 0, "the same again");
        assert_eq!(cache.put_claims("gone", &both).await.unwrap(), 0, "a server that is not known");
        assert_eq!(cache.put_claims("s", &[("list", silent)]).await.unwrap(), 1, "it says no more");
        let claimed = async |name| cache.tool("s", name).await.unwrap().unwrap().claims;
        assert_eq!((claimed("list").await, claimed("drop").await), (silent, drops));

        let written = cache.put_tools("s", &tools, Some(b"2"), 1).await.unwrap();
        assert_eq!(
            (written.rows, claimed("drop").await),
            (0, drops),
            "an answer that does not tell loses nothing"
        );
        assert_eq!(cache.put_servers(&[], true).await.unwrap(), 1);
    }
}
