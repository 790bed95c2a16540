//! Recordings for ears and eyes: WAV with two channels, and the peaks that draw the waveform.

use super::Recording;
use crate::tone::RATE_HZ;
use std::io::Cursor;

/// Samples behind one peak: 100 ms.
const PEAK_SAMPLES: usize = 800;

/// RIFF WAV, 8 kHz, 16 bit, left the caller, right what the caller heard.
#[must_use]
pub fn wav(recording: &Recording) -> Vec<u8> {
    wav_of(&recording.caller, &recording.desk)
}

pub(super) fn wav_of(left: &[i16], right: &[i16]) -> Vec<u8> {
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: RATE_HZ,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut file = Cursor::new(Vec::with_capacity(44 + left.len() * 4));
    let mut writer = hound::WavWriter::new(&mut file, spec).expect("because memory takes a header");
    for n in 0..left.len().max(right.len()) {
        for channel in [left, right] {
            writer.write_sample(channel.get(n).copied().unwrap_or(0)).expect("because memory takes a sample");
        }
    }
    writer.finalize().expect("because memory can be rewound");
    file.into_inner()
}

/// For each 100 ms the loudest sample of caller and desk, 0-255 linear.
#[must_use]
pub fn peaks(recording: &Recording) -> (Vec<u8>, Vec<u8>) {
    let of = |pcm: &[i16]| -> Vec<u8> {
        pcm.chunks(PEAK_SAMPLES)
            .map(|chunk| chunk.iter().map(|s| s.unsigned_abs()).max().unwrap_or(0).min(0x7fff) >> 7)
            .map(|peak| peak as u8)
            .collect()
    };
    (of(&recording.caller), of(&recording.desk))
}
