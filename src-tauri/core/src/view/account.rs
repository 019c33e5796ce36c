//! Who is signed in where, and what the window needs before its first screen.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything the window needs before the first screen.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Boot {
    /// Version of this program.
    pub version: String,
    /// Accounts known on this machine, the active one first.
    pub accounts: Vec<AccountView>,
    /// The project on screen; `None` means: sign in.
    pub active: Option<ActiveProject>,
    /// Whether keys can be kept in the operating system's keyring.
    pub keyring: KeyringView,
    /// Where this app keeps its files.
    pub data_dir: String,
    /// Something that happened at start and should be said once, for example a cache that had to be set aside.
    pub notice: Option<Notice>,
}

/// A thing to say once at start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The cache could not be read; it was set aside and is being rebuilt.
    CacheSetAside,
    /// The last run ended in a crash; the log has a trace.
    CrashedBefore,
}

/// State of the operating system's keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyringView {
    /// It answers.
    Ready,
    /// No Secret Service on this machine or session.
    Absent,
    /// It is there but did not answer in time, most likely locked.
    Locked,
}

/// How an account came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// A personal API key.
    Key,
    /// The built-in sample project.
    Sample,
}

/// One account: a person on one host.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AccountView {
    /// Stable id of the account on this machine.
    pub id: String,
    /// How it came to be.
    pub kind: AccountKind,
    /// Origin, for example `https://us.posthog.com`.
    pub origin: String,
    /// `US cloud`, `EU cloud`, the host name, or `Sample`.
    pub place: String,
    /// Email address as PostHog says it.
    pub email: String,
    /// Projects this account may reach.
    pub projects: Vec<ProjectView>,
    /// False when the key was for one run only and is gone: sign in again.
    pub has_key: bool,
}

/// One project of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProjectView {
    /// PostHog's number of the project.
    #[ts(type = "number")]
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Name of the organisation it belongs to.
    pub organization: String,
}

/// The project on screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ActiveProject {
    /// Account id.
    pub account: String,
    /// Project number.
    #[ts(type = "number")]
    pub project: i64,
}

/// Answer to a sign-in: the account, and the projects to choose from.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SignedIn {
    /// The new account.
    pub account: AccountView,
    /// Set when the choice was clear (one project, or the one PostHog has selected).
    pub active: Option<ActiveProject>,
    /// Where the key is now.
    pub kept: Kept,
}

/// Where a key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// In the operating system's keyring.
    Keyring,
    /// In memory, until the app ends.
    ThisRun,
}
