//! What all handlers share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::model::World;

pub(crate) type App = Arc<Shared>;

pub(crate) struct Shared {
    world: Mutex<World>,
    /// `http://127.0.0.1:PORT`: PostHog's `SITE_URL`.
    pub(crate) site: String,
    /// `127.0.0.1:PORT`.
    pub(crate) host: String,
    pub(crate) control_token: String,
    stopping: watch::Sender<bool>,
    syncs: watch::Sender<usize>,
    hurry: watch::Sender<u64>,
}

impl Shared {
    pub(crate) fn new(world: World, host: String, control_token: String) -> Self {
        Self {
            world: Mutex::new(world),
            site: format!("http://{host}"),
            host,
            control_token,
            stopping: watch::Sender::new(false),
            syncs: watch::Sender::new(0),
            hurry: watch::Sender::new(0),
        }
    }

    /// The world stays consistent between statements, so a panic elsewhere does not spoil it.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Resolves when the sandbox is asked to stop.
    pub(crate) async fn stopped(&self) {
        // The sender lives in `self`, so waiting cannot fail.
        let _ = self.stopping.subscribe().wait_for(|stopping| *stopping).await;
    }

    pub(crate) fn sync_queued(&self) {
        self.syncs.send_modify(|count| *count += 1);
    }

    pub(crate) fn sync_done(&self) {
        self.syncs.send_modify(|count| *count = count.saturating_sub(1));
    }

    /// Tells a queued background sync when it is not to wait any longer.
    pub(crate) fn hurried(&self) -> watch::Receiver<u64> {
        self.hurry.subscribe()
    }

    /// Runs the queued background syncs at once; resolves when none is queued or running.
    pub(crate) async fn settled(&self) {
        self.hurry.send_modify(|times| *times += 1);
        let _ = self.syncs.subscribe().wait_for(|count| *count == 0).await;
    }
}
