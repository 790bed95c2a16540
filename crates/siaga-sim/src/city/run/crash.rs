//! The process is killed and starts again: its lines are dead, the record is all that is left.

use super::City;
use crate::city::{assume as a, dice::Dice, event::Happening};
use siaga_core::{desk::Input, ids::UserId};

impl City<'_> {
    pub(super) fn crash(&mut self) {
        if self.desk.take().is_none() {
            return;
        }
        for (_, line) in std::mem::take(&mut self.lines) {
            let Some(intent) = self.intents.get(line.who as usize) else { continue };
            let mut dice = Dice::of(intent.seed, 0xdead);
            let notices = Dice::ms(dice.around(a::CUT_NOTICED_S, 0.4));
            if let Some(number) = &line.person.number_raw {
                self.dead_until.insert(number.clone(), self.now + notices);
            }
            // Who spoke with a person has said where; the others may try again once they notice.
            if !line.human && !line.called {
                self.now += notices;
                self.calls_again(line.who, line.attempt, &line.person);
                self.now -= notices;
            }
        }
        self.hands.clear();
        self.after(a::RESTART_S, Happening::Restart);
    }

    pub(super) fn restart(&mut self) {
        self.desk = Some(City::new_desk(self.options, self.now));
        let (calls, callbacks) = self.record.left_behind();
        self.tell(Input::Recovered { calls, callbacks, threatened: Vec::new() });
        let users: Vec<UserId> = self.floor.takers.keys().copied().collect();
        for user in users {
            let leaves = self.floor.takers.get(&user).is_some_and(|taker| taker.leaves);
            self.sits(user);
            if let Some(taker) = self.floor.takers.get_mut(&user) {
                taker.leaves = leaves;
            }
        }
    }
}
