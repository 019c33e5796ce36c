//! Every refusal PostHog can give to what a person does: the words, the field, what comes next, that nothing was lost
//! and nothing else was sent, and that the same thing works in the same app once the cause is gone.

mod connecting;
mod deciding;
mod deeds;
mod managing;
mod reading;
mod refusal;
mod silence;

use std::sync::Arc;

use hedgerow_core::Project;
use hedgerow_core::view::{
    ActivityFilter, ActivityKind, ActivityRow, CatalogEntry, Decision, FlowStep, ReviewItem, ServerRow,
    ToolFilter,
};
use serde_json::{Value, json};

use self::deeds::Deed;
use self::refusal::{Refusal, Step, any};
use crate::support::{World, server_id, tool};

/// Deeds that draw on the person's ten a minute (contract 1.7) which one world is asked for at most.
const PAID: usize = 8;

/// A world in which much could be lost: two pinned decisions, one of them on a definition that was rewritten since.
struct Stage {
    world: World,
    project: Arc<Project>,
    /// The server *Tracker*.
    id: String,
}

/// Everything a refusal must leave as it is.
#[derive(Debug, PartialEq)]
struct Known {
    servers: Vec<String>,
    tools: Vec<String>,
    catalog: Vec<String>,
    review: Vec<String>,
    pins: Vec<String>,
    decisions: Vec<String>,
    key: bool,
}

impl Stage {
    async fn new() -> Self {
        let (world, project) = World::signed_in().await;
        let id = server_id(&project, "Tracker").await;
        for (name, decision) in [("list_issues", Decision::Approved), ("delete_issue", Decision::DoNotUse)] {
            let seen = tool(&project, &id, name).await.fingerprint;
            project.decide(&id, name, decision, &seen).await.unwrap();
        }
        let rewritten = json!({"tool": {"name": "list_issues", "description": "Lists more than it did."}});
        world.control("/servers/tracker/tools/put", rewritten).await;
        project.refresh(&id).await.unwrap();
        project.sync_catalog().await.unwrap();
        let stage = Self { world, project, id };
        stage.settled().await;
        stage
    }

    /// The sync that opening the project began is over: from here on only what a test does is sent.
    async fn settled(&self) {
        let (world, project) = (&self.world, &self.project);
        world
            .until(async || {
                let lists = self.sent().await.iter().filter(|sent| *sent == "GET ").count();
                // One at the sign-in, one by the test, one by the app itself.
                (lists >= 3 && !project.servers().await.unwrap().sync.running).then_some(())
            })
            .await;
        assert!(world.opened.lock().unwrap().is_empty());
    }

    async fn take(&self, step: &Step, deed: Deed) {
        match step {
            Step::Control(path, body) => {
                self.world.control(path, body.clone()).await;
            }
            Step::Elsewhere(method, path, body) => {
                let (url, project) = (self.world.sandbox.url(), self.world.sandbox.project_id());
                let url = format!("{url}/api/projects/{project}/mcp_server_installations/{}/{path}", self.id);
                let request = reqwest::Client::new().request(method.parse().unwrap(), url);
                let answer = request.bearer_auth(self.world.sandbox.key()).json(body).send().await.unwrap();
                assert!(answer.status().is_success(), "{path}: {}", answer.status());
            }
            Step::Answer(status, body) => {
                let (method, part) = deed.call();
                let fault = match status {
                    429 => json!({"throttled": 30}),
                    _ => json!({"answer": {"status": status, "body": body}}),
                };
                let fault = json!({"path_prefix": "/api/projects/", "path_contains": part, "method": method,
                                   "times": 1, "fault": fault});
                self.world.control("/faults", fault).await;
            }
        }
    }

    /// What was sent, by method and path below the list of servers, the row's id written as `*`.
    async fn sent(&self) -> Vec<String> {
        let log = self.world.control("/requests", Value::Null).await;
        let short = |entry: &Value| {
            let path = entry["path"].as_str().unwrap();
            let below = path.rsplit_once("/mcp_server_installations/").map_or(path, |(_, below)| below);
            format!("{} {}", entry["method"].as_str().unwrap(), below.replace(&self.id, "*"))
        };
        log["requests"].as_array().unwrap().iter().map(short).collect()
    }

    async fn row(&self) -> ServerRow {
        let servers = self.project.servers().await.unwrap().servers;
        servers.into_iter().find(|row| row.id == self.id).unwrap()
    }

    async fn activity(&self) -> Vec<ActivityRow> {
        self.project.activity("", ActivityFilter::All, 0, 200).await.unwrap().rows
    }

    async fn known(&self) -> Known {
        let project = &self.project;
        let shown = project.servers().await.unwrap().servers;
        let mut tools = Vec::new();
        for server in &shown {
            for row in project.tools(&server.id, "", ToolFilter::All, 0, 200).await.unwrap().rows {
                tools.push(format!(
                    "{} {} {} {} {} {:?}",
                    server.name, row.name, row.state, row.fingerprint, row.changed, row.review
                ));
            }
        }
        let server = |row: &ServerRow| {
            format!("{} {} {} {} {:?}", row.id, row.name, row.description, row.shared, row.counts)
        };
        let catalog = project.catalog().await.unwrap().entries;
        let entry = |entry: &CatalogEntry| format!("{} {}", entry.name, entry.installed.is_some());
        let waits = |item: &ReviewItem| {
            let tool = item.row.as_ref()?;
            Some(format!("{:?} {} {:?}", item.group, tool.name, item.noticed_at))
        };
        let review = project.review_page(0, 200).await.unwrap().items;
        let account = self.world.core.boot().await.unwrap().accounts.remove(0);
        Known {
            servers: shown.iter().map(server).collect(),
            tools,
            catalog: catalog.iter().map(entry).collect(),
            review: review.iter().filter_map(waits).collect(),
            pins: self
                .ledger("SELECT json_array(tool_id, fingerprint, state, at, decision_id) FROM pin ORDER BY tool_id")
                .await,
            decisions: self
                .ledger(
                    "SELECT json_array(id, asked, answered, result, fingerprint_pinned, moved_pin) FROM decision
                     WHERE result NOT IN ('refused', 'unknown', 'kept_otherwise') ORDER BY id",
                )
                .await,
            key: account.has_key && self.world.keyring.get(&account.id).await.unwrap().is_some(),
        }
    }

    async fn ledger(&self, sql: &'static str) -> Vec<String> {
        let pool = self.world.ledger().await;
        let rows = sqlx::query_scalar(sql).fetch_all(&pool).await.unwrap();
        pool.close().await;
        rows
    }

    /// The deed is refused as the row says, costs what it should, and loses nothing. The cause stays.
    async fn prove_until_cured(&self, deed: Deed, refusal: &Refusal) {
        let what = format!("{deed:?}: {}", refusal.says);
        let (before, lines) = (self.known().await, self.activity().await.len());
        for step in &refusal.cause {
            self.take(step, deed).await;
        }
        self.world.forget_requests().await;
        let opened = self.world.opened.lock().unwrap().len();
        let error = deed.of(self).await.expect_err(&what);
        let told = (error.code, error.message.as_str(), error.field.as_deref(), error.retry_after);
        assert_eq!(told, (refusal.code, refusal.says, refusal.field, refusal.retry_after), "{what}");
        assert_eq!(deed.sent(self).await, deed.costs(), "{what}: each thing once, and nothing else");

        assert_eq!(self.known().await, before, "{what}: nothing is lost");
        self.check_activity(deed, refusal, lines, &what).await;
        assert!(!self.project.servers().await.unwrap().sync.offline, "{what}: PostHog did answer");
        assert_eq!(self.world.opened.lock().unwrap().len(), opened, "{what}: no page is opened");
        self.check_flows(deed, &what).await;
    }

    /// Takes the cause away.
    async fn cure(&self, deed: Deed, refusal: &Refusal) {
        for step in &refusal.cure {
            self.take(step, deed).await;
        }
    }

    /// The same, and the deed works when the cause is gone.
    async fn prove(&self, deed: Deed, refusal: &Refusal) {
        self.prove_until_cured(deed, refusal).await;
        self.cure(deed, refusal).await;
        let done = deed.of(self).await;
        assert_eq!(done, Ok(()), "{deed:?} works again after: {}", refusal.says);
        deed.restore(self).await;
    }

    /// Activity has a line for a decision that was tried, with PostHog's words; and one for what was noticed.
    async fn check_activity(&self, deed: Deed, refusal: &Refusal, before: usize, what: &str) {
        let lines = self.activity().await;
        let new = &lines[..lines.len() - before];
        let told: Vec<_> = new.iter().map(|line| (line.what, line.words.as_str())).collect();
        let mut expected = refusal.noticed.clone();
        if matches!(deed, Deed::Decide) {
            expected.push((ActivityKind::Decided, refusal.says));
            let line = new.iter().find(|line| line.what == ActivityKind::Decided).expect(what);
            // What was left open is settled by what the server shows.
            let left =
                if refusal.leaves_it_open() { ("kept_otherwise", "needs_approval") } else { ("refused", "") };
            assert_eq!((line.result.as_str(), line.answered.as_str()), left, "{what}");
        }
        assert_eq!(told, expected, "{what}");
    }

    /// A flow that was refused has ended with the words, here and in the ledger; its page cannot be opened.
    async fn check_flows(&self, deed: Deed, what: &str) {
        let flows = self.world.core.flows();
        assert_eq!(self.ledger("SELECT id FROM flow WHERE ending IS NULL").await, [""; 0], "{what}");
        if let Some(flow) = flows.first().filter(|_| deed.is_flow()) {
            assert_eq!(flow.step, FlowStep::Failed, "{what}");
            assert!(self.world.core.flow_link(&flow.id).is_err(), "{what}");
        }
    }
}

/// Proves one deed against each refusal, in as few worlds as its cost permits.
async fn prove(deed: Deed, refusals: &[Refusal]) {
    let each = match deed {
        Deed::Remove => 1,
        _ if deed.is_paid() => PAID / 2,
        _ => refusals.len(),
    };
    for some in refusals.chunks(each) {
        let stage = Stage::new().await;
        deed.prepare(&stage).await;
        for refusal in some {
            stage.prove(deed, refusal).await;
        }
    }
}
