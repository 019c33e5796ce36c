//! The catalog: servers PostHog knows how to connect (contract 2.1, 3.1).

use serde::Deserialize;

use super::client::Posthog;
use super::error::ApiError;
use super::lenient;

/// One catalog entry. All texts are untrusted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Template {
    /// UUID, different on every host.
    pub id: String,
    /// Name, may be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: String,
    /// The server's address: equal to that of its installations.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub url: String,
    /// May be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub description: String,
    /// `api_key`, `oauth`, or a word of a later version: then it cannot be installed from here.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub auth_type: String,
    /// Slug of an icon, may be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub icon_key: String,
    /// Domain of the brand, may be empty (B on).
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub icon_domain: String,
    /// Where it is described, may be empty (B on).
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub docs_url: String,
    /// `business`, `data`, `design`, `dev`, `infra`, `productivity`, or a word of a later version; may be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub category: String,
    /// Listed but not installable yet.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub is_coming_soon: bool,
}

impl Posthog {
    /// The catalog of a project, in the server's collation: sort again (contract 13.2).
    ///
    /// # Errors
    /// Those of every call.
    pub async fn catalog(&self, project: i64) -> Result<Vec<Template>, ApiError> {
        let url = self.url(&["projects", &project.to_string(), "mcp_servers"]);
        Ok(self.list(url).await?.items)
    }
}
