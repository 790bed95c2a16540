//! What the guard settled by itself. A message that never becomes a call is in no figure of the calls: it is counted here.

use std::{collections::BTreeMap, net::IpAddr};

pub(super) const FORBIDDEN: u16 = 403;
pub(super) const NO_SUCH_CALL: u16 = 481;
pub(super) const DEFERRED: u16 = 503;

/// Counted since the start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Answers by their status: 400, 501, 505 and 513 for what is broken, 403 for INVITEs of strangers, 481 for
    /// what they send to a call that is not theirs, 503 for deferred
    /// callers (retransmissions included, whom the events count once).
    pub answers: BTreeMap<u16, u64>,
    /// Not SIP, or too broken to be answered.
    pub ignored: u64,
    /// Beyond what a stranger may send.
    pub limited: u64,
}

impl Tally {
    pub(super) fn answered(&mut self, status: u16, source: IpAddr) {
        let count = self.answers.entry(status).or_default();
        *count += 1;
        // A flood must not fill the log: said at 1, 2, 4, 8 ...
        if count.is_power_of_two() {
            if status == DEFERRED {
                return tracing::warn!(%source, count, "no line was free: a caller was answered 503 and is called back");
            }
            let what = match status {
                FORBIDDEN => "INVITE from an address that is no trunk peer",
                NO_SUCH_CALL => "a stranger wants to end a call that is not theirs",
                _ => "a SIP message that is broken beyond repair",
            };
            tracing::info!(%source, status, count, "{what}");
        }
    }

    pub(super) fn ignored(&mut self) {
        self.ignored += 1;
        if self.ignored.is_power_of_two() {
            tracing::info!(count = self.ignored, "what came to the SIP port is no SIP, or too broken to be answered");
        }
    }

    pub(super) fn limited(&mut self) {
        self.limited += 1;
        if self.limited.is_power_of_two() {
            tracing::info!(count = self.limited, "a stranger sends more than is taken");
        }
    }
}
