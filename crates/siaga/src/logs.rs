//! Logs go to stderr, one line each; stdout belongs to what a command answers.

use tracing_subscriber::EnvFilter;

/// What is logged unless `SIAGA_LOG` says otherwise. The SIP library prints callers at its INFO level: kept silent.
pub const FILTER: &str = "info,rsipstack=warn,str0m=warn,is=warn,sqlx=warn,hyper=warn,rustls=warn";

/// Starts logging, once.
pub fn start() {
    let filter = EnvFilter::try_from_env("SIAGA_LOG").unwrap_or_else(|_| EnvFilter::new(FILTER));
    // A second start (tests) keeps the first.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
