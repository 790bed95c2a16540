//! Opening a database and handing out transactions.

use crate::{StoreError, Tx, migrations::migrator, sqlite_file::SqliteFile};
use jiff::tz::TimeZone;
use siaga_core::time::{LocalDay, Timestamp};
use sqlx::{
    ConnectOptions, Connection, PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    fs::{OpenOptions, Permissions},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

/// How long a transaction may wait for its turn before the database counts as away: live events then go to the
/// spool, a person gets "try again" instead of a frozen screen.
const TURN_WAIT_S: u64 = 5;
/// Readers of the SQLite file: each is a thread; more than the cores of a small machine gains nothing.
const SQLITE_READERS_MAX: u32 = 4;
/// Connections to PostgreSQL of one node (its default allows 100 for all nodes).
const PG_CONNECTIONS_MAX: u32 = 16;
/// SQLite keeps this many pages of WAL before it writes them back (4 kB each); the default, named.
const WAL_PAGES: u32 = 1_000;

/// Where the data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreConfig {
    /// One file, made when it is missing. Never on a network disk.
    Sqlite { path: PathBuf },
    /// `postgres://user:password@host/database`, version 15 or later.
    Postgres { url: String },
}

/// The database. Cheap to clone; all clones are one.
#[derive(Clone, Debug)]
pub struct Store {
    pools: Pools,
    zone: TimeZone,
    mark: Option<&'static str>,
}

#[derive(Clone, Debug)]
enum Pools {
    Sqlite { writer: SqlitePool, readers: SqlitePool, file: SqliteFile },
    Pg(PgPool),
}

/// Callers' numbers and what people said stand in this file: only its owner reads it. SQLite gives its side files the
/// same mode.
fn private(path: &Path) -> Result<(), StoreError> {
    const OWNER_ONLY: u32 = 0o600;
    let away = |error: std::io::Error| StoreError::Gone(format!("{}: {error}", path.display()));
    let made = OpenOptions::new().create(true).truncate(false).write(true).mode(OWNER_ONLY).open(path).map_err(away)?;
    made.set_permissions(Permissions::from_mode(OWNER_ONLY)).map_err(away)
}

impl Store {
    /// Opens the database and brings its tables up to date. Days are those of Asia/Jakarta until [`Store::in_zone`].
    ///
    /// # Errors
    /// [`StoreError::Gone`] when it cannot be reached, [`StoreError::Bug`] when its tables are not ours.
    pub async fn open(config: &StoreConfig) -> Result<Self, StoreError> {
        let pools = match config {
            StoreConfig::Sqlite { path } => {
                private(path)?;
                let base = SqliteConnectOptions::new()
                    .filename(path)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true)
                    .busy_timeout(Duration::from_secs(TURN_WAIT_S))
                    .pragma("wal_autocheckpoint", WAL_PAGES.to_string());
                // Only here: a connection that a pool makes later must never make a new, empty file.
                let mut first = base.clone().create_if_missing(true).connect().await?;
                migrator().run(&mut first).await?;
                let file = SqliteFile::opened(path)?;
                let writer = sqlite_pool().max_connections(1).connect_with(base.clone()).await?;
                first.close().await?;
                let reader = base.pragma("query_only", "ON");
                let readers = sqlite_pool().max_connections(SQLITE_READERS_MAX).connect_with(reader).await?;
                Pools::Sqlite { writer, readers, file }
            }
            StoreConfig::Postgres { url } => {
                let wait = format!("{TURN_WAIT_S}s");
                // Its just-in-time compiler takes seconds over statements that take milliseconds, as soon as a guess of
                // their rows is too high (measured at 10 million calls).
                let options =
                    PgConnectOptions::from_str(url)?.options([("lock_timeout", wait.as_str()), ("jit", "off")]);
                let pool = PgPoolOptions::new()
                    .max_connections(PG_CONNECTIONS_MAX)
                    .acquire_timeout(Duration::from_secs(TURN_WAIT_S))
                    .connect_with(options)
                    .await?;
                migrator().run(&pool).await?;
                Pools::Pg(pool)
            }
        };
        let zone = TimeZone::get("Asia/Jakarta").expect("because the zone table is built in");
        Ok(Self { pools, zone, mark: None })
    }

    /// The same database, with the days of this zone.
    #[must_use]
    pub fn in_zone(self, zone: TimeZone) -> Self {
        Self { zone, ..self }
    }

    /// The same database, of whose figures every signed report says this: they are a demo's.
    #[must_use]
    pub fn marked(self, mark: Option<&'static str>) -> Self {
        Self { mark, ..self }
    }

    pub(crate) fn mark(&self) -> Option<&'static str> {
        self.mark
    }

    /// The day of the city a point in time lies in.
    #[must_use]
    pub fn local_day(&self, at: Timestamp) -> LocalDay {
        at.local_day(&self.zone)
    }

    /// The city's zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether the database still is the file that was opened; a server has no file.
    ///
    /// # Errors
    /// [`StoreError::Gone`]: it was deleted, moved or replaced, and what is written now would be lost.
    pub fn in_place(&self) -> Result<(), StoreError> {
        match &self.pools {
            Pools::Sqlite { file, .. } => file.in_place(),
            Pools::Pg(_) => Ok(()),
        }
    }

    /// A write transaction; there is one at a time.
    ///
    /// # Errors
    /// [`StoreError::Gone`] when its turn did not come in time.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        self.in_place()?;
        match &self.pools {
            Pools::Sqlite { writer, .. } => Ok(Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?)),
            Pools::Pg(pool) => {
                let mut tx = pool.begin().await?;
                // What BEGIN IMMEDIATE is to SQLite.
                sqlx::query("SELECT seq FROM chain WHERE id = 1 FOR UPDATE").execute(&mut *tx).await?;
                Ok(Tx::Pg(tx))
            }
        }
    }

    /// A read-only snapshot; needs no commit.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn read(&self) -> Result<Tx, StoreError> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => Ok(Tx::Sqlite(readers.begin().await?)),
            Pools::Pg(pool) => Ok(Tx::Pg(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)),
        }
    }

    /// Writes a consistent copy of the database into a new file while calls go on. SQLite only.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] on PostgreSQL, which has `pg_dump` for this, and when the file exists.
    pub async fn snapshot(&self, to: &Path) -> Result<(), StoreError> {
        let Pools::Sqlite { readers, .. } = &self.pools else {
            return Err(StoreError::Conflict("PostgreSQL is copied with pg_dump".into()));
        };
        let to = to.to_str().ok_or_else(|| StoreError::Bug("the path is not UTF-8".into()))?;
        if to.is_empty() || Path::new(to).exists() {
            return Err(StoreError::Conflict("the file exists already".into()));
        }
        let mut connection = readers.acquire().await?;
        // A connection that only reads may not fill another file either.
        sqlx::query("PRAGMA query_only = OFF").execute(&mut *connection).await?;
        let done = sqlx::query("VACUUM INTO $1").bind(to).execute(&mut *connection).await;
        sqlx::query("PRAGMA query_only = ON").execute(&mut *connection).await?;
        done?;
        Ok(())
    }

    /// Closes all connections; what is committed is on the disk already.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Pg(pool) => pool.close().await,
        }
    }
}

/// SQLite undoes a transaction by itself when the disk is full; the driver then counts it as open for ever, and nothing
/// could be written through that connection again. Such a connection is closed, and the next one is new.
fn sqlite_pool() -> SqlitePoolOptions {
    SqlitePoolOptions::new().acquire_timeout(Duration::from_secs(TURN_WAIT_S)).after_release(|connection, _| {
        Box::pin(async move {
            // The rollback of a dropped transaction is still on its way; this answer comes behind it.
            connection.ping().await?;
            Ok(!connection.is_in_transaction())
        })
    })
}

#[cfg(test)]
mod tests;
