//! A key of a caller's telephone as RFC 4733 packets: 160 ms of tone in events, the last one sent three times.

/// Payload type that our SDP gives telephone-event.
pub const PAYLOAD_TYPE: u8 = 101;
/// Frames of 20 ms that a key is held.
const HELD_FRAMES: u16 = 8;
/// The end of an event is repeated, so that a lost packet loses no key (RFC 4733, 2.5.1.4).
const END_PACKETS: u16 = 3;
/// -10 dBm0, like the keys of a telephone.
const VOLUME: u8 = 10;

/// A key being pressed; gives one packet per frame.
pub struct Press {
    event: u8,
    frame: u16,
}

impl Press {
    /// `None`: no such key.
    pub fn new(key: char) -> Option<Self> {
        let event = match key {
            '0'..='9' => key as u8 - b'0',
            '*' => 10,
            '#' => 11,
            _ => return None,
        };
        Some(Self { event, frame: 0 })
    }

    /// Whether the next packet begins the event.
    pub fn begins(&self) -> bool {
        self.frame == 0
    }

    /// The payload of this frame; `None`: the key is up.
    pub fn next(&mut self) -> Option<[u8; 4]> {
        if self.frame >= HELD_FRAMES + END_PACKETS {
            return None;
        }
        self.frame += 1;
        let end = if self.frame > HELD_FRAMES { 0x80 } else { 0 };
        let [high, low] = (self.frame.min(HELD_FRAMES) * 160).to_be_bytes();
        Some([self.event, end | VOLUME, high, low])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_grows_and_ends_three_times() {
        let mut press = Press::new('#').expect("because it is a key");
        let packets: Vec<_> = std::iter::from_fn(|| press.next()).collect();
        assert_eq!(packets.len(), 11);
        assert_eq!(packets[0], [11, 10, 0, 160]);
        assert_eq!(packets[8..], [[11, 0x8a, 5, 0]; 3]);
        assert!(Press::new('x').is_none());
    }
}
