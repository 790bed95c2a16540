//! The figures of a period and the identities that must hold.
