//! The facade: what the commands of the window call.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};
use tokio::sync::broadcast;
use tokio::task::AbortHandle;

use crate::connect::{Flow, OpenBrowser};
use crate::inbox::Notification;
use crate::project::{Account, Outside, Project, Timing};
use crate::secrets::{Keyring, KeyringState};
use crate::store::{Cache, DataLock, Ledger, StoreError};
use crate::view::{
    AccountKind, AccountView, ActiveProject, Boot, CommandError, ErrorCode, Event, KeyringView, Notice,
};

/// Setting: the project that was on screen last, as `account/project`.
const ACTIVE: &str = "active";
/// Setting: present when the person does not want Hedgerow to own the callback scheme.
const SCHEME_DECLINED: &str = "scheme_declined";

/// What the shell decides once.
pub struct Config {
    /// Where every file of this app lives.
    pub data_dir: PathBuf,
    /// Version to show.
    pub version: &'static str,
    /// Where keys are kept.
    pub keyring: Keyring,
    /// How to open the system browser.
    pub open_browser: OpenBrowser,
    /// Paces of background work.
    pub timing: Timing,
    /// The last run left the trace of a crash.
    pub crashed_before: bool,
}

/// Everything Hedgerow knows, behind one door. Cheap to share behind an `Arc`.
pub struct Hedgerow {
    pub(crate) config: Config,
    pub(crate) ledger: Ledger,
    /// Keys for this run only.
    pub(crate) memory: Keyring,
    pub(crate) flows: Mutex<Vec<Arc<Flow>>>,
    pub(crate) outside: Outside,
    pub(crate) sample: Mutex<Option<Sample>>,
    state: Mutex<State>,
    lock: Mutex<Option<DataLock>>,
}

/// The sample project while it is open.
#[derive(Clone)]
pub(crate) struct Sample {
    pub(crate) view: AccountView,
    pub(crate) project: Arc<Project>,
}

struct State {
    projects: HashMap<(String, i64), Arc<Project>>,
    active: Option<(Arc<Project>, AbortHandle)>,
    keyring: KeyringView,
    notice: Option<Notice>,
}

impl Hedgerow {
    /// Opens the data folder and the ledger.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another app runs on this folder, [`StoreError::NewerLedger`] when a newer version
    /// wrote the ledger.
    pub async fn open(config: Config) -> Result<Self, StoreError> {
        let lock = DataLock::acquire(&config.data_dir)?;
        let ledger = Ledger::open(&config.data_dir.join("ledger.db")).await?;
        let notice = config.crashed_before.then_some(Notice::CrashedBefore);
        Ok(Self {
            config,
            ledger,
            memory: Keyring::memory(),
            flows: Mutex::default(),
            outside: Outside::default(),
            sample: Mutex::default(),
            state: Mutex::new(State {
                projects: HashMap::new(),
                active: None,
                keyring: KeyringView::Ready,
                notice,
            }),
            lock: Mutex::new(Some(lock)),
        })
    }

    /// What the window should read again, from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.outside.events.subscribe()
    }

    /// What is worth a word on the desktop, from now on.
    pub fn notifications(&self) -> broadcast::Receiver<Notification> {
        self.outside.notifications.subscribe()
    }

    /// Tells whether the machine saves its battery: watching rests then.
    pub fn set_battery_saver(&self, on: bool) {
        self.outside.saves_battery.store(on, Ordering::Relaxed);
        if let Ok(project) = self.active() {
            project.wake_watch.notify_one();
        }
    }

    /// Asks the window to show Review of the project that a word on the desktop was about; another one that is on screen
    /// makes room for it.
    ///
    /// # Errors
    /// `signed_out` when the account is not known any more.
    pub async fn show_review(&self, project: &ActiveProject) -> Result<(), CommandError> {
        if self.active_view().as_ref() != Some(project) {
            self.activate(&project.account, project.project).await?;
        }
        let _ = self.outside.events.send(Event::ShowReview(project.clone()));
        Ok(())
    }

    /// Opens the project of the last run and takes up the flows it left. Nothing of it waits for the network.
    pub async fn start(self: &Arc<Self>) -> Result<(), CommandError> {
        self.clone().watch_keyring();
        if let Some((account, project)) = self.last_active().await? {
            self.activate(&account, project).await?;
        }
        self.resume_flows().await
    }

    async fn last_active(&self) -> Result<Option<(String, i64)>, CommandError> {
        let Some(text) = self.ledger.setting(ACTIVE).await? else { return Ok(None) };
        let Some((account, project)) = text.rsplit_once('/') else { return Ok(None) };
        let known = self.ledger.accounts().await?.iter().any(|known| known.id == account);
        Ok(project.parse().ok().filter(|_| known).map(|project| (account.to_owned(), project)))
    }

    /// The keyring may take seconds when it is locked: it is asked beside everything else.
    fn watch_keyring(self: Arc<Self>) {
        tokio::spawn(async move {
            let keyring = match self.config.keyring.state().await {
                KeyringState::Ready => KeyringView::Ready,
                KeyringState::Absent => KeyringView::Absent,
                KeyringState::Locked => KeyringView::Locked,
            };
            let before = std::mem::replace(&mut self.state().keyring, keyring);
            if before != keyring {
                tracing::warn!(?keyring, "keys cannot be kept");
                let _ = self.outside.events.send(Event::Boot);
            }
        });
    }

    /// Everything the window needs before the first screen.
    pub async fn boot(&self) -> Result<Boot, CommandError> {
        let accounts = self.account_views().await?;
        let active = self.active_view();
        let mut state = self.state();
        Ok(Boot {
            version: self.config.version.to_owned(),
            accounts,
            active,
            keyring: state.keyring,
            data_dir: self.config.data_dir.display().to_string(),
            notice: state.notice.take(),
        })
    }

    pub(crate) fn active_view(&self) -> Option<ActiveProject> {
        let state = self.state();
        let (project, _) = state.active.as_ref()?;
        Some(ActiveProject { account: project.account.id.clone(), project: project.number() })
    }

    pub(crate) async fn account_views(&self) -> Result<Vec<AccountView>, CommandError> {
        let active = self.active_view().map(|active| active.account);
        let mut views = Vec::new();
        for account in self.ledger.accounts().await? {
            let has_key = account.in_keyring || self.memory.get(&account.id).await?.is_some();
            views.push(crate::login::account_view(account, has_key));
        }
        views.extend(self.sample().map(|sample| sample.view));
        views.sort_by_key(|view| Some(&view.id) != active.as_ref());
        Ok(views)
    }

    /// The project on screen.
    ///
    /// # Errors
    /// `signed_out` when there is none.
    pub fn active(&self) -> Result<Arc<Project>, CommandError> {
        let state = self.state();
        state.active.as_ref().map(|(project, _)| project.clone()).ok_or_else(|| ErrorCode::SignedOut.plain())
    }

    /// Puts a project on screen: its cache is there at once, its sync begins.
    ///
    /// # Errors
    /// `signed_out` when the account is not known here.
    pub async fn activate(&self, account: &str, project: i64) -> Result<ActiveProject, CommandError> {
        let opened = self.project(account, project).await?;
        let work = async move |project: Arc<Project>| {
            tokio::join!(project.clone().keep_fresh(), project.keep_watching());
        };
        let freshness = tokio::spawn(work(opened.clone())).abort_handle();
        let before = self.state().active.replace((opened, freshness));
        if let Some((_, freshness)) = before {
            freshness.abort();
        }
        if self.sample().is_none_or(|sample| sample.view.id != account) {
            self.ledger.set_setting(ACTIVE, &format!("{account}/{project}")).await?;
        }
        let _ = self.outside.events.send(Event::Boot);
        Ok(ActiveProject { account: account.to_owned(), project })
    }

    /// Takes the account's projects off the screen, and ends what runs under its key: logins that wait, readings, plans.
    pub(crate) async fn deactivate(&self, account: &str) -> Result<(), CommandError> {
        for flow in locked(&self.flows).iter().filter(|flow| flow.view().account == account) {
            flow.cancel();
        }
        {
            let mut state = self.state();
            state.projects.retain(|(owner, _), project| {
                if owner == account {
                    project.end_work();
                }
                owner != account
            });
            if state.active.as_ref().is_some_and(|(project, _)| project.account.id == account)
                && let Some((_, freshness)) = state.active.take()
            {
                freshness.abort();
            }
        }
        self.ledger.forget_setting(ACTIVE).await?;
        let _ = self.outside.events.send(Event::Boot);
        Ok(())
    }

    /// A project of an account, opened when it is not.
    pub(crate) async fn project(&self, account: &str, project: i64) -> Result<Arc<Project>, CommandError> {
        let key = (account.to_owned(), project);
        if let Some(open) = self.state().projects.get(&key) {
            return Ok(open.clone());
        }
        if let Some(sample) = self.sample()
            && sample.view.id == account
        {
            return Ok(sample.project);
        }
        let known = self.ledger.accounts().await?;
        let known = known
            .into_iter()
            .find(|known| known.id == account)
            .ok_or_else(|| ErrorCode::SignedOut.plain())?;
        let origin = known.origin.parse().map_err(|_| ErrorCode::Internal.plain())?;
        let keys = if known.in_keyring { self.config.keyring.clone() } else { self.memory.clone() };
        let owner = Arc::new(Account::new(&known.id, origin, &known.email, keys));
        let opened = self
            .open_project(
                owner,
                &self.config.data_dir,
                &self.ledger,
                &known.origin,
                &known.user_uuid,
                project,
            )
            .await?;
        Ok(self.state().projects.entry(key).or_insert(opened).clone())
    }

    pub(crate) async fn open_project(
        &self,
        account: Arc<Account>,
        folder: &Path,
        ledger: &Ledger,
        origin: &str,
        user_uuid: &str,
        project: i64,
    ) -> Result<Arc<Project>, CommandError> {
        let scope = ledger.scope(origin, user_uuid, project).await?;
        ledger.find_interrupted(&scope).await?;
        let name = short_hash(&[origin, user_uuid, &project.to_string()]);
        let cache = Cache::open(&folder.join("cache").join(format!("{name}.db"))).await?;
        if cache.set_aside.is_some() {
            self.state().notice = Some(Notice::CacheSetAside);
        }
        let (outside, timing) = (self.outside.clone(), self.config.timing);
        Ok(Arc::new(Project::new(account, scope, cache.store, ledger.clone(), outside, timing)))
    }

    /// Whether the person said that Hedgerow should not own the callback scheme.
    pub async fn scheme_declined(&self) -> Result<bool, CommandError> {
        Ok(self.ledger.setting(SCHEME_DECLINED).await?.is_some())
    }

    /// Remembers what the person said about the callback scheme.
    pub async fn set_scheme_declined(&self, declined: bool) -> Result<(), CommandError> {
        if declined {
            self.ledger.set_setting(SCHEME_DECLINED, "yes").await?;
        } else {
            self.ledger.forget_setting(SCHEME_DECLINED).await?;
        }
        Ok(())
    }

    /// Where every file of this app lives.
    pub fn data_dir(&self) -> &Path {
        &self.config.data_dir
    }

    /// Forgets everything on this machine: keys in the keyring, and in the data folder the caches, the ledger with its
    /// copies (pins, decisions, flows), the sample and the log. The app must end after this. PostHog keeps what it has.
    ///
    /// # Errors
    /// When the keyring does not answer: then nothing has been removed.
    pub async fn remove_my_data(&self) -> Result<(), CommandError> {
        for account in self.ledger.accounts().await?.iter().filter(|account| account.in_keyring) {
            self.config.keyring.remove(&account.id).await?;
        }
        self.close_sample().await?;
        self.close().await;
        let folder = &self.config.data_dir;
        forget_files(folder).map_err(|error| {
            tracing::error!(%error, "not everything was removed");
            ErrorCode::Internal.plain()
        })
    }

    /// Ends all background work, closes the files and gives the data folder back; the files are complete after this.
    pub async fn close(&self) {
        let projects = {
            let mut state = self.state();
            if let Some((_, freshness)) = state.active.take() {
                freshness.abort();
            }
            std::mem::take(&mut state.projects)
        };
        for project in projects.into_values() {
            project.end_work();
            project.cache.close().await;
        }
        self.ledger.close().await;
        locked(&self.lock).take();
    }

    pub(crate) fn sample(&self) -> Option<Sample> {
        locked(&self.sample).clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }
}

/// Removes what this app puts into its folder, copies made before migrations too. What others put there stays, and the
/// lock, which is empty.
fn forget_files(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !matches!(&*name, "cache" | "sample" | "exports" | "logs" | "crashed")
            && !name.starts_with("ledger.db")
        {
            continue;
        }
        if entry.file_type()?.is_dir() {
            std::fs::remove_dir_all(entry.path())?;
        } else {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Sixteen hex digits that name a thing without telling what it is.
pub(crate) fn short_hash(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\n"));
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A poisoned lock still holds good data here: nothing is left half changed under one.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Kind of an account by its id.
pub(crate) fn kind_of(id: &str) -> AccountKind {
    if id == crate::login::SAMPLE { AccountKind::Sample } else { AccountKind::Key }
}
