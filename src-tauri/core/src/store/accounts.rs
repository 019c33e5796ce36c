//! Accounts known on this machine. Their keys are in the keyring, never here.

use crate::view::ProjectView;

use super::ledger::Ledger;
use super::open::StoreError;

/// An account: a person on one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAccount {
    /// Stable id, derived from origin and person; also the name of its keyring item.
    pub id: String,
    /// Origin of the host.
    pub origin: String,
    /// PostHog's uuid of the person.
    pub user_uuid: String,
    /// Email address.
    pub email: String,
    /// Projects as PostHog last listed them.
    pub projects: Vec<ProjectView>,
    /// The key was put into the keyring; otherwise it was for one run.
    pub in_keyring: bool,
    /// When it was added here, ms.
    pub added_at: i64,
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: String,
    origin: String,
    user_uuid: String,
    email: String,
    projects: String,
    in_keyring: bool,
    added_at: i64,
}

impl Ledger {
    /// All accounts, oldest first.
    pub async fn accounts(&self) -> Result<Vec<StoredAccount>, StoreError> {
        let rows: Vec<AccountRow> =
            sqlx::query_as("SELECT id, origin, user_uuid, email, projects, in_keyring, added_at FROM account ORDER BY added_at, id")
                .fetch_all(&self.db.read)
                .await?;
        rows.into_iter().map(AccountRow::into_account).collect()
    }

    /// Adds an account, or renews what is known about it.
    pub async fn put_account(&self, account: &StoredAccount) -> Result<(), StoreError> {
        let projects = serde_json::to_string(&account.projects)
            .map_err(|_| StoreError::Value("projects of an account"))?;
        sqlx::query(
            "INSERT INTO account (id, origin, user_uuid, email, projects, in_keyring, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET email = excluded.email, projects = excluded.projects,
                                            in_keyring = excluded.in_keyring",
        )
        .bind(&account.id)
        .bind(&account.origin)
        .bind(&account.user_uuid)
        .bind(&account.email)
        .bind(projects)
        .bind(account.in_keyring)
        .bind(account.added_at)
        .execute(&self.db.write)
        .await?;
        Ok(())
    }

    /// Takes an account off the list. Its pins and decisions stay: they belong to the person and the project.
    pub async fn remove_account(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM account WHERE id = ?").bind(id).execute(&self.db.write).await?;
        Ok(())
    }
}

impl AccountRow {
    fn into_account(self) -> Result<StoredAccount, StoreError> {
        let projects =
            serde_json::from_str(&self.projects).map_err(|_| StoreError::Value("projects of an account"))?;
        Ok(StoredAccount {
            id: self.id,
            origin: self.origin,
            user_uuid: self.user_uuid,
            email: self.email,
            projects,
            in_keyring: self.in_keyring,
            added_at: self.added_at,
        })
    }
}
