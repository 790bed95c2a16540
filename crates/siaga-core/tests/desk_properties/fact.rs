//! What the world learns from the facts that the desk writes down, and what each of them may say.

use crate::world::{Row, World};
use siaga_core::{
    call::live::Fact,
    ids::CallId,
    time::Timestamp,
    view::{
        call::{CallOutcome, EndedBy},
        callback::CallbackResult,
        desk::{ClassChoice, Direction},
    },
};

impl World {
    pub fn fact(&mut self, fact: Fact, at: Timestamp, lost: &mut Vec<CallId>) {
        match fact {
            Fact::Offered { call, direction, number, .. } => {
                let drill = self.drills.contains(&call);
                assert_eq!(direction == Direction::Drill, drill, "a mark that nobody ordered, or none that was");
                let row = Row { direction, number, offered_at: at, answered: false };
                assert!(self.rows.insert(call, row).is_none(), "two rows for one call");
            }
            Fact::Answered { call, .. } => {
                assert!(!self.ended.contains(&call), "answered after its end");
                let row = self.rows.get_mut(&call).expect("because it was offered");
                assert!(!row.answered, "answered twice");
                row.answered = true;
                if self.machine.remove(&call).is_some() {
                    self.counts.one("answered after the machine");
                }
                self.counts.one("answered");
            }
            Fact::AnsweredOutside { call, .. } => {
                assert!(!self.ended.contains(&call), "answered after its end");
                self.rows.get_mut(&call).expect("because it was offered").answered = true;
                self.machine.remove(&call);
                self.back.remove(&call);
                self.counts.one("answered outside");
            }
            Fact::Greeted { call, .. } => {
                assert!(!self.rows[&call].answered, "the machine took a line that a person had");
                self.machine.insert(call, (at, self.sent.contains(&call)));
                self.counts.one("greeted");
            }
            Fact::Judged { .. } => self.counts.one("judged"),
            Fact::Moved { call, .. } => {
                assert!(!self.ended.contains(&call), "moved after its end");
                self.machine.remove(&call);
                self.handed_off.remove(&call);
                self.back.remove(&call);
            }
            Fact::HandedOff { call, .. } => {
                assert!(self.rows[&call].answered, "handed off before a person answered");
                assert!(!self.marked.contains(&call), "the sentence for abuse is said to who cannot speak freely");
                self.handed_off.insert(call, self.loud.get(&call).copied());
                self.off_at.insert(call, at);
                self.counts.one("handed off");
            }
            Fact::CameBack { call, .. } => {
                assert!(self.handed_off.remove(&call).is_some(), "came back from nowhere");
                self.back.insert(call);
                self.counts.one("came back");
            }
            Fact::Supervised { call, by, .. } => {
                assert!(self.rows[&call].answered && !self.ended.contains(&call), "supervised where nobody talks");
                self.leads.insert(call, by);
                self.counts.one("supervised");
            }
            Fact::SupervisionEnded { call, by, .. } => {
                assert_eq!(self.leads.remove(&call), Some(by), "an end without a beginning");
                self.counts.one("supervision ended by itself");
            }
            Fact::Duress { call, on, .. } => {
                if on {
                    self.marked.insert(call)
                } else {
                    self.marked.remove(&call)
                };
                let row = &self.rows[&call];
                let Some(number) = row.number.clone().filter(|_| row.direction != Direction::Drill) else { return };
                if on {
                    self.threatened.insert(number, at)
                } else {
                    self.threatened.remove(&number)
                };
                self.counts.one("threatened");
            }
            // Nobody gives this sub-reason but who leaves a line to the machine.
            Fact::Classed { call, choice: Some(ClassChoice { sub: Some(sub), .. }), .. } if sub == "silent" => {
                assert!(self.rows[&call].answered, "the machine got a line that nobody had answered");
                self.machine.insert(call, (at, false));
                self.counts.one("left to the machine");
            }
            Fact::Ended { call, outcome, by } => {
                assert!(self.rows.contains_key(&call), "an end without a beginning");
                assert!(self.ended.insert(call), "a call ended twice");
                assert!(!self.leads.contains_key(&call), "a lead is left on a line that is down");
                self.machine.remove(&call);
                let answered = self.rows[&call].answered;
                assert_eq!(outcome == CallOutcome::Answered, answered, "answered is what a person answered");
                self.handed_off.remove(&call);
                if !answered || by == EndedBy::Interrupted || self.back.remove(&call) {
                    lost.push(call);
                }
            }
            Fact::CallbackDue { callback, call, number, .. } => {
                assert!(!self.drills.contains(&call), "a simulated caller is called back");
                self.entries.insert(callback, (call, number, 0));
            }
            Fact::CallbackTried { callback, result, by, .. } => {
                if result == CallbackResult::Mistake {
                    self.counts.one("mistake");
                }
                if result.closes() {
                    assert!(self.entries.remove(&callback).is_some(), "closed twice");
                } else if let Some(entry) = self.entries.get_mut(&callback) {
                    entry.2 += u32::from(by.is_none());
                }
            }
            Fact::CallbackDropped { callback, .. } => {
                assert!(self.entries.remove(&callback).is_some(), "closed twice");
            }
            _ => {}
        }
    }
}
