//! What the window is told: plain facts, typed, generated for TypeScript.
//!
//! Every text that came from PostHog or from an MCP server has been through [`crate::text`]: clipped, and with
//! control characters made visible. No key, nonce or `redirect_url` ever appears here.
//! Times are RFC 3339 UTC strings; instants the page counts down to are milliseconds since the Unix epoch.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod account;
mod activity;
mod batch;
mod connect;
mod error;
mod review;
mod server;
mod tool;

pub use account::*;
pub use activity::*;
pub use batch::*;
pub use connect::*;
pub use error::*;
pub use review::*;
pub use server::*;
pub use tool::*;

/// Pieces of a comparison, as [`crate::review::diff`] makes them.
pub use crate::review::diff::{
    ChangeSummary, PartChange, SchemaChange, SchemaChangeKind, SchemaDiff, TextDiff, TextPart, Unseen,
    UnseenKind,
};

/// What a person may decide about a tool (contract 2.3). Ordered: later is stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Agents may call it.
    Approved,
    /// Agents must ask first.
    NeedsApproval,
    /// Agents may not call it.
    DoNotUse,
}

/// What changed, so that the window reads again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// Accounts, active project, keyring.
    Boot,
    /// The servers or their counts, or the state of the sync.
    Servers,
    /// The tools of one server.
    Tools {
        /// The server.
        server_id: String,
    },
    /// The catalog.
    Catalog,
    /// A connection flow.
    Flows,
    /// What waits in Review, or how watching stands.
    Review,
    /// A line of Activity.
    Activity,
    /// A batch goes on.
    Batches,
    /// A second start asked the window to come forward, or a link arrived.
    Raised,
    /// A notification was clicked: show Review of that project, which is on screen or about to be.
    ShowReview(ActiveProject),
    /// A part of the app crashed and left a trace in the log.
    Crashed,
}
