//! The least RTCP a telco's session border controller wants to see: a sender report with one reception block and our
//! CNAME, every five seconds (RFC 3550 6.4.1, 6.5). What comes in is read by nobody.

use siaga_core::time::Timestamp;
use std::time::{Duration, Instant};

pub const REPORT_EVERY: Duration = Duration::from_secs(5);
/// Seconds between 1900 (NTP) and 1970 (Unix).
const NTP_OFFSET_S: u64 = 2_208_988_800;
const SR: u8 = 200;
const RR: u8 = 201;
const SDES: u8 = 202;
const CNAME: &[u8] = b"siaga";

/// What is counted about the far end's stream (RFC 3550 A.1, A.3, A.8).
#[derive(Default)]
pub struct Reception {
    ssrc: u32,
    base: u32,
    highest: u32,
    packets: u32,
    expected_before: u32,
    packets_before: u32,
    transit: Option<i64>,
    jitter: f64,
}

impl Reception {
    pub fn packet(&mut self, ssrc: u32, sequence: u16, timestamp: u32, since_start: Duration) {
        if self.packets == 0 || self.ssrc != ssrc {
            *self = Self { ssrc, base: sequence.into(), highest: sequence.into(), ..Self::default() };
        }
        let step = sequence.wrapping_sub(self.highest as u16).cast_signed();
        if step > 0 {
            self.highest = self.highest.wrapping_add(step.unsigned_abs().into());
        }
        self.packets = self.packets.wrapping_add(1);
        let transit = since_start.as_micros() as i64 * 8 / 1_000 - i64::from(timestamp);
        if let Some(before) = self.transit {
            self.jitter += ((transit - before).unsigned_abs() as f64 - self.jitter) / 16.0;
        }
        self.transit = Some(transit);
    }

    fn block(&mut self) -> [u8; 24] {
        let expected = self.highest.wrapping_sub(self.base).wrapping_add(1);
        let lost = i64::from(expected) - i64::from(self.packets);
        let (expected_now, packets_now) =
            (expected.wrapping_sub(self.expected_before), self.packets.wrapping_sub(self.packets_before));
        let fraction = match expected_now.saturating_sub(packets_now) {
            0 => 0,
            lost => ((u64::from(lost) << 8) / u64::from(expected_now.max(1))).min(255) as u8,
        };
        (self.expected_before, self.packets_before) = (expected, self.packets);
        let mut block = [0; 24];
        block[..4].copy_from_slice(&self.ssrc.to_be_bytes());
        block[4] = fraction;
        block[5..8].copy_from_slice(&(lost.clamp(-0x80_0000, 0x7f_ffff) as i32).to_be_bytes()[1..]);
        block[8..12].copy_from_slice(&self.highest.to_be_bytes());
        block[12..16].copy_from_slice(&(self.jitter as u32).to_be_bytes());
        block
    }
}

/// What was sent so far.
#[derive(Clone, Copy, Default)]
pub struct Sent {
    pub packets: u32,
    pub bytes: u32,
    /// Timestamp of the last packet and when it was sent.
    pub last: Option<(u32, Instant)>,
}

/// A compound packet: SR (RR before anything was sent) and SDES.
pub fn report(ssrc: u32, sent: Sent, reception: &mut Reception, at: Timestamp, now: Instant) -> Vec<u8> {
    let mut body = Vec::with_capacity(80);
    body.extend(ssrc.to_be_bytes());
    let kind = match sent.last {
        None => RR,
        Some((timestamp, sent_at)) => {
            let micros = u64::try_from(at.0).unwrap_or(0);
            let fraction = ((micros % 1_000_000) << 32) / 1_000_000;
            let since = now.saturating_duration_since(sent_at).as_millis() as u32;
            body.extend(((micros / 1_000_000 + NTP_OFFSET_S) as u32).to_be_bytes());
            body.extend((fraction as u32).to_be_bytes());
            body.extend(timestamp.wrapping_add(since.wrapping_mul(8)).to_be_bytes());
            body.extend(sent.packets.to_be_bytes());
            body.extend(sent.bytes.to_be_bytes());
            SR
        }
    };
    let blocks = u8::from(reception.packets > 0);
    if blocks > 0 {
        body.extend(reception.block());
    }
    let mut packet = chunk(kind, blocks, &body);
    let mut sdes = ssrc.to_be_bytes().to_vec();
    sdes.extend([1, CNAME.len() as u8]);
    sdes.extend(CNAME);
    // At least one zero ends the list; then up to the next word.
    sdes.resize(sdes.len() / 4 * 4 + 4, 0);
    packet.extend(chunk(SDES, 1, &sdes));
    packet
}

fn chunk(kind: u8, count: u8, body: &[u8]) -> Vec<u8> {
    let words = (body.len() / 4) as u16;
    [&[0x80 | count, kind][..], &words.to_be_bytes(), body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_counts_what_was_lost() {
        let now = Instant::now();
        let mut reception = Reception::default();
        // 65,530 to 65,545 over the wrap, each fourth lost.
        for n in (0..16u16).filter(|n| n % 4 != 2) {
            reception.packet(
                9,
                65_530u16.wrapping_add(n),
                u32::from(n) * 160,
                Duration::from_millis(20 * u64::from(n)),
            );
        }
        let sent = Sent { packets: 3, bytes: 480, last: Some((1_000, now)) };
        let packet = report(1, sent, &mut reception, Timestamp(500_000), now + Duration::from_millis(10));
        assert_eq!(packet.len() % 4, 0);
        assert_eq!(packet[..4], [0x81, SR, 0, 12]);
        assert_eq!(packet[16..20], 1_080u32.to_be_bytes());
        assert_eq!(packet[12..16], 0x8000_0000u32.to_be_bytes(), "half a second");
        assert_eq!(packet[28..32], 9u32.to_be_bytes());
        assert_eq!(packet[32], 64, "a quarter");
        assert_eq!(packet[33..36], [0, 0, 4]);
        assert_eq!(packet[36..40], (65_530u32 + 15).to_be_bytes());
        assert_eq!(packet[52..56], [0x81, SDES, 0, 3]);
        let silent = report(1, Sent::default(), &mut Reception::default(), Timestamp(0), now);
        assert_eq!(silent[..4], [0x80, RR, 0, 1]);
    }
}
