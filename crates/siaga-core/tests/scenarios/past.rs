//! What was before: a number's history, and the calls that a process which died had open.

use crate::script::Stage;
use siaga_core::{
    class::Class,
    desk::{Desk, IdSource, Input, Known, LostCall},
    ids::CallId,
    screening::facts::{Block, NumberFacts, PastCall, RealReport},
    view::desk::Direction,
};
use std::sync::Arc;

impl Stage {
    /// `prank=5 emergency=1`: so many of each class, one a day, the newest yesterday.
    pub fn known(&self, past: &[&str]) -> Known {
        let mut facts = NumberFacts::default();
        for word in past {
            if *word == "blocked" {
                let until = self.now().plus_ms(3_600_000);
                facts.block = Some(Block { until, reason: "prank berulang".to_owned() });
                continue;
            }
            if let Some(hours) = word.strip_prefix("hourly=") {
                // A telephone that calls by itself.
                for hour in 1..=hours.parse().expect("because it is a count") {
                    facts.calls += 1;
                    let at = self.now().plus_ms(-hour * 3_600_000);
                    facts.newest.push(PastCall { at, class: Some(Class::Ghost), sub: None });
                }
                continue;
            }
            let (class, count) = word.split_once('=').expect("because it is class=count");
            let class = Class::from_key(class).expect("because it is a class");
            let count: u32 = count.parse().expect("because it is a count");
            facts.calls += count;
            facts.by_class.insert(class, count);
            for day in 1..=i64::from(count) {
                // Each at another minute of its hour.
                let at = self.now().plus_ms(-day * 86_400_000 - day * 60_000);
                facts.newest.push(PastCall { at, class: Some(class), sub: None });
                if class == Class::Emergency && facts.real.is_none() {
                    facts.real = Some(RealReport { at, incident_type: None });
                }
            }
        }
        Known { facts, sentence: past.join(", ") }
    }

    /// A new process finds these calls open: `c1=talking`, `c2=ringing`, `c3=dialled`, `c4=threatened`,
    /// `c5=led` (a talk with eka beside it).
    pub fn restart(&mut self, lost: &[&str]) {
        self.desk = Desk::new(self.now(), Arc::clone(&self.policy));
        let eka = self.user("eka");
        let (mut calls, mut threatened) = (Vec::new(), Vec::new());
        for (index, word) in lost.iter().enumerate() {
            let (name, state) = word.split_once('=').expect("because it is call=state");
            let call = CallId(self.ids.next_id());
            self.names.give(call.0, name);
            let number = format!("+62812345678{index:02}");
            if state == "threatened" {
                threatened.push((number.clone(), self.now().plus_ms(-30_000)));
            }
            calls.push(LostCall {
                call,
                direction: if state == "dialled" { Direction::CallBack } else { Direction::Incoming },
                number: Some(number),
                offered_at: self.now().plus_ms(-60_000),
                answered: matches!(state, "talking" | "threatened" | "led"),
                history: String::new(),
                lead: (state == "led").then(|| (eka, self.now().plus_ms(-20_000))),
            });
        }
        self.input(Input::Recovered { calls, callbacks: Vec::new(), threatened });
    }
}
