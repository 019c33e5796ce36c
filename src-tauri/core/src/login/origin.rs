//! Which PostHog: what a person typed, as the one origin everything is pinned to.

use std::fmt;

use url::Url;

use crate::connect::redirect::is_loopback;

const US: &str = "https://us.posthog.com";
const EU: &str = "https://eu.posthog.com";
/// Longest input that is looked at, in bytes.
const MAX_BYTES: usize = 2_048;

/// A PostHog: scheme, host and port, without anything behind.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    url: Url,
    /// `url` without its closing slash.
    text: String,
}

/// Why what was typed is not a PostHog this app can talk to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadOrigin {
    /// Nothing was typed.
    #[error("no address")]
    Empty,
    /// It is not an address with a host.
    #[error("not an address")]
    NotAnAddress,
    /// Neither `https` nor, on this machine only, `http`.
    #[error("the address must start with https://")]
    NotHttps,
    /// It holds a user name or password.
    #[error("the address must not hold a user name or password")]
    UserInfo,
    /// It holds a `?` or `#`.
    #[error("the address must not hold a query or fragment")]
    QueryOrFragment,
    /// A PostHog host that does not serve the API (contract 1.1).
    #[error("that host does not serve the API; use {suggestion}")]
    WrongHost {
        /// The address that does.
        suggestion: &'static str,
    },
}

impl Origin {
    /// Reads what a person typed: `us` and `eu` (in any letter case) are PostHog's clouds, anything else is an
    /// address. `https://` is added where there is no scheme; a path is dropped, because people copy addresses
    /// from their browser. `http` is accepted for this machine only.
    ///
    /// # Errors
    /// [`BadOrigin`] with the reason.
    pub fn parse(typed: &str) -> Result<Self, BadOrigin> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(BadOrigin::Empty);
        }
        if typed.len() > MAX_BYTES {
            return Err(BadOrigin::NotAnAddress);
        }
        match typed.to_ascii_lowercase().as_str() {
            "us" => return Self::from_address(US),
            "eu" => return Self::from_address(EU),
            _ => {}
        }
        if typed.contains("://") {
            Self::from_address(typed)
        } else {
            Self::from_address(&format!("https://{typed}"))
        }
    }

    fn from_address(address: &str) -> Result<Self, BadOrigin> {
        // The parser drops tabs and line breaks and takes a backslash for a slash: not what was typed.
        if address.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
            return Err(BadOrigin::NotAnAddress);
        }
        let (_, rest) = address.split_once("://").ok_or(BadOrigin::NotAnAddress)?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(BadOrigin::UserInfo);
        }
        if authority.is_empty() || authority.contains('%') {
            return Err(BadOrigin::NotAnAddress);
        }
        let mut url = Url::parse(address).map_err(|_| BadOrigin::NotAnAddress)?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            _ => return Err(BadOrigin::NotHttps),
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BadOrigin::QueryOrFragment);
        }
        if url.port() == Some(0) {
            return Err(BadOrigin::NotAnAddress);
        }
        let host = url.host_str().ok_or(BadOrigin::NotAnAddress)?;
        if let Some(suggestion) = api_host_instead_of(host) {
            return Err(BadOrigin::WrongHost { suggestion });
        }
        url.set_path("/");
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { url, text })
    }

    /// The origin as a URL; its path is `/`.
    #[must_use]
    pub fn as_url(&self) -> &Url {
        &self.url
    }

    /// The origin without a closing slash, for example `https://us.posthog.com`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How to name it on screen: `US cloud`, `EU cloud`, or the host, with its port where unusual.
    #[must_use]
    pub fn place(&self) -> &str {
        match self.as_str() {
            US => "US cloud",
            EU => "EU cloud",
            other => other.split_once("://").map_or(other, |(_, host)| host),
        }
    }

    /// The page on which a person makes a personal API key.
    #[must_use]
    pub fn key_page(&self) -> String {
        format!("{self}/settings/user-api-keys")
    }

    /// True when it is this machine itself.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }
}

/// PostHog's other hosts, which people know and which do not serve the API (contract 1.1).
fn api_host_instead_of(host: &str) -> Option<&'static str> {
    match host.trim_end_matches('.') {
        "eu.i.posthog.com" | "eu-assets.i.posthog.com" => Some(EU),
        "posthog.com" | "www.posthog.com" | "app.posthog.com" => Some(US),
        name if name.ends_with(".i.posthog.com") || name == "i.posthog.com" => Some(US),
        _ => None,
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({self})")
    }
}

#[cfg(test)]
mod tests;
