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
    /// A constraint, or a word this program does not know: the same is refused for ever. Our mistake: answer 500.
    #[error("refused: {0}")]
    Refused(String),
    /// Our mistake or a damaged database: log it, answer 500. What was to be written is kept: a repair may let it in.
    #[error("store: {0}")]
    Bug(String),
}

impl StoreError {
    /// A row that does not say what this program writes.
    pub(crate) fn row(table: &str, column: &str) -> Self {
        Self::Refused(format!("{table}.{column} holds a word this program does not know"))
    }

    /// The database answered, and will answer the same for ever. Everything else may pass, and is worth another try.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Conflict(_) | Self::Refused(_))
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

/// PostgreSQL: data exceptions (22), constraints (23). SQLite: too big 18, constraint 19, mismatch 20.
fn is_refusal(code: &str) -> bool {
    if code.len() == 5 {
        return code.starts_with("22") || code.starts_with("23");
    }
    code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 18..=20))
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            // The state of a connection, not of what was asked: the next connection may do it.
            | sqlx::Error::Protocol(_)
            | sqlx::Error::BeginFailed
            | sqlx::Error::InvalidSavePointStatement => Self::Gone(error.to_string()),
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::Encode(_) => {
                Self::Refused(error.to_string())
            }
            // A constraint's name is ours; the message may carry values.
            sqlx::Error::Database(database) => match database.kind() {
                ErrorKind::UniqueViolation => Self::Conflict("it exists already".into()),
                ErrorKind::ForeignKeyViolation => Self::Conflict("what it refers to does not exist".into()),
                _ => {
                    let code = database.code().unwrap_or_default();
                    let text = format!("{} ({code})", database.message());
                    match () {
                        () if is_temporary(&code) => Self::Gone(text),
                        () if is_refusal(&code) => Self::Refused(text),
                        () => Self::Bug(text),
                    }
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
    use super::{StoreError, is_refusal, is_temporary};

    #[test]
    fn what_may_pass_is_told_from_what_is_wrong() {
        for code in ["08006", "57P01", "53300", "40P01", "55P03", "5", "517", "10", "2570", "13", "14"] {
            assert!(is_temporary(code), "{code} may pass");
        }
        for code in ["42P01", "23514", "1", "", "22P02", "11"] {
            assert!(!is_temporary(code), "{code} is ours to mend");
        }
        for code in ["23502", "23514", "22P02", "19", "1299", "20"] {
            assert!(is_refusal(code), "{code} is refused for ever");
        }
        for code in ["42P01", "1", "", "11", "26", "13", "53100"] {
            assert!(!is_refusal(code), "{code} says nothing about what was to be written");
        }
    }

    #[test]
    fn a_connection_in_a_wrong_state_is_no_verdict_on_what_was_written() {
        let confused = StoreError::from(sqlx::Error::InvalidSavePointStatement);
        assert!(matches!(confused, StoreError::Gone(_)) && !confused.is_final(), "{confused}");
    }
}
