//! The cache of one project: what PostHog said last.

use std::path::Path;

use super::open::{Db, Opened, StoreError, open_cache};

/// What PostHog said last about one project.
#[derive(Clone, Debug)]
pub struct Cache {
    pub(super) db: Db,
}

impl Cache {
    /// Opens the cache, or creates it. One that cannot be read is set aside and an empty one takes its place.
    ///
    /// # Errors
    /// Only when not even an empty file can be made.
    pub async fn open(path: &Path) -> Result<Opened<Self>, StoreError> {
        let opened = open_cache(path).await?;
        Ok(Opened { store: Self { db: opened.store }, set_aside: opened.set_aside })
    }

    /// A remembered fact about the cache itself, for example when the last sync succeeded.
    pub async fn meta(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar("SELECT value FROM meta WHERE name = ?")
            .bind(name)
            .fetch_optional(&self.db.read)
            .await?)
    }

    /// Remembers a fact about the cache itself.
    pub async fn set_meta(&self, name: &str, value: &str) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(&self.db.write)
        .await?;
        Ok(())
    }

    /// Closes both pools; the files are complete after this.
    pub async fn close(&self) {
        self.db.close().await;
    }
}
