//! The numbers that the queue works with.

use serde::{Deserialize, Serialize};

/// What a file leaves out has the preset's value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QueuePolicy {
    /// With no seat free the machine answers, greets and listens after this long (ms); `-1` in a file: it never does.
    #[serde(with = "never")]
    pub listen_after_ms: Option<i64>,
    /// Lane B waits at most this long (ms) and then joins lane A.
    pub lane_b_ms_max: i64,
    /// And this long (ms) once it is heard: a blocked caller who speaks has a human within 45 s.
    pub lane_b_heard_ms_max: i64,
    /// Seats kept for lane A while more than one is staffed.
    pub kept_for_lane_a: usize,
    /// A silent call slides behind the others of its lane for at most this long (ms).
    pub silent_slide_ms: i64,
    /// Silent for this long (ms) after the machine spoke: it says once that any key will do.
    pub any_key_after_ms: i64,
    /// Nothing heard for this long (ms) since the line is up: it stands among the silent lines.
    pub silent_line_after_ms: i64,
    /// Who spoke with a number is preferred for it this long (ms).
    pub same_call_taker_ms: i64,
    /// The machine calls back this long (ms) after a caller was lost, one after the other; empty: never. The first is
    /// a little under the 30 s that are promised.
    pub call_back_after_ms: Vec<i64>,
    /// Who was called back and said "salah tekan" is left in peace this long (ms).
    pub peace_ms: i64,
}

impl Default for QueuePolicy {
    fn default() -> Self {
        Self {
            listen_after_ms: Some(3_000),
            lane_b_ms_max: 60_000,
            lane_b_heard_ms_max: 30_000,
            kept_for_lane_a: 1,
            silent_slide_ms: 30_000,
            any_key_after_ms: 8_000,
            silent_line_after_ms: 20_000,
            same_call_taker_ms: 3_600_000,
            call_back_after_ms: vec![25_000, 120_000, 600_000],
            peace_ms: 3_600_000,
        }
    }
}

/// TOML has no word for nothing: a negative time is never.
mod never {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(ms: &Option<i64>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(ms.unwrap_or(-1))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
        Ok(Some(i64::deserialize(from)?).filter(|ms| *ms >= 0))
    }
}
