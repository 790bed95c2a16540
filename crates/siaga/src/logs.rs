//! Logs go to stderr, one line each; stdout belongs to what a command answers.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// What is logged unless `SIAGA_LOG` says otherwise.
pub const FILTER: &str = "info,str0m=warn,is=warn,sqlx=warn,hyper=warn,rustls=warn";
/// The SIP library prints whole messages, callers and all, from its INFO level on.
const TALKATIVE: &str = "rsipstack";

/// The filter that was asked for, in which the SIP library never says more than warnings, whatever was asked.
#[must_use]
pub fn filter(asked: Option<&str>) -> String {
    let asked = asked.filter(|asked| !asked.trim().is_empty()).unwrap_or(FILTER);
    let ours = asked.split(',').filter(|directive| !directive.contains(TALKATIVE));
    ours.chain(["rsipstack=warn"]).collect::<Vec<_>>().join(",")
}

/// Starts logging, once.
pub fn start() {
    let asked = std::env::var("SIAGA_LOG").ok();
    // A second start (tests) keeps the first.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter(asked.as_deref())))
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .try_init();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_filter_lets_the_sip_library_print_callers() {
        let rows = [
            (None, "info,str0m=warn,is=warn,sqlx=warn,hyper=warn,rustls=warn,rsipstack=warn"),
            (Some("  "), "info,str0m=warn,is=warn,sqlx=warn,hyper=warn,rustls=warn,rsipstack=warn"),
            (Some("trace"), "trace,rsipstack=warn"),
            (Some("debug,rsipstack=trace,siaga=info"), "debug,siaga=info,rsipstack=warn"),
            (Some("rsipstack::transport::udp=info"), "rsipstack=warn"),
        ];
        for (asked, expected) in rows {
            assert_eq!(filter(asked), expected, "{asked:?}");
        }
    }
}
