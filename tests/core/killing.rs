//! The process dies in the middle of its work, ten times, without a chance to tidy up.

use std::sync::Arc;

use hedgerow_core::secrets::{Keyring, Secret};
use hedgerow_core::store::Ledger;
use hedgerow_core::view::{Decision, Kept, ToolFilter};
use hedgerow_core::{Config, Hedgerow, Project};
use hedgerow_sandbox::Fixture;
use serde_json::json;

use crate::support::{World, quick, server_id, start_victim, tool};

/// Set for the process that is to be killed: folder, address, key and what it does, a line each.
const ROLE: &str = "HEDGEROW_TEST_VICTIM";

/// Not a test by itself: what the killed process does. It writes as much as it can until it dies.
#[tokio::test]
async fn victim() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let [folder, url, key, work] = role.lines().collect::<Vec<_>>()[..] else {
        panic!("{ROLE} is not four lines")
    };
    let config = Config {
        data_dir: folder.into(),
        version: "0.0.0",
        keyring: Keyring::memory(),
        open_browser: Arc::new(|_| true),
        timing: quick(),
        crashed_before: false,
    };
    let core = Arc::new(Hedgerow::open(config).await.unwrap());
    core.sign_in_key(url, Secret::new(key.to_owned()), Kept::Keyring).await.unwrap();
    let project = core.active().unwrap();
    project.clone().sync().await.unwrap();
    println!("ready");
    if work == "decide" {
        decide_for_ever(&project).await;
    }
    loop {
        project.clone().sync().await.unwrap();
        for server in project.servers().await.unwrap().servers {
            // Some servers of the sample cannot be read; that is not the point here.
            let _ = project.refresh(&server.id).await;
        }
    }
}

/// Each decision is another one than before: the tools go round, and then the states.
async fn decide_for_ever(project: &Project) -> ! {
    let id = server_id(project, "Linear").await;
    let names: Vec<String> = free_tools(project, &id).await;
    loop {
        for name in &names {
            let row = tool(project, &id, name).await;
            let other = if row.state == "approved" { Decision::DoNotUse } else { Decision::Approved };
            project.decide(&id, name, other, &row.fingerprint).await.unwrap();
        }
    }
}

/// Tools that any decision may be made on.
async fn free_tools(project: &Project, server: &str) -> Vec<String> {
    let page = project.tools(server, "", ToolFilter::All, 0, 200).await.unwrap();
    let free = page.rows.into_iter().filter(|row| row.choices.len() == Decision::ALL.len());
    free.map(|row| row.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_kills_leave_files_that_open_and_agree_with_posthog() {
    let world = World::with(Fixture::sample(), quick()).await;
    world.control("/throttle", json!({"enabled": false})).await;
    let folder = tempfile::tempdir().unwrap();
    let role = format!("{}\n{}\n{}", folder.path().display(), world.sandbox.url(), world.sandbox.key());
    let mut decided = 0;
    for round in 0..10 {
        world.forget_requests().await;
        let (work, goal) = if round % 2 == 0 { ("sync", round * 2) } else { ("decide", round) };
        let starting = format!("{role}\n{work}");
        let mut child = tokio::task::spawn_blocking(move || start_victim("killing::victim", ROLE, &starting))
            .await
            .unwrap();
        // A different moment each time, counted in answers and not in time.
        while done(&world, work).await < goal {
            tokio::task::yield_now().await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        check_files(folder.path()).await;
        decided += world.requests("PATCH", "/tools/").await;
    }
    assert!(decided >= 25, "{decided} decisions prove little");
    let keyring = Keyring::memory();
    let core = crate::support::open(folder.path(), &keyring, quick(), &Arc::default()).await;
    let key = Secret::new(world.sandbox.key().to_owned());
    core.sign_in_key(world.sandbox.url(), key, Kept::Keyring).await.unwrap();
    core.active().unwrap().sync().await.unwrap();
    let project = world.sign_in().await;
    let counts = |view: hedgerow_core::view::ServersView| {
        view.servers.into_iter().map(|row| (row.id, row.counts)).collect::<Vec<_>>()
    };
    let survived = counts(core.active().unwrap().servers().await.unwrap());
    assert_eq!(survived, counts(project.servers().await.unwrap()), "the same as a core that never died");
    check_decisions(folder.path(), &core.active().unwrap(), decided).await;
}

/// Answers PostHog has given so far.
async fn done(world: &World, work: &str) -> usize {
    match work {
        "decide" => world.requests("PATCH", "/tools/").await,
        _ => world.requests("GET", "/tools/").await + world.requests("POST", "/refresh").await,
    }
}

/// Every decision that was sent is in the journal; only those that were being made when the process died are open; what
/// was pinned is what PostHog answered; and the list says *changed* exactly where the pin is another definition.
async fn check_decisions(folder: &std::path::Path, project: &Project, sent: usize) {
    let pool = sqlx::SqlitePool::connect_with(
        sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join("ledger.db")),
    )
    .await
    .unwrap();
    let (journaled, open): (i64, i64) =
        sqlx::query_as("SELECT count(*), count(*) FILTER (WHERE result = 'open') FROM decision")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert!(journaled >= i64::try_from(sent).unwrap(), "{sent} sent, {journaled} journaled");
    assert!(open <= 5, "{open} decisions without an end, and five processes died deciding");
    let pins: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT tool.name, pin.fingerprint, decision.result FROM pin JOIN tool ON tool.id = pin.tool_id
         JOIN decision ON decision.id = pin.decision_id",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    pool.close().await;
    assert!(!pins.is_empty());
    let id = server_id(project, "Linear").await;
    for (name, fingerprint, result) in pins {
        let row = tool(project, &id, &name).await;
        assert_eq!((row.changed, result.as_str()), (row.fingerprint != fingerprint, "as_asked"), "{name}");
    }
}

/// Both files open as they are, nothing is set aside, and no tool has two standing definitions.
async fn check_files(folder: &std::path::Path) {
    let path = folder.join("ledger.db");
    Ledger::open(&path).await.unwrap().close().await;
    let pool = sqlx::SqlitePool::connect_with(sqlx::sqlite::SqliteConnectOptions::new().filename(&path))
        .await
        .unwrap();
    let torn: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM observation LEFT JOIN definition USING (fingerprint)
         LEFT JOIN tool ON tool.id = tool_id WHERE definition.fingerprint IS NULL OR tool.id IS NULL",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    pool.close().await;
    assert_eq!(torn, 0, "an observation without its definition or tool");
    let caches = std::fs::read_dir(folder.join("cache")).unwrap();
    let aside =
        caches.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains("set-aside"));
    assert_eq!(aside.count(), 0, "a cache had to be set aside");
}
