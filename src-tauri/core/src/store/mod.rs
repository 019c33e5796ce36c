//! The two stores. The cache holds what PostHog said last and can be rebuilt; the ledger holds what only this machine
//! knows and is never thrown away. Commits across the two are not atomic: the intent goes to the ledger, then the
//! server is asked, then the ledger learns the result, then the cache.

mod accounts;
mod backup;
mod batches;
mod cache;
mod claims;
mod decisions;
mod definitions;
mod events;
mod flows;
mod ledger;
mod open;
mod pins;
mod review;
mod servers;
mod settings;
mod spend;
mod templates;
mod tools;

pub use accounts::StoredAccount;
pub use backup::{
    JournalKind, JournalResult, Kept, KeptBatch, KeptDecision, KeptDefinition, KeptEvent, KeptFinding,
    KeptItem, KeptMark, KeptObservation, KeptPin, KeptResult, KeptState, KeptTool, MarkKind, Merge, Merged,
};
pub use batches::{NewBatch, NewItem, Silent, StoredBatch, StoredItem};
pub use cache::Cache;
pub use claims::ClaimRecord;
pub use decisions::{Answer, NewDecision, StoredDecision, TakenBack};
pub use definitions::{Noticed, Observed, StoredObservation};
pub use events::{LineQuery, NewEvent, SearchWord, StoredLine};
pub use flows::{NewFlow, StoredFlow};
pub use ledger::{Ledger, Scope};
pub use open::{DataLock, Opened, StoreError};
pub use pins::{Pinning, StandingPin};
pub use review::{Past, Pin, PutOff, ReviewFacts, StoredDefinition};
pub use servers::ServerRecord;
pub use spend::{LEFT_FOR_CONNECTS, PER_HOUR, PER_MINUTE, Pace};
pub use templates::TemplateRecord;
pub use tools::{ToolQuery, ToolRecord, ToolsWritten};
