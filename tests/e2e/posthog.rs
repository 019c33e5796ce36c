//! PostHog, played by the sandbox, and what a person who looks there directly would see.

use std::collections::BTreeMap;

use hedgerow_sandbox::{Fixture, Options, Sandbox, start};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::browser::Browser;

/// The server of the fixture that is connected already, and one of its tools.
pub(crate) const TRACKER: &str = "Tracker";
/// The catalog entry that the tests connect.
pub(crate) const WIKI: &str = "Wiki";

/// The fixture of [`PostHog::start`].
pub(crate) fn plain() -> Value {
    let mut fixture: Value =
        serde_json::from_str(include_str!("../../src-tauri/sandbox/fixtures/plain.json"))
            .expect("the fixture");
    fixture["signed_in"] = json!(false);
    fixture
}

/// A PostHog of this test's own.
pub(crate) struct PostHog {
    sandbox: Sandbox,
    http: reqwest::Client,
}

impl PostHog {
    /// Starts it with one connected server and two that can be connected. Nobody is signed in to it in a browser.
    pub(crate) async fn start() -> Self {
        Self::with(plain()).await
    }

    /// Starts it with another fixture, usually [`plain`] with additions.
    pub(crate) async fn with(fixture: Value) -> Self {
        let fixture = Fixture::from_json(&fixture.to_string()).expect("the sandbox takes its own fixture");
        let sandbox = start(Options { port: 0, fixture }).await.expect("start the sandbox");
        let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        Self { sandbox, http }
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn origin(&self) -> &str {
        self.sandbox.url()
    }

    /// The person's key.
    pub(crate) fn key(&self) -> &str {
        self.sandbox.key()
    }

    async fn get(&self, path: &str) -> Value {
        let address = format!(
            "{}/api/projects/{}/mcp_server_installations/{path}",
            self.origin(),
            self.sandbox.project_id()
        );
        let answer = self.http.get(&address).bearer_auth(self.key()).send().await.expect("ask PostHog");
        assert!(answer.status().is_success(), "{address}: {}", answer.status());
        answer.json().await.expect("JSON")
    }

    /// The installation of this name, if PostHog has one.
    pub(crate) async fn installation(&self, name: &str) -> Option<Value> {
        let list = self.get("").await;
        list["results"].as_array().expect("results").iter().find(|row| row["name"] == name).cloned()
    }

    /// The id of the installation of this name.
    pub(crate) async fn id(&self, name: &str) -> String {
        let row = self.installation(name).await.expect("it is installed");
        row["id"].as_str().expect("an id").to_owned()
    }

    /// What PostHog says each tool may do.
    pub(crate) async fn states(&self, server_id: &str) -> BTreeMap<String, String> {
        let tools = self.get(&format!("{server_id}/tools/")).await;
        let word = |value: &Value| value.as_str().expect("a word").to_owned();
        let tools = tools["results"].as_array().expect("results").iter();
        tools.map(|row| (word(&row["tool_name"]), word(&row["approval_state"]))).collect()
    }

    /// What PostHog says a tool may do.
    pub(crate) async fn state(&self, server_id: &str, tool: &str) -> String {
        self.states(server_id).await.remove(tool).expect("the tool")
    }

    /// The server offers one more tool from now on.
    pub(crate) async fn offer(&self, server: &str, tool: Value) {
        self.tell(&format!("servers/{server}/tools/put"), json!({ "tool": tool })).await;
    }

    /// From now on PostHog fails to read this server, with these words.
    pub(crate) async fn fail_to_read(&self, server: &str, words: &str) {
        self.tell(&format!("servers/{server}/upstream"), json!({ "mode": { "fail": words } })).await;
    }

    /// Any other call of the sandbox's control.
    pub(crate) async fn tell(&self, path: &str, body: Value) {
        let request = self.http.post(format!("{}/{path}", self.sandbox.control_url())).json(&body);
        self.control(request).await;
    }

    /// How many requests of this method went to paths with this end.
    pub(crate) async fn asked(&self, method: &str, end: &str) -> u64 {
        self.count(|name| name.starts_with(method) && name.ends_with(end)).await
    }

    /// How many requests of this method there were at all.
    pub(crate) async fn sent(&self, method: &str) -> u64 {
        self.count(|name| name.starts_with(method)).await
    }

    /// How many of the answers to this method had which status.
    pub(crate) async fn answers(&self, method: &str) -> BTreeMap<u64, usize> {
        let mut statuses = BTreeMap::new();
        for one in self.answered(method, "").await {
            *statuses.entry(one["status"].as_u64().expect("a status")).or_default() += 1;
        }
        statuses
    }

    /// When PostHog answered each request to read a server's tools again, in that order, and how.
    pub(crate) async fn readings(&self) -> Vec<(Timestamp, u64)> {
        let readings = self.answered("POST", "/refresh/").await.into_iter();
        let when = |one: &Value| one["at"].as_str().expect("a time").parse().expect("a time");
        readings.map(|one| (when(&one), one["status"].as_u64().expect("a status"))).collect()
    }

    /// What it answered to requests of this method whose paths end so.
    async fn answered(&self, method: &str, end: &str) -> Vec<Value> {
        let log = self.log().await;
        let all = log["requests"].as_array().expect("requests").iter();
        let these = |one: &&Value| {
            one["method"] == method && one["path"].as_str().is_some_and(|path| path.ends_with(end))
        };
        all.filter(these).cloned().collect()
    }

    async fn count(&self, matches: impl Fn(&str) -> bool) -> u64 {
        let log = self.log().await;
        let counters = log["counters"].as_object().expect("counters").iter();
        let matching = counters.filter(|(name, _)| matches(name));
        matching.map(|(_, count)| count.as_u64().expect("a number")).sum()
    }

    async fn log(&self) -> Value {
        self.control(self.http.get(format!("{}/requests", self.sandbox.control_url()))).await
    }

    async fn control(&self, request: reqwest::RequestBuilder) -> Value {
        let request = request.bearer_auth(self.sandbox.control_token());
        let answer = request.send().await.expect("reach the control endpoint");
        assert!(answer.status().is_success(), "{}: {}", answer.url(), answer.status());
        answer.json().await.expect("JSON")
    }

    /// Signs the person in to PostHog in this browser, on PostHog's own page.
    pub(crate) async fn sign_in(&self, browser: &Browser) {
        browser.go(&format!("{}/login", self.origin())).await;
        browser.press("login").await;
        browser.says("signed in as").await;
    }

    /// The network goes away.
    pub(crate) async fn stop(self) {
        self.sandbox.stop().await;
    }
}
