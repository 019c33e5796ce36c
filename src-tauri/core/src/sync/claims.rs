//! What PostHog tells in an answer of its own, from generation C on: which servers agents are offered, and what those
//! claim about their tools.

use crate::posthog::{Annotations, Available, AvailableServer, Generation};
use crate::project::{Project, now_ms};
use crate::store::{ClaimRecord, ServerRecord};
use crate::view::{CommandError, Counts, Event};

/// The team's switch moves nothing else that a sync sees: the answer is asked for again after this long, ms.
const LASTS: i64 = 3_600_000;

impl Project {
    /// Reads the answer again where tools have moved since it was read, when it is old, and while it says that a server
    /// is off for the team. PostHog may renew logins upstream for it, so not every sync asks; that it fails is no
    /// failure of the sync, and the next one asks again.
    ///
    /// # Errors
    /// Only the store's.
    pub(super) async fn read_claims(&self) -> Result<(), CommandError> {
        let one_is_off = self.cache.servers().await?.iter().any(|server| server.off_for_team);
        let due = {
            let state = self.state();
            let old = !(0..LASTS).contains(&(now_ms() - state.claims_at));
            (state.claims_due || one_is_off || old) && state.generation == Some(Generation::C)
        };
        if !due {
            return Ok(());
        }
        let answer = self.api().await?.available_tools(self.number()).await;
        let offered = match self.heard(answer) {
            Ok(offered) => offered,
            Err(error) => {
                tracing::info!(code = ?error.code, "what servers claim was not read");
                return Ok(());
            }
        };
        {
            let mut state = self.state();
            (state.claims_due, state.claims_at) = (false, now_ms());
        }
        // Rows of generation C without its routes: nothing is claimed, and nothing known of the team's switch.
        let Some(offered) = offered else { return Ok(()) };
        for server in &offered.servers {
            if self.cache.put_claims(&server.installation_id, &claims(server)).await? > 0 {
                self.tell(Event::Tools { server_id: server.installation_id.clone() });
            }
        }
        self.note_team_switch(&offered).await
    }

    /// Notes which servers the team switched off: their rows look like any other (contract 13.2 on 3.13), and only this
    /// answer, which was asked for after they were read, leaves them out. What kept a server away may have come with the
    /// answer itself, such as a login found broken: so a server that is missing is read once more before it is believed.
    async fn note_team_switch(&self, offered: &Available) -> Result<(), CommandError> {
        let missing = |server: &ServerRecord| {
            offered.skipped == 0 && offered.servers.iter().all(|one| one.installation_id != server.id)
        };
        let mut off = Vec::new();
        for server in self.cache.servers().await?.iter().filter(|server| missing(server)) {
            if !self.belongs_to_the_offer(&server.id).await? {
                continue;
            }
            let again = (self.sync_row(&server.id).await, self.sync_server(&server.id).await);
            if let (Err(error), _) | (_, Err(error)) = again {
                tracing::info!(code = ?error.code, "whether a server is off for the team was not seen");
                return Ok(());
            }
            if self.belongs_to_the_offer(&server.id).await? {
                off.push(server.id.clone());
            }
        }
        if self.cache.put_off_for_team(&off).await? > 0 {
            self.tell(Event::Servers);
        }
        Ok(())
    }

    async fn belongs_to_the_offer(&self, server_id: &str) -> Result<bool, CommandError> {
        let counts = self.cache.counts().await?.remove(server_id).unwrap_or_default();
        let server = self.cache.server(server_id).await?;
        Ok(server.is_some_and(|server| belongs_to_the_offer(&server, counts)))
    }
}

/// Nothing known of a server keeps it from agents: it is on, its login works, PostHog has read it, and a tool is not
/// blocked. One with a key never counts, as PostHog does not tell whether it has that key (contract 4.1).
fn belongs_to_the_offer(server: &ServerRecord, counts: Counts) -> bool {
    let works = server.auth_type == "oauth" && !server.pending_oauth && !server.needs_reauth;
    let read = server.last_synced_at.is_some() && server.last_sync_error.is_empty();
    server.is_enabled && works && read && counts.allowed + counts.ask > 0
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_that_nothing_else_keeps_away_can_be_off_for_the_team() {
        let works = ServerRecord {
            auth_type: "oauth".into(),
            is_enabled: true,
            last_synced_at: Some("2026-11-25T10:00:00Z".into()),
            ..ServerRecord::default()
        };
        let (some, none) = (Counts { ask: 1, blocked: 2, ..Counts::default() }, Counts::default());
        assert!(belongs_to_the_offer(&works, some));
        assert!(!belongs_to_the_offer(&works, Counts { blocked: 2, ..none }), "all of it is blocked");
        let spoils: [fn(&mut ServerRecord); 7] = [
            |server| server.is_enabled = false,
            |server| server.pending_oauth = true,
            |server| server.needs_reauth = true,
            |server| server.auth_type = "api_key".into(),
            |server| server.auth_type = "a later word".into(),
            |server| server.last_synced_at = None,
            |server| server.last_sync_error = "Upstream initialize returned status 401".into(),
        ];
        for spoil in spoils {
            let mut server = works.clone();
            spoil(&mut server);
            assert!(!belongs_to_the_offer(&server, some), "{server:?}");
        }
    }
}
