//! What must hold after each event.

use crate::world::World;
use siaga_core::{
    ids::CallId,
    phone::show_e164,
    view::desk::{CallCard, CallPhase, DeskView, Direction, Lane, SeatState, SeatView},
};
use std::collections::BTreeSet;

/// A line that does not come up for the challenge rings like any other after this long (ms).
const HEARS_FIRST_MS_MAX: i64 = 15_000;
const LANE_B_MS_MAX: i64 = 60_000;
const SILENT_LINE_MS: i64 = 20_000;
/// The sentence, and the time in which a voice that goes on brings a person.
const HANDED_OFF_LOUD_MS_MAX: i64 = 9_000 + 15_000 + 200;
/// Another seat than the one that handed off comes first for so long.
const ANOTHER_SEAT_MS: i64 = 20_000;

impl World {
    pub fn check(&self, lost: &[CallId]) {
        let view = self.desk.view(self.now, 1);
        one_seat_one_call(&view);
        self.leads_are_seen(&view);
        self.every_call_is_somewhere();
        self.who_was_lost_is_called_back(&view, lost);
        self.silent_lines_are_seen(&view);
        self.a_free_seat_rings(&view);
        self.who_is_heard_is_not_behind_silence(&view);
        self.who_is_handed_off_is_listened_to(&view);
        self.real_callers_stand_before_simulated_ones(&view);
    }

    /// No simulated call rings while a real one that may ring does not.
    fn real_callers_stand_before_simulated_ones(&self, view: &DeskView) {
        let drill = |call: CallId| self.drills.contains(&call);
        let real_waits =
            view.calls.iter().any(|card| !drill(card.call_id) && card.seat.is_none() && self.may_ring(card));
        let drill_rings =
            view.seats.iter().any(|seat| seat.state == SeatState::Ringing && seat.call.is_some_and(drill));
        assert!(!(real_waits && drill_rings), "a real caller is behind a drill");
    }

    /// A key brings a person at once, a voice that goes on does too; the line stays with a row that has no end.
    fn who_is_handed_off_is_listened_to(&self, view: &DeskView) {
        for card in view.calls.iter().filter(|card| card.phase == CallPhase::HandedOff) {
            assert!(!self.ended.contains(&card.call_id), "a line that is down is listened to");
            assert_ne!(self.pressed, Some(card.call_id), "a key was heard and brought nobody");
            let loud = self.handed_off.get(&card.call_id).expect("because a fact told it");
            let heard_ms = loud.map_or(0, |since| self.now.ms_since(since));
            let handed_off_ms = self.handed_off_ms(card.call_id);
            assert!(heard_ms.min(handed_off_ms) < HANDED_OFF_LOUD_MS_MAX, "a voice goes unheard: {card:?}");
        }
    }

    fn every_call_is_somewhere(&self) {
        for call in &self.arrived {
            assert!(self.ended.contains(call) || self.desk.knows(*call), "a call is lost");
        }
    }

    fn who_was_lost_is_called_back(&self, view: &DeskView, lost: &[CallId]) {
        let shown: BTreeSet<_> = view.callbacks.iter().map(|entry| entry.callback_id).collect();
        let known: BTreeSet<_> = self.entries.keys().copied().collect();
        assert_eq!(shown, known, "the list and its facts say the same");
        for call in lost {
            let row = &self.rows[call];
            let Some(number) = row.number.as_deref().filter(|_| row.direction == Direction::Incoming) else { continue };
            let number = show_e164(number);
            assert!(view.callbacks.iter().any(|entry| entry.number == number), "nobody calls a lost caller back");
        }
    }

    fn silent_lines_are_seen(&self, view: &DeskView) {
        for (call, (up_at, heard)) in &self.machine {
            let card = view.calls.iter().find(|card| card.call_id == *call).expect("because its line is up");
            if card.phase != CallPhase::Listening {
                continue;
            }
            if !heard && self.now.ms_since(*up_at) >= SILENT_LINE_MS {
                assert!(card.silent_line, "a silent line is nowhere");
            }
            if *heard && card.answered_at.is_some() {
                assert!(!card.silent_line && card.class.is_none(), "who gave a sign is no ghost");
            }
        }
    }

    fn may_ring(&self, card: &CallCard) -> bool {
        if !self.rows.contains_key(&card.call_id) {
            return false;
        }
        let hears_first = card.phase == CallPhase::Listening
            && (card.blocked || card.direction == Direction::CallBack)
            && match self.machine.get(&card.call_id) {
                Some((up_at, heard)) => !heard && self.now.ms_since(*up_at) < SILENT_LINE_MS,
                None => self.now.ms_since(card.offered_at) < HEARS_FIRST_MS_MAX,
            };
        let waits = matches!(card.phase, CallPhase::Ringing | CallPhase::Listening | CallPhase::Waiting);
        // A person had its caller asked and left it to the machine; nothing was heard since.
        let left = card.phase == CallPhase::Listening && card.answered_at.is_some() && card.silent_line;
        waits && !left && !hears_first && !card.why.contains("salah tekan") && self.is_called_by_us(card)
    }

    /// A call-back whose line is not up waits for nobody.
    fn is_called_by_us(&self, card: &CallCard) -> bool {
        card.direction != Direction::CallBack || card.phase != CallPhase::Ringing
    }

    fn a_free_seat_rings(&self, view: &DeskView) {
        if !view.seats.iter().any(|seat| seat.state == SeatState::Ready) {
            return;
        }
        let real = |card: &&CallCard| !self.drills.contains(&card.call_id);
        let none_real = !view.calls.iter().filter(real).any(|card| card.seat.is_none() && self.may_ring(card));
        let waits = |card: &&CallCard| card.seat.is_none() && self.may_ring(card) && (real(card) || none_real);
        for card in view.calls.iter().filter(waits) {
            let waited_ms = self.now.ms_since(card.offered_at);
            let waits_for_another = card.handed_off.is_some_and(|off| {
                let fresh = off.back_at.is_some_and(|at| self.now.ms_since(at) < ANOTHER_SEAT_MS);
                let ready = |seat: &&SeatView| seat.state == SeatState::Ready;
                fresh && view.seats.iter().filter(ready).all(|seat| seat.seat == off.seat)
            });
            if waits_for_another {
                continue;
            }
            let waited_ms = card.handed_off.and_then(|off| off.back_at).map_or(waited_ms, |at| self.now.ms_since(at));
            let kept = card.lane == Lane::B && waited_ms < LANE_B_MS_MAX;
            // A line that is coming up for somebody shows as ringing with its seat.
            assert!(kept, "a call waits beside a free seat: {card:?}");
        }
    }

    fn who_is_heard_is_not_behind_silence(&self, view: &DeskView) {
        let heard = |card: &&CallCard| {
            card.seat.is_none()
                && card.lane == Lane::A
                && card.phase == CallPhase::Listening
                && self.machine.get(&card.call_id).is_some_and(|(_, heard)| *heard)
                && self.may_ring(card)
                && !self.drills.contains(&card.call_id)
        };
        if view.calls.iter().any(|card| heard(&card)) {
            let silent =
                |card: &&CallCard| card.phase == CallPhase::Listening && card.seat.is_some() && card.silent_line;
            assert!(!view.calls.iter().any(|card| silent(&card)), "a silent line rings before who is heard");
        }
    }
}

fn one_seat_one_call(view: &DeskView) {
    let mut busy = BTreeSet::new();
    for seat in &view.seats {
        if matches!(seat.state, SeatState::Talking | SeatState::Ringing) {
            let call = seat.call.expect("because a busy seat has a call");
            assert!(busy.insert(call), "two seats on one call");
        }
    }
    let mut users = BTreeSet::new();
    assert!(view.seats.iter().all(|seat| users.insert(seat.user_id)), "one person on two seats");
}
