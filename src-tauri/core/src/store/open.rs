//! Opening the two files: every pragma with its reason, migrations, and what happens to a file that cannot be opened.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

static CACHE: Migrator = sqlx::migrate!("./migrations/cache");
static LEDGER: Migrator = sqlx::migrate!("./migrations/ledger");

/// Why a store could not be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another running app holds the data folder.
    #[error("another Hedgerow is using this data folder")]
    InUse,
    /// The ledger was written by a newer version; it is left untouched.
    #[error("the ledger was written by a newer version of Hedgerow")]
    NewerLedger,
    /// The file system said no.
    #[error("files: {0}")]
    Files(#[from] std::io::Error),
    /// SQLite said no.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration failed.
    #[error("migration: {0}")]
    Migration(#[from] MigrateError),
    /// A stored value does not read as what it should be.
    #[error("stored value: {0}")]
    Value(&'static str),
}

/// One writer, so that writes queue here and never meet `SQLITE_BUSY`; a few readers beside it.
#[derive(Clone, Debug)]
pub(super) struct Db {
    pub(super) write: SqlitePool,
    pub(super) read: SqlitePool,
}

impl Db {
    pub(super) async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

/// An opened cache, and whether an unreadable one had to be set aside for it.
#[derive(Debug)]
pub struct Opened<T> {
    /// The store.
    pub store: T,
    /// Where the old file went.
    pub set_aside: Option<PathBuf>,
}

/// The data folder belongs to one running app; dropping this gives it back.
#[derive(Debug)]
pub struct DataLock {
    _file: File,
}

impl DataLock {
    /// Creates the folder when missing and locks it.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process holds it.
    pub fn acquire(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder)?;
        let file = File::options().create(true).truncate(false).write(true).open(folder.join("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

pub(super) async fn open_cache(path: &Path) -> Result<Opened<Db>, StoreError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    match open(path, &CACHE, SqliteSynchronous::Normal).await {
        Ok(store) => Ok(Opened { store, set_aside: None }),
        // The cache cannot stop the app: whatever is wrong with it, it is set aside and filled again.
        Err(error) => {
            tracing::warn!(%error, "the cache cannot be opened and is set aside");
            let set_aside = set_aside(path)?;
            let store = open(path, &CACHE, SqliteSynchronous::Normal).await?;
            Ok(Opened { store, set_aside: Some(set_aside) })
        }
    }
}

pub(super) async fn open_ledger(path: &Path) -> Result<Db, StoreError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    back_up_before_migration(path).await?;
    // FULL: a decision that PostHog has taken must not be forgotten by a power cut.
    match open(path, &LEDGER, SqliteSynchronous::Full).await {
        Err(StoreError::Migration(MigrateError::VersionMissing(_))) => Err(StoreError::NewerLedger),
        other => other,
    }
}

async fn open(path: &Path, migrator: &Migrator, synchronous: SqliteSynchronous) -> Result<Db, StoreError> {
    let options = options(path, synchronous);
    // One connection for as long as the app runs: it counts what was changed.
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await?;
    let opened = async {
        let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&write).await?;
        if verdict != "ok" {
            return Err(StoreError::Value("the file is damaged"));
        }
        migrator.run(&write).await?;
        Ok::<_, StoreError>(())
    };
    if let Err(error) = opened.await {
        write.close().await;
        return Err(error);
    }
    let read = SqlitePoolOptions::new().max_connections(3).connect_with(options.read_only(true)).await?;
    Ok(Db { write, read })
}

fn options(path: &Path, synchronous: SqliteSynchronous) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        // Readers see the last commit while the sync writes.
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .foreign_keys(true)
        // Only a checkpoint can make us wait: there is one writer and one process (the lock file).
        .busy_timeout(Duration::from_secs(5))
}

/// Moves the file with its `-wal` and `-shm`: left behind, they would be applied to the new file.
fn set_aside(path: &Path) -> std::io::Result<PathBuf> {
    let stamp = jiff::Timestamp::now().as_millisecond();
    let target = suffixed(path, &format!(".set-aside-{stamp}"));
    for extension in ["", "-wal", "-shm"] {
        let from = suffixed(path, extension);
        if from.exists() {
            std::fs::rename(&from, suffixed(&target, extension))?;
        }
    }
    Ok(target)
}

async fn back_up_before_migration(path: &Path) -> Result<(), StoreError> {
    if !path.exists() {
        return Ok(());
    }
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options(path, SqliteSynchronous::Full))
        .await?;
    let applied: Result<i64, _> =
        sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations").fetch_one(&pool).await;
    let newest = LEDGER.iter().map(|migration| migration.version).max().unwrap_or(0);
    if let Ok(applied) = applied
        && applied < newest
    {
        let backup = suffixed(path, &format!(".before-{newest}"));
        if !backup.exists() {
            sqlx::query("VACUUM INTO ?").bind(backup.to_string_lossy().into_owned()).execute(&pool).await?;
        }
    }
    pool.close().await;
    Ok(())
}

fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
