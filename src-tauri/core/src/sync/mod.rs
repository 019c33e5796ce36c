//! PostHog to store to changes. A failed sync wipes nothing; what answered is kept, what did not keeps its old state.

mod as_of;
mod claims;
mod connections;
mod records;
mod refreshing;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use tokio::task::JoinSet;

use crate::posthog::ToolList;
use crate::project::{Project, now_ms};
use crate::store::{Observed, ServerRecord};
use crate::view::{CommandError, ErrorCode, Event};

pub(crate) use as_of::AsOf;
pub(crate) use records::{server_record, template_record, tool_record};

/// Servers read at the same time. The 480-a-minute bucket (contract 1.7) is far away at this width; more only
/// queues at the other end.
const WIDTH: usize = 4;
/// So often a list is asked for whose answer is older than what was stored meanwhile; after that the next sync has it.
const ATTEMPTS: u32 = 2;

/// Cache fact: when a sync last got every answer.
pub(crate) const LAST_SUCCESS: &str = "last_success_at";
/// Cache fact: when the catalog was last answered.
pub(crate) const CATALOG_AT: &str = "catalog_at";

/// Whether a sync that began then (ms) is long enough ago that the window's coming forward is worth another. A clock that
/// was set back makes it so.
fn is_old(began: i64, now: i64) -> bool {
    !(0..60_000).contains(&(now - began))
}

impl Project {
    /// Keeps the cache fresh for as long as the task lives: at start, when woken, and at an interval.
    pub(crate) async fn keep_fresh(self: Arc<Self>) {
        loop {
            if let Err(error) = self.clone().sync().await {
                tracing::info!(code = ?error.code, "sync did not finish");
            }
            self.set_back_if_wanted().await;
            let pause = if self.state().offline { self.timing.offline_retry } else { self.timing.sync_every };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.wake.notified() => {}
            }
        }
    }

    /// Asks for a sync soon; a running one is followed by another.
    pub fn sync_soon(&self) {
        self.wake.notify_one();
    }

    /// Asks for a sync unless one began within the last minute: what the window's coming forward is worth.
    pub fn sync_if_old(&self) {
        if is_old(self.state().began, now_ms()) {
            self.sync_soon();
        }
    }

    /// Reads everything once. Syncs of one project queue up.
    ///
    /// # Errors
    /// The first thing that went wrong; everything that did answer is stored nevertheless.
    pub async fn sync(self: Arc<Self>) -> Result<(), CommandError> {
        let _gate = self.sync_gate.lock().await;
        {
            let mut state = self.state();
            state.running = true;
            state.began = now_ms();
            (state.done, state.total) = (0, 0);
        }
        self.tell(Event::Servers);
        let result = self.clone().read_and_note().await;
        {
            let mut state = self.state();
            state.running = false;
            state.problem = result.as_ref().err().cloned();
        }
        self.tell(Event::Servers);
        result
    }

    async fn read_and_note(self: Arc<Self>) -> Result<(), CommandError> {
        self.clone().read_everything().await?;
        self.read_claims().await?;
        Ok(self.cache.set_meta(LAST_SUCCESS, &jiff::Timestamp::now().to_string()).await?)
    }

    async fn read_everything(self: Arc<Self>) -> Result<(), CommandError> {
        let api = self.api().await?;
        let known: HashSet<String> =
            self.cache.servers().await?.into_iter().map(|server| server.id).collect();
        let asked = Instant::now();
        let answered = self.heard(api.installations(self.number()).await)?;
        let servers = answered.rows.iter().map(server_record).collect();
        let servers = self.store_servers(servers, answered.skipped == 0, (&known, asked)).await?;
        if let Some(told) = answered.generation {
            self.state().generation = Some(told);
        }
        self.state().total = u32::try_from(servers.len()).unwrap_or(u32::MAX);
        self.tell(Event::Servers);

        let mut waiting = servers.into_iter();
        let mut reading = JoinSet::new();
        let mut first_problem = None;
        loop {
            while reading.len() < WIDTH
                && let Some(server) = waiting.next()
            {
                let project = self.clone();
                reading.spawn(async move { project.sync_server(&server.id).await });
            }
            let Some(read) = reading.join_next().await else { break };
            let read = read.unwrap_or_else(|_| Err(ErrorCode::Internal.plain()));
            self.state().done += 1;
            match read {
                Ok(_) => {}
                // Gone between the list and the reading: the next list will say so.
                Err(error) if error.code == ErrorCode::NotFound => {}
                Err(error) => {
                    let stop = error.is_offline() || error.code == ErrorCode::Throttled;
                    first_problem.get_or_insert(error);
                    if stop {
                        waiting.by_ref().for_each(drop);
                    }
                }
            }
            self.tell(Event::Servers);
        }
        first_problem.map_or(Ok(()), Err)
    }

    /// Stores a list of servers; answers what is stored by then. What was answered since the list was asked for stays:
    /// renamed, removed, or connected, which is what was not `known` then.
    async fn store_servers(
        &self,
        mut servers: Vec<ServerRecord>,
        whole: bool,
        (known, asked): (&HashSet<String>, Instant),
    ) -> Result<Vec<ServerRecord>, CommandError> {
        let mut as_of = self.as_of.lock().await;
        let before = self.cache.servers().await?;
        let newer = |server: &ServerRecord| as_of.rows.is_newer(&server.id, asked);
        let stays = |server: &ServerRecord| newer(server) || !known.contains(&server.id);
        let stay: Vec<ServerRecord> = before.iter().filter(|server| stays(server)).cloned().collect();
        servers.retain(|server| !newer(server) && !stay.iter().any(|stays| stays.id == server.id));
        servers.iter().for_each(|server| as_of.rows.set(&server.id, asked));
        servers.extend(stay);
        // The ledger first: told twice is better than never, when the cache cannot be written.
        let noted = self.note_connections(&before, &servers, whole).await?;
        self.cache.put_servers(&servers, whole).await?;
        if noted {
            self.review_moved();
        }
        Ok(servers)
    }

    /// Reads one server's tools as PostHog has them; answers how many live ones there are.
    pub(crate) async fn sync_server(&self, server_id: &str) -> Result<u32, CommandError> {
        let mut live = 0;
        for _ in 0..ATTEMPTS {
            let asked = Instant::now();
            let list = self.heard(self.api().await?.tools(self.number(), server_id).await)?;
            live = list.tools.iter().filter(|tool| tool.removed_at.is_none()).count();
            if self.store_tools(server_id, &list, asked).await? {
                self.settle_singles(server_id).await?;
                break;
            }
        }
        Ok(u32::try_from(live).unwrap_or(u32::MAX))
    }

    /// Reads one server's row again.
    pub(crate) async fn sync_row(&self, server_id: &str) -> Result<(), CommandError> {
        let asked = Instant::now();
        let row = self.heard(self.api().await?.installation(self.number(), server_id).await)?;
        let row = server_record(&row);
        let mut as_of = self.as_of.lock().await;
        if as_of.rows.is_newer(server_id, asked) {
            return Ok(());
        }
        as_of.rows.set(server_id, asked);
        let before = self.cache.server(server_id).await?;
        let noted = self.note_connections(before.as_slice(), std::slice::from_ref(&row), false).await?;
        self.cache.put_server(&row).await?;
        if noted {
            self.review_moved();
        }
        self.tell(Event::Servers);
        Ok(())
    }

    /// Stores a list of tools that was asked for then; false when what is stored is newer.
    async fn store_tools(
        &self,
        server_id: &str,
        list: &ToolList,
        asked: Instant,
    ) -> Result<bool, CommandError> {
        let mut as_of = self.as_of.lock().await;
        if as_of.tools.is_newer(server_id, asked) {
            tracing::debug!("a list of tools is older than what is stored");
            return Ok(false);
        }
        let server = self.cache.server(server_id).await?.ok_or_else(|| ErrorCode::NotFound.plain())?;
        if list.skipped > 0 {
            tracing::warn!(skipped = list.skipped, "some tools could not be read");
        }
        if server.tools_digest.as_deref() == Some(list.digest.as_slice()) {
            self.cache.tools_unchanged(server_id, now_ms()).await?;
            as_of.tools.set(server_id, asked);
            self.sort_out_after_the_ledger(server_id).await?;
            return Ok(true);
        }
        let mut tools: Vec<_> = list.tools.iter().map(|tool| tool_record(server_id, tool)).collect();
        let observed = if self.speaks_for_its_address(&server).await? {
            self.ledger.observe(&self.scope, &server.url, &tools, list.skipped == 0, now_ms()).await?
        } else {
            Observed::default()
        };
        self.place_tools(&server, &mut tools).await?;
        self.state().claims_due = true;
        self.say_on_desktop(&server, &tools, &observed).await?;
        let digest = (list.skipped == 0).then_some(list.digest.as_slice());
        self.cache.put_tools(server_id, &tools, digest, now_ms()).await?;
        as_of.tools.set(server_id, asked);
        drop(as_of);
        self.tell(Event::Tools { server_id: server_id.to_owned() });
        self.review_moved();
        if observed.rows > 0 {
            self.tell(Event::Activity);
        }
        Ok(true)
    }

    /// Where PostHog's answer is as before, a pin may have moved all the same, and the app may have died, or its disk
    /// failed, before the cache learnt of it.
    async fn sort_out_after_the_ledger(&self, server_id: &str) -> Result<(), CommandError> {
        let moves = self.ledger.moves().await?;
        if self.state().sorted.get(server_id) != Some(&moves) {
            self.sort_out(server_id).await?;
            self.state().sorted.insert(server_id.to_owned(), moves);
        }
        Ok(())
    }

    /// Fetches the catalog.
    pub async fn sync_catalog(&self) -> Result<(), CommandError> {
        let templates = self.heard(self.api().await?.catalog(self.number()).await)?;
        let records: Vec<_> = templates.iter().map(template_record).collect();
        self.cache.put_templates(&records).await?;
        self.cache.set_meta(CATALOG_AT, &jiff::Timestamp::now().to_string()).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::is_old;

    #[test]
    fn coming_forward_is_worth_a_sync_once_a_minute() {
        for (ago, old) in [(0, false), (59_999, false), (60_000, true), (3_600_000, true), (-1, true)] {
            assert_eq!(is_old(1_000_000, 1_000_000 + ago), old, "{ago} ms ago");
        }
    }
}
