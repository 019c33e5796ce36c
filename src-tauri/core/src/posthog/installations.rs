//! Installations: the servers connected in a project (contract 2.2, 3.3, 3.4).

use std::collections::HashSet;

use jiff::Timestamp;
use serde::Deserialize;

use super::client::{Call, Posthog};
use super::error::ApiError;
use super::generation::{Generation, Row};
use super::lenient;

/// Rows asked for at once. The API has no upper cap (contract 1.8), and one page cannot shift while it is read.
const PAGE: &str = "1000";

/// One connected server. All texts are untrusted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Installation {
    /// UUID; another one when the server is installed again.
    pub id: String,
    /// The server's address, fixed after creation and compared byte by byte.
    pub url: String,
    /// The catalog entry it came from; `None` for a custom server.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub template_id: Option<String>,
    /// `display_name`, else the template's name, else empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: String,
    /// Name given by the person, may be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub display_name: String,
    /// Slug of an icon, may be empty (A on).
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub icon_key: String,
    /// Domain of the brand, may be empty (B on).
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub icon_domain: String,
    /// May be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub description: String,
    /// `oauth`, `api_key`, or a word of a later version.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub auth_type: String,
    /// The row's own switch. A server switched off for the team looks normal here (contract 13.2).
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub is_enabled: bool,
    /// `personal`, `shared`, or a word of a later version (B on; `personal` before).
    #[serde(default = "personal", deserialize_with = "lenient::or_default")]
    pub scope: String,
    /// False for a teammate's shared row (B on; true before).
    #[serde(default = "yes", deserialize_with = "lenient::or_default")]
    pub is_owner: bool,
    /// The login no longer works.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub needs_reauth: bool,
    /// A login was begun and not finished.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub pending_oauth: bool,
    /// Where agents reach it through PostHog, may be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub proxy_url: String,
    /// Tools the server offers now (A on; 0 before).
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub tool_count: u32,
    /// When PostHog last read the tools (C; `None` before, and until the first reading).
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub last_synced_at: Option<Timestamp>,
    /// Why the last reading failed, empty after a success (C). May quote the upstream server.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub last_sync_error: String,
    /// When it was connected.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub created_at: Option<Timestamp>,
    /// When the row last changed; tool changes do not move it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub updated_at: Option<Timestamp>,
}

/// The installations of a project.
#[derive(Clone, Debug)]
pub struct InstallationList {
    /// Those that could be read, newest first.
    pub rows: Vec<Installation>,
    /// How many could not. When this is not 0, a server that is missing here need not be gone.
    pub skipped: usize,
    /// The newest generation any row speaks of: what may be asked for and sent. `None` when there is no row to tell by.
    pub generation: Option<Generation>,
}

fn personal() -> String {
    "personal".to_owned()
}

fn yes() -> bool {
    true
}

impl Posthog {
    /// All installations of a project, newest first: own ones, and those teammates share (contract 3.3).
    ///
    /// # Errors
    /// Besides those of every call [`super::ErrorKind::Unreadable`] when the pages do not add up to one list.
    pub async fn installations(&self, project: i64) -> Result<InstallationList, ApiError> {
        let mut url = self.url(&["projects", &project.to_string(), "mcp_server_installations"]);
        url.set_query(Some(&format!("limit={PAGE}")));
        let list = self.list::<Row>(url).await?;
        let generation = list.items.iter().map(|row| row.generation).max();
        let mut rows: Vec<_> = list.items.into_iter().map(|row| row.installation).collect();
        // A row created while pages were read shifts the others: one comes twice.
        let mut seen = HashSet::new();
        rows.retain(|row| seen.insert(row.id.clone()));
        Ok(InstallationList { rows, skipped: list.skipped, generation })
    }

    /// One installation (contract 3.4).
    ///
    /// # Errors
    /// [`super::ErrorKind::NotFound`] when it is gone or a teammate's own.
    pub async fn installation(&self, project: i64, id: &str) -> Result<Installation, ApiError> {
        let url = self.url(&["projects", &project.to_string(), "mcp_server_installations", id]);
        self.request(Call::get(url)).await
    }
}
