//! Watching: PostHog keeps its own copy of each server's tools and renews it only when asked (contract 3.11, 3.13). So
//! Hedgerow asks, one server at a time, slowly enough that a person's own connects never wait for it.

mod turn;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::hedgerow::Hedgerow;
use crate::present;
use crate::project::{Project, now_ms};
use crate::store::{Pace, ServerRecord};
use crate::view::{CommandError, ErrorCode, Event, WatchRest, WatchSettings, WatchView};

use turn::{Candidate, in_order};

/// Cache fact: when this app last had PostHog read a server, on its own or because the person asked.
pub(crate) const CHECKED_AT: &str = "checked_at";
/// Cache fact: when each server was last tried, as JSON.
const TRIED: &str = "watch_tried";
/// How long to rest before looking again whether there is something to do, when nothing says when.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// How watching stands in memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct WatchState {
    /// Not before; a clock that is set back must not stop it.
    not_before: Option<Instant>,
    /// When a server was last tried, ms: one that cannot be read must not be tried for ever, and of many that nobody
    /// knows the age of each gets its turn, whenever the app is started.
    tried: HashMap<String, i64>,
    /// Why it rests.
    rests: Option<WatchRest>,
}

impl Hedgerow {
    /// What is set about watching and Review, for all projects.
    pub async fn watch_settings(&self) -> Result<WatchSettings, CommandError> {
        Ok(self.ledger.watch_settings().await?)
    }

    /// Sets all of it; the project on screen obeys at once.
    pub async fn set_watch_settings(&self, settings: WatchSettings) -> Result<(), CommandError> {
        self.ledger.set_watch_settings(settings).await?;
        if let Ok(project) = self.active() {
            project.watch_again().await;
        }
        Ok(())
    }
}

impl Project {
    /// Watches for as long as the task lives.
    pub(crate) async fn keep_watching(self: Arc<Self>) {
        let tried = self.cache.meta(TRIED).await.ok().flatten();
        {
            let mut state = self.state();
            state.watch.tried = tried.and_then(|tried| serde_json::from_str(&tried).ok()).unwrap_or_default();
            state.watch.not_before = Some(Instant::now() + self.timing.watch_first);
        }
        loop {
            let pause = match self.watch_once().await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::info!(code = ?error.code, "a watching turn failed");
                    self.timing.watch_every.min(LOOK_AGAIN)
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.wake_watch.notified() => {}
            }
        }
    }

    /// Takes a turn if it is time; answers how long to rest.
    async fn watch_once(self: &Arc<Self>) -> Result<Duration, CommandError> {
        let (rests, server) = self.watch_plan().await?;
        self.watch_rests(rests);
        let Some(server) = server else { return Ok(self.timing.watch_every.min(LOOK_AGAIN)) };
        let wait = self.watch_waits();
        if !wait.is_zero() {
            return Ok(wait);
        }
        match self.ledger.spend_watching(&self.scope, self.pace(), now_ms()).await? {
            Err(wait_ms) => {
                let wait = Duration::from_millis(wait_ms.unsigned_abs());
                self.watch_rests((wait > self.timing.watch_every).then_some(WatchRest::Budget));
                self.watch_not_before(wait);
                self.tell(Event::Review);
                Ok(wait)
            }
            Ok(()) => {
                let wait = self.watch_turn(&server).await?;
                self.watch_not_before(wait);
                self.set_back_if_wanted().await;
                self.tell(Event::Review);
                Ok(wait)
            }
        }
    }

    /// Has one server read; answers how long to wait for the next turn. Where PostHog says to wait longer it was not
    /// read, and its turn is not over.
    async fn watch_turn(&self, server: &ServerRecord) -> Result<Duration, CommandError> {
        let every = self.timing.watch_every;
        if let Err(error) = self.refresh_paid(&server.id).await {
            // Its row says so, and Activity has a line.
            tracing::info!(code = ?error.code, "a watched server could not be read");
            if error.code == ErrorCode::Throttled {
                let told = Duration::from_secs(error.retry_after.unwrap_or_default().into());
                self.watch_rests((told > every).then_some(WatchRest::Budget));
                return Ok(every.max(told));
            }
        }
        let tried = {
            let mut state = self.state();
            state.watch.tried.insert(server.id.clone(), now_ms());
            serde_json::to_string(&state.watch.tried).unwrap_or_default()
        };
        self.cache.set_meta(TRIED, &tried).await?;
        Ok(every)
    }

    /// How long until watching may take its next turn.
    fn watch_waits(&self) -> Duration {
        let not_before = self.state().watch.not_before;
        not_before.map_or(Duration::ZERO, |at| at.saturating_duration_since(Instant::now()))
    }

    fn watch_not_before(&self, wait: Duration) {
        self.state().watch.not_before = Instant::now().checked_add(wait);
    }

    /// Why watching rests, if it does; else whose turn is next.
    async fn watch_plan(&self) -> Result<(Option<WatchRest>, Option<ServerRecord>), CommandError> {
        if !self.ledger.watch_settings().await?.watch {
            return Ok((None, None));
        }
        if self.state().offline {
            return Ok((Some(WatchRest::Offline), None));
        }
        if self.state().problem.as_ref().is_some_and(lacks_a_key) {
            return Ok((Some(WatchRest::SignedOut), None));
        }
        if self.saves_battery.load(Ordering::Relaxed) {
            return Ok((Some(WatchRest::Battery), None));
        }
        let counts = self.cache.counts().await?;
        let servers = self.cache.servers().await?;
        let now = now_ms();
        let tried = self.state().watch.tried.clone();
        let tried_at = |id: &str| tried.get(id).copied().filter(|at| *at <= now);
        let candidates: Vec<Candidate> = servers
            .iter()
            .filter(|server| can_be_read(server))
            .map(|server| Candidate {
                id: &server.id,
                allowed: counts.get(&server.id).is_some_and(|counts| counts.allowed > 0),
                read_at: read_at(server).max(tried_at(&server.id)),
            })
            .collect();
        let next = in_order(candidates, now).first().map(|next| next.id.to_owned());
        let Some(next) = next else { return Ok((Some(WatchRest::Nothing), None)) };
        Ok((None, servers.into_iter().find(|server| server.id == next)))
    }

    fn watch_rests(&self, rests: Option<WatchRest>) {
        let before = std::mem::replace(&mut self.state().watch.rests, rests);
        if before != rests {
            self.tell(Event::Review);
        }
    }

    fn pace(&self) -> Pace {
        Pace { every_ms: millis(self.timing.watch_every), an_hour: self.timing.watch_an_hour }
    }

    /// How watching stands.
    pub async fn watch(&self) -> Result<WatchView, CommandError> {
        let on = self.ledger.watch_settings().await?.watch;
        let (rests, next) = self.watch_plan().await?;
        let kept = self.state().watch.rests;
        let due = match &next {
            Some(_) => {
                let wait = self.ledger.watching_waits(&self.scope, self.pace(), now_ms()).await?;
                Some(now_ms() + wait.max(millis(self.watch_waits())))
            }
            None => None,
        };
        Ok(WatchView {
            on,
            rests: rests.or(kept.filter(|kept| *kept == WatchRest::Budget && next.is_some())),
            next: next.as_ref().map(present::server_name),
            next_ms: due,
            last_at: self.cache.meta(CHECKED_AT).await?,
        })
    }

    /// Obeys changed settings at once.
    pub(crate) async fn watch_again(self: &Arc<Self>) {
        self.wake_watch.notify_one();
        self.tell(Event::Review);
        self.set_back_if_wanted().await;
    }

    /// Sets changed allowed tools back to *Ask first* when the person wants that. A failure leaves them in Review.
    pub(crate) async fn set_back_if_wanted(self: &Arc<Self>) {
        match self.ledger.watch_settings().await {
            Ok(settings) if settings.set_back => {}
            _ => return,
        }
        if let Err(error) = self.set_back_changed().await {
            tracing::warn!(code = ?error.code, "changed tools could not be set back");
        }
    }
}

/// Connected, switched on, this person's own, with a login that works: the others PostHog cannot read (contract 3.13).
fn can_be_read(server: &ServerRecord) -> bool {
    server.is_enabled && server.is_owner && !server.pending_oauth && !server.needs_reauth
}

/// The last sync failed for want of a key: so would a turn, and it would spend one of PostHog's ten a minute.
fn lacks_a_key(problem: &CommandError) -> bool {
    use ErrorCode::{KeyRefused, KeyringAbsent, KeyringLocked, SignedOut};
    matches!(problem.code, SignedOut | KeyRefused | KeyringAbsent | KeyringLocked)
}

fn read_at(server: &ServerRecord) -> Option<i64> {
    let at = server.last_synced_at.as_deref()?.parse::<jiff::Timestamp>().ok()?;
    Some(at.as_millisecond())
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
