//! Keypad tones as RFC 4733 events: digits out to the caller's line, and the caller's own keys, each once.

use std::collections::VecDeque;

/// Digits that may wait to be sent; more is a stuck key.
const DIGITS_MAX: usize = 64;
/// 100 ms of tone in packets of 20 ms, then the end three times (RFC 4733 2.5.1.4), then a pause.
const TONE_PACKETS: u16 = 5;
const END_PACKETS: u16 = 3;
const PAUSE_FRAMES: u16 = 4;
const FRAME_SAMPLES: u16 = 160;
/// -10 dBm0.
const VOLUME: u8 = 10;
/// Timestamps of events already heard that are remembered: late repeats of one are not another key.
const REMEMBERED: usize = 8;

const KEYS: &[u8; 16] = b"0123456789*#ABCD";

/// One event packet, or a frame of pause between digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Out {
    Packet { tone: u32, step: u16, payload: [u8; 4] },
    Pause,
}

/// Digits on their way out, one packet per frame of 20 ms.
#[derive(Default)]
pub struct Keypad {
    waiting: VecDeque<u8>,
    /// Running number of the tone and how far it is.
    tone: u32,
    step: u16,
}

impl Keypad {
    /// Anything but `0-9*#A-D` is left out.
    pub fn press(&mut self, digits: &str) {
        let events = digits.bytes().filter_map(|d| KEYS.iter().position(|key| *key == d.to_ascii_uppercase()));
        for event in events.take(DIGITS_MAX.saturating_sub(self.waiting.len())) {
            self.waiting.push_back(event as u8);
        }
    }

    pub fn busy(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// `None`: nothing to send.
    pub fn next(&mut self) -> Option<Out> {
        let event = *self.waiting.front()?;
        let step = self.step;
        self.step += 1;
        if step < TONE_PACKETS + END_PACKETS {
            let end = step >= TONE_PACKETS;
            let duration = (step + 1).min(TONE_PACKETS) * FRAME_SAMPLES;
            let [high, low] = duration.to_be_bytes();
            let payload = [event, if end { 0x80 | VOLUME } else { VOLUME }, high, low];
            return Some(Out::Packet { tone: self.tone, step, payload });
        }
        if step + 1 >= TONE_PACKETS + END_PACKETS + PAUSE_FRAMES {
            self.waiting.pop_front();
            (self.tone, self.step) = (self.tone.wrapping_add(1), 0);
        }
        Some(Out::Pause)
    }
}

/// The caller's keys.
#[derive(Default)]
pub struct Keys {
    heard: VecDeque<(u32, u32)>,
}

impl Keys {
    /// A key when the packet begins one that was not heard yet. One press is one RTP timestamp (RFC 4733 2.5.1.2), however
    /// many packets repeat it; the same digit twice has two.
    pub fn hear(&mut self, ssrc: u32, timestamp: u32, payload: &[u8]) -> Option<char> {
        let [event, _, _, _] = *payload.first_chunk::<4>()?;
        let key = char::from(*KEYS.get(usize::from(event))?);
        if self.heard.contains(&(ssrc, timestamp)) {
            return None;
        }
        if self.heard.len() == REMEMBERED {
            self.heard.pop_front();
        }
        self.heard.push_back((ssrc, timestamp));
        Some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn send(digits: &str) -> Vec<Out> {
        let mut keypad = Keypad::default();
        keypad.press(digits);
        std::iter::from_fn(|| keypad.next()).collect()
    }

    #[test]
    fn what_is_pressed_is_heard_once_each() {
        for (digits, heard) in [("112#", "112#"), ("*0a", "*0A"), ("9 9x9", "999"), ("", "")] {
            let mut keys = Keys::default();
            let got: String = send(digits)
                .into_iter()
                .filter_map(|out| match out {
                    Out::Packet { tone, payload, .. } => keys.hear(1, tone * 1_000, &payload),
                    Out::Pause => None,
                })
                .collect();
            assert_eq!(got, heard, "{digits}");
        }
    }

    #[test]
    fn a_tone_grows_and_ends_three_times() {
        let packets: Vec<[u8; 4]> = send("5")
            .into_iter()
            .filter_map(|out| match out {
                Out::Packet { payload, .. } => Some(payload),
                Out::Pause => None,
            })
            .collect();
        assert_eq!(packets.len(), 8);
        assert_eq!(packets[0], [5, 10, 0, 160]);
        assert_eq!(packets[4], [5, 10, 3, 32], "800 samples");
        assert!(packets[5..].iter().all(|p| *p == [5, 0x8a, 3, 32]));
    }

    #[test]
    fn rubbish_is_no_key() {
        let mut keys = Keys::default();
        for payload in [&[][..], &[1], &[1, 2, 3], &[16, 0, 0, 0], &[255; 4]] {
            assert_eq!(keys.hear(1, 1, payload), None, "{payload:?}");
        }
    }
}
