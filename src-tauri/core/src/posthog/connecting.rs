//! Beginning a connection: installing from the catalog, logging in again (contract 3.8, 3.10).

use std::fmt;

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::answer::{self, Answer};
use super::client::{Call, Posthog};
use super::error::ApiError;
use super::installations::Installation;
use super::lenient;
use super::transport::Size;
use crate::secrets::Secret;

/// Makes PostHog end the browser login at the callback link instead of its own settings page.
pub(super) const SOURCE: &str = "posthog-code";

/// The login page PostHog prepared. It carries the login's state: it cannot be printed. Not yet checked (contract 6).
#[derive(Clone)]
pub struct RedirectUrl(Secret);

impl RedirectUrl {
    /// The address itself, for the check and the system browser only.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Debug for RedirectUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedirectUrl(…)")
    }
}

/// What an install leads to.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "there is one of these in a connection, and it is taken apart at once"
)]
pub enum Installed {
    /// 200: the person has to log in there; the row exists already.
    Redirect(RedirectUrl),
    /// 201: connected with the key. PostHog reads the tools in the background; the row was not necessarily new.
    Ready(Installation),
}

/// The redirect object (contract 2.4).
#[derive(Deserialize)]
pub(super) struct Redirect {
    #[serde(default, deserialize_with = "lenient::or_default")]
    redirect_url: Option<String>,
}

impl Redirect {
    pub(super) fn read(answer: &Answer) -> Option<RedirectUrl> {
        let redirect: Self = serde_json::from_slice(&answer.body).ok()?;
        redirect.redirect_url.filter(|url| !url.is_empty()).map(|url| RedirectUrl(Secret::new(url)))
    }
}

impl Posthog {
    /// Connects a server of the catalog (contract 3.8): with `api_key` where the template wants one, else by a
    /// browser login that ends at `callback`. Spends from the shared bucket of contract 1.7.
    ///
    /// # Errors
    /// [`super::ErrorKind::Invalid`] with `attr` `api_key` when a key is needed, [`super::ErrorKind::LoginSetup`],
    /// [`super::ErrorKind::ServerDisabledForTeam`], [`super::ErrorKind::NotFound`] for an unknown template.
    pub async fn install_template(
        &self,
        project: i64,
        template: &str,
        api_key: Option<&Secret>,
        callback: &Secret,
    ) -> Result<Installed, ApiError> {
        let url =
            self.url(&["projects", &project.to_string(), "mcp_server_installations", "install_template"]);
        let mut body = json!({
            "template_id": template,
            "install_source": SOURCE,
            "posthog_code_callback_url": callback.expose(),
        });
        if let Some(key) = api_key {
            body["api_key"] = key.expose().into();
        }
        let mut call = Call::write(Method::POST, url, body, Size::SlowObject);
        call.secrets.push(callback);
        call.secrets.extend(api_key);
        self.install(call).await
    }

    /// Sends an install: a login page or a row comes back (contract 2.4).
    pub(super) async fn install(&self, call: Call<'_>) -> Result<Installed, ApiError> {
        let answer = self.success(&call, &mut self.retries()).await?;
        match Redirect::read(&answer) {
            Some(redirect) => Ok(Installed::Redirect(redirect)),
            None => self.decode(&call, &answer).map(Installed::Ready),
        }
    }

    /// Begins a new login of an existing installation (contract 3.10). Drops nothing that works. Spends from the
    /// shared bucket of contract 1.7, and writes although it is a GET: it is sent once.
    ///
    /// # Errors
    /// [`super::ErrorKind::NotFound`] when the installation is not the account's own, [`super::ErrorKind::LoginSetup`].
    pub async fn authorize(
        &self,
        project: i64,
        installation: &str,
        callback: &Secret,
    ) -> Result<RedirectUrl, ApiError> {
        let mut url = self.url(&["projects", &project.to_string(), "mcp_server_installations", "authorize"]);
        url.query_pairs_mut()
            .append_pair("installation_id", installation)
            .append_pair("install_source", SOURCE)
            .append_pair("posthog_code_callback_url", callback.expose());
        let call =
            Call { size: Size::SlowObject, repeatable: false, secrets: vec![callback], ..Call::get(url) };
        let redaction = self.redaction(&call);
        let answer = self.send(&call, self.limits().object_bytes, &redaction).await?;
        // Older generations answer 302 where newer ones answer 200 (contract 9).
        let redirect = if answer.is_success() {
            Redirect::read(&answer)
        } else if answer.is_redirect() {
            answer.location().map(|location| RedirectUrl(Secret::new(location.to_owned())))
        } else {
            return Err(answer::error(&answer, &redaction));
        };
        redirect.ok_or_else(|| self.unreadable(&call, &answer, ""))
    }
}
