//! The callback link, as any program on this machine may send it (contract 6).

use std::fmt;

use url::form_urlencoded;

use super::{CALLBACK_FLOW, CALLBACK_HOST, CALLBACK_SCHEME, NonceHash};
use crate::text::visible_line;

/// Longest link that is looked at, in bytes.
const MAX_BYTES: usize = 2_048;
/// A nonce in a link: lower-case hexadecimal digits.
const NONCE_DIGITS: usize = 32;
/// How much of an unknown error's text is kept, in characters.
const MAX_ERROR_CHARS: usize = 200;

/// A link that may belong to a flow. It is a hint to look at the installation and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct CallbackLink {
    /// Finds the flow; a link whose hash belongs to no pending flow is dropped in silence.
    pub hash: NonceHash,
    /// How the login ended, according to whoever sent the link.
    pub status: LinkStatus,
}

/// How a login ended, according to a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkStatus {
    /// `status=success`.
    Success,
    /// `status=error`.
    Error(LinkError),
}

/// Why a login failed, according to a link (contract 3.18).
#[derive(Clone, PartialEq, Eq)]
pub enum LinkError {
    /// `cancelled`: the person did not consent.
    Cancelled,
    /// `token_exchange_failed`: PostHog could not exchange the code at the provider.
    ExchangeFailed,
    /// `Missing authorization code`: the provider sent the browser back without a code.
    NoCode,
    /// The provider's own words, or anybody's: one line, at most 200 characters, controls made visible. May be
    /// empty.
    Other(String),
}

/// Reads a callback link. `None` for everything that is not exactly one:
///
/// * at most 2,048 bytes, all of them visible ASCII, no backslash and no fragment;
/// * scheme `posthog-code` (in any letter case, as the operating system may change it), host
///   `mcp-oauth-complete` without user and port, path empty or `/` (contract 13.1 on 6);
/// * `flow` once, exactly 32 lower-case hexadecimal digits; `status` once, `success` or `error`; `error` at most
///   once. The three names must be spelled plainly: one with `%` escapes is not ours.
///
/// Every other parameter is ignored.
#[must_use]
pub fn parse(text: &str) -> Option<CallbackLink> {
    if text.len() > MAX_BYTES || !text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'#') {
        return None;
    }
    let (scheme, rest) = text.split_once("://")?;
    if !scheme.eq_ignore_ascii_case(CALLBACK_SCHEME) {
        return None;
    }
    let rest = rest.strip_prefix(CALLBACK_HOST)?;
    let query = rest.strip_prefix('/').unwrap_or(rest).strip_prefix('?')?;

    let flow = only(query, CALLBACK_FLOW).ok()??;
    let is_nonce = flow.len() == NONCE_DIGITS && flow.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let error = only(query, "error").ok()?;
    let status = match only(query, "status").ok()?? {
        "success" => LinkStatus::Success,
        "error" => LinkStatus::Error(link_error(error.unwrap_or_default())),
        _ => return None,
    };
    is_nonce.then(|| CallbackLink { hash: NonceHash::of_digits(flow), status })
}

/// The link cannot be what PostHog sent: a parameter comes twice or is spelled with escapes.
struct Ambiguous;

/// The value of parameter `name`, still encoded.
fn only<'q>(query: &'q str, name: &str) -> Result<Option<&'q str>, Ambiguous> {
    let mut found = None;
    for pair in query.split('&') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        if decode(key) != name {
            continue;
        }
        if key != name || found.is_some() {
            return Err(Ambiguous);
        }
        found = Some(value);
    }
    Ok(found)
}

fn link_error(encoded: &str) -> LinkError {
    match decode(encoded).as_str() {
        "cancelled" => LinkError::Cancelled,
        "token_exchange_failed" => LinkError::ExchangeFailed,
        "Missing authorization code" => LinkError::NoCode,
        other => LinkError::Other(visible_line(other, MAX_ERROR_CHARS)),
    }
}

/// Form decoding of one name or value, which holds no `&`. An `=` in a value stays.
fn decode(encoded: &str) -> String {
    let escaped = encoded.replace('=', "%3D");
    form_urlencoded::parse(escaped.as_bytes()).map(|(text, _)| text.into_owned()).collect()
}

impl fmt::Debug for CallbackLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallbackLink(…)")
    }
}

impl fmt::Debug for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cancelled => "Cancelled",
            Self::ExchangeFailed => "ExchangeFailed",
            Self::NoCode => "NoCode",
            Self::Other(_) => "Other(…)",
        })
    }
}

#[cfg(test)]
mod tests;
