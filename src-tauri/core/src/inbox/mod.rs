//! What waits in Review: worked out from the ledger whenever a tool or its pin moves, kept in the cache.

use std::sync::atomic::Ordering;

use crate::project::Project;
use crate::view::{CommandError, Event};

impl Project {
    /// Moves whenever something in Review does.
    pub(crate) fn review_revision(&self) -> i64 {
        self.review_revision.load(Ordering::SeqCst)
    }

    /// Works out again what of one server waits in Review. To be called after its tools or their pins moved.
    pub(crate) async fn sort_out(&self, server_id: &str) -> Result<(), CommandError> {
        let _ = server_id;
        self.review_revision.fetch_add(1, Ordering::SeqCst);
        self.tell(Event::Review);
        Ok(())
    }
}
