//! A shift lead on a caller's line: what waits to be mixed for whom. It exists only while a lead is there; two people
//! alone are never decoded and never mixed. Fed by the line, emptied by the line's clock.

use super::{Codec, g711::FRAME_SAMPLES};
use crate::Supervision;
use siaga_core::ids::StationId;
use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// Frames (20 ms) of one source that may wait for the mix: 80 ms. Sources and our clock do not beat together; the oldest
/// is let go, so that nobody hears the past.
const FRAMES_WAITING_MAX: usize = 4;
/// A source that ran dry is heard again when so many wait: one late packet makes no hole then.
const FRAMES_AHEAD: usize = 2;
/// A lead's page sends sound all the time, silence too. Not heard for this long it is gone: longer than a seat's, because no
/// caller waits for it, and long enough for its connection to come up.
pub(super) const LEAD_SILENT: Duration = Duration::from_secs(5);

/// 20 ms of sound.
pub(super) type Frame = [i16; FRAME_SAMPLES];

/// Both at once, clipped.
pub(super) fn mixed(mut one: Frame, other: &Frame) -> Frame {
    one.iter_mut().zip(other).for_each(|(sample, other)| *sample = sample.saturating_add(*other));
    one
}

/// One source on its way into one mix.
#[derive(Default)]
pub(super) struct Queue {
    waiting: VecDeque<i16>,
    flows: bool,
}

impl Queue {
    pub fn put(&mut self, codec: Codec, payload: &[u8]) {
        self.waiting.extend(payload.iter().map(|byte| codec.decode(*byte)));
        let over = self.waiting.len().saturating_sub(FRAMES_WAITING_MAX * FRAME_SAMPLES);
        self.waiting.drain(..over);
        self.flows |= self.waiting.len() >= FRAMES_AHEAD * FRAME_SAMPLES;
    }

    /// The next 20 ms; silence where nothing flows.
    pub fn take(&mut self) -> Frame {
        let mut frame = [0; FRAME_SAMPLES];
        if !self.flows {
            return frame;
        }
        let samples = self.waiting.len().min(FRAME_SAMPLES);
        frame.iter_mut().zip(self.waiting.drain(..samples)).for_each(|(sample, was)| *sample = was);
        self.flows = samples == FRAME_SAMPLES;
        frame
    }
}

/// Named by who speaks, and for whom.
#[derive(Default)]
pub(super) struct Queues {
    pub caller_for_lead: Queue,
    pub seat_for_lead: Queue,
    pub machine_for_lead: Queue,
    pub caller_for_seat: Queue,
    pub lead_for_seat: Queue,
    pub seat_for_caller: Queue,
    pub lead_for_caller: Queue,
}

pub(super) struct Supervisor {
    pub station: StationId,
    pub how: Supervision,
    /// When it came, or was last heard.
    pub heard: Instant,
    pub down_said: bool,
    pub queues: Queues,
}

impl Supervisor {
    pub fn new(station: StationId, how: Supervision, now: Instant) -> Self {
        Self { station, how, heard: now, down_said: false, queues: Queues::default() }
    }

    /// Nothing that was said in one way is heard in another.
    pub fn change(&mut self, how: Supervision) {
        if self.how != how {
            (self.how, self.queues) = (how, Queues::default());
        }
    }

    /// What the lead says, to whom it may go.
    pub fn said(&mut self, codec: Codec, payload: &[u8]) {
        if self.how != Supervision::Listen {
            self.queues.lead_for_seat.put(codec, payload);
        }
        if self.how == Supervision::Barge {
            self.queues.lead_for_caller.put(codec, payload);
        }
    }

    /// The sound of the line as the lead hears it in the next 20 ms.
    pub fn ear(&mut self) -> Frame {
        let queues = &mut self.queues;
        mixed(mixed(queues.caller_for_lead.take(), &queues.seat_for_lead.take()), &queues.machine_for_lead.take())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(queue: &mut Queue, sample: i16) {
        queue.put(Codec::Pcma, &[Codec::Pcma.encode(sample); FRAME_SAMPLES]);
    }

    fn loud(frame: &Frame) -> bool {
        frame.iter().all(|sample| sample.unsigned_abs() > 500)
    }

    #[test]
    fn a_source_waits_for_a_second_packet_and_never_piles_up() {
        let mut queue = Queue::default();
        packet(&mut queue, 1_000);
        assert_eq!(queue.take(), [0; FRAME_SAMPLES], "one packet alone may be followed by a late one");
        packet(&mut queue, 1_000);
        assert!(loud(&queue.take()) && loud(&queue.take()));
        assert_eq!(queue.take(), [0; FRAME_SAMPLES], "dry");
        packet(&mut queue, 1_000);
        assert_eq!(queue.take(), [0; FRAME_SAMPLES], "and heard again when two wait");
        for n in 1..=9 {
            packet(&mut queue, n * 1_000);
        }
        let first = queue.take()[0];
        assert!((5_500..=6_500).contains(&first), "the oldest were let go: {first}");
        assert_eq!((0..9).filter(|_| loud(&queue.take())).count(), FRAMES_WAITING_MAX - 1);
    }

    #[test]
    fn who_is_reached_by_a_lead() {
        for (how, seat, caller) in
            [(Supervision::Listen, false, false), (Supervision::Whisper, true, false), (Supervision::Barge, true, true)]
        {
            let mut lead = Supervisor::new(StationId(uuid::Uuid::nil()), how, Instant::now());
            for _ in 0..FRAMES_AHEAD {
                lead.said(Codec::Pcmu, &[Codec::Pcmu.encode(3_000); FRAME_SAMPLES]);
            }
            assert_eq!(loud(&lead.queues.lead_for_seat.take()), seat, "{how:?}");
            assert_eq!(loud(&lead.queues.lead_for_caller.take()), caller, "{how:?}");
            lead.change(Supervision::Barge);
            assert_eq!(loud(&lead.queues.lead_for_caller.take()), caller, "{how:?}: a whisper never comes after it");
        }
    }

    #[test]
    fn a_mix_clips_instead_of_turning_over() {
        let loud = [30_000; FRAME_SAMPLES];
        assert_eq!(mixed(loud, &loud), [i16::MAX; FRAME_SAMPLES]);
    }
}
