//! A sandbox, a core on a folder of its own, and a stand-in for the browser's person.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hedgerow_core::secrets::{Keyring, Secret};
use hedgerow_core::view::{FlowStep, FlowView, Kept, ToolFilter, ToolRow, WatchSettings};
use hedgerow_core::{Config, Hedgerow, Project, Timing};
use hedgerow_sandbox::{Fixture, Options, Sandbox};
use reqwest::header::{CONTENT_TYPE, LOCATION};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Long enough for a busy machine; reached only when something is wrong.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Starts this test program as a process that is to be killed: it runs the test `name`, which does what the variable
/// says once it has printed that it is ready.
pub(crate) fn start_victim(name: &str, variable: &str, role: &str) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(variable, role)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let ready = lines.any(|line| line.unwrap().contains("ready"));
    assert!(ready, "the victim ended before it was killed");
    child
}

/// Nothing of watching but setting changed tools back.
pub(crate) const SET_BACK: WatchSettings =
    WatchSettings { watch: false, notify: false, set_back: true, review_keys: true };

/// Paces that make a test wait for events instead of the clock.
pub(crate) fn quick() -> Timing {
    Timing {
        // Only what a test asks for happens.
        sync_every: Duration::from_secs(3600),
        offline_retry: Duration::from_secs(3600),
        poll_soon: Duration::from_secs(3600),
        poll_later: Duration::from_secs(3600),
        tool_looks: [Duration::from_millis(300); 5],
        watch_first: Duration::from_secs(3600),
        ..Timing::default()
    }
}

pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) core: Arc<Hedgerow>,
    pub(crate) folder: TempDir,
    pub(crate) keyring: Keyring,
    /// Addresses the core asked the browser to open.
    pub(crate) opened: Arc<Mutex<Vec<String>>>,
    http: reqwest::Client,
}

pub(crate) fn plain() -> Fixture {
    Fixture::from_json(include_str!("../../src-tauri/sandbox/fixtures/plain.json")).unwrap()
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(plain(), quick()).await
    }

    pub(crate) async fn with(fixture: Fixture, timing: Timing) -> Self {
        let sandbox = hedgerow_sandbox::start(Options { port: 0, fixture }).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (keyring, opened) = (Keyring::memory(), Arc::default());
        let core = open(folder.path(), &keyring, timing, &opened).await;
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        let world = Self { sandbox, core, folder, keyring, opened, http };
        world.control("/sync", json!({"delay_ms": 0})).await;
        world
    }

    /// Signed in with the key of the fixture's owner, first sync done.
    pub(crate) async fn signed_in() -> (Self, Arc<Project>) {
        let world = Self::new().await;
        let project = world.sign_in().await;
        (world, project)
    }

    pub(crate) async fn sign_in(&self) -> Arc<Project> {
        let key = Secret::new(self.sandbox.key().to_owned());
        self.core.sign_in_key(self.sandbox.url(), key, Kept::Keyring).await.unwrap();
        let project = self.core.active().unwrap();
        project.clone().sync().await.unwrap();
        project
    }

    /// From the catalog to a login that waits for the browser.
    pub(crate) async fn connect(&self, name: &str) -> FlowView {
        let project = self.core.active().unwrap();
        project.sync_catalog().await.unwrap();
        let catalog = project.catalog().await.unwrap();
        let entry = catalog.entries.into_iter().find(|entry| entry.name == name).unwrap();
        let flow = self.core.connect_template(&entry.id, None).await.unwrap();
        self.flow_at(&flow.id, FlowStep::Waiting).await
    }

    /// Ends the app and starts it again on the same folder and keyring.
    pub(crate) async fn restart(self) -> Self {
        let Self { sandbox, core, folder, keyring, opened, http } = self;
        core.close().await;
        drop(core);
        let core = open(folder.path(), &keyring, quick(), &opened).await;
        core.start().await.unwrap();
        Self { sandbox, core, folder, keyring, opened, http }
    }

    pub(crate) async fn control(&self, path: &str, body: Value) -> Value {
        let url = format!("{}{path}", self.sandbox.control_url());
        let request = if body.is_null() { self.http.get(url) } else { self.http.post(url).json(&body) };
        let answer = request.bearer_auth(self.sandbox.control_token()).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.unwrap()
    }

    /// Somebody else has PostHog read a server: this app does not know.
    pub(crate) async fn read_elsewhere(&self, server_id: &str) {
        let (url, project) = (self.sandbox.url(), self.sandbox.project_id());
        let url = format!("{url}/api/projects/{project}/mcp_server_installations/{server_id}/tools/refresh/");
        let request = self.http.post(url).bearer_auth(self.sandbox.key()).json(&json!({}));
        assert!(request.send().await.unwrap().status().is_success());
    }

    /// The ledger's file, for a look into it.
    pub(crate) async fn ledger(&self) -> sqlx::SqlitePool {
        let file = self.folder.path().join("ledger.db");
        sqlx::SqlitePool::connect_with(sqlx::sqlite::SqliteConnectOptions::new().filename(file))
            .await
            .unwrap()
    }

    /// How many requests of that method reached a path that contains `part`.
    pub(crate) async fn requests(&self, method: &str, part: &str) -> usize {
        let log = self.control("/requests", Value::Null).await;
        let all = log["requests"].as_array().unwrap();
        let hit = |entry: &&Value| {
            entry["method"] == method && entry["path"].as_str().is_some_and(|path| path.contains(part))
        };
        all.iter().filter(hit).count()
    }

    pub(crate) async fn forget_requests(&self) {
        let url = format!("{}/requests", self.sandbox.control_url());
        let answer = self.http.delete(url).bearer_auth(self.sandbox.control_token()).send().await.unwrap();
        assert!(answer.status().is_success());
    }

    /// Waits until the core says something that makes `found` answer.
    pub(crate) async fn until<T>(&self, found: impl AsyncFnMut() -> Option<T>) -> T {
        until(&self.core, found).await
    }

    pub(crate) async fn flow_at(&self, id: &str, step: FlowStep) -> FlowView {
        self.until(async || self.core.flows().into_iter().find(|flow| flow.id == id && flow.step == step))
            .await
    }

    /// What the person does in the browser: opens the page, decides, and lets PostHog redirect. Answers the link.
    pub(crate) async fn browse(&self, decision: &str) -> String {
        let url = self.opened.lock().unwrap().last().unwrap().clone();
        let (page, query) = url.split_once('?').unwrap();
        let form = self
            .http
            .post(page)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(format!("{query}&decision={decision}"));
        let back = form.send().await.unwrap();
        let back = back.headers()[LOCATION].to_str().unwrap().to_owned();
        let end = self.http.get(back).send().await.unwrap();
        end.headers().get(LOCATION).map(|link| link.to_str().unwrap().to_owned()).unwrap_or_default()
    }
}

/// Waits until a core says something that makes `found` answer.
pub(crate) async fn until<T>(core: &Hedgerow, mut found: impl AsyncFnMut() -> Option<T>) -> T {
    let mut events = core.events();
    let waiting = async {
        loop {
            if let Some(answer) = found().await {
                return answer;
            }
            // A missed event is as good as a seen one: look again.
            let _ = events.recv().await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.expect("the core never came to that")
}

pub(crate) async fn open(
    folder: &Path,
    keyring: &Keyring,
    timing: Timing,
    opened: &Arc<Mutex<Vec<String>>>,
) -> Arc<Hedgerow> {
    let opened = opened.clone();
    let config = Config {
        data_dir: folder.to_owned(),
        version: "0.0.0",
        keyring: keyring.clone(),
        open_browser: Arc::new(move |url| {
            opened.lock().unwrap().push(url.to_owned());
            true
        }),
        timing,
        crashed_before: false,
    };
    Arc::new(Hedgerow::open(config).await.unwrap())
}

pub(crate) async fn server_id(project: &Project, name: &str) -> String {
    let servers = project.servers().await.unwrap().servers;
    servers.into_iter().find(|server| server.name == name).unwrap_or_else(|| panic!("no server {name}")).id
}

pub(crate) async fn tool(project: &Project, server_id: &str, name: &str) -> ToolRow {
    let page = project.tools(server_id, name, ToolFilter::All, 0, 200).await.unwrap();
    page.rows.into_iter().find(|row| row.name == name).unwrap_or_else(|| panic!("no tool {name}"))
}
