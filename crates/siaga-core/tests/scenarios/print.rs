//! Effects and pictures of the desk as lines: names instead of ids, so that a person can read and compare them.

use siaga_core::{
    call::live::Fact,
    desk::{DeskReply, Effect, LineOrder},
    ids::{CallId, CallbackId, SeatId, StationId, UserId},
    view::desk::{DeskView, Lane},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Names of what has an id. What the desk makes itself is named when it is first seen.
#[derive(Default)]
pub struct Names {
    names: BTreeMap<Uuid, String>,
    made: BTreeMap<&'static str, usize>,
}

impl Names {
    pub fn give(&mut self, id: Uuid, name: &str) {
        self.names.insert(id, name.to_owned());
    }

    pub fn find(&self, name: &str) -> Option<Uuid> {
        self.names.iter().find(|(_, known)| *known == name).map(|(id, _)| *id)
    }

    fn of(&mut self, id: Uuid, kind: &'static str) -> String {
        if !self.names.contains_key(&id) {
            let count = self.made.entry(kind).or_default();
            *count += 1;
            let name = format!("{kind}{count}");
            self.names.insert(id, name);
        }
        self.names[&id].clone()
    }

    fn call(&mut self, id: CallId) -> String {
        self.of(id.0, "out")
    }

    fn entry(&mut self, id: CallbackId) -> String {
        self.of(id.0, "cb")
    }

    fn user(&mut self, id: UserId) -> String {
        self.of(id.0, "person")
    }

    fn station(&mut self, id: StationId) -> String {
        self.of(id.0, "station")
    }

    pub fn effect(&mut self, effect: &Effect) -> String {
        match effect {
            Effect::Line(order) => format!("line {}", self.order(order)),
            Effect::Fact(fact) => format!("fact {}", self.fact(&fact.fact)),
            Effect::Reply(Ok(DeskReply::Done)) => "done".to_owned(),
            Effect::Reply(Ok(DeskReply::Seat(seat))) => format!("done: seat {seat}"),
            Effect::Reply(Ok(DeskReply::Call(call))) => format!("done: {}", self.call(*call)),
            Effect::Reply(Err(refusal)) => format!("REFUSED {}", refusal.key()),
        }
    }

    fn order(&mut self, order: &LineOrder) -> String {
        let on = |on: bool| if on { "on" } else { "off" };
        match order {
            LineOrder::Ring { call } => format!("ring {}", self.call(*call)),
            LineOrder::Answer { call, station } => format!("answer {} {}", self.call(*call), self.station(*station)),
            LineOrder::Say { call, prompt } => format!("say {} {prompt:?}", self.call(*call)),
            LineOrder::Ask { call, prompt, .. } => format!("ask {} {prompt:?}", self.call(*call)),
            LineOrder::Dial { call, station, .. } => format!("dial {} {}", self.call(*call), self.station(*station)),
            LineOrder::RingOutside { leg, .. } => format!("ring outside {}", self.of(leg.0, "leg")),
            LineOrder::Join { call, leg } => format!("join {} {}", self.call(*call), self.of(leg.0, "leg")),
            LineOrder::Release { leg } => format!("release {}", self.of(leg.0, "leg")),
            LineOrder::HangUp { call } => format!("HANG UP {}", self.call(*call)),
            LineOrder::Attach { call, station } => format!("attach {} {}", self.call(*call), self.station(*station)),
            LineOrder::Detach { call } => format!("detach {}", self.call(*call)),
            LineOrder::Hold { call, on: hold } => format!("hold {} {}", self.call(*call), on(*hold)),
            LineOrder::Mute { call, on: mute } => format!("mute {} {}", self.call(*call), on(*mute)),
            LineOrder::Keypad { call, digits } => format!("keypad {} {digits}", self.call(*call)),
            LineOrder::Supervise { call, station, how } => {
                format!("supervise {} {} {}", self.call(*call), self.station(*station), how.key())
            }
            LineOrder::EndSupervision { call } => format!("end supervision {}", self.call(*call)),
            LineOrder::CloseStation { station } => format!("close {}", self.station(*station)),
        }
    }

    fn fact(&mut self, fact: &Fact) -> String {
        match fact {
            Fact::Offered { call, lane, suspicion, reasons, .. } => {
                let reasons = reasons.iter().map(|reason| format!(" | {reason}")).collect::<String>();
                format!("offered {} lane {lane:?} suspicion {suspicion}{reasons}", self.call(*call))
            }
            Fact::Answered { call, seat, call_taker } => {
                format!("answered {} seat {seat} {}", self.call(*call), self.user(*call_taker))
            }
            Fact::Drilled { call, mark } => format!("DRILL {} call {}", self.call(*call), mark.nth),
            Fact::Located { call, .. } => format!("located {}", self.call(*call)),
            Fact::Greeted { call, prompt } => format!("greeted {} {prompt:?}", self.call(*call)),
            Fact::Judged { call, lane, suspicion, reasons } => {
                let reasons = reasons.iter().map(|reason| format!(" | {reason}")).collect::<String>();
                format!("judged {} lane {lane:?} suspicion {suspicion}{reasons}", self.call(*call))
            }
            Fact::Routed { call, seat, why } => format!("routed {} seat {seat}: {why}", self.call(*call)),
            Fact::Said { call, prompt, .. } => format!("said {} {prompt:?}", self.call(*call)),
            Fact::RangOutside { call, leg, telephone } => {
                format!("rang outside {} {} at {telephone}", self.call(*call), self.of(leg.0, "leg"))
            }
            Fact::AnsweredOutside { call, leg, telephone } => {
                format!("answered outside {} {} by {telephone}", self.call(*call), self.of(leg.0, "leg"))
            }
            Fact::EndedUnheard { call, asked_ms, .. } => {
                let asked = asked_ms.map_or("never asked".to_owned(), |ms| format!("asked {} s ago", ms / 1_000));
                format!("ENDED UNHEARD {} {asked}", self.call(*call))
            }
            Fact::Duress { call, on, .. } => format!("duress {} {on}", self.call(*call)),
            Fact::Moved { call, seat, call_taker, reason } => {
                let reason = reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
                format!("moved {} seat {seat} {}{reason}", self.call(*call), self.user(*call_taker))
            }
            Fact::HandedOff { call, seat, .. } => format!("HANDED OFF {} seat {seat}", self.call(*call)),
            Fact::CameBack { call, sign } => format!("came back {} by {sign:?}", self.call(*call)),
            Fact::Held { call, on } => format!("held {} {on}", self.call(*call)),
            Fact::KeyPressed { call, digit } => format!("key {} {digit}", self.call(*call)),
            Fact::Classed { call, choice, .. } => {
                let choice = choice.as_ref().map_or("taken back".to_owned(), |choice| {
                    let sub = choice.sub.as_deref().map(|sub| format!("/{sub}")).unwrap_or_default();
                    format!("{}{sub}", choice.class.key())
                });
                format!("classed {} {choice}", self.call(*call))
            }
            Fact::Ended { call, outcome, by } => {
                format!("ENDED {} {} by {}", self.call(*call), outcome.key(), by.key())
            }
            Fact::Recorded { call, .. } => format!("recorded {}", self.call(*call)),
            Fact::CallbackDue { callback, call, reason, .. } => {
                format!("call back {} for {} {reason:?}", self.entry(*callback), self.call(*call))
            }
            Fact::CallbackTried { callback, call, result, by } => {
                let by = by.map_or("the machine".to_owned(), |by| self.user(by));
                format!("tried {} with {} by {by}: {}", self.entry(*callback), self.call(*call), result.key())
            }
            Fact::CallbackDropped { callback, .. } => format!("dropped {}", self.entry(*callback)),
            Fact::SeatTaken { seat, user } => format!("seat {seat} taken {}", self.user(*user)),
            Fact::SeatLeft { seat, user } => format!("seat {seat} left {}", self.user(*user)),
            Fact::SeatPaused { seat, on, .. } => format!("seat {seat} paused {on}"),
            Fact::Supervised { call, by, how } => {
                format!("supervised {} by {}: {}", self.call(*call), self.user(*by), how.key())
            }
            Fact::SupervisionEnded { call, by, .. } => {
                format!("supervision ended {} by {}", self.call(*call), self.user(*by))
            }
            Fact::Recalled { call, .. } => format!("recalled {}", self.call(*call)),
        }
    }

    /// The desk as a console shows it.
    pub fn desk(&mut self, view: &DeskView) -> Vec<String> {
        let seat = |seat: Option<SeatId>| seat.map_or("-".to_owned(), |seat| format!("seat {seat}"));
        let mut lines = Vec::new();
        for one in &view.seats {
            let call = one.call.map(|call| format!(" {}", self.call(call))).unwrap_or_default();
            lines.push(format!("| seat {} {} {:?}{call}", one.seat, one.display_name, one.state));
        }
        for card in &view.calls {
            let class = card.class.as_ref().map(|choice| format!(" {}", choice.class.key())).unwrap_or_default();
            let undo = if card.undo_until.is_some() { " (undo)" } else { "" };
            let name = self.call(card.call_id);
            let marks = [
                (card.silent_line, " SILENT"),
                (card.blocked, " blocked"),
                (card.unheard, " unheard"),
                (card.duress, " DURESS"),
                (card.duress_before, " DURESS before"),
            ];
            let came = [(card.position.is_some(), " LOCATED"), (card.sent_at.is_some(), " SENT")];
            let marks: String = marks.into_iter().chain(came).filter(|(on, _)| *on).map(|(_, mark)| mark).collect();
            let keys = if card.keys.is_empty() { String::new() } else { format!(" keys {}", card.keys) };
            let outside = card.telephone.as_ref().map(|name| format!(" telephone {name}")).unwrap_or_default();
            let lead = card.supervision.as_ref().map(|lead| format!(" {} by {}", lead.how.key(), lead.display_name));
            let lead = lead.unwrap_or_default();
            let lane = if card.lane == Lane::B { " B" } else { "" };
            lines.push(format!(
                "| {name} {:?}{lane} {}{class}{undo}{marks}{keys}{outside}{lead}",
                card.phase,
                seat(card.seat)
            ));
        }
        for entry in &view.callbacks {
            let name = self.entry(entry.callback_id);
            let next = entry
                .next_attempt_at
                .map_or("by a person".to_owned(), |at| format!("in {} s", at.ms_since(view.now) / 1_000));
            let sent = if entry.sent_at.is_some() { " SENT" } else { "" };
            let duress = if entry.duress { " DURESS" } else { "" };
            lines.push(format!("| {name} {:?} tried {}, next {next}{sent}{duress}", entry.reason, entry.attempts));
        }
        lines.push(format!("| waiting {}", view.waiting_count));
        lines
    }
}
