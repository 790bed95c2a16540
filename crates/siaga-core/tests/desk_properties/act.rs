//! One thing that happens, drawn from a number.

use siaga_core::{
    call::{Prompt, Sound, Supervision},
    view::desk::SayPrompt,
};

pub const PEOPLE: u8 = 3;
pub const CALLERS: u8 = 6;

/// Numbers choose person and line.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    Pass(u32),
    Beat,
    Sit(u8),
    Station(u8),
    StationUp(u8),
    StationDown(u8),
    Leave(u8),
    Pause(u8, bool),
    Ready(u8),
    Arrive(u8),
    /// A simulated call of a drill, or one that names a token nobody ordered.
    Drill(u8, bool),
    Deferred(u8),
    Known(u8, Past),
    Up(u8),
    Down(u8, bool),
    NotReached(u8, Option<u16>),
    Heard(u8, Sound),
    Key(u8, char),
    Said(u8, Prompt),
    Answer(u8, u8),
    Hold(u8, u8, bool),
    Mute(u8, u8, bool),
    End(u8, u8),
    Class(u8, u8, bool),
    Undo(u8, u8),
    Claim(u8, u8, bool),
    Say(u8, u8, SayPrompt),
    Duress(u8, u8, bool),
    HandOff(u8, u8),
    Recall(u8, u8),
    /// A shift lead comes, goes, or their sound does.
    Supervise(u8, u8, Supervision),
    SuperviseNoMore(u8, u8),
    LeadDown(u8),
    /// A line over the location link, or a position.
    Sent(u8, bool),
    CallBack(u8, u8),
    Drop(u8, u8),
    Trunk(bool),
    Fifo(bool),
    /// So many telephones outside.
    Telephones(u8),
    OutsideUp(u8),
    OutsideDown(u8),
    Broken(u8),
    /// The process is killed and starts again.
    Crash,
}

/// What is known of a number.
#[derive(Clone, Copy, Debug)]
pub enum Past {
    Unread,
    Pranks(u8),
    Blocked,
    RealAndBlocked,
}

impl Act {
    pub fn of(number: u64) -> Self {
        let mut rest = number >> 8;
        let mut pick = |of: u64| {
            let picked = rest % of;
            rest /= of;
            u8::try_from(picked).expect("because it is small")
        };
        let (p, line, on) = (pick(PEOPLE.into()), pick(9), pick(2) == 1);
        let caller = line % CALLERS;
        match number % 100 {
            10 => Act::Supervise(
                p,
                line,
                [Supervision::Listen, Supervision::Whisper, Supervision::Barge][usize::from(pick(3))],
            ),
            11 if on => Act::SuperviseNoMore(p, line),
            11 => Act::LeadDown(p),
            0..=9 => Act::Pass(u32::from(pick(200)) * 50 + 10),
            12 => Act::Pass(u32::from(pick(60)) * 1_000),
            13..=18 => Act::Beat,
            19..=21 => Act::Sit(p),
            22..=24 => Act::Station(p),
            25..=30 => Act::StationUp(p),
            31 => Act::StationDown(p),
            32 => Act::Leave(p),
            33 => Act::Pause(p, on),
            34 => Act::Ready(p),
            35 => Act::Drill(caller, pick(4) > 0),
            36..=41 => Act::Arrive(caller),
            42 => Act::Deferred(caller),
            43..=47 => Act::Known(
                line,
                match pick(6) {
                    0 => Past::Unread,
                    1 => Past::Blocked,
                    2 => Past::RealAndBlocked,
                    _ => Past::Pranks(pick(10)),
                },
            ),
            48..=54 => Act::Up(line),
            55..=57 => Act::Down(line, on),
            58 => Act::NotReached(line, [None, Some(486), Some(404)][usize::from(pick(3))]),
            59 => Act::HandOff(p, line),
            60..=63 => Act::Heard(line, [Sound::Silence, Sound::Noise, Sound::Voice][usize::from(pick(3))]),
            64..=66 => Act::Key(line, ['1', '2', '5', '#'][usize::from(pick(4))]),
            67..=69 => Act::Said(line, Prompt::ALL[usize::from(pick(10))]),
            70..=78 => Act::Answer(p, line),
            79 => Act::Hold(p, line, on),
            80 => Act::Mute(p, line, on),
            81 | 82 => Act::End(p, line),
            83..=87 => Act::Class(p, line, on),
            88 => Act::Undo(p, line),
            89 => Act::Claim(p, line, on),
            90 => Act::Say(p, line, if on { SayPrompt::AnyKey } else { SayPrompt::NeedHelp }),
            91 => Act::Duress(p, line, on),
            92 => Act::Recall(p, line),
            93 | 94 => Act::CallBack(p, line),
            95 if on => Act::Drop(p, line),
            96 => Act::Trunk(on || pick(3) > 0),
            97 if on => Act::Fifo(pick(6) == 0),
            97 => Act::Telephones(pick(4)),
            98 if !on => Act::OutsideUp(p),
            99 if !on => Act::OutsideDown(p),
            98 if on && pick(3) == 0 => Act::Crash,
            99 if on => Act::Broken(line),
            99 | 98 => Act::Sent(line, pick(2) == 1),
            _ => Act::Pass(500),
        }
    }
}
