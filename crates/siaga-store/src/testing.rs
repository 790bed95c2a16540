//! Tests on both databases: `on_both! { async fn name(store: Store) { ... } }` makes `name::sqlite` and
//! `name::postgres`. PostgreSQL is the throw-away cluster of `scripts/test-postgres`, found by `SIAGA_TEST_PG` (its
//! socket folder); without it the second test says so and passes.

use crate::{Store, StoreConfig, Tx};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    future::Future,
    path::{Path, PathBuf},
};
use uuid::Uuid;

/// Writes each test once for both databases. The crate that uses it needs nothing but this one.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($store:ident: Store) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn body($store: $crate::Store) $body

            #[test]
            fn sqlite() {
                $crate::testing::on_sqlite(body);
            }

            #[test]
            fn postgres() {
                $crate::testing::on_postgres(body);
            }
        }
    )+};
}

/// A folder that goes when the test is over.
#[derive(Debug)]
pub struct TestFolder(PathBuf);

impl TestFolder {
    #[must_use]
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("siaga-test-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&path).expect("because a test may write to the temporary folder");
        Self(path)
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Default for TestFolder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for TestFolder {
    fn drop(&mut self) {
        // A folder left behind in the temporary folder harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// An empty SQLite store; keep the folder as long as the store.
pub async fn sqlite() -> (Store, TestFolder) {
    let folder = TestFolder::new();
    let config = StoreConfig::Sqlite { path: folder.path().join("siaga.db") };
    (Store::open(&config).await.expect("because an empty folder takes a database"), folder)
}

/// Makes the figures of an SQLite file disagree with each other, as no statement of this program does.
pub async fn damage_figures(path: &Path) {
    let store = Store::open(&StoreConfig::Sqlite { path: path.to_owned() }).await.expect("because the file is ours");
    let mut tx = store.begin().await.expect("because nobody else writes");
    for sql in ["UPDATE call_day SET outcome = 'lost'", "UPDATE class_month SET outcome = 'lost'"] {
        crate::tx::execute!(tx, sql).expect("because the table is there");
    }
    tx.commit().await.expect("because nobody else writes");
    store.close().await;
}

/// Changes tables behind the program's back, as somebody with the file in hand could.
pub async fn meddle(store: &Store, sql: &'static str) {
    let mut tx = store.begin().await.expect("because a test's store is open");
    let rows = crate::tx::execute!(tx, sql).expect("because the test's statement is right");
    assert_ne!(rows, 0, "nothing was changed by {sql}");
    tx.commit().await.expect("because a test's store is open");
}

/// The database may not grow any more, as on a full disk, until its connection is closed. SQLite only.
pub async fn fill(store: &Store) {
    let mut tx = store.begin().await.expect("because a test's store is open");
    let sql = "PRAGMA page_count";
    let (pages,) = crate::tx::fetch_one!(tx, (i64,), sql).expect("because it is an SQLite file");
    let Tx::Sqlite(sqlite) = &mut tx else { panic!("only SQLite has pages") };
    let sql = AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
    sqlx::raw_sql(sql).execute(&mut **sqlite).await.expect("because it is an SQLite file");
    tx.commit().await.expect("because nothing was written");
}

fn run<F: Future<Output = ()>>(future: F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("because a runtime starts").block_on(future);
}

/// Runs a test body on an empty SQLite file.
pub fn on_sqlite<F: Future<Output = ()>>(body: impl FnOnce(Store) -> F) {
    run(async {
        let (store, _folder) = sqlite().await;
        body(store.clone()).await;
        store.close().await;
    });
}

/// Runs a test body in a schema of its own of the throw-away PostgreSQL.
pub fn on_postgres<F: Future<Output = ()>>(body: impl FnOnce(Store) -> F) {
    let Some(socket) = std::env::var_os("SIAGA_TEST_PG").map(PathBuf::from) else {
        eprintln!("skipped: no PostgreSQL (SIAGA_TEST_PG is not set; see scripts/test-postgres)");
        return;
    };
    run(async {
        let base = format!("postgres://siaga@localhost/siaga?host={}", socket.display());
        let schema = format!("t{}", Uuid::now_v7().simple());
        let mut connection = PgConnection::connect(&base).await.expect("because SIAGA_TEST_PG names a live socket");
        let mut command = async |sql: String| {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect("because the cluster is ours")
        };
        command(format!("CREATE SCHEMA {schema}")).await;
        let config = StoreConfig::Postgres { url: format!("{base}&options[search_path]={schema}") };
        let store = Store::open(&config).await.expect("because an empty schema takes our tables");
        body(store.clone()).await;
        store.close().await;
        command(format!("DROP SCHEMA {schema} CASCADE")).await;
    });
}
