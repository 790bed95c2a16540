//! One transaction on either database, and the macros that write each query once for both.

use crate::StoreError;
use sqlx::{Postgres, Sqlite, Transaction};

/// A transaction. Dropped without [`Tx::commit`], nothing of it happened.
#[derive(Debug)]
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Pg(Transaction<'static, Postgres>),
}

impl Tx {
    /// # Errors
    /// [`StoreError::Gone`]: whether the commit arrived is not known; only commands with an id may be tried again.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await?,
            Tx::Pg(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// The same expression for the transaction at hand: `on!(tx, t => sqlx::query(SQL).execute(&mut **t).await)`.
macro_rules! on {
    ($tx:expr, $t:ident => $body:expr) => {
        match &mut $tx {
            $crate::Tx::Sqlite($t) => $body,
            $crate::Tx::Pg($t) => $body,
        }
    };
}

/// Runs a statement with its values; gives the number of rows it touched.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::tx::on!($tx, t => sqlx::query($sql)$(.bind($value))*.execute(&mut **t).await.map(|done| done.rows_affected()))
            .map_err($crate::StoreError::from)
    };
}

/// All rows, each as `$row` (a `row!` type or a tuple).
macro_rules! fetch_all {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::tx::on!($tx, t => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(&mut **t).await)
            .map_err($crate::StoreError::from)
    };
}

/// Exactly the first row; `NotFound` without one.
macro_rules! fetch_one {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::tx::on!($tx, t => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_one(&mut **t).await)
            .map_err($crate::StoreError::from)
    };
}

/// The first row, if there is one.
macro_rules! fetch_optional {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::tx::on!($tx, t => sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(&mut **t).await)
            .map_err($crate::StoreError::from)
    };
}

/// A plain struct that can be read from a row of either database, column by field name.
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty),+ $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $type),+ }

        impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for $name
        where
            &'static str: sqlx::ColumnIndex<R>,
            $($type: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,)+
        {
            fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
                Ok(Self { $($field: row.try_get(stringify!($field))?),+ })
            }
        }
    };
}

pub(crate) use {execute, fetch_all, fetch_one, fetch_optional, on, row};
