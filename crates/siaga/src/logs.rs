//! Logs go to stderr, one line each; stdout belongs to what a command answers.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// What is logged unless `SIAGA_LOG` says otherwise. The SIP library prints callers at its INFO level: kept silent.
pub const FILTER: &str = "info,rsipstack=warn,str0m=warn,is=warn,sqlx=warn,hyper=warn,rustls=warn";

/// Starts logging, once.
pub fn start() {
    let asked = std::env::var("SIAGA_LOG").ok().filter(|asked| !asked.trim().is_empty());
    let filter = EnvFilter::new(asked.as_deref().unwrap_or(FILTER));
    // A second start (tests) keeps the first.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .try_init();
}
