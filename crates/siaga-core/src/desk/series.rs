//! Calling back by itself: three times, one series per number, never while that number is on the line. Whoever answers
//! says what they need, and a person takes it from there.

use super::{Callback, LineOrder, Step};
use crate::{
    call::{Call, Phase, Prompt, live::Fact},
    ids::{CallId, CallbackId, UserId},
    limits::{CALL_BACK_GAP_MS, CALL_BACKS_AT_ONCE, INTERRUPTED_AFTER_MS, THREATENED_MS},
    phone::Number,
    time::Timestamp,
    view::{
        callback::CallbackResult,
        desk::{CallbackReason, Direction, Link},
    },
};
use std::sync::Arc;

impl Step<'_> {
    /// When the machine calls this number for the time after `done` calls of a series that began at `from`; `None`: a
    /// person must.
    pub(super) fn next_call_back(
        &self,
        number: &str,
        from: Timestamp,
        done: usize,
        reason: CallbackReason,
    ) -> Option<Timestamp> {
        let may_dial = Number::from_e164(number).is_some_and(|number| number.is_domestic());
        let left_to_people = matches!(reason, CallbackReason::Wrote | CallbackReason::FoundReal);
        if left_to_people || !may_dial || self.is_threatened(number) {
            return None;
        }
        let after = *self.desk.policy.queue.call_back_after_ms.get(done)?;
        let soon = done == 0 && reason == CallbackReason::Interrupted;
        Some(from.plus_ms(if soon { after.min(INTERRUPTED_AFTER_MS) } else { after }))
    }

    pub(super) fn in_peace(&self, number: &str) -> bool {
        self.desk.peace.get(number).is_some_and(|until| self.now < *until)
    }

    /// Who writes is not called by the machine: a ringing telephone may betray them. A person decides.
    pub(super) fn wrote(&self, number: &str) -> bool {
        self.desk.callbacks.values().any(|entry| entry.reason == CallbackReason::Wrote && entry.number == number)
    }

    /// The machine does not ring this number: a ringing telephone may betray who cannot speak freely. A person decides.
    fn is_threatened(&self, number: &str) -> bool {
        self.desk.is_threatened(number, self.now)
    }

    /// Marked then. What stands on the list for this number already is a person's from now on.
    pub(super) fn threatened(&mut self, number: &str, at: Timestamp) {
        let (now, threatened) = (self.now, Arc::make_mut(&mut self.desk.threatened));
        threatened.retain(|_, until| now < *until);
        threatened.insert(number.to_owned(), at.plus_ms(THREATENED_MS));
        for entry in self.desk.callbacks.values_mut().filter(|entry| entry.number == number) {
            Arc::make_mut(entry).next_at = None;
        }
    }

    /// The mark was a slip.
    pub(super) fn not_threatened(&mut self, number: &str) {
        Arc::make_mut(&mut self.desk.threatened).remove(number);
    }

    /// Runs on each tick.
    pub(super) fn call_back_by_itself(&mut self) {
        let now = self.now;
        if self.desk.telephone == Link::Down {
            return;
        }
        let mut due: Vec<(CallbackReason, Timestamp, CallbackId)> = self
            .desk
            .callbacks
            .iter()
            .filter_map(|(id, entry)| entry.next_at.filter(|at| *at <= now).map(|at| (entry.reason, at, *id)))
            .collect();
        if due.is_empty() {
            return;
        }
        // Interrupted callers first.
        due.sort();
        let ours = |phase: &Phase| matches!(phase, Phase::Asking { .. } | Phase::Listening(_));
        let open = self.desk.calls.values();
        let mut asking = open.filter(|call| call.about.direction == Direction::CallBack && ours(&call.phase)).count();
        for (_, _, callback) in due {
            if asking >= CALL_BACKS_AT_ONCE {
                return;
            }
            asking += usize::from(self.ask(callback));
        }
    }

    /// Calls this entry's number, unless it is on a line now.
    fn ask(&mut self, callback: CallbackId) -> bool {
        let Some(entry) = self.desk.callbacks.get(&callback).cloned() else { return false };
        let on_line = |call: &Call| {
            !matches!(call.phase, Phase::Wrap(_)) && call.about.number.as_deref() == Some(entry.number.as_str())
        };
        if self.desk.calls.values().any(on_line) {
            return false;
        }
        let call = self.call_out(callback, &entry, Phase::Asking { since: self.now });
        self.set_entry(callback, |entry| {
            entry.next_at = None;
            entry.asked += 1;
        });
        self.order(LineOrder::Ask { call, number: entry.number.clone(), prompt: Prompt::CallBackMenu });
        true
    }

    pub(super) fn set_entry(&mut self, callback: CallbackId, change: impl FnOnce(&mut Callback)) {
        if let Some(entry) = self.desk.callbacks.get_mut(&callback) {
            change(Arc::make_mut(entry));
        }
    }

    /// "Salah tekan": thanked, crossed off, left in peace.
    pub(super) fn mistake(&mut self, call: CallId, number: Option<String>) {
        let Some(number) = number else { return };
        let (now, peace_ms) = (self.now, self.desk.policy.queue.peace_ms);
        let peace = Arc::make_mut(&mut self.desk.peace);
        peace.retain(|_, until| now < *until);
        peace.insert(number.clone(), now.plus_ms(peace_ms));
        self.close_entries(call, &number, CallbackResult::Mistake, None);
        self.thank(call);
    }

    pub(super) fn close_entries(&mut self, call: CallId, number: &str, result: CallbackResult, by: Option<UserId>) {
        let entries: Vec<_> =
            self.desk.callbacks.iter().filter(|(_, entry)| entry.number == number).map(|(id, _)| *id).collect();
        for callback in entries {
            self.desk.callbacks.remove(&callback);
            self.fact(Fact::CallbackTried { callback, call, result, by });
        }
    }

    /// A try led nowhere; the series goes on, and begins anew for who asked for help and lost patience.
    pub(super) fn callback_missed(
        &mut self,
        callback: CallbackId,
        call: CallId,
        result: CallbackResult,
        by: Option<UserId>,
    ) {
        let now = self.now;
        let Some(entry) = self.desk.callbacks.get(&callback).cloned() else { return };
        let (from, asked, earliest) = match result {
            CallbackResult::Gone => (now, 0, now),
            _ => (entry.series_from, entry.asked, now.plus_ms(CALL_BACK_GAP_MS)),
        };
        let next_at = self.next_call_back(&entry.number, from, asked, entry.reason).map(|at| at.max(earliest));
        let next_at = next_at.filter(|_| !self.in_peace(&entry.number) && !self.wrote(&entry.number));
        self.set_entry(callback, |entry| {
            entry.attempts += 1;
            (entry.series_from, entry.asked, entry.next_at) = (from, asked, next_at);
        });
        self.fact(Fact::CallbackTried { callback, call, result, by });
    }
}
