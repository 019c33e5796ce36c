//! The catalog as PostHog said it last.

use super::cache::Cache;
use super::open::StoreError;

/// One catalog entry.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TemplateRecord {
    /// Template id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Address of its server.
    pub url: String,
    /// Description, may be empty.
    pub description: String,
    /// `oauth`, `api_key` or an unknown word.
    pub auth_type: String,
    /// Category word.
    pub category: String,
    /// Listed, not installable.
    pub coming_soon: bool,
}

impl Cache {
    /// All entries by name.
    pub async fn templates(&self) -> Result<Vec<TemplateRecord>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT id, name, url, description, auth_type, category, coming_soon FROM template
             ORDER BY name COLLATE NOCASE, id",
        )
        .fetch_all(&self.db.read)
        .await?)
    }

    /// One entry.
    pub async fn template(&self, id: &str) -> Result<Option<TemplateRecord>, StoreError> {
        Ok(self.templates().await?.into_iter().find(|template| template.id == id))
    }

    /// Makes the catalog what PostHog answered, in one step.
    pub async fn put_templates(&self, templates: &[TemplateRecord]) -> Result<(), StoreError> {
        let mut tx = self.db.write.begin().await?;
        sqlx::query("DELETE FROM template").execute(&mut *tx).await?;
        for template in templates {
            sqlx::query(
                "INSERT INTO template (id, name, url, description, auth_type, category, coming_soon)
                 VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )
            .bind(&template.id)
            .bind(&template.name)
            .bind(&template.url)
            .bind(&template.description)
            .bind(&template.auth_type)
            .bind(&template.category)
            .bind(template.coming_soon)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
