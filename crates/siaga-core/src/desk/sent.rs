//! What arrives beside the voice: a position that the telephone tells by itself, and what a person sends over the location
//! link. The second is evidence like a key: it moves the call up, lifts it in the lists, and is never missed because the
//! line is down.

use super::{EARLY_MAX, Step};
use crate::{
    ids::CallId,
    limits::EARLY_POSITION_MS,
    location::{Located, PositionSource, best},
    screening::{Heard, Signal},
    view::desk::CallbackReason,
};
use std::sync::Arc;

/// What was sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sent {
    Position(Located),
    /// A line of the chat, or a photo.
    Message,
}

/// Whose it is: the call that the link was made for, or that the store found; and the caller's number, which may be on
/// another line by now.
#[derive(Clone, Debug, PartialEq)]
pub struct Sender {
    pub call: Option<CallId>,
    /// E.164.
    pub number: Option<String>,
}

impl Step<'_> {
    pub(super) fn sent(&mut self, from: &Sender, sent: Sent) {
        let now = self.now;
        let theirs = |call: &crate::call::Call| {
            from.call == Some(call.about.call) || (from.number.is_some() && call.about.number == from.number)
        };
        let calls: Vec<CallId> = self.desk.calls.iter().filter(|(_, call)| theirs(call)).map(|(id, _)| *id).collect();
        let by_hand =
            !matches!(sent, Sent::Position(Located { source: PositionSource::Invite | PositionSource::Aml, .. }));
        for id in &calls {
            if let Sent::Position(located) = sent {
                self.locate(*id, located);
            }
            if by_hand {
                if let Some(call) = self.desk.calls.get_mut(id) {
                    call.sent_at = Some(now);
                    call.gave_sign = true;
                }
                self.evidence(*id, Heard::Sent);
            }
        }
        if let (Sent::Position(located), true, Some(number)) = (sent, calls.is_empty(), &from.number) {
            // The telephone was faster than its own INVITE.
            let early = Arc::make_mut(&mut self.desk.early);
            early.retain(|_, one| now.ms_since(one.at) < EARLY_POSITION_MS);
            if early.len() < EARLY_MAX {
                early.insert(number.clone(), located);
            }
        }
        if by_hand {
            self.missed_sent(from, &calls, sent);
        }
    }

    /// Who has no person at the line: lifted on the call-back list, or put there.
    fn missed_sent(&mut self, from: &Sender, calls: &[CallId], sent: Sent) {
        let now = self.now;
        let attended = calls.iter().filter_map(|id| self.desk.calls.get(id)).any(|call| {
            // Somebody speaks with them, will soon, or still writes them up: it stands before that person.
            call.waits() || call.phase.holder().is_some()
        });
        if let (Sent::Message, false, Some(call)) = (sent, attended, from.call) {
            self.callback_due(call, from.number.clone(), CallbackReason::Wrote, String::new());
        }
        for entry in self.desk.callbacks.values_mut() {
            if from.call == Some(entry.call) || from.number.as_ref() == Some(&entry.number) {
                Arc::make_mut(entry).sent_at = Some(now);
            }
        }
    }

    /// A position: shown on the card, and weighed while nobody is on the line.
    pub(super) fn locate(&mut self, id: CallId, located: Located) {
        let found = self.signals_of(Some(&located.position));
        let region = self.desk.world.region;
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        call.position = best(call.position.into_iter().chain([located]), region.as_ref());
        let missing: Vec<Signal> = found.into_iter().filter(|signal| !call.about.signals.contains(signal)).collect();
        if missing.is_empty() {
            return;
        }
        Arc::make_mut(&mut call.about).signals.extend(missing);
        if call.waits() {
            self.judge_again(id);
        }
    }
}
