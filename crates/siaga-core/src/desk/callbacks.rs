//! Who must be called back, and calling them.

use super::{Callback, DeskReply, LineOrder, Refusal, Step};
use crate::{
    call::{About, Call, Holder, Phase, live::Fact},
    ids::{CallId, CallbackId, UserId},
    phone::show_e164,
    screening::Verdict,
    view::desk::{CallbackReason, Direction},
};

impl Step<'_> {
    /// One open entry per number: a second is made only when it is more urgent. Without a number there is nobody to
    /// call.
    pub(super) fn callback_due(
        &mut self,
        call: CallId,
        number: Option<String>,
        reason: CallbackReason,
        history: String,
    ) {
        let Some(number) = number else { return };
        if self.desk.callbacks.values().any(|entry| entry.number == number && entry.reason <= reason) {
            return;
        }
        let callback = CallbackId(self.ids.next_id());
        self.fact(Fact::CallbackDue { callback, call, number: number.clone(), reason });
        let since = self.now;
        self.desk.callbacks.insert(callback, Callback { call, number, reason, since, attempts: 0, history });
    }

    /// A person spoke with this number: nobody needs to call it any more.
    pub(super) fn reached(&mut self, call: CallId, number: Option<&str>) {
        let Some(number) = number else { return };
        let entries: Vec<_> =
            self.desk.callbacks.iter().filter(|(_, entry)| entry.number == number).map(|(id, _)| *id).collect();
        for callback in entries {
            self.desk.callbacks.remove(&callback);
            self.fact(Fact::CallbackTried { callback, call, reached: true });
        }
    }

    /// Nobody took it up at the other end.
    pub(super) fn callback_missed(&mut self, callback: CallbackId, call: CallId) {
        if let Some(entry) = self.desk.callbacks.get_mut(&callback) {
            entry.attempts = entry.attempts.saturating_add(1);
            self.fact(Fact::CallbackTried { callback, call, reached: false });
        }
    }

    fn is_dialled(&self, callback: CallbackId) -> bool {
        self.desk
            .calls
            .values()
            .any(|call| call.about.callback == Some(callback) && matches!(call.phase, Phase::Dialling { .. }))
    }

    pub(super) fn call_back(&mut self, user: UserId, callback: CallbackId) -> Result<DeskReply, Refusal> {
        let mine = |call: &&Call| {
            call.about.callback == Some(callback) && call.phase.on_line().is_some_and(|holder| holder.user == user)
        };
        if let Some(call) = self.desk.calls.values().find(mine) {
            return Ok(DeskReply::Call(call.about.call));
        }
        let (seat, station) = self.speaking_seat(user)?;
        let entry = self.desk.callbacks.get(&callback).ok_or(Refusal::CallbackGone)?;
        if self.is_dialled(callback) {
            return Err(Refusal::CallbackTaken);
        }
        let (number, history) = (entry.number.clone(), entry.history.clone());
        let id = CallId(self.ids.next_id());
        let about = About {
            call: id,
            direction: Direction::CallBack,
            number: Some(number.clone()),
            number_raw: None,
            number_shown: Some(show_e164(&number)),
            display_name: None,
            sip_call_id: None,
            offered_at: self.now,
            verdict: None,
            history,
            real_before: false,
            callback: Some(callback),
        };
        let holder = Holder { seat, user, since: self.now };
        self.desk.calls.insert(id, Call::new(about, Phase::Dialling { holder, station }));
        self.decide(id, Verdict::plain(None));
        self.leave_wrap(seat, id);
        self.order(LineOrder::Dial { call: id, number, station });
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
