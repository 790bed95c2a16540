//! Who must be called back, and people who call them.

use super::{DeskReply, LineOrder, Refusal, Step};
use crate::{
    call::{About, Call, Holder, Phase, live::Fact},
    ids::{CallId, CallbackId, UserId},
    phone::show_e164,
    screening::Verdict,
    time::Timestamp,
    view::{
        callback::CallbackResult,
        desk::{CallbackReason, Direction},
    },
};
use std::sync::Arc;

/// An open entry of the call-back list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Callback {
    pub call: CallId,
    /// E.164.
    pub number: String,
    pub reason: CallbackReason,
    pub since: Timestamp,
    /// Tries that led nowhere, of people and of the machine.
    pub attempts: u32,
    /// Calls of the machine in the series that began at `series_from`.
    pub asked: usize,
    pub series_from: Timestamp,
    /// When the machine calls next.
    pub next_at: Option<Timestamp>,
    pub history: String,
    /// Something came over the location link, last then.
    pub sent_at: Option<Timestamp>,
}

impl Step<'_> {
    /// One open entry per number: a second is made only when it is more urgent. Lost again, the series begins anew.
    /// Without a number there is nobody to call.
    pub(super) fn callback_due(
        &mut self,
        call: CallId,
        number: Option<String>,
        reason: CallbackReason,
        history: String,
    ) {
        let Some(number) = number else { return };
        let since = self.now;
        let next_at = self.next_call_back(&number, since, 0, reason).filter(|_| !self.in_peace(&number));
        let next_at = next_at.filter(|_| !self.wrote(&number));
        let mut known = false;
        for entry in self.desk.callbacks.values_mut().filter(|entry| entry.number == number) {
            let entry = Arc::make_mut(entry);
            if entry.reason <= reason {
                known = true;
                (entry.series_from, entry.asked, entry.next_at) = (since, 0, next_at);
            } else {
                // The more urgent entry calls for both.
                entry.next_at = None;
            }
        }
        if known {
            return;
        }
        let callback = CallbackId(self.ids.next_id());
        self.fact(Fact::CallbackDue { callback, call, number: number.clone(), reason });
        let entry = Callback {
            call,
            number,
            reason,
            since,
            attempts: 0,
            asked: 0,
            series_from: since,
            next_at,
            history,
            sent_at: None,
        };
        self.desk.callbacks.insert(callback, Arc::new(entry));
    }

    /// A call that was taken for nuisance was real. Who stands on the list already is called anyway.
    pub(super) fn found_real(&mut self, call: CallId, number: Option<String>) {
        if self.desk.callbacks.values().any(|entry| Some(&entry.number) == number.as_ref()) {
            return;
        }
        self.callback_due(call, number, CallbackReason::FoundReal, String::new());
    }

    /// A person spoke with this number: nobody needs to call it any more.
    pub(super) fn reached(&mut self, call: CallId, number: Option<&str>, by: UserId) {
        let Some(number) = number else { return };
        self.spoke(number, by);
        self.close_entries(call, number, CallbackResult::ReachedHelp, Some(by));
    }

    fn spoke(&mut self, number: &str, by: UserId) {
        let (now, keep_ms) = (self.now, self.desk.policy.queue.same_call_taker_ms);
        if keep_ms <= 0 {
            return;
        }
        let spoke = Arc::make_mut(&mut self.desk.spoke);
        spoke.retain(|_, (_, at)| now.ms_since(*at) < keep_ms);
        spoke.insert(number.to_owned(), (by, now));
    }

    fn is_dialled(&self, callback: CallbackId) -> bool {
        let out = |phase: &Phase| matches!(phase, Phase::Dialling { .. } | Phase::Asking { .. } | Phase::Listening(_));
        self.desk.calls.values().any(|call| call.about.callback == Some(callback) && out(&call.phase))
    }

    /// A call of ours begins. Calls that we make are no calls to 112 and count nowhere.
    pub(super) fn call_out(&mut self, callback: CallbackId, entry: &Callback, phase: Phase) -> CallId {
        let id = CallId(self.ids.next_id());
        let about = About {
            call: id,
            drill: None,
            direction: Direction::CallBack,
            number: Some(entry.number.clone()),
            number_raw: None,
            number_shown: Some(show_e164(&entry.number)),
            display_name: None,
            sip_call_id: None,
            offered_at: self.now,
            signals: Vec::new(),
            history: entry.history.clone(),
            real_before: false,
            callback: Some(callback),
        };
        self.desk.calls.insert(id, Call::new(about, phase));
        self.decide(id, Verdict::plain(None));
        id
    }

    pub(super) fn call_back(&mut self, user: UserId, callback: CallbackId) -> Result<DeskReply, Refusal> {
        let mine = |call: &&Call| {
            call.about.callback == Some(callback) && call.phase.on_line().is_some_and(|holder| holder.user == user)
        };
        if let Some(call) = self.desk.calls.values().find(mine) {
            return Ok(DeskReply::Call(call.about.call));
        }
        let (seat, station) = self.speaking_seat(user)?;
        let entry = self.desk.callbacks.get(&callback).cloned().ok_or(Refusal::CallbackGone)?;
        if self.is_dialled(callback) {
            return Err(Refusal::CallbackTaken);
        }
        let holder = Holder { seat, user, since: self.now };
        let id = self.call_out(callback, &entry, Phase::Dialling { holder, station });
        self.leave_wrap(seat, id);
        self.order(LineOrder::Dial { call: id, number: entry.number.clone(), station });
        Ok(DeskReply::Call(id))
    }

    pub(super) fn drop_callback(&mut self, user: UserId, callback: CallbackId) -> Result<DeskReply, Refusal> {
        if self.is_dialled(callback) {
            return Err(Refusal::CallbackTaken);
        }
        self.desk.callbacks.remove(&callback).ok_or(Refusal::CallbackGone)?;
        self.fact(Fact::CallbackDropped { callback, by: user });
        Ok(DeskReply::Done)
    }
}
