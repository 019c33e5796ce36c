//! What went wrong, in a form the window has words for.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An error as the window gets it. `code` chooses the words; `message` is what PostHog, the server or the system
/// said, as plain text, and may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CommandError {
    /// Chooses words, severity and next step.
    pub code: ErrorCode,
    /// Somebody's words: untrusted, plain, clipped.
    pub message: String,
    /// The input field it belongs to, if any.
    pub field: Option<String>,
    /// Seconds until trying again makes sense.
    pub retry_after: Option<u32>,
}

/// Error codes. One exists only where the window says or does something different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Nobody is signed in, or the account's key is gone.
    SignedOut,
    /// No answer: no network, refused, name not found.
    Offline,
    /// The answer took too long.
    Timeout,
    /// The connection is not trusted: certificate.
    Certificate,
    /// The key is not valid here (401), maybe of another region.
    KeyRefused,
    /// The key lacks a scope; `message` is the scope.
    MissingScope,
    /// The key or the person may not do that (403).
    Forbidden,
    /// The project is not there (404), or not in this region.
    ProjectNotFound,
    /// The row is not there (any more).
    NotFound,
    /// Too many requests; `retry_after` says when.
    Throttled,
    /// This app keeps within the budget itself; `retry_after` says when.
    Budget,
    /// PostHog refused the input; `field` says which.
    Invalid,
    /// The team set a stricter ceiling.
    Ceiling,
    /// The tool cannot be decided on here: locked, not yours or not addressable.
    Fixed,
    /// The definition on screen is not the one known any more: nothing was sent.
    DefinitionMoved,
    /// That address is connected already: log in again instead.
    AlreadyInstalled,
    /// PostHog already has something in that place, for example another shared connection.
    Conflict,
    /// The server is switched off.
    ServerOff,
    /// A team admin switched the server off for everybody.
    ServerOffForTeam,
    /// A login to the server runs: its row is left alone until that has ended.
    LoginRuns,
    /// The MCP server or its login provider failed; `message` has its words.
    Upstream,
    /// PostHog failed (5xx) or answered something unreadable.
    PosthogFailed,
    /// That host is not a PostHog this app can talk to.
    NotPosthog,
    /// The address is not one: `field` says which input.
    BadAddress,
    /// The login page's address was refused by this app.
    UnsafeLoginPage,
    /// The login was denied in the browser.
    Denied,
    /// PostHog could not exchange the login at the provider.
    ExchangeFailed,
    /// The login ended without a code.
    NoCode,
    /// The login provider said something else; `message` has its words.
    ProviderError,
    /// The server's ten minutes passed.
    Expired,
    /// The operating system's keyring is not there.
    KeyringAbsent,
    /// The keyring did not answer in time: locked.
    KeyringLocked,
    /// The browser could not be opened.
    BrowserFailed,
    /// Another running Hedgerow holds the data folder.
    InUse,
    /// A newer version wrote the ledger; it is left untouched.
    NewerLedger,
    /// Something in this app failed; the log has more.
    Internal,
}
