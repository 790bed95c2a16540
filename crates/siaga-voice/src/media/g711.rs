//! G.711: decode on the side, and one table between A-law and µ-law where leg and browser differ. Otherwise payloads
//! are never touched.

use super::Codec;
use audio_codec_algorithms::{
    convert_alaw_to_ulaw, convert_ulaw_to_alaw, decode_alaw, decode_ulaw, encode_alaw, encode_ulaw,
};

/// Samples in 20 ms.
pub const FRAME_SAMPLES: usize = 160;

impl Codec {
    /// The byte that means no sound.
    #[must_use]
    pub fn silence(self) -> u8 {
        match self {
            Codec::Pcma => 0xd5,
            Codec::Pcmu => 0xff,
        }
    }

    #[must_use]
    pub fn decode(self, byte: u8) -> i16 {
        match self {
            Codec::Pcma => decode_alaw(byte),
            Codec::Pcmu => decode_ulaw(byte),
        }
    }

    #[must_use]
    pub fn encode(self, sample: i16) -> u8 {
        match self {
            Codec::Pcma => encode_alaw(sample),
            Codec::Pcmu => encode_ulaw(sample),
        }
    }

    /// One byte of this law in the other.
    #[must_use]
    pub fn convert(self, byte: u8, to: Codec) -> u8 {
        match (self, to) {
            (Codec::Pcma, Codec::Pcmu) => convert_alaw_to_ulaw(byte),
            (Codec::Pcmu, Codec::Pcma) => convert_ulaw_to_alaw(byte),
            _ => byte,
        }
    }

    /// Two sounds at once, clipped.
    #[must_use]
    pub fn sum(self, one: u8, other: u8) -> u8 {
        self.encode(self.decode(one).saturating_add(self.decode(other)))
    }

    #[must_use]
    pub fn decode_all(self, bytes: &[u8]) -> Vec<i16> {
        bytes.iter().map(|byte| self.decode(*byte)).collect()
    }

    #[must_use]
    pub fn encode_all(self, pcm: &[i16]) -> Vec<u8> {
        pcm.iter().map(|sample| self.encode(*sample)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_silent_and_laws_keep_the_sound() {
        for codec in [Codec::Pcma, Codec::Pcmu] {
            assert!(codec.decode(codec.silence()).abs() <= 8, "{codec:?}");
            for other in [Codec::Pcma, Codec::Pcmu] {
                for byte in 0..=255 {
                    let (was, is) = (codec.decode(byte), other.decode(codec.convert(byte, other)));
                    let step = (was.unsigned_abs() / 16).max(16);
                    assert!(was.abs_diff(is) <= step, "{codec:?} {byte} to {other:?}: {was} became {is}");
                }
            }
        }
    }
}
