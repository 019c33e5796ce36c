//! Connection flows, so that a link after a restart still finds its flow.

use super::ledger::{Ledger, Scope};
use super::open::StoreError;

/// A flow that begins.
#[derive(Clone, Debug)]
pub struct NewFlow<'a> {
    /// Id on this machine.
    pub id: &'a str,
    /// Account that began it.
    pub account: &'a str,
    /// SHA-256 of the nonce, hex.
    pub nonce_hash: &'a str,
    /// Name of the server.
    pub title: &'a str,
    /// Its address: the join key (contract 2.1).
    pub server_url: &'a str,
    /// The row, when it exists already.
    pub server_id: Option<&'a str>,
    /// The catalog entry, for a first connection.
    pub template_id: Option<&'a str>,
    /// Start, ms.
    pub started_at: i64,
    /// When PostHog forgets the login, ms.
    pub deadline_at: i64,
}

/// A flow as the ledger knows it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredFlow {
    /// Id on this machine.
    pub id: String,
    /// Account that began it.
    pub account: String,
    /// Project it belongs to.
    pub project_id: i64,
    /// SHA-256 of the nonce, hex.
    pub nonce_hash: String,
    /// Name of the server.
    pub title: String,
    /// Its address.
    pub server_url: String,
    /// The row, once known.
    pub server_id: Option<String>,
    /// The catalog entry, for a first connection.
    pub template_id: Option<String>,
    /// Host of the login page, once known.
    pub login_host: Option<String>,
    /// The row's `updated_at` when the login began.
    pub moved_before: Option<String>,
    /// When PostHog forgets the login, ms.
    pub deadline_at: i64,
}

impl Ledger {
    /// Writes a flow before PostHog is asked for it.
    pub async fn begin_flow(&self, scope: &Scope, flow: &NewFlow<'_>) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO flow (id, scope_id, account, nonce_hash, title, server_url, server_id, template_id,
                               started_at, deadline_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(flow.id)
        .bind(scope.id)
        .bind(flow.account)
        .bind(flow.nonce_hash)
        .bind(flow.title)
        .bind(flow.server_url)
        .bind(flow.server_id)
        .bind(flow.template_id)
        .bind(flow.started_at)
        .bind(flow.deadline_at)
        .execute(&self.db.write)
        .await?;
        Ok(())
    }

    /// Remembers what PostHog answered: the row, the login page's host, and how the row stood before the login.
    pub async fn flow_waits(
        &self,
        id: &str,
        server_id: Option<&str>,
        login_host: &str,
        moved_before: Option<&str>,
        deadline_at: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE flow SET server_id = coalesce(?, server_id), login_host = ?, moved_before = ?, deadline_at = ?
             WHERE id = ?",
        )
        .bind(server_id)
        .bind(login_host)
        .bind(moved_before)
        .bind(deadline_at)
        .bind(id)
        .execute(&self.db.write)
        .await?;
        Ok(())
    }

    /// Ends a flow. A flow that has ended stays as it ended.
    pub async fn end_flow(&self, id: &str, ending: &str, now: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE flow SET ending = ?, ended_at = ? WHERE id = ? AND ending IS NULL")
            .bind(ending)
            .bind(now)
            .bind(id)
            .execute(&self.db.write)
            .await?;
        Ok(())
    }

    /// Flows that run, of all accounts and projects, oldest first.
    pub async fn open_flows(&self) -> Result<Vec<StoredFlow>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT flow.id, account, scope.project_id, nonce_hash, title, server_url, server_id, template_id,
                    login_host, moved_before, deadline_at
             FROM flow JOIN scope ON scope.id = flow.scope_id WHERE ending IS NULL ORDER BY started_at",
        )
        .fetch_all(&self.db.read)
        .await?)
    }
}
