//! Small facts this app remembers.

use super::ledger::Ledger;
use super::open::StoreError;
use crate::view::WatchSettings;

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

    /// What is set about watching and Review; on where nothing was set, but for what acts by itself.
    pub async fn watch_settings(&self) -> Result<WatchSettings, StoreError> {
        let is = async |name: &str| Ok::<_, StoreError>(self.setting(name).await?.as_deref() == Some("yes"));
        let is_not =
            async |name: &str| Ok::<_, StoreError>(self.setting(name).await?.as_deref() != Some("no"));
        Ok(WatchSettings {
            watch: is_not("watch").await?,
            notify: is_not("notify").await?,
            set_back: is("set_back").await?,
            review_keys: is_not("review_keys").await?,
        })
    }

    /// Sets all of it.
    pub async fn set_watch_settings(&self, settings: WatchSettings) -> Result<(), StoreError> {
        let WatchSettings { watch, notify, set_back, review_keys } = settings;
        let all =
            [("watch", watch), ("notify", notify), ("set_back", set_back), ("review_keys", review_keys)];
        for (name, on) in all {
            self.set_setting(name, if on { "yes" } else { "no" }).await?;
        }
        Ok(())
    }
}
