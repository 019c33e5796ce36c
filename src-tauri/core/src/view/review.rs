//! What the Review screen is told.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ServerStatus, ToolRow};
use crate::review::diff::{ChangeSummary, SchemaDiff, TextDiff};

/// Why something waits in Review. Declared in the order of the screen, the loudest first. The ledger holds the same words.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type, TS,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum ReviewGroup {
    /// Agents may call it, and it is not the definition that was decided on.
    ChangedAllowed,
    /// It was gone and is back, with the decision it had.
    CameBack,
    /// It is new and may be called already: a preset, a rule or the team allowed it.
    NewAllowed,
    /// The definition that was decided on, with a looser decision: by somebody else or elsewhere.
    Loosened,
    /// It is new; agents may not call it without asking.
    New,
    /// Not the definition that was decided on; agents may not call it without asking.
    ChangedOtherwise,
    /// Decided on, and not offered any more.
    Removed,
    /// A server that needs a login or could not be read.
    Connections,
    /// Found decided when this app first saw it: by somebody else or elsewhere. Nothing is pinned yet.
    Unpinned,
}

/// How much waits.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewView {
    /// Groups that have something, in the order of the list.
    pub groups: Vec<ReviewCount>,
    /// What the badge says: everything but what was put off and what is only not pinned yet.
    pub waiting: u32,
    /// Moves whenever something in the list does: sent back with what concerns a whole group.
    #[ts(type = "number")]
    pub revision: i64,
}

/// One group's number of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReviewCount {
    /// The group.
    pub group: ReviewGroup,
    /// Entries, with those put off.
    pub count: u32,
    /// Of these, put off: they are last in their group.
    pub later: u32,
}

/// A window of the inbox.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewPage {
    /// Entries from `offset` on, by group, then not put off, then server and tool name.
    pub items: Vec<ReviewItem>,
    /// Entries in all.
    pub total: u32,
    /// Revision this window belongs to.
    #[ts(type = "number")]
    pub revision: i64,
}

/// One entry of the inbox: a tool, or a server in the group of connections.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewItem {
    /// Its group.
    pub group: ReviewGroup,
    /// Id of the server.
    pub server_id: String,
    /// Name of the server.
    pub server_name: String,
    /// The tool; null for a connection.
    pub row: Option<ToolRow>,
    /// Put off with *Later*; a further change brings it back, and so does a louder group.
    pub later: bool,
    /// When this app noticed it.
    pub noticed_at: Option<String>,
    /// For what came back or is removed: since when it was gone, as noticed here.
    pub gone_at: Option<String>,
    /// What changed, in short; null where there is nothing to compare with.
    pub summary: Option<ChangeSummary>,
    /// When PostHog last read the server, where it says so (generation C).
    pub last_read_at: Option<String>,
    /// When this app last saw the server's tools.
    pub seen_at: Option<String>,
    /// For a connection: its status.
    pub status: Option<ServerStatus>,
    /// For a connection: tools that stay known.
    pub tools: u32,
}

/// Where the definition comes from that the one there now is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BaseKind {
    /// Decided on here.
    Decided,
    /// Accepted here as it was.
    Accepted,
    /// Accepted with everything found at first contact.
    Baseline,
    /// Came with a policy file or a backup.
    Imported,
    /// Set to *Ask first* by this app itself.
    Automatic,
    /// Nobody decided here: the first definition this app saw.
    FirstSeen,
}

/// What a definition is compared with.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BaseView {
    /// Where it comes from.
    pub kind: BaseKind,
    /// The state that was decided then; empty when nobody decided.
    pub state: String,
    /// When.
    pub at: String,
}

/// One entry, whole.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReviewDetail {
    /// The entry.
    pub item: ReviewItem,
    /// What `before` is; null where there is nothing to compare with: then all of it is new.
    pub base: Option<BaseView>,
    /// Titles.
    pub title: TextDiff,
    /// Descriptions.
    pub description: TextDiff,
    /// Parameters.
    pub parameters: SchemaDiff,
    /// Evidence in the definition there now.
    pub findings: Vec<FindingView>,
}

/// What kind of evidence a text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Tells the model what to do.
    Instruction,
    /// Asks for a private file.
    PrivateFile,
    /// Passes a secret on.
    SecretPassedOn,
    /// Keeps something from the person.
    HiddenFromUser,
    /// Characters nobody sees.
    Invisible,
    /// A name that looks like another.
    LookAlike,
    /// Speaks of another server's tool.
    OtherTool,
    /// An encoded piece.
    EncodedBlob,
    /// A link.
    Link,
}

/// A piece of evidence in a definition's text.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FindingView {
    /// Stable id: the same text in the same field has the same.
    pub id: String,
    /// What kind.
    pub kind: FindingKind,
    /// Where, for example `description` or `parameters.query.description`.
    pub field: String,
    /// Text before the place, clipped.
    pub before: String,
    /// The place itself, clipped, controls visible.
    pub hit: String,
    /// Text after it, clipped.
    pub after: String,
    /// One sentence that says what it is.
    pub sentence: String,
    /// The person said that this text is known.
    pub accepted: bool,
    /// It was in the definition compared with as well.
    pub old: bool,
    /// Common in honest definitions too, such as a link: worth a line, no warning.
    pub note: bool,
}

/// What came of accepting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Accepted {
    /// Tools pinned as they are, or removals noted.
    pub done: u32,
    /// Tools whose definition is not the one that was on screen: left in Review.
    pub moved: u32,
    /// The step of Activity that undoes it; null when nothing was done.
    #[ts(type = "number | null")]
    pub batch: Option<i64>,
}

/// How watching stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WatchView {
    /// Switched on.
    pub on: bool,
    /// Why it rests although it is on.
    pub rests: Option<WatchRest>,
    /// Name of the server whose turn is next.
    pub next: Option<String>,
    /// When its turn is, milliseconds since the epoch.
    #[ts(type = "number | null")]
    pub next_ms: Option<i64>,
    /// When PostHog last read a server because this app asked, by itself or for the person.
    pub last_at: Option<String>,
}

/// Why watching rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WatchRest {
    /// PostHog cannot be reached.
    Offline,
    /// There is no key, or PostHog takes it no more.
    SignedOut,
    /// The machine saves its battery.
    Battery,
    /// No server can be read.
    Nothing,
    /// The hour's budget is used up, or connects need it.
    Budget,
}

/// What a person may set about watching and Review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WatchSettings {
    /// Watch in the background.
    pub watch: bool,
    /// Say on the desktop when something was noticed.
    pub notify: bool,
    /// Set changed allowed tools back to *Ask first* without waiting for the person.
    pub set_back: bool,
    /// Single keys act in the list of Review.
    pub review_keys: bool,
}
