//! The ledger: what only this machine knows.

use std::path::Path;

use super::open::{Db, StoreError, open_ledger};

/// What only this machine knows: accounts, definitions ever seen, pins, decisions, flows, spent budget.
#[derive(Clone, Debug)]
pub struct Ledger {
    pub(super) db: Db,
}

/// One person's view of one project: everything in the ledger about tools hangs on this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Row id in the ledger.
    pub id: i64,
    /// Origin of the PostHog host.
    pub origin: String,
    /// PostHog's uuid of the person.
    pub user_uuid: String,
    /// PostHog's number of the project.
    pub project_id: i64,
}

impl Ledger {
    /// Opens the ledger, or creates it; a copy is made before a migration.
    ///
    /// # Errors
    /// [`StoreError::NewerLedger`] when a newer version wrote it: the file stays untouched.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self { db: open_ledger(path).await? })
    }

    /// Finds or makes the scope.
    pub async fn scope(&self, origin: &str, user_uuid: &str, project_id: i64) -> Result<Scope, StoreError> {
        // A transaction: a `RETURNING` answers before its own commit.
        let mut tx = self.db.write.begin().await?;
        let id = sqlx::query_scalar(
            "INSERT INTO scope (origin, user_uuid, project_id) VALUES (?, ?, ?)
             ON CONFLICT DO UPDATE SET origin = excluded.origin RETURNING id",
        )
        .bind(origin)
        .bind(user_uuid)
        .bind(project_id)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Scope { id, origin: origin.to_owned(), user_uuid: user_uuid.to_owned(), project_id })
    }

    /// A number that is another one after anything in the ledger has changed, for as long as it is open.
    pub async fn moves(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar("SELECT total_changes()").fetch_one(&self.db.write).await?)
    }

    /// Closes both pools; the files are complete after this.
    pub async fn close(&self) {
        self.db.close().await;
    }
}
