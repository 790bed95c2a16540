//! What call-takers see and do.

use super::{City, Hands, SeatTime};
use crate::city::{
    assume as a,
    calendar::{DAY_MS, HOUR_MS, shift_at},
    dice::Dice,
    event::Happening,
    floor::{Breaks, Handling, Taker, reaction_ms, user},
};
use siaga_core::{
    call::live::{Fact, LiveFact},
    class::Class,
    desk::{DeskCommand, IdSource, Input, LineEvent, Press},
    ids::{CallId, IncidentId, StationId, UserId},
    screening::facts::Block,
    view::{
        call::EndedBy,
        desk::{CallCard, CallPhase, ClassChoice, DeskView, SeatState},
    },
};

/// Hands are free for the list when nothing came for this long (ms).
const LIST_AFTER_MS: i64 = 30_000;
/// A person tries a number this often, the machine's tries included.
const TRIES_MAX: u32 = 3;
/// A caller who hung up needs no more listening: the key follows after this (ms).
const KEY_AFTER_END_MS: i64 = 1_000;

impl City<'_> {
    pub(super) fn plan_shifts(&mut self, end: i64) {
        let shifts = self.options.shifts.0.clone();
        let first = shift_at(&shifts, 0).unwrap_or_default();
        self.shift(first);
        for day in 0..=end / DAY_MS {
            for (shift, (from, to, seats)) in shifts.iter().copied().enumerate() {
                if shifts.len() < 2 {
                    continue;
                }
                let start = day * DAY_MS + i64::from(from) * HOUR_MS;
                self.agenda.at(start, Happening::Shift { shift });
                if seats < 2 || self.options.breaks == Breaks::Covered {
                    continue;
                }
                let hours = i64::from(if to > from { to - from } else { to + 24 - from });
                for seat in 0..seats {
                    let spread = (hours - 2) * HOUR_MS / i64::try_from(seats).unwrap_or(1);
                    let at = start + HOUR_MS + i64::try_from(seat).unwrap_or_default() * spread;
                    self.agenda.at(at, Happening::Break { user: user(shift, seat), on: true });
                    self.agenda.at(at + a::BREAK_MIN * 60_000, Happening::Break { user: user(shift, seat), on: false });
                }
            }
        }
    }

    /// New people sit down before the old ones stand up.
    pub(super) fn shift(&mut self, shift: usize) {
        let Some((from, to, seats)) = self.options.shifts.0.get(shift).copied() else { return };
        let hours = i64::from(if to > from { to - from } else { to + 24 - from });
        self.marks.staffed_ms += hours * HOUR_MS * i64::try_from(seats).unwrap_or_default();
        let old: Vec<UserId> = self.floor.takers.keys().copied().collect();
        for seat in 0..seats {
            self.sits(user(shift, seat));
        }
        for user in old {
            if let Some(taker) = self.floor.takers.get_mut(&user) {
                taker.leaves = true;
            }
            self.after(60.0, Happening::Leaves { user });
        }
    }

    pub(super) fn sits(&mut self, user: UserId) {
        let station = StationId(self.ids.next_id());
        self.floor.takers.insert(user, Taker { reaches_for: None, hears: None, leaves: false });
        self.command(DeskCommand::TakeSeat { user, display_name: String::new() });
        self.command(DeskCommand::BindStation { user, station });
        self.tell(Input::Line(LineEvent::StationUp { station }));
    }

    pub(super) fn leaves(&mut self, user: UserId) {
        if !self.floor.takers.get(&user).is_some_and(|taker| taker.leaves) {
            return;
        }
        match self.command(DeskCommand::LeaveSeat { user }) {
            Some(Err(siaga_core::desk::Refusal::AlreadyInCall)) | None => {
                self.after(15.0, Happening::Leaves { user });
            }
            _ => {
                self.floor.takers.remove(&user);
            }
        }
    }

    /// Every page says that it lives.
    pub(super) fn beat(&mut self) {
        if self.now - self.last_beat < super::HEARTBEAT_MS {
            return;
        }
        self.last_beat = self.now;
        let users: Vec<UserId> = self.floor.takers.keys().copied().collect();
        for user in users {
            self.tell_once(Input::Command(DeskCommand::Heartbeat { user }));
        }
    }

    pub(super) fn see_offers(&mut self, view: &DeskView) {
        let alone = view.seats.iter().filter(|seat| seat.state != SeatState::Gone).count() == 1;
        for seat in &view.seats {
            let ringing = seat.call.filter(|_| seat.state == SeatState::Ringing);
            let Some(taker) = self.floor.takers.get_mut(&seat.user_id) else { continue };
            if taker.reaches_for == ringing {
                continue;
            }
            taker.reaches_for = ringing;
            let Some(call) = ringing else { continue };
            taker.hears = None;
            let mut dice = self.chance_of(call, 0x4a2d);
            let after = reaction_ms(alone, &mut dice);
            self.after_ms(after, Happening::Answers { user: seat.user_id, call });
        }
    }

    /// Somebody waits and no seat is free: a conversation that is no emergency ends soon.
    pub(super) fn see_who_waits(&mut self, view: &DeskView) {
        let waits = |card: &CallCard| {
            matches!(card.phase, CallPhase::Ringing | CallPhase::Listening | CallPhase::Waiting) && card.seat.is_none()
        };
        if self.options.handling != Handling::OneKey || !view.calls.iter().any(waits) {
            return;
        }
        for card in view.calls.iter().filter(|card| card.phase == CallPhase::Talking) {
            let call = card.call_id;
            let Some(user) = view.seats.iter().find(|seat| Some(seat.seat) == card.seat).map(|seat| seat.user_id)
            else {
                continue;
            };
            let Some(hands) = self.hands.get_mut(&call).filter(|hands| !hands.hurries && !hands.classed) else {
                continue;
            };
            if hands.given.is_some_and(|(class, _)| class != Class::Emergency) {
                hands.hurries = true;
                self.after(a::HURRY_S, Happening::Classes { user, call, press: Press::Hold });
            }
        }
    }

    /// Who has free hands listens to the silent lines, oldest first.
    pub(super) fn see_silent_lines(&mut self, view: &DeskView) {
        for card in view.calls.iter().filter(|card| card.silent_line && card.seat.is_none()) {
            let call = card.call_id;
            let asked = self.lines.get(&call).is_some_and(|line| line.asked_at.is_some());
            if asked || self.floor.takers.values().any(|taker| taker.hears == Some(call)) {
                continue;
            }
            let mut free = view.seats.iter().filter(|seat| seat.state == SeatState::Ready);
            let idle = free.find(|seat| {
                self.floor.takers.get(&seat.user_id).is_some_and(|taker| taker.hears.is_none() && !taker.leaves)
            });
            let Some(user) = idle.map(|seat| seat.user_id) else { return };
            let mut dice = self.chance_of(call, 0x8ea4);
            let (median, sigma) = a::HEAR_SILENT;
            let after = Dice::ms(dice.around(median, sigma) + a::KEY_HELD_S);
            if let Some(taker) = self.floor.takers.get_mut(&user) {
                taker.hears = Some(call);
            }
            self.command(DeskCommand::Recall { user, role: siaga_core::role::Role::CallTaker, call });
            self.after_ms(after, Happening::Hears { user, call });
            return;
        }
    }

    /// What a person makes of a line that is silent for the machine: a whisper is heard, and the call taken.
    pub(super) fn hears(&mut self, user: UserId, call: CallId) {
        let Some(taker) = self.floor.takers.get_mut(&user).filter(|taker| taker.hears == Some(call)) else { return };
        taker.hears = None;
        let busy = taker.reaches_for.is_some();
        let Some(given) = self.lines.get(&call).filter(|line| !line.human && !busy).map(|line| line.person.talk.given)
        else {
            return;
        };
        let from = self.now - Dice::ms(a::HEAR_SILENT.0 + a::KEY_HELD_S);
        self.hands.insert(call, Hands { from, given: Some(given), ..Hands::default() });
        let (class, sub) = given;
        if class == Class::Ghost && self.will_ask(call) {
            self.hands.remove(&call);
            return self.asks(user, call);
        }
        let done = if class == Class::Emergency {
            self.command(DeskCommand::Answer { user, call })
        } else {
            let choice = ClassChoice { class, sub: sub.map(str::to_owned) };
            self.command(DeskCommand::Class { user, call, choice, press: Press::Hold })
        };
        match done {
            Some(Ok(_)) if class != Class::Emergency => {
                if let Some(hands) = self.hands.get_mut(&call) {
                    hands.classed = true;
                }
                self.frees(call);
            }
            Some(Ok(_)) => {}
            _ => {
                self.hands.remove(&call);
            }
        }
    }

    /// Chance that belongs to this call, whatever the policy.
    pub(super) fn chance_of(&self, call: CallId, what: u64) -> Dice {
        let line = self.lines.get(&call);
        let seed = line.and_then(|line| self.intents.get(line.who as usize)).map_or(0, |intent| intent.seed);
        Dice::of(seed, what + line.map_or(0, |line| u64::from(line.attempt)))
    }

    pub(super) fn answers(&mut self, user: UserId, call: CallId) {
        let reaches = self.floor.takers.get(&user).is_some_and(|taker| taker.reaches_for == Some(call));
        if !reaches || !self.lines.contains_key(&call) {
            return;
        }
        self.hands.insert(call, Hands { from: self.now, ..Hands::default() });
        if !matches!(self.command(DeskCommand::Answer { user, call }), Some(Ok(_))) {
            self.hands.remove(&call);
        }
    }

    pub(super) fn fact(&mut self, fact: LiveFact) {
        let spoken = match &fact.fact {
            Fact::Answered { call, seat, call_taker } => Some((*call, *seat, *call_taker)),
            // Who had been left to the machine gave a sign and is taken.
            Fact::Moved { call, seat, call_taker, .. } if self.lines.get(call).is_some_and(|line| line.left) => {
                self.marks.evidence.contains(call).then_some((*call, *seat, *call_taker))
            }
            _ => None,
        };
        let prank = match &fact.fact {
            Fact::Classed { call, choice: Some(choice), .. } if choice.class == Class::Prank => Some(*call),
            _ => None,
        };
        if let Fact::EndedUnheard { call, asked_ms: None, .. } = &fact.fact {
            self.marks.unasked.insert(*call);
        }
        self.record.write(fact);
        if let Some(call) = prank {
            self.proposes(call);
        }
        let Some((call, seat, user)) = spoken else { return };
        let Some(line) = self.lines.get_mut(&call) else { return };
        (line.human, line.left) = (true, false);
        let given = Some(line.person.talk.given);
        self.hands.entry(call).or_insert(Hands { from: self.now, ..Hands::default() }).given = given;
        self.marks.seat_time.entry(call).or_insert(SeatTime { seat, ms: 0 });
        self.converse(user, call);
    }

    /// What is said is what the caller wants said; the keys follow.
    pub(super) fn converse(&mut self, user: UserId, call: CallId) {
        let Some(line) = self.lines.get(&call) else { return };
        let talk = line.person.talk;
        let (class, _) = talk.given;
        let held = Dice::ms(a::KEY_HELD_S);
        if self.options.handling == Handling::Published && class != Class::Emergency {
            self.after_ms(talk.old_ms, Happening::Ends { user, call });
            let press = Press::Tap;
            self.after_ms(talk.old_ms + Dice::ms(a::OLD_WRAP_S), Happening::Classes { user, call, press });
            return;
        }
        if class == Class::Ghost && self.will_ask(call) {
            if let Some(hands) = self.hands.get_mut(&call) {
                // The answer is waited for, whoever else waits.
                hands.hurries = true;
            }
            return self.after_ms(talk.ms + Dice::ms(a::KEY_TAPPED_S), Happening::Asks { user, call });
        }
        if class != Class::Emergency {
            self.after_ms(talk.ms + held, Happening::Classes { user, call, press: Press::Hold });
            return;
        }
        let share = |share: f64| Dice::ms(share * talk.ms as f64 / 1_000.0);
        let incident = IncidentId(self.ids.next_id());
        self.after_ms(share(a::SENT_AFTER / 2.0), Happening::Classes { user, call, press: Press::Tap });
        self.after_ms(share(a::SENT_AFTER), Happening::Links { call, incident });
        self.after_ms(talk.ms, Happening::Down { call, by: EndedBy::Caller });
    }

    pub(super) fn classes(&mut self, user: UserId, call: CallId, press: Press) {
        let Some(hands) = self.hands.get(&call).copied() else { return };
        if hands.classed && (press == Press::Tap || hands.down) {
            return;
        }
        let Some((class, sub)) = hands.given else { return };
        let choice = ClassChoice { class, sub: sub.map(str::to_owned) };
        if matches!(self.command(DeskCommand::Class { user, call, choice, press }), Some(Ok(_)))
            && let Some(hands) = self.hands.get_mut(&call)
        {
            hands.classed = true;
            self.frees(call);
        }
    }

    /// The caller hung up first: the class follows at once.
    pub(super) fn after_the_end(&mut self, call: CallId) {
        if self.hands.get(&call).is_none_or(|hands| hands.classed) {
            return;
        }
        let Some(user) = self.record.rows.get(&call).and_then(|row| row.answered).map(|(_, _, user)| user) else {
            return;
        };
        let ms = if self.options.handling == Handling::Published { Dice::ms(a::OLD_WRAP_S) } else { KEY_AFTER_END_MS };
        self.after_ms(ms, Happening::Classes { user, call, press: Press::Tap });
    }

    /// The shift lead finds a proposal when the ladder has reached it.
    fn proposes(&mut self, call: CallId) {
        let Some(number) = self.record.rows.get(&call).and_then(|row| row.number.clone()) else { return };
        let ladder = &self.options.policy.sanction;
        let since = self.time().plus_ms(-i64::from(ladder.window_days) * DAY_MS);
        let now = self.time();
        if self.record.block(&number, now).is_some() || self.record.pranks_since(&number, since) < ladder.block_from {
            return;
        }
        let mut dice = self.chance_of(call, 0xb10c);
        let (median, sigma) = a::APPROVAL_S;
        let after = dice.around(median, sigma);
        self.after(after, Happening::Approves { number });
    }

    pub(super) fn approves(&mut self, number: &str) {
        let now = self.time();
        if self.record.block(number, now).is_some() {
            return;
        }
        let ladder = &self.options.policy.sanction;
        let hours = if self.record.blocks(number) == 0 { ladder.block_hours } else { ladder.block_again_hours };
        let until = now.plus_ms(i64::from(hours) * HOUR_MS);
        self.record.set_block(number, Block { until, reason: "prank".to_owned() });
    }

    /// Entries that only a person can serve bring somebody to the list once hands are free.
    pub(super) fn see_list(&mut self, view: &DeskView) {
        let waits = view.callbacks.iter().any(|entry| entry.next_attempt_at.is_none());
        if waits && self.list_at.is_none_or(|at| at <= self.now) {
            self.list_at = Some(self.now + LIST_AFTER_MS);
            self.after_ms(LIST_AFTER_MS, Happening::LooksAtList);
        }
    }

    pub(super) fn looks_at_list(&mut self) {
        let now = self.time();
        let Some(view) = self.desk.as_ref().map(|desk| desk.view(now, self.sequence)) else { return };
        let quiet = |seat: &&siaga_core::view::desk::SeatView| {
            seat.state == SeatState::Ready && now.ms_since(seat.since) >= LIST_AFTER_MS / 2
        };
        let waiting =
            view.calls.iter().any(|card| !matches!(card.phase, CallPhase::Talking | CallPhase::Held | CallPhase::Wrap));
        let Some(seat) = view.seats.iter().find(quiet).filter(|_| !waiting) else { return };
        let user = seat.user_id;
        let calls = self.options.handling != Handling::Published;
        for entry in view.callbacks.iter().filter(|entry| entry.next_attempt_at.is_none()) {
            let callback = entry.callback_id;
            if !calls || entry.attempts >= TRIES_MAX {
                self.command(DeskCommand::DropCallback { user, callback });
            } else {
                self.command(DeskCommand::CallBack { user, callback });
                break;
            }
        }
    }
}
