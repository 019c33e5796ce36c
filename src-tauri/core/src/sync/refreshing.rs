//! Asking PostHog to read servers again: one now, or all of them as a visible queue under the person's budget.

use std::sync::Arc;
use std::time::Duration;

use crate::project::{Project, now_ms};
use crate::store::LEFT_FOR_CONNECTS;
use crate::view::{CommandError, ErrorCode, Event};
use crate::watch::CHECKED_AT;

/// A server that PostHog reads right now. Ends when dropped: whoever waits for the reading may be gone before it ends, as
/// watching is when another project comes on screen.
struct Reading<'p> {
    project: &'p Project,
    server_id: &'p str,
}

impl<'p> Reading<'p> {
    /// `None` when it is being read already.
    fn begin(project: &'p Project, server_id: &'p str) -> Option<Self> {
        let begins = project.state().refreshing.insert(server_id.to_owned());
        begins.then(|| {
            project.tell(Event::Servers);
            Self { project, server_id }
        })
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.project.state().refreshing.remove(self.server_id);
        self.project.tell(Event::Servers);
    }
}

impl Project {
    /// Lets PostHog read one server again (contract 3.13), then stores what it has now, removed tools included.
    ///
    /// # Errors
    /// The refresh's own error; what is known stays.
    pub async fn refresh(&self, server_id: &str) -> Result<(), CommandError> {
        self.refresh_leaving(0, server_id).await
    }

    /// The same, but never with the last `left` calls of the budget.
    async fn refresh_leaving(&self, left: usize, server_id: &str) -> Result<(), CommandError> {
        self.refuse_offline()?;
        if self.state().refreshing.contains(server_id) {
            return Ok(());
        }
        self.api().await?;
        self.spend_leaving(left, "refresh").await?;
        self.refresh_paid(server_id).await
    }

    /// The same, with the call already taken from the budget.
    pub(crate) async fn refresh_paid(&self, server_id: &str) -> Result<(), CommandError> {
        let Some(_reading) = Reading::begin(self, server_id) else { return Ok(()) };
        self.refresh_and_read(server_id).await
    }

    async fn refresh_and_read(&self, server_id: &str) -> Result<(), CommandError> {
        let api = self.api().await?;
        let refreshed = self.heard(api.refresh_tools(self.number(), server_id).await);
        // Also after a failure: the row now says why, and the tools may be half written (contract 13.1).
        let row = self.sync_row(server_id).await;
        let tools = self.sync_server(server_id).await;
        refreshed?;
        self.cache.set_meta(CHECKED_AT, &jiff::Timestamp::now().to_string()).await?;
        row?;
        tools?;
        Ok(())
    }

    /// Queues every server PostHog can read: connected, switched on and this person's own. Those of the queue that runs
    /// keep their place.
    pub async fn refresh_all(self: &Arc<Self>) -> Result<(), CommandError> {
        self.refuse_offline()?;
        let servers = self.cache.servers().await?;
        let readable = servers
            .into_iter()
            .filter(|server| server.is_enabled && server.is_owner && !server.pending_oauth);
        let start = {
            let mut state = self.state();
            for server in readable {
                if !state.queue.contains(&server.id) && !state.refreshing.contains(&server.id) {
                    state.queue.push_back(server.id);
                }
            }
            !std::mem::replace(&mut state.queue_runs, true)
        };
        if start {
            tokio::spawn(self.clone().work_off_queue());
        }
        self.tell(Event::Servers);
        Ok(())
    }

    /// Empties the queue; a reading that runs goes on to its end.
    pub fn stop_refreshing(&self) {
        {
            let mut state = self.state();
            state.queue.clear();
            state.queue_turn = None;
        }
        self.wake_queue.notify_one();
        self.tell(Event::Servers);
    }

    async fn work_off_queue(self: Arc<Self>) {
        while let Some(server) = self.next_queued() {
            // What the person asked of all can wait for what they ask of one.
            let Err(error) = self.refresh_leaving(LEFT_FOR_CONNECTS, &server).await else { continue };
            tracing::info!(code = ?error.code, "a queued reading failed");
            match (error.code, error.retry_after) {
                (ErrorCode::Budget | ErrorCode::Throttled, wait) => self.queue_waits(wait).await,
                (ErrorCode::Offline | ErrorCode::SignedOut | ErrorCode::KeyRefused, _) => {
                    self.state().queue.clear()
                }
                // The server's own failure: its row says so, the others go on.
                _ => {}
            }
        }
        self.tell(Event::Servers);
    }

    /// The next server of the queue; without one the worker ends.
    fn next_queued(&self) -> Option<String> {
        let mut state = self.state();
        let next = state.queue.pop_front();
        state.queue_runs = next.is_some();
        state.queue_turn.clone_from(&next);
        next
    }

    /// Puts the server whose turn it is back in front, and waits until PostHog's budget has room; unless the person
    /// stopped meanwhile.
    async fn queue_waits(&self, seconds: Option<u32>) {
        let wait = Duration::from_secs(seconds.unwrap_or(60).into());
        {
            let mut state = self.state();
            let Some(server) = state.queue_turn.take() else { return };
            state.queue.push_front(server);
            state.queue_resumes = Some(now_ms() + i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
        }
        self.tell(Event::Servers);
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = self.wake_queue.notified() => {}
        }
        self.state().queue_resumes = None;
    }
}
