//! One project as one person sees it: its cache, its part of the ledger, and the way to PostHog.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OnceCell, broadcast};

use crate::decide::{Batches, Window};
use crate::files::BackupFile;
use crate::inbox::Notification;
use crate::posthog::{ApiError, Generation, Posthog};
use crate::secrets::Keyring;
use crate::store::{Cache, Ledger, Scope};
use crate::sync::AsOf;
use crate::view::{CommandError, ErrorCode, Event};
use crate::watch::WatchState;

/// Milliseconds since the epoch by this machine's clock.
pub(crate) fn now_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// Paces of background work; tests shorten them.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// Between syncs while PostHog answers.
    pub sync_every: Duration,
    /// Between attempts while it does not.
    pub offline_retry: Duration,
    /// Between looks at a flow in its first half minute (contract 6).
    pub poll_soon: Duration,
    /// Between looks after that.
    pub poll_later: Duration,
    /// How long PostHog remembers a login (contract 5: 600 s).
    pub login_lasts: Duration,
    /// Before the first turn of watching after a project is opened.
    pub watch_first: Duration,
    /// Between two turns of watching at least.
    pub watch_every: Duration,
    /// Turns of watching in any hour at most.
    pub watch_an_hour: usize,
    /// Between looks for the first tools of a new connection (contract 4.1: 1, 2, 4, 8, 15 s).
    pub tool_looks: [Duration; 5],
    /// How many decisions of batches are sent at most, in the short and in the long run. PostHog takes 480 requests a
    /// minute and 4,800 an hour from one key (contract 1.7); the rest is left to reading back, which waits at 400, to
    /// single decisions and to whatever else uses the key.
    pub decisions: [Window; 2],
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            sync_every: Duration::from_secs(300),
            offline_retry: Duration::from_secs(20),
            poll_soon: Duration::from_millis(2_500),
            poll_later: Duration::from_secs(7),
            login_lasts: Duration::from_secs(600),
            watch_first: Duration::from_secs(75),
            watch_every: Duration::from_secs(180),
            watch_an_hour: 15,
            tool_looks: [1, 2, 4, 8, 15].map(Duration::from_secs),
            decisions: [
                Window { calls: 360, within: Duration::from_mins(1) },
                Window { calls: 3_600, within: Duration::from_hours(1) },
            ],
        }
    }
}

/// What lies outside a project, common to all of them.
#[derive(Clone, Debug)]
pub(crate) struct Outside {
    pub(crate) events: broadcast::Sender<Event>,
    pub(crate) notifications: broadcast::Sender<Notification>,
    pub(crate) saves_battery: Arc<AtomicBool>,
}

impl Default for Outside {
    fn default() -> Self {
        Self {
            events: broadcast::Sender::new(256),
            notifications: broadcast::Sender::new(16),
            saves_battery: Arc::default(),
        }
    }
}

/// A person on one host, with the way to their key.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) origin: url::Url,
    pub(crate) email: String,
    pub(crate) keys: Keyring,
    client: OnceCell<Posthog>,
    /// The person signed out, or in with another key: whatever still runs asks PostHog nothing more under this one.
    ended: AtomicBool,
}

impl Account {
    pub(crate) fn new(id: &str, origin: url::Url, email: &str, keys: Keyring) -> Self {
        let (id, email) = (id.to_owned(), email.to_owned());
        Self { id, origin, email, keys, client: OnceCell::new(), ended: AtomicBool::new(false) }
    }

    /// The client, made when first needed: reading the keyring must not delay the first screen.
    pub(crate) async fn client(&self) -> Result<&Posthog, CommandError> {
        if self.ended.load(Ordering::Relaxed) {
            return Err(ErrorCode::SignedOut.plain());
        }
        self.client
            .get_or_try_init(|| async {
                let key = self.keys.get(&self.id).await?.ok_or_else(|| ErrorCode::SignedOut.plain())?;
                Ok(Posthog::new(self.origin.clone(), key)?)
            })
            .await
    }
}

/// How the cache compares with PostHog right now.
#[derive(Clone, Debug, Default)]
pub(crate) struct SyncState {
    pub(crate) running: bool,
    pub(crate) done: u32,
    pub(crate) total: u32,
    pub(crate) problem: Option<CommandError>,
    pub(crate) offline: bool,
    /// Servers PostHog is reading right now because the person asked.
    pub(crate) refreshing: HashSet<String>,
    pub(crate) catalog: CatalogState,
    /// Servers *Refresh all* has still to read.
    pub(crate) queue: VecDeque<String>,
    /// The one of them whose turn it is; none once the person stopped.
    pub(crate) queue_turn: Option<String>,
    /// Addresses of the servers that are being logged in to.
    pub(crate) logging_in: HashSet<String>,
    /// When the queue goes on, ms.
    pub(crate) queue_resumes: Option<i64>,
    /// The queue's worker runs.
    pub(crate) queue_runs: bool,
    /// The generation of PostHog's API, once a row told it.
    pub(crate) generation: Option<Generation>,
    /// Tools have moved since it was read what servers claim about them.
    pub(crate) claims_due: bool,
    /// When they were last read, ms.
    pub(crate) claims_at: i64,
    /// How far the ledger was when a server's tools were last sorted out, by its id.
    pub(crate) sorted: HashMap<String, i64>,
    /// When the last sync began, ms.
    pub(crate) began: i64,
    pub(crate) watch: WatchState,
}

/// How the fetching of the catalog stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct CatalogState {
    pub(crate) fetching: bool,
    pub(crate) problem: Option<CommandError>,
    /// When it was last tried, ms: a failing fetch must not be repeated by every look.
    pub(crate) tried_at: i64,
}

/// One project as one person sees it.
#[derive(Debug)]
pub struct Project {
    pub(crate) account: Arc<Account>,
    pub(crate) scope: Scope,
    pub(crate) cache: Cache,
    pub(crate) ledger: Ledger,
    pub(crate) events: broadcast::Sender<Event>,
    pub(crate) timing: Timing,
    pub(crate) wake: Notify,
    pub(crate) wake_queue: Notify,
    pub(crate) wake_watch: Notify,
    /// What is worth a word on the desktop.
    pub(crate) notifications: broadcast::Sender<Notification>,
    /// The machine saves its battery.
    pub(crate) saves_battery: Arc<AtomicBool>,
    pub(crate) sync_gate: tokio::sync::Mutex<()>,
    /// Held while a person's decision on one tool is on its way.
    pub(crate) deciding: tokio::sync::Mutex<()>,
    /// Held while something PostHog said is stored.
    pub(crate) as_of: tokio::sync::Mutex<AsOf>,
    state: Mutex<SyncState>,
    /// The backup that was looked at last and may be taken in.
    planned_backup: Mutex<Option<BackupFile>>,
    pub(crate) batches: Mutex<Batches>,
    /// Wakes a batch that waits for its turn.
    pub(crate) wake_batch: Notify,
    /// Moves whenever something in Review does; begins at the time, so that no window of an earlier run fits.
    pub(crate) review_revision: AtomicI64,
}

impl Project {
    pub(crate) fn new(
        account: Arc<Account>,
        scope: Scope,
        cache: Cache,
        ledger: Ledger,
        outside: Outside,
        timing: Timing,
    ) -> Self {
        Self {
            account,
            scope,
            cache,
            ledger,
            events: outside.events,
            timing,
            wake: Notify::new(),
            wake_queue: Notify::new(),
            wake_watch: Notify::new(),
            notifications: outside.notifications,
            saves_battery: outside.saves_battery,
            sync_gate: tokio::sync::Mutex::new(()),
            deciding: tokio::sync::Mutex::new(()),
            as_of: tokio::sync::Mutex::default(),
            state: Mutex::new(SyncState { claims_due: true, ..SyncState::default() }),
            planned_backup: Mutex::default(),
            batches: Mutex::new(Batches::new(timing.decisions)),
            wake_batch: Notify::new(),
            review_revision: AtomicI64::new(now_ms()),
        }
    }

    /// PostHog's number of the project.
    pub fn number(&self) -> i64 {
        self.scope.project_id
    }

    pub(crate) async fn api(&self) -> Result<&Posthog, CommandError> {
        self.account.client().await
    }

    /// Ends all work under this key. Of what applies plans the journal says how far it came; what was refreshed stays.
    pub(crate) fn end_work(&self) {
        self.account.ended.store(true, Ordering::Relaxed);
        self.batches.lock().unwrap_or_else(PoisonError::into_inner).abort();
        self.stop_refreshing();
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, SyncState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn planned_backup(&self) -> MutexGuard<'_, Option<BackupFile>> {
        self.planned_backup.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the window what to read again; nobody listening is fine.
    pub(crate) fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }

    /// Takes one call from the person's budget (contract 1.7) before it is made.
    pub(crate) async fn spend(&self, what: &str) -> Result<(), CommandError> {
        self.spend_leaving(0, what).await
    }

    /// The same, but never the last `left` calls of the minute or of the hour.
    pub(crate) async fn spend_leaving(&self, left: usize, what: &str) -> Result<(), CommandError> {
        match self.ledger.spend(&self.scope, what, left, now_ms()).await? {
            Ok(()) => Ok(()),
            Err(wait) => Err(CommandError { retry_after: Some(wait), ..ErrorCode::Budget.plain() }),
        }
    }

    /// Writes are refused, not queued, while PostHog cannot be reached.
    pub(crate) fn refuse_offline(&self) -> Result<(), CommandError> {
        if self.state().offline { Err(ErrorCode::Offline.plain()) } else { Ok(()) }
    }

    /// Notes from an answer whether PostHog can be reached, and turns the error into what the window gets. A call that
    /// got no answer has a sync look at once whether PostHog is there: until it is heard again, writes are refused.
    pub(crate) fn heard<T>(&self, answer: Result<T, ApiError>) -> Result<T, CommandError> {
        let answer = answer.map_err(|error| CommandError::from(&error));
        let offline = matches!(&answer, Err(error) if error.is_offline());
        let (turned, syncing) = {
            let mut state = self.state();
            let before = std::mem::replace(&mut state.offline, offline);
            (before != offline, state.running)
        };
        if turned {
            // A sync that runs comes again by itself.
            if offline && !syncing {
                self.sync_soon();
            }
            tracing::info!(offline, "PostHog's reach changed");
            self.tell(Event::Servers);
        }
        answer
    }
}
