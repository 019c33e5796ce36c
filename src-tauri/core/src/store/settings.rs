//! Small facts this app remembers.

use super::ledger::Ledger;
use super::open::StoreError;

impl Ledger {
    /// A remembered value.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar("SELECT value FROM setting WHERE name = ?")
            .bind(name)
            .fetch_optional(&self.db.read)
            .await?)
    }

    /// Remembers a value.
    pub async fn set_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value")
            .bind(name)
            .bind(value)
            .execute(&self.db.write)
            .await?;
        Ok(())
    }

    /// Forgets a value.
    pub async fn forget_setting(&self, name: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM setting WHERE name = ?").bind(name).execute(&self.db.write).await?;
        Ok(())
    }
}
