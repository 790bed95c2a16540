//! The last seconds of a sound.

/// Bytes of the header that our own recorder writes before the samples.
const HEADER: usize = 44;
/// 8 kHz, two channels, 16 bit.
const BYTES_PER_S: usize = 32_000;

/// A WAV of our own recorder, cut to its last `seconds`. What is not one comes back as it was.
#[must_use]
pub fn last_seconds(mut wav: Vec<u8>, seconds: u32) -> Vec<u8> {
    let is_ours = wav.len() >= HEADER && wav.starts_with(b"RIFF") && &wav[36..40] == b"data";
    let keep = usize::try_from(seconds).unwrap_or(usize::MAX).saturating_mul(BYTES_PER_S);
    if !is_ours || wav.len() - HEADER <= keep {
        return wav;
    }
    let end = wav.len();
    wav.drain(HEADER..end - keep);
    let size = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes();
    let (file, data) = (size(wav.len() - 8), size(keep));
    wav[4..8].copy_from_slice(&file);
    wav[40..44].copy_from_slice(&data);
    wav
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_kept_and_the_header_tells_its_length() {
        let recording = siaga_voice::record::Recording {
            call: siaga_core::ids::CallId(crate::ids::fresh()),
            caller: (0..80_000).map(|n: i32| i16::try_from(n % 30_000).unwrap()).collect(),
            desk: vec![0; 80_000],
            started_at: crate::clock::now(),
            segments: 10,
            intact: true,
        };
        let whole = siaga_voice::record::wav(&recording);
        let cut = last_seconds(whole.clone(), 4);
        assert_eq!(cut.len(), HEADER + 4 * BYTES_PER_S);
        assert_eq!(cut[HEADER..], whole[whole.len() - 4 * BYTES_PER_S..]);
        assert_eq!(cut[40..44], 128_000u32.to_le_bytes());
        assert_eq!(cut[4..8], 128_036u32.to_le_bytes());
        assert_eq!(last_seconds(whole.clone(), 60), whole);
        assert_eq!(last_seconds(b"RIFF".to_vec(), 1), b"RIFF");
    }
}
