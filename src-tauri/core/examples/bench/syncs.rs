//! How long a list takes.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hedgerow_core::Project;
use hedgerow_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::made::{base, sandbox, signed_in, until_synced};
use crate::{RUNS, median, ms, row};

const NODE: &str = "
const [key, ...urls] = process.argv.slice(1);
const kept = [];
const next = async () => { for (let url; (url = urls.pop()); )
  { const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    if (!answer.ok) throw new Error(answer.status);
    kept.push(await answer.json()); } };
await Promise.all([next(), next(), next(), next()]);
";

pub(crate) async fn rows(n: usize) -> [Value; 2] {
    let sandbox = sandbox(n, false).await;
    let (mut first, mut unchanged, mut urls) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let folder = tempfile::tempdir().unwrap();
        let begun = Instant::now();
        let (core, project) = signed_in(&sandbox, folder.path()).await;
        until_synced(&core, &project).await;
        first.push(begun.elapsed());
        let begun = Instant::now();
        project.clone().sync().await.unwrap();
        unchanged.push(begun.elapsed());
        urls = addresses(&sandbox, &project).await;
        core.close().await;
    }
    let key = sandbox.key().to_owned();
    let others =
        tokio::task::spawn_blocking(move || json!({"curl": curl(&key, &urls), "node": node(&key, &urls)}));
    let others = others.await.unwrap();
    sandbox.stop().await;
    [
        row("first sync", n, "ms", ms(median(first)), n, others.clone()),
        row("unchanged sync", n, "ms", ms(median(unchanged)), n / 10, others),
    ]
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

/// The median in ms; null when a run failed.
fn timed(command: impl Fn() -> Command) -> Value {
    let times = (0..RUNS).map(|_| {
        let begun = Instant::now();
        // curl draws its progress there even when it is to be silent.
        let done = command().stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        done.then(|| begun.elapsed())
    });
    times.collect::<Option<Vec<Duration>>>().map_or(Value::Null, |times| json!(ms(median(times))))
}
