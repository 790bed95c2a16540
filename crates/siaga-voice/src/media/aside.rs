//! A prompt in a talk, as the call-taker hears it: softly, under the caller's own sound, so that it is known when the
//! question was asked. The caller's recording does not hold it; what the caller hears does.

use super::Codec;
use std::collections::VecDeque;

/// A quarter of its amplitude: 12 dB softer than for the caller.
const SOFTER: i16 = 4;
/// Samples that may wait for the caller's next packet (60 ms): the two streams do not beat together.
const WAITING_MAX: usize = 480;

#[derive(Default)]
pub struct Aside {
    waiting: VecDeque<i16>,
}

impl Aside {
    pub fn say(&mut self, codec: Codec, payload: &[u8]) {
        self.waiting.extend(payload.iter().map(|byte| codec.decode(*byte) / SOFTER));
        let over = self.waiting.len().saturating_sub(WAITING_MAX);
        self.waiting.drain(..over);
    }

    /// Adds what waits to the caller's packet on its way to the station.
    pub fn mix_into(&mut self, codec: Codec, payload: &mut [u8]) {
        let samples = self.waiting.len().min(payload.len());
        for (byte, said) in payload.iter_mut().zip(self.waiting.drain(..samples)) {
            *byte = codec.encode(codec.decode(*byte).saturating_add(said));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tone;

    #[test]
    fn it_is_heard_softly_under_the_caller_and_never_piles_up() {
        let mut aside = Aside::default();
        let said = Codec::Pcma.encode_all(&tone::generate(440.0, -20.0, 0, 8_000));
        aside.say(Codec::Pcma, &said);
        let mut payload = vec![Codec::Pcmu.silence(); 480];
        aside.mix_into(Codec::Pcmu, &mut payload);
        let heard = Codec::Pcmu.decode_all(&payload);
        assert!((tone::rms_dbfs(&heard) + 32.0).abs() < 0.5, "{}", tone::rms_dbfs(&heard));
        assert!(tone::energy_at(440.0, &heard) > 0.98);
        let mut payload = vec![Codec::Pcmu.silence(); 160];
        aside.mix_into(Codec::Pcmu, &mut payload);
        assert!(payload.iter().all(|byte| *byte == Codec::Pcmu.silence()), "the rest was let go");
    }
}
