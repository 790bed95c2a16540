//! What happens in the city, in the order of its time.

use super::person::Sign;
use siaga_core::{
    call::{Prompt, Sound},
    desk::Press,
    ids::{CallId, IncidentId, UserId},
    view::call::EndedBy,
};
use std::{cmp::Reverse, collections::BinaryHeap};

#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// Somebody picks up a telephone, for the first time or again.
    Dials {
        person: u32,
        attempt: u8,
    },
    /// The database answered.
    Known {
        call: CallId,
    },
    Up {
        call: CallId,
    },
    Heard {
        call: CallId,
        sound: Sound,
    },
    Sign {
        call: CallId,
        sign: Sign,
    },
    Said {
        call: CallId,
        prompt: Prompt,
    },
    /// Nobody came in time.
    PatienceEnds {
        call: CallId,
    },
    Down {
        call: CallId,
        by: EndedBy,
    },
    /// Our call to somebody was refused or not taken up.
    NotReached {
        call: CallId,
        status: Option<u16>,
    },
    /// A hand reaches the key of a ringing call.
    Answers {
        user: UserId,
        call: CallId,
    },
    /// Somebody with free hands has listened to a silent line for long enough.
    Hears {
        user: UserId,
        call: CallId,
    },
    /// And has its caller asked for a key before they end it.
    Asks {
        user: UserId,
        call: CallId,
    },
    /// Who was asked had their time.
    GivesUp {
        user: UserId,
        call: CallId,
    },
    Classes {
        user: UserId,
        call: CallId,
        press: Press,
    },
    Links {
        call: CallId,
        incident: IncidentId,
    },
    Ends {
        user: UserId,
        call: CallId,
    },
    Shift {
        shift: usize,
    },
    Leaves {
        user: UserId,
    },
    Break {
        user: UserId,
        on: bool,
    },
    /// Somebody with free hands looks at the list of missed calls.
    LooksAtList,
    Approves {
        number: String,
    },
    Tick,
    Crash,
    Restart,
}

/// First in time first; of the same moment, first said first.
#[derive(Debug, Default)]
pub struct Agenda {
    heap: BinaryHeap<Reverse<(i64, u64, usize)>>,
    happenings: Vec<Option<Happening>>,
    free: Vec<usize>,
    said: u64,
}

impl Agenda {
    /// At this time (ms since the start).
    pub fn at(&mut self, at_ms: i64, happening: Happening) {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.happenings.push(None);
            self.happenings.len() - 1
        });
        self.happenings[slot] = Some(happening);
        self.heap.push(Reverse((at_ms, self.said, slot)));
        self.said += 1;
    }

    pub fn next(&mut self) -> Option<(i64, Happening)> {
        let Reverse((at, _, slot)) = self.heap.pop()?;
        self.free.push(slot);
        self.happenings[slot].take().map(|happening| (at, happening))
    }
}
