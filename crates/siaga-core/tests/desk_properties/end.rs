//! The end of a process, and the end of a night.

use crate::{act::Act, world::World};
use siaga_core::{
    desk::{Desk, Input, LineEvent as L, LostCall, OpenCallback},
    view::{
        call::EndedBy,
        desk::{CallbackReason, Direction},
    },
};
use std::sync::Arc;

/// More than this many rounds of call-backs after the last caller is a series without an end.
const ROUNDS_MAX: u32 = 40;

impl World {
    /// The process dies with its lines; the next one finds the rows and entries.
    pub fn crash(&mut self) {
        self.counts.one("crash");
        self.lines.clear();
        self.outside.clear();
        self.stations.clear();
        self.machine.clear();
        // Who arrived in the last 20 ms has no row yet; nobody can know of them.
        self.arrived.retain(|call| self.rows.contains_key(call));
        self.now = self.now.plus_ms(1_000);
        self.desk = Desk::new(self.now, Arc::default());
        let open = self.rows.iter().filter(|(call, _)| !self.ended.contains(*call));
        let calls = open
            .map(|(call, row)| LostCall {
                call: *call,
                direction: row.direction,
                number: row.number.clone(),
                offered_at: row.offered_at,
                answered: row.answered,
                history: String::new(),
                lead: self.leads.get(call).map(|lead| (*lead, self.now)),
            })
            .collect();
        let callbacks = self.entries.iter().map(|(callback, (call, number, machine_attempts))| OpenCallback {
            callback: *callback,
            call: *call,
            number: number.clone(),
            reason: CallbackReason::Abandoned,
            since: self.now.plus_ms(-60_000),
            attempts: *machine_attempts,
            machine_attempts: *machine_attempts,
            history: String::new(),
        });
        let callbacks = callbacks.collect();
        let threatened = self.threatened.clone().into_iter().collect();
        self.input(Input::Recovered { calls, callbacks, threatened });
    }

    /// The night is over: every line goes down, the machine calls back until it has done what it does, and every call
    /// has begun and ended exactly once.
    pub fn close(&mut self) {
        self.input(Input::Policy(Arc::default()));
        self.input(Input::Line(L::Watchdog { up: true }));
        for _ in 0..ROUNDS_MAX {
            for call in std::mem::take(&mut self.lines).into_values() {
                let out = self.rows.get(&call).is_some_and(|row| row.direction == Direction::CallBack && !row.answered);
                let event =
                    if out { L::NotReached { call, status: None } } else { L::Down { call, by: EndedBy::Caller } };
                self.input(Input::Line(event));
            }
            self.act(Act::Pass(600_000));
        }
        assert!(self.lines.is_empty(), "a series of call-backs has no end");
        for call in &self.arrived {
            assert!(self.rows.contains_key(call), "one row");
            assert!(self.ended.contains(call), "one end");
        }
        self.act(Act::Pass(86_400_000));
        assert_eq!(self.desk.open_calls(), 0, "nothing stays for ever");
        let view = self.desk.view(self.now, 1);
        assert!(view.callbacks.iter().all(|entry| entry.next_attempt_at.is_none()), "the rest is a person's");
    }
}
