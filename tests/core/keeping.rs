//! Files: what a damaged cache, a newer ledger and a second app do, and what an unchanged sync writes.

use std::sync::Arc;

use hedgerow_core::secrets::Keyring;
use hedgerow_core::store::{Ledger, StoreError};
use hedgerow_core::view::Notice;
use hedgerow_core::{Config, Hedgerow};

use crate::support::{World, quick};

fn cache_file(world: &World) -> std::path::PathBuf {
    let folder = world.folder.path().join("cache");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "db")).unwrap()
}

#[tokio::test]
async fn a_damaged_cache_is_set_aside_and_filled_again() {
    let (world, project) = World::signed_in().await;
    let file = cache_file(&world);
    drop(project);
    world.core.close().await;
    std::fs::write(&file, b"this is no database").unwrap();
    let world = world.restart().await;
    assert_eq!(world.core.boot().await.unwrap().notice, Some(Notice::CacheSetAside));
    assert_eq!(world.core.boot().await.unwrap().notice, None, "said once");
    let project = world.core.active().unwrap();
    project.clone().sync().await.unwrap();
    assert_eq!(project.servers().await.unwrap().servers[0].counts.total, 3);
    let aside = std::fs::read_dir(file.parent().unwrap()).unwrap();
    assert!(
        aside.into_iter().any(|entry| entry.unwrap().file_name().to_string_lossy().contains("set-aside"))
    );
}

#[tokio::test]
async fn a_ledger_of_a_newer_version_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    Ledger::open(&path).await.unwrap().close().await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (99991231, 'from the future', 1, x'00', 0)";
    sqlx::query(newer).execute(&pool).await.unwrap();
    pool.close().await;
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(Ledger::open(&path).await, Err(StoreError::NewerLedger)));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn the_data_folder_belongs_to_one_app() {
    let world = World::new().await;
    let config = Config {
        data_dir: world.folder.path().to_owned(),
        version: "0.0.0",
        keyring: Keyring::memory(),
        open_browser: Arc::new(|_| true),
        timing: quick(),
        crashed_before: false,
    };
    assert!(matches!(Hedgerow::open(config).await, Err(StoreError::InUse)));
}

#[tokio::test]
async fn a_sync_that_finds_nothing_new_writes_no_definition() {
    let (world, project) = World::signed_in().await;
    let counted = async || {
        let options =
            sqlx::sqlite::SqliteConnectOptions::new().filename(world.folder.path().join("ledger.db"));
        let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
        let counts: (i64, i64, i64) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM definition), (SELECT count(*) FROM observation), (SELECT count(*) FROM tool)",
        )
        .fetch_one(&pool)
        .await
        .unwrap();
        pool.close().await;
        counts
    };
    assert_eq!(counted().await, (3, 3, 3));
    let id = crate::support::server_id(&project, "Tracker").await;
    project.refresh(&id).await.unwrap();
    project.clone().sync().await.unwrap();
    assert_eq!(counted().await, (3, 3, 3), "times moved, definitions did not");
}

/// A ledger as version 0.1 left it: only its first migration, one decision and its pin.
async fn ledger_of_the_first_version(path: &std::path::Path) {
    let migrations = tempfile::tempdir().unwrap();
    let first = "0001_what_only_we_know.sql";
    let kept = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/ledger").join(first);
    std::fs::copy(kept, migrations.path().join(first)).unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::migrate::Migrator::new(migrations.path()).await.unwrap().run(&pool).await.unwrap();
    for row in [
        "INSERT INTO scope VALUES (1, 'https://us.posthog.com', 'u', 1)",
        "INSERT INTO tool VALUES (1, 1, 'https://x.example/mcp', 't')",
        "INSERT INTO definition VALUES ('f1', 't', '', 'old', '{}', '{}', 5)",
        "INSERT INTO observation VALUES (1, 1, 'f1', 5, NULL)",
        "INSERT INTO decision VALUES (1, 1, NULL, 'needs_approval', 'approved', 'f1', 6, 'approved', 'scope', 'f1',
                                      'as_asked', 7)",
        "INSERT INTO pin VALUES (1, 'f1', 'approved', 1, 7)",
    ] {
        sqlx::query(sqlx::AssertSqlSafe(row)).execute(&pool).await.unwrap();
    }
    pool.close().await;
}

#[tokio::test]
async fn a_ledger_of_the_first_version_keeps_its_pins_and_is_backed_up_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    ledger_of_the_first_version(&path).await;
    let ledger = Ledger::open(&path).await.unwrap();
    let scope = ledger.scope("https://us.posthog.com", "u", 1).await.unwrap();
    let facts = ledger.review_facts(&scope, "https://x.example/mcp").await.unwrap();
    let pin = &facts.pins["t"];
    assert_eq!((&*pin.fingerprint, &*pin.state, &*pin.kind), ("f1", "approved", "decided"));
    assert_eq!(facts.pasts["t"].first_fingerprint, "f1");
    assert_eq!(ledger.definition("f1").await.unwrap().unwrap().description, "old");
    let backups = std::fs::read_dir(folder.path()).unwrap();
    let is_backup = |name: String| name.starts_with("ledger.db.before-");
    assert!(backups.into_iter().any(|entry| is_backup(entry.unwrap().file_name().into_string().unwrap())));
}
