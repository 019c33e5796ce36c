//! What was done and noticed here, as the Activity screen reads it.

use crate::project::Project;
use crate::store::NewEvent;
use crate::view::{CommandError, Event};

impl Project {
    /// Writes down what was noticed, and tells the window.
    pub(crate) async fn note(&self, events: &[NewEvent<'_>]) -> Result<(), CommandError> {
        if events.is_empty() {
            return Ok(());
        }
        self.ledger.note(&self.scope, events).await?;
        self.tell(Event::Activity);
        Ok(())
    }
}
