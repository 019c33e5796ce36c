//! Connecting a server by its URL (contract 3.9).

use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use super::client::{Call, Posthog};
use super::connecting::{Installed, SOURCE};
use super::error::ApiError;
use super::managing::NAME_CHARS;
use super::transport::Size;
use crate::secrets::Secret;

/// Longest URL PostHog takes, in characters.
const URL_CHARS: usize = 2048;

/// A server that is not in the catalog.
#[derive(Clone, Debug)]
pub struct CustomServer {
    /// What the person calls it: 1 to 200 characters, white space at the ends does not count.
    pub name: String,
    /// Its address, http or https, without a user name or password. Compared byte by byte ever after.
    pub url: String,
    /// How PostHog gets in.
    pub auth: CustomAuth,
    /// May be empty.
    pub description: String,
}

/// How PostHog gets into a custom server.
#[derive(Clone, Debug)]
pub enum CustomAuth {
    /// A browser login with a client PostHog registers.
    Login,
    /// A key, sent as bearer token.
    Key(Secret),
    /// Nothing: anybody may call the server.
    Open,
    /// A browser login with a client the person registered at the provider.
    OwnClient {
        /// The client's public name.
        id: String,
        /// `None` for a public client.
        secret: Option<Secret>,
    },
}

impl Posthog {
    /// Connects a server by its URL (contract 3.9); a browser login ends at `callback`. Spends from the shared bucket
    /// of contract 1.7.
    ///
    /// Look the URL up in the list first: a login for a URL that is installed already drops the login that works.
    ///
    /// # Errors
    /// Before any request [`super::ErrorKind::Invalid`] with `attr` `name`, `url`, `api_key`, `client_id` or
    /// `client_secret`; then the same for what only PostHog can check, [`super::ErrorKind::Conflict`] with `attr` `url`
    /// when a key is given for a URL that is installed, [`super::ErrorKind::LoginSetup`],
    /// [`super::ErrorKind::ServerDisabledForTeam`], [`super::ErrorKind::Forbidden`] where only admins may add servers.
    pub async fn install_custom(
        &self,
        project: i64,
        server: &CustomServer,
        callback: &Secret,
    ) -> Result<Installed, ApiError> {
        server.check()?;
        let url = self.url(&["projects", &project.to_string(), "mcp_server_installations", "install_custom"]);
        let mut call = Call::write(Method::POST, url, server.body(callback), Size::SlowObject);
        call.secrets.push(callback);
        call.secrets.extend(server.auth.secret());
        self.install(call).await
    }
}

impl CustomServer {
    /// What can be known before a request.
    fn check(&self) -> Result<(), ApiError> {
        let name = self.name.trim().chars().count();
        if name == 0 {
            return Err(ApiError::input("name", "A name is needed."));
        }
        if name > NAME_CHARS {
            return Err(ApiError::input("name", "A name has at most 200 characters."));
        }
        check_url(self.url.trim()).map_err(|problem| ApiError::input("url", problem))?;
        self.auth.check()
    }

    fn body(&self, callback: &Secret) -> Value {
        let mut body = json!({
            "name": self.name.trim(),
            "url": self.url.trim(),
            "description": self.description,
            "auth_type": self.auth.wire_type(),
            "install_source": SOURCE,
            "posthog_code_callback_url": callback.expose(),
        });
        match &self.auth {
            CustomAuth::Key(key) => body["api_key"] = key.expose().into(),
            CustomAuth::OwnClient { id, secret } => {
                body["client_id"] = id.trim().into();
                if let Some(secret) = secret {
                    body["client_secret"] = secret.expose().into();
                }
            }
            CustomAuth::Login | CustomAuth::Open => {}
        }
        body
    }
}

impl CustomAuth {
    /// An open server is an `api_key` one without a key: there is no word for it.
    fn wire_type(&self) -> &'static str {
        match self {
            Self::Key(_) | Self::Open => "api_key",
            Self::Login | Self::OwnClient { .. } => "oauth",
        }
    }

    fn secret(&self) -> Option<&Secret> {
        match self {
            Self::Key(secret) => Some(secret),
            Self::OwnClient { secret, .. } => secret.as_ref(),
            Self::Login | Self::Open => None,
        }
    }

    /// PostHog takes blank ones for absent: it would install an open server, or register a client of its own.
    fn check(&self) -> Result<(), ApiError> {
        let blank = |secret: &Secret| secret.expose().trim().is_empty();
        match self {
            Self::Key(key) if blank(key) => Err(ApiError::input("api_key", "A key is needed.")),
            Self::OwnClient { id, .. } if id.trim().is_empty() => {
                Err(ApiError::input("client_id", "A client id is needed."))
            }
            Self::OwnClient { secret: Some(secret), .. } if blank(secret) => {
                Err(ApiError::input("client_secret", "The client secret is empty."))
            }
            _ => Ok(()),
        }
    }
}

/// Stricter than a browser, which repairs addresses: the text is compared byte by byte ever after.
fn check_url(text: &str) -> Result<(), &'static str> {
    const SYNTAX: &str = "This is not a web address.";
    if text.is_empty() {
        return Err("An address is needed.");
    }
    if text.chars().count() > URL_CHARS {
        return Err("An address has at most 2,048 characters.");
    }
    let (scheme, rest) = text.split_once("://").ok_or(SYNTAX)?;
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return Err("The address must begin with https:// or http://.");
    }
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
        return Err(SYNTAX);
    }
    // PostHog takes it, and shows it in clear to everybody who sees the row (contract 13.1).
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err("The address must not contain a user name or password.");
    }
    // The parser would skip slashes to find a host.
    if authority.is_empty() || Url::parse(text).is_err() {
        return Err(SYNTAX);
    }
    Ok(())
}
