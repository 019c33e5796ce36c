//! The catalog, and connecting a server.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CommandError, ServerStatus};

/// One catalog entry.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CatalogEntry {
    /// PostHog's id of the template.
    pub id: String,
    /// Name.
    pub name: String,
    /// Host part of its address.
    pub host: String,
    /// Description, may be empty.
    pub description: String,
    /// `oauth`, `api_key` or an unknown word.
    pub auth: String,
    /// `business`, `data`, `design`, `dev`, `infra`, `productivity` or an unknown word.
    pub category: String,
    /// Listed but not installable yet.
    pub coming_soon: bool,
    /// The server this project already has for it.
    pub installed: Option<InstalledRef>,
}

/// A server that a catalog entry is already connected as.
#[derive(Clone, Debug, Serialize, TS)]
pub struct InstalledRef {
    /// Its id.
    pub server_id: String,
    /// Its status.
    pub status: ServerStatus,
}

/// How a server added by its address is logged in to (contract 3.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LoginKind {
    /// In the browser; PostHog registers itself with the provider.
    Browser,
    /// In the browser, with a client id of one's own.
    OwnClient,
    /// With a key.
    Key,
    /// Without anything.
    Open,
}

/// What is known about an address before a server is added by it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AddressCheck {
    /// Host, for showing.
    pub host: String,
    /// The server this person already has at exactly that address: log in again instead, because adding it once more
    /// drops a working login (contract 3.9).
    pub installed: Option<InstalledRef>,
    /// Name of that server.
    pub installed_name: Option<String>,
}

/// The catalog and how fresh it is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CatalogView {
    /// Entries by name.
    pub entries: Vec<CatalogEntry>,
    /// When PostHog last answered it.
    pub as_of: Option<String>,
    /// True when it has never been fetched.
    pub never: bool,
    /// True while it is being fetched.
    pub fetching: bool,
    /// Why the last fetch failed, if it did.
    pub problem: Option<CommandError>,
}

/// Where a connection flow stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FlowStep {
    /// PostHog is preparing the login.
    Preparing,
    /// The browser has been opened; the person is logging in.
    Waiting,
    /// Asking PostHog whether it worked.
    Checking,
    /// Connected; PostHog is reading the tools.
    ReadingTools,
    /// Done.
    Connected,
    /// Ended without a connection; `problem` says why.
    Failed,
    /// Cancelled here.
    Cancelled,
    /// The server's ten minutes are over.
    Expired,
}

/// One connection flow.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FlowView {
    /// Id of the flow on this machine.
    pub id: String,
    /// Account it belongs to.
    pub account: String,
    /// Project it belongs to.
    #[ts(type = "number")]
    pub project: i64,
    /// The catalog entry, for a first connection of one.
    pub template_id: Option<String>,
    /// Name of the server being connected.
    pub title: String,
    /// The server, once PostHog has a row for it.
    pub server_id: Option<String>,
    /// Where it stands.
    pub step: FlowStep,
    /// Host of the page that was opened.
    pub host: Option<String>,
    /// Who must be signed in to PostHog in the browser.
    pub email: String,
    /// When the server forgets the login, in milliseconds since the epoch.
    #[ts(type = "number | null")]
    pub deadline_ms: Option<i64>,
    /// Tools found, once read.
    pub tools_found: Option<u32>,
    /// Why it failed.
    pub problem: Option<CommandError>,
    /// The last look at PostHog said: not yet.
    pub not_yet: bool,
    /// The browser could not be opened: offer *Copy link*.
    pub browser_failed: bool,
}

/// Who owns the `posthog-code` scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SchemeView {
    /// Who handles it now.
    pub owner: SchemeOwner,
    /// Name of the other program, as the system says it; empty otherwise.
    pub other: String,
    /// The person was asked and said no; ask again only in settings.
    pub declined: bool,
}

/// Owner of the scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SchemeOwner {
    /// Nobody.
    Nobody,
    /// This program.
    Hedgerow,
    /// Another program.
    Other,
}
