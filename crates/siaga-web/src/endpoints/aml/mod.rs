//! `/api/aml`: positions that telephones send by themselves (AML over HTTPS, ELS).

pub mod post;
