//! The one error type of this crate, by what the caller can do about it. It holds no values of rows: a number or a
//! name must not reach a log through an error.

use sqlx::error::ErrorKind;

#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StoreError {
    /// The database does not answer, or not in time. The same may succeed later: spool it, or answer 503.
    #[error("the database is away: {0}")]
    Gone(String),
    /// Somebody else was first, or the thing exists already. Answer 409; trying again changes nothing.
    #[error("conflict: {0}")]
    Conflict(String),
    /// There is no such thing. Answer 404.
    #[error("not found")]
    NotFound,
    /// Our mistake or a damaged database: log it, answer 500.
    #[error("store: {0}")]
    Bug(String),
}

impl StoreError {
    /// A row that does not say what this program writes.
    pub(crate) fn row(table: &str, column: &str) -> Self {
        Self::Bug(format!("{table}.{column} holds a word this program does not know"))
    }
}

/// PostgreSQL: connection exceptions (08), serialization failure and deadlock (40), too many connections and disk
/// full (53), shutdown (57), lock timeout (55P03), a server that only reads (25006).
/// SQLite: busy 5, locked 6, I/O 10, full 13, cannot open 14 (extended codes keep the low byte); read-only 8.
fn is_temporary(code: &str) -> bool {
    if code.len() == 5 {
        return ["08", "40", "53", "57"].iter().any(|class| code.starts_with(class))
            || matches!(code, "55P03" | "25006");
    }
    code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14))
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Gone(error.to_string()),
            // A constraint's name is ours; the message may carry values.
            sqlx::Error::Database(database) => match database.kind() {
                ErrorKind::UniqueViolation => Self::Conflict("it exists already".into()),
                ErrorKind::ForeignKeyViolation => Self::Conflict("what it refers to does not exist".into()),
                _ => {
                    let code = database.code().unwrap_or_default();
                    let text = format!("{} ({code})", database.message());
                    if is_temporary(&code) { Self::Gone(text) } else { Self::Bug(text) }
                }
            },
            _ => Self::Bug(error.to_string()),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::Execute(error) | sqlx::migrate::MigrateError::ExecuteMigration(error, _) => {
                error.into()
            }
            other => Self::Bug(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_temporary;

    #[test]
    fn what_may_pass_is_told_from_what_is_wrong() {
        for code in ["08006", "57P01", "53300", "40P01", "55P03", "5", "517", "10", "2570", "13", "14"] {
            assert!(is_temporary(code), "{code} may pass");
        }
        for code in ["42P01", "23514", "1", "", "22P02", "11"] {
            assert!(!is_temporary(code), "{code} is ours to mend");
        }
    }
}
