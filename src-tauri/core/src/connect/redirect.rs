//! The address of a login page, as PostHog hands it out: whoever runs the MCP server chooses it (contract 6).

use std::fmt;

use url::{Host, Url};

use crate::secrets::Secret;

/// Longest address that is opened, in bytes.
const MAX_BYTES: usize = 8 * 1_024;
/// Longest name the domain name system allows, in bytes: a longer one is there to be cut off on screen.
const MAX_HOST_BYTES: usize = 253;

/// A login page that may be opened in the system's browser. Its address holds the flow's state: it cannot print.
pub struct LoginPage {
    /// What to show before it opens: the host in ASCII (punycode), with the port where it is not the usual one.
    pub host: String,
    address: Secret,
}

/// Why a login page is not opened. Says nothing of the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnsafeLoginPage {
    /// Longer than 8 KB.
    #[error("the address of the login page is too long")]
    TooLong,
    /// White space, a control character or a backslash: programs disagree on what such an address means.
    #[error("the address of the login page holds a character no address may hold")]
    ForbiddenCharacter,
    /// Neither `https`, nor `http` on this machine where that is allowed.
    #[error("the login page is not an https page")]
    Scheme,
    /// A user name or password before the host, which makes the host look like another one.
    #[error("the address of the login page holds a user name")]
    UserInfo,
    /// No host, or one that is no host name or address.
    #[error("the address of the login page has no valid host")]
    Host,
}

/// Checks the address of a login page before anything opens it.
///
/// It must be `https`; where `dev_loopback` is set, `http` is allowed as well on this machine's own addresses
/// (`localhost`, 127.0.0.0/8, `[::1]`). At most 8 KB, no user name, a host of at most 253 bytes, no white space,
/// control character or backslash.
///
/// # Errors
/// [`UnsafeLoginPage`] with the reason; nothing may be opened then.
pub fn check(url: &str, dev_loopback: bool) -> Result<LoginPage, UnsafeLoginPage> {
    if url.len() > MAX_BYTES {
        return Err(UnsafeLoginPage::TooLong);
    }
    if url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return Err(UnsafeLoginPage::ForbiddenCharacter);
    }
    let (scheme, rest) = url.split_once("://").ok_or(UnsafeLoginPage::Scheme)?;
    let https = scheme.eq_ignore_ascii_case("https");
    let dev_http = dev_loopback && scheme.eq_ignore_ascii_case("http");
    if !https && !dev_http {
        return Err(UnsafeLoginPage::Scheme);
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(UnsafeLoginPage::UserInfo);
    }
    // The parser would skip further slashes and decode escapes: then the host is not the one that is written.
    if authority.is_empty() || authority.contains('%') {
        return Err(UnsafeLoginPage::Host);
    }
    let parsed = Url::parse(url).map_err(|_| UnsafeLoginPage::Host)?;
    if !https && !is_loopback(&parsed) {
        return Err(UnsafeLoginPage::Scheme);
    }
    let host = parsed.host_str().filter(|host| host.len() <= MAX_HOST_BYTES).ok_or(UnsafeLoginPage::Host)?;
    let host = match parsed.port() {
        None => host.to_owned(),
        Some(0) => return Err(UnsafeLoginPage::Host),
        Some(port) => format!("{host}:{port}"),
    };
    // What is opened is what was understood here, not the text it was understood from.
    Ok(LoginPage { host, address: Secret::new(parsed.into()) })
}

/// True for the addresses by which a machine reaches itself.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl LoginPage {
    /// The address, for the system's opener and the clipboard only.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.address.expose()
    }
}

impl fmt::Debug for LoginPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LoginPage({}…)", self.host)
    }
}

#[cfg(test)]
mod tests;
