//! The disk fails: at every single write of a sync and of a decision, once at the write and once at its commit.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hedgerow_core::Project;
use hedgerow_core::view::{Decision, DecisionOutcome, ErrorCode};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;

use crate::support::{World, open, quick, server_id, tool};

/// Where a write fails.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// The statement.
    Write,
    /// The commit of the transaction it is in.
    Commit,
}

const FAULTS: [Fault; 2] = [Fault::Write, Fault::Commit];
const FILES: [&str; 2] = ["ledger", "cache"];
/// More writes than anything here makes.
const NEVER: i64 = 1_000_000;

/// One of the two files, opened beside the app.
struct Disk(SqlitePool);

impl Disk {
    async fn open(path: &Path) -> Self {
        let pool = SqlitePool::connect_with(SqliteConnectOptions::new().filename(path)).await.unwrap();
        Self(pool)
    }

    async fn run(&self, sql: &str) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&self.0).await.unwrap();
    }

    async fn column<T>(&self, sql: &str) -> Vec<T>
    where
        T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
    {
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&self.0).await.unwrap()
    }

    /// Every table the app writes to; what an index of words keeps beside them follows these.
    async fn tables(&self) -> Vec<String> {
        let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
                   AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'
                   AND name NOT LIKE 'test\\_%' ESCAPE '\\' ORDER BY name";
        self.column(sql).await
    }

    /// From now on write number `nth` fails, and with it every further attempt at it.
    async fn fail(&self, fault: Fault, nth: i64) {
        let fails = match fault {
            Fault::Write => "SELECT RAISE(ABORT, 'the disk is full') FROM test_fault WHERE left = 0",
            Fault::Commit => "INSERT INTO test_orphan SELECT 1 FROM test_fault WHERE left = 0",
        };
        let mut sql = format!(
            "CREATE TABLE test_fault (left INTEGER);
             INSERT INTO test_fault VALUES ({nth});
             CREATE TABLE test_parent (id INTEGER PRIMARY KEY);
             CREATE TABLE test_orphan (id INTEGER REFERENCES test_parent (id) DEFERRABLE INITIALLY DEFERRED);"
        );
        for table in self.tables().await {
            for write in ["INSERT", "UPDATE", "DELETE"] {
                sql += &format!(
                    "CREATE TRIGGER test_{table}_{write} BEFORE {write} ON \"{table}\"
                     BEGIN UPDATE test_fault SET left = left - 1; {fails}; END;"
                );
            }
        }
        self.run(&sql).await;
    }

    /// The disk works again; answers how many writes were left until one would have failed.
    async fn mend(&self) -> i64 {
        let left: Vec<i64> = self.column("SELECT left FROM test_fault").await;
        for trigger in self.column::<String>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").await {
            self.run(&format!("DROP TRIGGER \"{trigger}\"")).await;
        }
        self.run("DROP TABLE test_fault; DROP TABLE test_orphan; DROP TABLE test_parent").await;
        left[0]
    }

    /// Nothing in the file contradicts itself.
    async fn assert_sound(&self, when: &str) {
        assert_eq!(self.column::<String>("PRAGMA integrity_check").await, ["ok"], "{when}");
        assert_eq!(
            self.column::<String>("SELECT \"table\" FROM pragma_foreign_key_check").await,
            [""; 0],
            "{when}"
        );
    }
}

/// Both files of a core.
struct Disks {
    ledger: Disk,
    cache: Disk,
}

impl Disks {
    async fn of(folder: &Path) -> Self {
        let caches = std::fs::read_dir(folder.join("cache")).unwrap();
        let is_db = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "db");
        let cache = caches.map(|entry| entry.unwrap().path()).find(is_db).unwrap();
        Self { ledger: Disk::open(&folder.join("ledger.db")).await, cache: Disk::open(&cache).await }
    }

    fn named(&self, file: &str) -> &Disk {
        if file == "ledger" { &self.ledger } else { &self.cache }
    }

    /// Both files are sound, and no tool is shown whose definition the ledger does not hold.
    async fn assert_sound(&self, when: &str) {
        self.ledger.assert_sound(when).await;
        self.cache.assert_sound(when).await;
        let held: Vec<String> = self.ledger.column("SELECT fingerprint FROM definition").await;
        let shown: Vec<String> =
            self.cache.column("SELECT fingerprint FROM tool WHERE removed_at IS NULL").await;
        for fingerprint in shown {
            assert!(held.contains(&fingerprint), "{when}: a tool is shown that the ledger never saw");
        }
    }

    /// Everything that must be equal in two cores which saw the same: what PostHog said, where it waits in Review, what
    /// stood when, and what was noticed. Times of this machine are left out.
    async fn facts(&self) -> Vec<String> {
        let mut facts = Vec::new();
        for sql in [
            "SELECT json_array(id, url, name, description, template_id, auth_type, is_enabled, needs_reauth,
                    pending_oauth, shared, is_owner, tool_count, last_synced_at, last_sync_error, created_at,
                    updated_at, hex(tools_digest)) FROM server ORDER BY id",
            "SELECT json_array(server, tool, read_only, destructive, idempotent, open_world) FROM claim ORDER BY server, tool",
            "SELECT json_array(server_id, name, title, description, schema, state, team_state, locked, decided_by,
                    removed_at, fingerprint, tokens, changed, haystack, review, later, base, last_seen_at)
             FROM tool JOIN tool_time ON tool_time.tool_id = tool.id ORDER BY server_id, name",
        ] {
            facts.extend(self.cache.column::<String>(sql).await);
        }
        for sql in [
            "SELECT json_array(server_url, name, fingerprint, until_at IS NULL) FROM observation
             JOIN tool ON tool.id = tool_id ORDER BY server_url, name, observation.id",
            "SELECT fingerprint FROM definition ORDER BY fingerprint",
            "SELECT json_array(server_url, tool, kind) FROM event WHERE tool IS NOT NULL ORDER BY server_url, tool, id",
        ] {
            facts.extend(self.ledger.column::<String>(sql).await);
        }
        facts
    }
}

/// Both cores know the same. Of connections the one that failed may have told twice, but never not.
async fn assert_alike(failed: &Disks, witness: &Disks, when: &str) {
    let (failed_facts, facts) = (failed.facts().await, witness.facts().await);
    let differ: Vec<_> = failed_facts.iter().zip(&facts).filter(|(failed, right)| failed != right).collect();
    assert!(differ.is_empty(), "{when}: {differ:#?}");
    assert_eq!(failed_facts.len(), facts.len(), "{when}");
    let told = "SELECT json_array(server_url, kind, count(*)) FROM event WHERE tool IS NULL
                GROUP BY server_url, kind ORDER BY server_url, kind";
    let counts = async |disks: &Disks| disks.ledger.column::<String>(told).await;
    let (failed, right) = (counts(failed).await, counts(witness).await);
    assert_eq!(failed.len(), right.len(), "{when}: {failed:?} {right:?}");
    for (failed, right) in failed.iter().zip(&right) {
        let count = |line: &String| serde_json::from_str::<Value>(line).unwrap()[2].as_i64().unwrap();
        assert!(count(failed) >= count(right), "{when}: {failed} is less than {right}");
    }
}

/// Speaks to PostHog past the app.
async fn ask(world: &World, method: Method, path: &str, body: Value) -> Value {
    let base = format!("{}/api/projects/{}", world.sandbox.url(), world.sandbox.project_id());
    let request = reqwest::Client::new().request(method, format!("{base}/{path}"));
    let answer = request.bearer_auth(world.sandbox.key()).json(&body).send().await.unwrap();
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    let text = answer.text().await.unwrap();
    serde_json::from_str(&text).unwrap_or_default()
}

/// A world that goes back and forth: tools are rewritten, come and go, and a whole server with them.
struct Seesaw {
    world: World,
    project: Arc<Project>,
    tracker: String,
    docs: Option<String>,
    template: String,
}

impl Seesaw {
    async fn new() -> Self {
        let (world, project) = World::signed_in().await;
        world.control("/throttle", json!({"enabled": false})).await;
        // Behind the sync that every start makes.
        project.clone().sync().await.unwrap();
        project.sync_catalog().await.unwrap();
        let catalog = project.catalog().await.unwrap().entries;
        let template = catalog.into_iter().find(|entry| entry.name == "Docs").unwrap().id;
        let tracker = server_id(&project, "Tracker").await;
        Self { world, project, tracker, docs: None, template }
    }

    async fn tip(&mut self) {
        let out = self.docs.is_none();
        let tools = if out {
            json!([{"name": "list_issues", "description": "Lists issues. Another text."},
                   {"name": "create_issue", "description": "Creates an issue."},
                   {"name": "close_issue", "description": "Closes an issue."}])
        } else {
            json!([{"name": "list_issues", "description": "Lists issues."},
                   {"name": "create_issue", "description": "Creates an issue."},
                   {"name": "delete_issue", "description": "Deletes an issue."}])
        };
        self.world.control("/servers/tracker/tools", json!({ "tools": tools })).await;
        let refresh = format!("mcp_server_installations/{}/tools/refresh/", self.tracker);
        ask(&self.world, Method::POST, &refresh, json!({})).await;
        if let Some(docs) = self.docs.take() {
            ask(&self.world, Method::DELETE, &format!("mcp_server_installations/{docs}/"), Value::Null).await;
        } else {
            let body = json!({"template_id": self.template, "api_key": "good-key"});
            let path = "mcp_server_installations/install_template/";
            let row = ask(&self.world, Method::POST, path, body).await;
            self.docs = Some(row["id"].as_str().unwrap().to_owned());
            self.world.control("/settle", json!({})).await;
        }
    }
}

#[tokio::test]
async fn a_sync_that_fails_at_any_write_of_the_cache_leaves_sound_files_and_the_next_one_makes_it_good() {
    sync_failing("cache").await;
}

#[tokio::test]
async fn a_sync_that_fails_at_any_write_of_the_ledger_leaves_sound_files_and_the_next_one_makes_it_good() {
    sync_failing("ledger").await;
}

async fn sync_failing(file: &str) {
    let mut seesaw = Seesaw::new().await;
    let disks = Disks::of(seesaw.world.folder.path()).await;
    // A second app that sees the same and whose disk never fails.
    let folder = tempfile::tempdir().unwrap();
    let witness = open(folder.path(), &seesaw.world.keyring, quick(), &Arc::default()).await;
    let key = hedgerow_core::secrets::Secret::new(seesaw.world.sandbox.key().to_owned());
    witness.sign_in_key(seesaw.world.sandbox.url(), key, hedgerow_core::view::Kept::Keyring).await.unwrap();
    let witness = witness.active().unwrap();
    for _ in 0..2 {
        witness.clone().sync().await.unwrap();
    }
    let witnessed = Disks::of(folder.path()).await;
    assert_alike(&disks, &witnessed, "before").await;

    // There and back once: what is met for the first time is written down more than what comes again.
    for _ in 0..2 {
        seesaw.tip().await;
        seesaw.project.clone().sync().await.unwrap();
        witness.clone().sync().await.unwrap();
    }
    let disk = disks.named(file);
    let mut writes = [0; 2];
    for counted in &mut writes {
        seesaw.tip().await;
        disk.fail(Fault::Write, NEVER).await;
        seesaw.project.clone().sync().await.unwrap();
        *counted = NEVER - disk.mend().await;
        witness.clone().sync().await.unwrap();
    }
    assert!(writes.iter().all(|writes| *writes > 3), "{writes:?} writes prove little");
    for fault in FAULTS {
        for nth in 1..=writes[0].max(writes[1]) {
            for writes in writes {
                seesaw.tip().await;
                witness.clone().sync().await.unwrap();
                if nth > writes {
                    seesaw.project.clone().sync().await.unwrap();
                    continue;
                }
                let when = format!("{file}: {fault:?} {nth} of {writes}");
                disk.fail(fault, nth).await;
                let failed = seesaw.project.clone().sync().await;
                disk.mend().await;
                assert_eq!(failed.map_err(|error| error.code), Err(ErrorCode::Internal), "{when}");
                let sync = seesaw.project.servers().await.unwrap().sync;
                assert!(!sync.running && sync.problem.is_some(), "{when}: {sync:?}");
                disks.assert_sound(&when).await;
                seesaw.project.clone().sync().await.unwrap();
                assert_alike(&disks, &witnessed, &when).await;
            }
        }
    }
}

/// Decides while the disk fails, and checks everything a person relies on afterwards. Answers whether there was a write
/// with that number.
async fn decide_failing(
    seesaw: &Seesaw,
    disks: &Disks,
    file: &str,
    fault: Fault,
    nth: i64,
    decision: Decision,
) -> bool {
    let (world, project, id) = (&seesaw.world, &seesaw.project, &seesaw.tracker);
    let (disk, when) = (disks.named(file), format!("{file}: {decision:?}, {fault:?} {nth}"));
    let print = tool(project, id, "list_issues").await.fingerprint;
    let journal = "SELECT count(*) FROM decision";
    let before: Vec<i64> = disks.ledger.column(journal).await;
    world.forget_requests().await;
    disk.fail(fault, nth).await;
    let outcome = project.decide(id, "list_issues", decision, &print).await;
    let left = disk.mend().await;
    let failed = match outcome {
        Ok(done) => {
            assert_eq!((done.outcome, left > 0), (DecisionOutcome::AsAsked, true), "{when}");
            false
        }
        Err(error) => {
            assert_eq!(error.code, ErrorCode::Internal, "{when}");
            true
        }
    };
    disks.assert_sound(&when).await;
    let sent = world.requests("PATCH", "list_issues").await;
    let journaled = disks.ledger.column::<i64>(journal).await[0] - before[0];
    assert!(i64::try_from(sent).unwrap() <= journaled, "{when}: sent and not journaled");
    let loose =
        "SELECT count(*) FROM pin JOIN decision ON decision.id = decision_id WHERE result <> 'as_asked'";
    assert_eq!(disks.ledger.column::<i64>(loose).await, [0], "{when}: pinned without an answer");

    project.clone().sync().await.unwrap();
    let tools = ask(world, Method::GET, &format!("mcp_server_installations/{id}/tools/"), Value::Null).await;
    let said =
        tools["results"].as_array().unwrap().iter().find(|row| row["tool_name"] == "list_issues").unwrap();
    let shown = tool(project, id, "list_issues").await;
    assert_eq!(said["approval_state"], shown.state.as_str(), "{when}: what is shown is what PostHog says");
    let pin = "SELECT fingerprint FROM pin JOIN tool ON tool.id = tool_id WHERE name = 'list_issues'";
    let pin: Vec<String> = disks.ledger.column(pin).await;
    assert_eq!(shown.changed, pin != [shown.fingerprint.as_str()], "{when}: changed means other than pinned");
    failed
}

#[tokio::test]
async fn a_decision_that_fails_at_any_write_is_journaled_if_sent_and_the_next_sync_shows_the_truth() {
    let mut seesaw = Seesaw::new().await;
    let disks = Disks::of(seesaw.world.folder.path()).await;
    let row = tool(&seesaw.project, &seesaw.tracker, "list_issues").await;
    seesaw
        .project
        .decide(&seesaw.tracker, "list_issues", Decision::Approved, &row.fingerprint)
        .await
        .unwrap();
    for file in FILES {
        for fault in FAULTS {
            for nth in 1.. {
                // Another definition each time, so that a pin has to move. Once the state stays and the version is
                // accepted, which PostHog answers byte for byte as before; once the state moves too.
                seesaw.tip().await;
                seesaw.project.clone().sync().await.unwrap();
                let row = tool(&seesaw.project, &seesaw.tracker, "list_issues").await;
                let stays =
                    Decision::ALL.into_iter().find(|decision| decision.as_str() == row.state).unwrap();
                let moves = if stays == Decision::Approved { Decision::DoNotUse } else { Decision::Approved };
                let accepting = decide_failing(&seesaw, &disks, file, fault, nth, stays).await;
                let moving = decide_failing(&seesaw, &disks, file, fault, nth, moves).await;
                if !accepting && !moving {
                    assert!(nth > 3, "{nth} writes prove little");
                    break;
                }
            }
        }
    }
}

#[tokio::test]
async fn a_sync_that_finds_nothing_new_writes_two_notes_of_the_time_and_nothing_else() {
    let seesaw = Seesaw::new().await;
    let disks = Disks::of(seesaw.world.folder.path()).await;
    for disk in [&disks.ledger, &disks.cache] {
        let mut sql = String::from("CREATE TABLE test_touched (what TEXT);");
        for table in disk.tables().await {
            for write in ["INSERT", "UPDATE", "DELETE"] {
                sql += &format!(
                    "CREATE TRIGGER test_{table}_{write} AFTER {write} ON \"{table}\"
                     BEGIN INSERT INTO test_touched VALUES ('{write} {table}'); END;"
                );
            }
        }
        disk.run(&sql).await;
    }
    let touched = async || {
        let mut all = Vec::new();
        for disk in [&disks.ledger, &disks.cache] {
            all.extend(disk.column::<String>("SELECT what FROM test_touched ORDER BY what").await);
            disk.run("DELETE FROM test_touched").await;
        }
        all
    };
    seesaw.project.clone().sync().await.unwrap();
    // Neither of the two columns is in an index: no index row moves either.
    assert_eq!(touched().await, ["UPDATE meta", "UPDATE server"]);
    let indexed: Vec<String> = disks
        .cache
        .column(
            "SELECT ii.name FROM sqlite_schema AS s, pragma_index_info(s.name) AS ii
             WHERE s.type = 'index' AND s.tbl_name IN ('meta', 'server')",
        )
        .await;
    assert!(!indexed.iter().any(|column| column == "tools_seen_at" || column == "value"), "{indexed:?}");

    // PostHog read the server again and found it as it was: the times of its tools move, in a table of their own.
    let refresh = format!("mcp_server_installations/{}/tools/refresh/", seesaw.tracker);
    seesaw.world.control("/clock", json!({"advance_seconds": 60})).await;
    ask(&seesaw.world, Method::POST, &refresh, json!({})).await;
    seesaw.project.clone().sync().await.unwrap();
    let moved = touched().await;
    assert!(moved.iter().any(|what| what.ends_with("tool_time")), "{moved:?}");
    assert!(
        !moved.iter().any(|what| what.ends_with(" tool")
            || what.contains("observation")
            || what.contains("definition")),
        "{moved:?}"
    );
}
