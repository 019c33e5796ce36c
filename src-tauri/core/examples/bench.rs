//! Measures what a person waits for, beside what others need for the same answers. `make bench` runs it in release.
//!
//! Method: a sandbox in this process, over loopback; five runs each, the median counts. *First* begins with empty
//! files and ends when the list is on disk; *unchanged* asks again when nothing moved. `curl` fetches the same addresses
//! four at a time and keeps nothing; the Node script fetches them likewise and keeps the parsed JSON in memory. PostHog's
//! limits are off for the syncs and on, at their real rates, for the decisions. A limit is what this project allows itself
//! on a small machine of two cores; a row over it is marked.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program for the terminal")]

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use hedgerow_core::review::diff::{Definition, summary, text};
use hedgerow_core::review::fingerprint;
use hedgerow_core::secrets::{Keyring, Secret};
use hedgerow_core::view::{BatchState, Decision, Kept, SeenTool, Selection, ToolFilter};
use hedgerow_core::{Config, Hedgerow, Project, Timing};
use hedgerow_reader::{Neighbours, OtherTool};
use hedgerow_sandbox::{Fixture, Options, Sandbox};
use serde_json::{Value, json};

const RUNS: usize = 5;
/// Tools of one server: a large one, as people have them.
const PER_SERVER: usize = 250;

const NODE: &str = "
const [key, ...urls] = process.argv.slice(1);
const kept = [];
const next = async () => { for (let url; (url = urls.pop()); )
  { const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    if (!answer.ok) throw new Error(answer.status);
    kept.push(await answer.json()); } };
await Promise.all([next(), next(), next(), next()]);
";

#[tokio::main]
async fn main() {
    let mut rows = Vec::new();
    for n in [1_000, 10_000] {
        rows.extend(syncs(n).await);
    }
    rows.push(fingerprints(10_000));
    rows.push(decisions(500).await);
    rows.push(diffs(10_000));
    rows.push(readings(10_000));
    rows.extend(starts());
    println!("{:<28}{:>8}{:>10}{:>10}  others", "median of 5", "n", "ours ms", "limit ms");
    for row in &rows {
        let over = if row["ours"].as_u64() > row["limit"].as_u64() { " OVER" } else { "" };
        let [n, ours, limit] = ["n", "ours", "limit"].map(|part| row[part].to_string());
        let name = row["name"].as_str().unwrap();
        println!("{name:<28}{n:>8}{ours:>10}{limit:>10}  {}{over}", row["others"]);
    }
    std::fs::write("target/bench.json", serde_json::to_string_pretty(&rows).unwrap()).unwrap();
}

async fn syncs(n: usize) -> [Value; 2] {
    let options = Options { port: 0, fixture: fixture(n, json!({"enabled": false})) };
    let sandbox = hedgerow_sandbox::start(options).await.unwrap();
    let (mut first, mut unchanged, mut urls) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let folder = tempfile::tempdir().unwrap();
        let core = core(folder.path()).await;
        let key = Secret::new(sandbox.key().to_owned());
        core.sign_in_key(sandbox.url(), key, Kept::ThisRun).await.unwrap();
        let project = core.active().unwrap();
        let begun = Instant::now();
        until_synced(&core, &project).await;
        first.push(begun.elapsed());
        let begun = Instant::now();
        project.clone().sync().await.unwrap();
        unchanged.push(begun.elapsed());
        urls = addresses(&sandbox, &project).await;
        core.close().await;
    }
    let (key, urls) = (sandbox.key().to_owned(), urls);
    let others =
        tokio::task::spawn_blocking(move || json!({"curl": curl(&key, &urls), "node": node(&key, &urls)}));
    let others = others.await.unwrap();
    sandbox.stop().await;
    let row = |name: &str, times, limit| json!({"name": name, "n": n, "unit": "ms", "ours": median(times), "others": others, "limit": limit});
    [row("first sync", first, n), row("unchanged sync", unchanged, n / 10)]
}

async fn core(folder: &std::path::Path) -> Arc<Hedgerow> {
    let config = Config {
        data_dir: folder.to_owned(),
        version: "bench",
        keyring: Keyring::memory(),
        open_browser: Arc::new(|_| false),
        timing: Timing { sync_every: Duration::from_secs(3600), ..Timing::default() },
        crashed_before: false,
    };
    Arc::new(Hedgerow::open(config).await.unwrap())
}

async fn until_synced(core: &Hedgerow, project: &Project) {
    let mut events = core.events();
    loop {
        let sync = project.servers().await.unwrap().sync;
        if sync.last_success_at.is_some() && !sync.running {
            return;
        }
        let _ = events.recv().await;
    }
}

async fn addresses(sandbox: &Sandbox, project: &Project) -> Vec<String> {
    let base = base(sandbox);
    let servers = project.servers().await.unwrap().servers;
    let tools = servers.iter().map(|server| format!("{base}{}/tools/?include_removed=1", server.id));
    std::iter::once(format!("{base}?limit=1000")).chain(tools).collect()
}

fn curl(key: &str, urls: &[String]) -> Value {
    let args = ["--silent", "--fail", "--parallel", "--parallel-max", "4", "--header"];
    timed(|| {
        let mut command = Command::new("curl");
        command.args(args).arg(format!("Authorization: Bearer {key}"));
        for url in urls {
            command.arg(url).args(["--output", "/dev/null"]);
        }
        command
    })
}

fn node(key: &str, urls: &[String]) -> Value {
    timed(|| {
        let mut command = Command::new("node");
        command.args(["--input-type=module", "--eval", NODE, "--", key]).args(urls);
        command
    })
}

fn timed(command: impl Fn() -> Command) -> Value {
    let times = (0..RUNS).map(|_| {
        let begun = Instant::now();
        // curl draws its progress there even when it is to be silent.
        let done = command().stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        done.then(|| begun.elapsed())
    });
    times.collect::<Option<Vec<_>>>().map_or(Value::Null, |times| json!(median(times)))
}

/// Decides on `n` tools under PostHog's real limits, once: it takes a minute. Beside it a client that fires all at once
/// and believes what it asked. *Wrong* counts the tools that are not as asked in the end.
async fn decisions(n: usize) -> Value {
    let sandbox = hedgerow_sandbox::start(Options { port: 0, fixture: fixture(n, json!({"enabled": true})) })
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let core = core(folder.path()).await;
    let key = Secret::new(sandbox.key().to_owned());
    core.sign_in_key(sandbox.url(), key, Kept::ThisRun).await.unwrap();
    let project = core.active().unwrap();
    until_synced(&core, &project).await;
    let tools = seen(&project).await;
    let begun = Instant::now();
    let plan =
        project.plan_decisions(Selection::Tools { tools: tools.clone() }, Decision::DoNotUse).await.unwrap();
    project.apply_plan(plan.plan, false).await.unwrap();
    let mut events = core.events();
    while project.list_batches().await.unwrap()[0].state != BatchState::Done {
        let _ = events.recv().await;
    }
    let took = begun.elapsed();
    let ours = outcome(&sandbox, &tools).await;
    core.close().await;
    sandbox.stop().await;

    let sandbox = hedgerow_sandbox::start(Options { port: 0, fixture: fixture(n, json!({"enabled": true})) })
        .await
        .unwrap();
    let http = reqwest::Client::new();
    let begun = Instant::now();
    let mut asked = tokio::task::JoinSet::new();
    for tool in &tools {
        let url = format!("{}{}/tools/{}/", base(&sandbox), tool.server_id, tool.tool);
        let request =
            http.patch(url).bearer_auth(sandbox.key()).json(&json!({"approval_state": "do_not_use"}));
        asked.spawn(async move { request.send().await.map(|answer| answer.status().as_u16()) });
    }
    asked.join_all().await;
    let at_once_took = begun.elapsed();
    let at_once = outcome(&sandbox, &tools).await;
    sandbox.stop().await;
    let row = |took: Duration, (requests, refusals, wrong): (usize, usize, usize)| json!({"ms": took.as_millis(), "requests": requests, "refusals": refusals, "wrong": wrong});
    json!({"name": "decisions, real limits", "n": n, "unit": "ms", "ours": took.as_millis(), "limit": 90_000,
           "others": {"ours in full": row(took, ours), "all at once": row(at_once_took, at_once)}})
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

/// Requests that changed something, how many of them were refused, and how many tools are not blocked now.
async fn outcome(sandbox: &Sandbox, tools: &[SeenTool]) -> (usize, usize, usize) {
    let http = reqwest::Client::new();
    let get = async |url: String, token: &str| -> Value {
        http.get(url).bearer_auth(token).send().await.unwrap().json().await.unwrap()
    };
    let log = get(format!("{}/requests", sandbox.control_url()), sandbox.control_token()).await;
    let all = log["requests"].as_array().unwrap();
    let sent: Vec<_> = all.iter().filter(|request| request["method"] == "PATCH").collect();
    let refused = sent.iter().filter(|request| request["status"] == 429).count();
    let off = json!({"enabled": false});
    let throttle = http.post(format!("{}/throttle", sandbox.control_url())).json(&off);
    throttle.bearer_auth(sandbox.control_token()).send().await.unwrap();
    let servers: std::collections::BTreeSet<&str> =
        tools.iter().map(|tool| tool.server_id.as_str()).collect();
    let mut wrong = 0;
    for server in servers {
        let list = get(format!("{}{server}/tools/", base(sandbox)), sandbox.key()).await;
        let tools = list["results"].as_array().unwrap();
        wrong += tools.iter().filter(|tool| tool["approval_state"] != "do_not_use").count();
    }
    (sent.len(), refused, wrong)
}

fn base(sandbox: &Sandbox) -> String {
    format!("{}/api/projects/{}/mcp_server_installations/", sandbox.url(), sandbox.project_id())
}

fn fingerprints(n: usize) -> Value {
    let tools: Vec<Value> = (0..n).map(tool).collect();
    let times = (0..RUNS).map(|_| {
        let begun = Instant::now();
        for tool in &tools {
            let text = |name: &str| tool[name].as_str().unwrap_or_default().to_owned();
            let schema = tool["input_schema"].to_string();
            std::hint::black_box(fingerprint(&text("name"), &text("title"), &text("description"), &schema));
        }
        begun.elapsed()
    });
    json!({"name": "fingerprints", "n": n, "unit": "ms", "ours": median(times.collect()), "others": {}, "limit": 1_000})
}

/// Each tool beside the next one: another description, and eight parameters described in other words.
fn diffs(n: usize) -> Value {
    let tools: Vec<[String; 3]> = (0..=n)
        .map(tool)
        .map(|tool| {
            let text = |name: &str| tool[name].as_str().unwrap_or_default().to_owned();
            [text("title"), text("description"), tool["input_schema"].to_string()]
        })
        .collect();
    let times = (0..RUNS).map(|_| {
        let begun = Instant::now();
        for pair in tools.windows(2) {
            let [before, after] = [&pair[0], &pair[1]].map(|[title, description, schema]| Definition {
                title,
                description,
                schema,
            });
            std::hint::black_box(summary(&before, &after));
            std::hint::black_box(text(before.description, after.description));
        }
        begun.elapsed()
    });
    json!({"name": "diffs", "n": n, "unit": "ms", "ours": median(times.collect()), "others": {}, "limit": 10_000})
}

/// What the reader says of each tool, with all of them known as another server's.
fn readings(n: usize) -> Value {
    let tools: Vec<Value> = (0..n).map(tool).collect();
    let schemas: Vec<String> = tools.iter().map(|tool| tool["input_schema"].to_string()).collect();
    let text = |at: usize, name: &str| tools[at][name].as_str().unwrap_or_default();
    let others = (0..n).map(|at| OtherTool { server: "other", name: text(at, "name") });
    let neighbours = Neighbours::new(others);
    let around = neighbours.around("this");
    let times = (0..RUNS).map(|_| {
        let begun = Instant::now();
        for (at, schema) in schemas.iter().enumerate() {
            let [name, title, description] = ["name", "title", "description"].map(|part| text(at, part));
            let definition = hedgerow_reader::Definition { name, title, description, schema };
            std::hint::black_box(hedgerow_reader::read(&definition, &around));
        }
        begun.elapsed()
    });
    json!({"name": "reader", "n": n, "unit": "ms", "ours": median(times.collect()), "others": {}, "limit": 10_000})
}

/// What `tests/e2e/measure.rs` left: starts of the real window.
fn starts() -> Option<Value> {
    let row = std::fs::read_to_string("target/bench-start.json").ok()?;
    Some(serde_json::from_str(&row).unwrap())
}

fn median(mut times: Vec<Duration>) -> u64 {
    times.sort();
    u64::try_from(times[times.len() / 2].as_millis()).unwrap_or(u64::MAX)
}

fn tool(index: usize) -> Value {
    let description = format!("Tool number {index}. ").repeat(10);
    let properties: serde_json::Map<String, Value> = (0..8)
        .map(|field| {
            (
                format!("field_{field}"),
                json!({"type": "string", "description": format!("What field {field} of tool {index} means")}),
            )
        })
        .collect();
    json!({"name": format!("tool_{index:05}"), "title": format!("Tool {index}"), "description": description,
           "input_schema": {"type": "object", "required": ["field_0"], "properties": properties}})
}

fn fixture(n: usize, throttle: Value) -> Fixture {
    let servers = n / PER_SERVER;
    let server = |index: usize| {
        let tools: Vec<Value> = (0..PER_SERVER).map(|offset| tool(index * PER_SERVER + offset)).collect();
        json!({"slug": format!("server-{index}"), "name": format!("Server {index}"), "auth_type": "oauth", "category": "dev",
               "url": format!("https://mcp-{index}.bench.example/mcp"), "tools": tools})
    };
    let installation = |index: usize| json!({"server": format!("server-{index}"), "person": "robin", "last_synced_at": "-2h"});
    let mut fixture: Value = serde_json::from_str(include_str!("../../sandbox/fixtures/plain.json")).unwrap();
    fixture["servers"] = (0..servers).map(server).collect();
    fixture["installations"] = (0..servers).map(installation).collect();
    fixture["throttle"] = throttle;
    Fixture::from_json(&fixture.to_string()).unwrap()
}
