//! One error for everything that can go wrong between this app and PostHog.

use std::fmt;
use std::time::Duration;

use crate::view::{CommandError, ErrorCode};

/// Why a call failed, as far as a caller does something different about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// No connection: no network, name not found, refused. The request was not sent.
    Offline,
    /// The connection broke after the request was sent: whether it took effect is unknown.
    Interrupted,
    /// No answer, or not all of it, in time.
    Timeout,
    /// The server's certificate is not trusted, or is for another host.
    Certificate,
    /// A success that cannot be decoded, or a list that contradicts itself.
    Unreadable,
    /// The answer is larger than any honest one; reading stopped.
    TooLarge,
    /// A redirect where the API never redirects. It was not followed.
    UnexpectedRedirect,
    /// Whatever answers at that origin, it is not PostHog's API.
    NotPosthog,
    /// The origin is not one this app may send a key to: https, or http on loopback.
    BadOrigin,
    /// 401: the key is not valid here, maybe of another region.
    KeyRefused,
    /// 403: the key lacks this scope.
    MissingScope(String),
    /// 403: the key is limited to other projects or organisations.
    KeyLimited,
    /// 403: the connection belongs to somebody else.
    OwnerOnly,
    /// 403: an admin switched this server off for the team.
    ServerDisabledForTeam,
    /// 403 for any other reason; `detail` has PostHog's words.
    Forbidden,
    /// 404: no such project in this region.
    ProjectNotFound,
    /// 404: no such row, template or tool, or not visible to this account.
    NotFound,
    /// 429: `retry_after` says when to come back.
    Throttled,
    /// PostHog refused the input; `attr` names the field, if it is one.
    Invalid,
    /// Something that is there already is in the way: 409, or 400 for a URL that is installed (contract 3.9, 3.14).
    Conflict,
    /// 400: the team's ceiling for this tool is stricter than the wish (contract 3.12).
    Ceiling,
    /// 400: the installation is switched off (contract 3.13).
    ServerOff,
    /// 400: the server's login could not be prepared: discovery, registration, metadata (contract 3.8, 3.10).
    LoginSetup,
    /// 502: the MCP server, or its login provider while refreshing, failed; `detail` has the words.
    Upstream,
    /// 5xx: PostHog failed, or something in front of it.
    Server,
    /// The tool's name cannot be a path segment of this API (contract 3.12). No request was made.
    NotAddressable,
}

/// Why a call failed.
///
/// All text went through redaction and [`crate::text`]: no key, nonce, URL query or `redirect_url`, no controls, clipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// What callers branch on.
    pub kind: ErrorKind,
    /// HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// PostHog's error code, for example `invalid_choice` (shape E of contract 1.5).
    pub code: Option<String>,
    /// The input field it belongs to, for example `approval_state`.
    pub attr: Option<String>,
    /// What PostHog, the server or the system said: untrusted, may be empty.
    pub detail: String,
    /// How long PostHog asks to wait, at most a day.
    pub retry_after: Option<Duration>,
}

impl ApiError {
    /// An error that did not come from an answer.
    pub(super) fn local(kind: ErrorKind, detail: &str) -> Self {
        Self { kind, status: None, code: None, attr: None, detail: detail.to_owned(), retry_after: None }
    }

    /// Input that was not sent: `attr` is the field, `detail` our own plain words.
    pub(super) fn input(attr: &str, detail: &str) -> Self {
        Self { attr: Some(attr.to_owned()), ..Self::local(ErrorKind::Invalid, detail) }
    }

    /// True when a write may have taken effect although it failed: read back before deciding anything.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        matches!(
            self.kind,
            ErrorKind::Interrupted
                | ErrorKind::Timeout
                | ErrorKind::Unreadable
                | ErrorKind::TooLarge
                | ErrorKind::Upstream
                | ErrorKind::Server
        )
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)?;
        if let Some(status) = self.status {
            write!(f, " ({status})")?;
        }
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}

impl std::error::Error for ApiError {}

impl From<&ApiError> for CommandError {
    fn from(error: &ApiError) -> Self {
        let message = match &error.kind {
            ErrorKind::MissingScope(scope) => scope.clone(),
            _ => error.detail.clone(),
        };
        let seconds = |wait: Duration| {
            let whole = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            u32::try_from(whole).unwrap_or(u32::MAX)
        };
        Self {
            code: code_of(&error.kind),
            message,
            field: error.attr.clone(),
            retry_after: error.retry_after.map(seconds),
        }
    }
}

fn code_of(kind: &ErrorKind) -> ErrorCode {
    match kind {
        ErrorKind::Offline | ErrorKind::Interrupted => ErrorCode::Offline,
        ErrorKind::Timeout => ErrorCode::Timeout,
        ErrorKind::Certificate => ErrorCode::Certificate,
        ErrorKind::Unreadable | ErrorKind::TooLarge | ErrorKind::Server => ErrorCode::PosthogFailed,
        ErrorKind::UnexpectedRedirect | ErrorKind::NotPosthog => ErrorCode::NotPosthog,
        ErrorKind::BadOrigin => ErrorCode::BadAddress,
        ErrorKind::KeyRefused => ErrorCode::KeyRefused,
        ErrorKind::MissingScope(_) => ErrorCode::MissingScope,
        ErrorKind::KeyLimited | ErrorKind::Forbidden => ErrorCode::Forbidden,
        ErrorKind::OwnerOnly | ErrorKind::NotAddressable => ErrorCode::Fixed,
        ErrorKind::ProjectNotFound => ErrorCode::ProjectNotFound,
        ErrorKind::NotFound => ErrorCode::NotFound,
        ErrorKind::Throttled => ErrorCode::Throttled,
        ErrorKind::Invalid => ErrorCode::Invalid,
        ErrorKind::Conflict => ErrorCode::Conflict,
        ErrorKind::Ceiling => ErrorCode::Ceiling,
        ErrorKind::ServerOff => ErrorCode::ServerOff,
        ErrorKind::ServerDisabledForTeam => ErrorCode::ServerOffForTeam,
        ErrorKind::LoginSetup | ErrorKind::Upstream => ErrorCode::Upstream,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_gets_code_words_field_and_whole_seconds() {
        let error = ApiError {
            kind: ErrorKind::Throttled,
            status: Some(429),
            code: Some("throttled".into()),
            attr: Some("approval_state".into()),
            detail: "Slow down.".into(),
            retry_after: Some(Duration::from_millis(1200)),
        };
        let expected = CommandError {
            code: ErrorCode::Throttled,
            message: "Slow down.".into(),
            field: Some("approval_state".into()),
            retry_after: Some(2),
        };
        assert_eq!(CommandError::from(&error), expected);
    }

    #[test]
    fn the_words_of_a_missing_scope_are_the_scope() {
        let kind = ErrorKind::MissingScope("project:read".into());
        let error = ApiError::local(kind, "API key missing required scope 'project:read'");
        let told = CommandError::from(&error);
        assert_eq!((told.code, told.message.as_str()), (ErrorCode::MissingScope, "project:read"));
    }
}
