//! What servers claim about their tools: PostHog tells it in an answer of its own, from generation C on.

use crate::posthog::{Annotations, AvailableServer, Generation};
use crate::project::Project;
use crate::store::ClaimRecord;
use crate::view::{CommandError, Event};

impl Project {
    /// Reads the claims again where tools have moved since they were read. PostHog may renew logins upstream for this
    /// answer, so not every sync asks for it; that it fails is no failure of the sync, and the next one asks again.
    ///
    /// # Errors
    /// Only the store's.
    pub(super) async fn read_claims(&self) -> Result<(), CommandError> {
        let due = {
            let state = self.state();
            state.claims_due && state.generation == Some(Generation::C)
        };
        if !due {
            return Ok(());
        }
        let answer = self.api().await?.available_tools(self.number()).await;
        let servers = match self.heard(answer) {
            // Rows of generation C without its routes: nothing is claimed.
            Ok(servers) => servers.unwrap_or_default(),
            Err(error) => {
                tracing::info!(code = ?error.code, "what servers claim was not read");
                return Ok(());
            }
        };
        for server in &servers {
            if self.cache.put_claims(&server.installation_id, &claims(server)).await? > 0 {
                self.tell(Event::Tools { server_id: server.installation_id.clone() });
            }
        }
        self.state().claims_due = false;
        Ok(())
    }
}

fn claims(server: &AvailableServer) -> Vec<(&str, ClaimRecord)> {
    server.tools.iter().map(|tool| (tool.name.as_str(), claim(&tool.annotations))).collect()
}

fn claim(said: &Annotations) -> ClaimRecord {
    ClaimRecord {
        read_only: said.read_only_hint,
        destructive: said.destructive_hint,
        idempotent: said.idempotent_hint,
        open_world: said.open_world_hint,
    }
}
