//! What the process before this one left behind: its open calls ended with it, and their callers are called first.

use super::{Callback, Step};
use crate::{
    call::live::Fact,
    ids::{CallId, CallbackId, UserId},
    limits::{CALL_BACK_STALE_MS, INTERRUPTED_AFTER_MS},
    time::Timestamp,
    view::{
        call::{CallOutcome, EndedBy},
        desk::{CallbackReason, Direction},
    },
};

use std::sync::Arc;

/// A call whose row has no end.
#[derive(Clone, Debug, PartialEq)]
pub struct LostCall {
    pub call: CallId,
    pub direction: Direction,
    pub number: Option<String>,
    pub offered_at: Timestamp,
    pub answered: bool,
    pub history: String,
    /// A shift lead was on it when its process ended, since then.
    pub lead: Option<(UserId, Timestamp)>,
}

/// An open entry of the call-back list.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenCallback {
    pub callback: CallbackId,
    pub call: CallId,
    pub number: String,
    pub reason: CallbackReason,
    pub since: Timestamp,
    pub attempts: u32,
    /// Of these, made by the machine.
    pub machine_attempts: u32,
    pub history: String,
}

impl Step<'_> {
    /// May come late (the database was away at start): calls of this process are left alone.
    pub(super) fn recovered(
        &mut self,
        calls: Vec<LostCall>,
        callbacks: Vec<OpenCallback>,
        threatened: Vec<(String, Timestamp)>,
    ) {
        for (number, at) in threatened {
            self.threatened(&number, at);
        }
        for open in callbacks {
            let OpenCallback { callback, call, number, reason, since, attempts, machine_attempts, history } = open;
            let asked = usize::try_from(machine_attempts).unwrap_or(usize::MAX);
            // The consoles first come back.
            let soon = self.now.plus_ms(INTERRUPTED_AFTER_MS);
            let fresh = self.now.ms_since(since) < CALL_BACK_STALE_MS;
            let next_at = self.next_call_back(&number, since, asked, reason).filter(|_| fresh).map(|at| at.max(soon));
            let entry = Callback {
                call,
                number,
                reason,
                since,
                attempts,
                asked,
                series_from: since,
                next_at,
                history,
                sent_at: None,
            };
            self.desk.callbacks.entry(callback).or_insert_with(|| Arc::new(entry));
        }
        let entries: Vec<_> = self.desk.callbacks.iter().map(|(id, entry)| (*id, entry.number.clone())).collect();
        for (callback, number) in entries {
            if self.wrote(&number) {
                self.set_entry(callback, |entry| entry.next_at = None);
            }
        }
        for lost in calls {
            if lost.offered_at >= self.desk.started_at || self.desk.calls.contains_key(&lost.call) {
                continue;
            }
            let outcome = match (lost.answered, lost.direction) {
                (true, _) => CallOutcome::Answered,
                (false, Direction::Incoming) => CallOutcome::Failed,
                (false, Direction::CallBack | Direction::Drill) => CallOutcome::Abandoned,
            };
            // Who was only being dialled still stands on the list.
            let simulated = lost.direction == Direction::Drill;
            if !simulated && (lost.answered || lost.direction == Direction::Incoming) {
                self.callback_due(lost.call, lost.number, CallbackReason::Interrupted, lost.history);
            }
            if let Some((by, since)) = lost.lead {
                self.fact(Fact::SupervisionEnded { call: lost.call, by, since });
            }
            self.fact(Fact::Ended { call: lost.call, outcome, by: EndedBy::Interrupted });
        }
    }
}
