//! The sheet of a call: merge by field, append-only notes.
