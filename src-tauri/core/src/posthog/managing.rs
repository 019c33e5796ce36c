//! Changing an installation: its name, its switch, who may use it, its end (contract 3.6, 3.7, 3.14).

use reqwest::Method;
use serde::Serialize;
use serde_json::json;
use url::Url;

use super::client::{Call, Posthog};
use super::error::ApiError;
use super::installations::Installation;

/// Longest name, in characters: the width of PostHog's column, which it does not check and crashes on (contract 13.2).
pub(super) const NAME_CHARS: usize = 200;

/// What is to be different about an installation; `None` leaves a field as it is. PostHog trims the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct InstallationChange {
    /// Name given by the person, at most 200 characters; empty falls back to the catalog's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Of any length; empty falls back to the catalog's (C).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The row's own switch. Off keeps the tools, on does not read them again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_enabled: Option<bool>,
}

impl Posthog {
    /// Changes an installation and answers what it is now (contract 3.6). PostHog writes the whole row: not while a
    /// login or a refresh of it runs.
    ///
    /// # Errors
    /// [`super::ErrorKind::Invalid`] with `attr` `display_name` for a name that is too long, before any request;
    /// [`super::ErrorKind::OwnerOnly`] for a teammate's shared row, [`super::ErrorKind::NotFound`].
    pub async fn update_installation(
        &self,
        project: i64,
        id: &str,
        change: &InstallationChange,
    ) -> Result<Installation, ApiError> {
        if let Some(name) = &change.display_name
            && name.trim().chars().count() > NAME_CHARS
        {
            return Err(ApiError::input("display_name", "A name has at most 200 characters."));
        }
        let call =
            Call { body: Some(json!(change)), ..Call::act(Method::PATCH, self.row(project, id, None)) };
        self.request(call).await
    }

    /// Removes an installation with its tools and its running logins (contract 3.7). Neither the tokens nor the client
    /// at the login provider are revoked, and what the team decided for the URL stays.
    ///
    /// # Errors
    /// [`super::ErrorKind::NotFound`] when it is gone already, [`super::ErrorKind::OwnerOnly`] for a teammate's shared
    /// row.
    pub async fn delete_installation(&self, project: i64, id: &str) -> Result<(), ApiError> {
        let call = Call::act(Method::DELETE, self.row(project, id, None));
        self.success(&call, &mut self.retries()).await.map(drop)
    }

    /// Lets the whole project use an installation of the account's own (contract 3.14, B on).
    ///
    /// # Errors
    /// [`super::ErrorKind::Conflict`] when the project has a shared one of this URL, [`super::ErrorKind::Forbidden`] for
    /// all but project admins, [`super::ErrorKind::Invalid`] when it is shared already, [`super::ErrorKind::NotFound`]
    /// in A.
    pub async fn share(&self, project: i64, id: &str) -> Result<Installation, ApiError> {
        self.request(Call::act(Method::POST, self.row(project, id, Some("share")))).await
    }

    /// Gives a shared installation back to its owner alone (contract 3.14, B on). An admin who does that to somebody
    /// else's gets the row a last time, then it is gone from the list.
    ///
    /// # Errors
    /// [`super::ErrorKind::Conflict`] when the owner has a personal one of this URL, [`super::ErrorKind::Forbidden`] for
    /// all but the owner and admins, [`super::ErrorKind::Invalid`] when it is not shared, [`super::ErrorKind::NotFound`]
    /// in A.
    pub async fn unshare(&self, project: i64, id: &str) -> Result<Installation, ApiError> {
        self.request(Call::act(Method::POST, self.row(project, id, Some("unshare")))).await
    }

    fn row(&self, project: i64, id: &str, action: Option<&str>) -> Url {
        let project = project.to_string();
        let mut segments = vec!["projects", &project, "mcp_server_installations", id];
        segments.extend(action);
        self.url(&segments)
    }
}
