//! Many decisions under PostHog's real limits, beside a client that fires all at once and believes what it asked.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use hedgerow_core::Project;
use hedgerow_core::view::{BatchState, Decision, SeenTool, Selection, ToolFilter};
use hedgerow_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::made::{base, sandbox, signed_in, until_synced};
use crate::{ms, row};

/// What blocking them all came to.
struct Outcome {
    took: Duration,
    /// Requests that were to change something.
    requests: u64,
    /// Of them answered with 429.
    refused: u64,
    /// Tools that are not blocked in the end.
    wrong: u64,
}

pub(crate) async fn rows(n: usize) -> [Value; 4] {
    let (ours, tools) = ours(n).await;
    let others = at_once(n, &tools).await;
    let of = |name: &str, unit: &str, limit: usize, figure: fn(&Outcome) -> u64| {
        row(name, n, unit, figure(&ours), limit, json!({"all at once": figure(&others)}))
    };
    [
        of("decisions, real limits", "ms", 90_000, |outcome| ms(outcome.took)),
        of("decisions: requests", "requests", n, |outcome| outcome.requests),
        of("decisions: refused with 429", "requests", 0, |outcome| outcome.refused),
        of("decisions: wrong in the end", "tools", 0, |outcome| outcome.wrong),
    ]
}

async fn ours(n: usize) -> (Outcome, Vec<SeenTool>) {
    let (sandbox, folder) = (sandbox(n, true).await, tempfile::tempdir().unwrap());
    let (core, project) = signed_in(&sandbox, folder.path()).await;
    until_synced(&core, &project).await;
    let tools = seen(&project).await;
    let begun = Instant::now();
    let selection = Selection::Tools { tools: tools.clone() };
    let plan = project.plan_decisions(selection, Decision::DoNotUse).await.unwrap();
    let mut events = core.events();
    project.apply_plan(plan.plan, false).await.unwrap();
    while project.list_batches().await.unwrap()[0].state != BatchState::Done {
        let _ = events.recv().await;
    }
    let outcome = outcome(&sandbox, &tools, begun.elapsed()).await;
    core.close().await;
    sandbox.stop().await;
    (outcome, tools)
}

async fn at_once(n: usize, tools: &[SeenTool]) -> Outcome {
    let sandbox = sandbox(n, true).await;
    let http = reqwest::Client::new();
    let begun = Instant::now();
    let mut asked = tokio::task::JoinSet::new();
    for tool in tools {
        let url = format!("{}{}/tools/{}/", base(&sandbox), tool.server_id, tool.tool);
        let request = http.patch(url).bearer_auth(sandbox.key());
        asked.spawn(request.json(&json!({"approval_state": "do_not_use"})).send());
    }
    asked.join_all().await;
    let outcome = outcome(&sandbox, tools, begun.elapsed()).await;
    sandbox.stop().await;
    outcome
}

async fn seen(project: &Project) -> Vec<SeenTool> {
    let mut seen = Vec::new();
    for server in project.servers().await.unwrap().servers {
        for offset in (0..server.counts.total).step_by(200) {
            let page = project.tools(&server.id, "", ToolFilter::All, offset, 200).await.unwrap();
            let rows = page.rows.into_iter();
            seen.extend(rows.map(|row| SeenTool {
                server_id: server.id.clone(),
                tool: row.name,
                fingerprint: row.fingerprint,
            }));
        }
    }
    seen
}

/// What the sandbox has to say about it.
async fn outcome(sandbox: &Sandbox, tools: &[SeenTool], took: Duration) -> Outcome {
    let http = reqwest::Client::new();
    let get = async |url: String, token: &str| -> Value {
        http.get(url).bearer_auth(token).send().await.unwrap().json().await.unwrap()
    };
    let log = get(format!("{}/requests", sandbox.control_url()), sandbox.control_token()).await;
    let all = log["requests"].as_array().unwrap();
    let sent: Vec<_> = all.iter().filter(|request| request["method"] == "PATCH").collect();
    let refused = sent.iter().filter(|request| request["status"] == 429).count();
    let throttle = http.post(format!("{}/throttle", sandbox.control_url())).json(&json!({"enabled": false}));
    throttle.bearer_auth(sandbox.control_token()).send().await.unwrap();
    let servers: BTreeSet<&str> = tools.iter().map(|tool| tool.server_id.as_str()).collect();
    let mut wrong = 0;
    for server in servers {
        let list = get(format!("{}{server}/tools/", base(sandbox)), sandbox.key()).await;
        let tools = list["results"].as_array().unwrap();
        wrong += tools.iter().filter(|tool| tool["approval_state"] != "do_not_use").count();
    }
    let [requests, refused, wrong] = [sent.len(), refused, wrong].map(|count| u64::try_from(count).unwrap());
    Outcome { took, requests, refused, wrong }
}
