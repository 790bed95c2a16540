//! The desk as consoles see it.

use super::{Desk, seat::Seat, seat::Station};
use crate::{
    call::Phase,
    ids::SeatId,
    limits::{DESK_CARDS_MAX, SEAT_GONE_MS},
    link,
    phone::{Number, show_e164},
    time::Timestamp,
    view::desk::{CallCard, CallbackReason, CallbackView, DeskView, Links, SeatState, SeatView},
};

impl Desk {
    /// A whole picture; `sequence` is the engine's count of changes.
    #[must_use]
    pub fn view(&self, now: Timestamp, sequence: u64) -> DeskView {
        let mut cards: Vec<CallCard> = self.calls.values().map(|call| call.card(&self.policy.queue, now)).collect();
        for card in cards.iter_mut().filter(|card| !card.duress) {
            let number = self.calls.get(&card.call_id).and_then(|call| call.about.known_number());
            card.duress_before = number.is_some_and(|number| self.is_threatened(number, now));
        }
        for outside in self.outside.values() {
            if let Some(card) = cards.iter_mut().find(|card| card.call_id == outside.call) {
                card.telephone = Some(outside.telephone.name.clone());
            }
        }
        cards.sort_by_key(|card| (card.offered_at, card.call_id));
        let waiting: Vec<_> = self.calls.values().filter(|call| call.waits()).collect();
        let waiting_since = waiting.iter().map(|call| call.about.offered_at).min();
        let waiting_count = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
        if cards.len() > DESK_CARDS_MAX {
            // What a person works on is always shown; of the rest the oldest.
            cards.sort_by_key(|card| (card.seat.is_none(), card.offered_at, card.call_id));
            cards.truncate(DESK_CARDS_MAX);
            cards.sort_by_key(|card| (card.offered_at, card.call_id));
        }
        DeskView {
            sequence,
            now,
            calls: cards,
            waiting_count,
            waiting_since,
            seats: self.seats.iter().map(|(id, seat)| self.seat_view(*id, seat, now)).collect(),
            overdue_count: self.world.overdue_count,
            callbacks: self.callback_views(now),
            last_emergency_at: self.world.last_emergency_at,
            handover_since: self.world.handover_since,
            links: Links { telephone: self.telephone, data: self.data, recording: self.recording },
        }
    }

    fn seat_view(&self, id: SeatId, seat: &Seat, now: Timestamp) -> SeatView {
        let since = |call: &crate::ids::CallId| {
            self.calls.get(call).and_then(|call| match call.phase {
                Phase::Wrap(wrap) => Some(wrap.ended_at),
                phase => phase.on_line().map(|holder| holder.since).or_else(|| phase.offer().map(|offer| offer.since)),
            })
        };
        let (on_line, ringing, wrap) = (self.on_line(id), self.ringing_at(id), self.wrap(id));
        let call = on_line.or(ringing).or(wrap);
        let call_since = call.as_ref().and_then(since).unwrap_or(seat.idle_since);
        let (state, since) = if !seat.is_reachable(now) {
            let page_lost_at = seat.heartbeat_at.plus_ms(SEAT_GONE_MS);
            (
                SeatState::Gone,
                match seat.station {
                    Station::Down { since, .. } if seat.page_lives(now) => since,
                    Station::Down { since, .. } => since.min(page_lost_at),
                    Station::Up(_) => page_lost_at,
                },
            )
        } else if on_line.is_some() {
            (SeatState::Talking, call_since)
        } else if ringing.is_some() {
            (SeatState::Ringing, call_since)
        } else if wrap.is_some() {
            (SeatState::Wrap, call_since)
        } else if let Some(paused) = seat.paused_since {
            (SeatState::Paused, paused)
        } else {
            (SeatState::Ready, seat.idle_since)
        };
        SeatView { seat: id, user_id: seat.user, display_name: seat.display_name.clone(), state, since, call }
    }

    /// Who threatens a caller of this number may still stand beside them.
    pub(super) fn is_threatened(&self, number: &str, now: Timestamp) -> bool {
        self.threatened.get(number).is_some_and(|until| now < *until)
    }

    fn callback_views(&self, now: Timestamp) -> Vec<CallbackView> {
        let mut entries: Vec<_> = self.callbacks.iter().collect();
        entries.sort_by_key(|(id, entry)| {
            // Whom a ring may betray comes last: nobody dials them because they head the list.
            let duress = self.is_threatened(&entry.number, now);
            (duress, entry.sent_at.is_none(), entry.reason.min(CallbackReason::Deferred), entry.since, **id)
        });
        entries
            .into_iter()
            .map(|(id, entry)| CallbackView {
                callback_id: *id,
                call_id: entry.call,
                number: show_e164(&entry.number),
                reason: entry.reason,
                duress: self.is_threatened(&entry.number, now),
                since: entry.since,
                attempts: entry.attempts,
                next_attempt_at: entry.next_at,
                history: entry.history.clone(),
                sent_at: entry.sent_at,
                no_link: link::refusal(Number::from_e164(&entry.number).as_ref()),
            })
            .collect()
    }
}
