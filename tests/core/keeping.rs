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
