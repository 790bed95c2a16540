//! The last minute of a running call, for whoever asks what was said. It is read back from the recording; only what is
//! not on the disk yet comes from memory. So a call costs the same memory however long it lasts.

use super::{Segment, read::tail, wav::wav_of};
use crate::media::Codec;
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

/// Segments that a recall reaches back, a minute.
pub(super) const RECALL_SEGMENTS: u32 = 120;

/// Where a recording lies, and what opens it.
pub(crate) struct Lies {
    pub path: PathBuf,
    pub key: [u8; 32],
}

/// The last minute of a running call.
pub struct Heard {
    pub(super) codec: Codec,
    /// What memory has, in order; the running segment last.
    pub(super) fresh: Vec<Arc<Segment>>,
    /// Index of the first segment that is wanted, and of the first that is still to come.
    pub(super) from: u32,
    pub(super) until: u32,
    pub(super) lies: Option<Lies>,
}

impl Heard {
    /// Where to find what memory has no more.
    #[must_use]
    pub(crate) fn lying(self, lies: Lies) -> Self {
        Self { lies: Some(lies), ..self }
    }

    /// Left the caller, right what the caller heard; 16 bit, 8 kHz. Reads the disk.
    #[must_use]
    pub fn wav(&self) -> Vec<u8> {
        let mut segments: BTreeMap<u32, Arc<Segment>> =
            self.written().into_iter().map(|segment| (segment.index, Arc::new(segment))).collect();
        segments.extend(self.fresh.iter().map(|segment| (segment.index, segment.clone())));
        let silence = Arc::new(Segment::blank(0, self.codec));
        let wanted: Vec<&Segment> =
            (self.from..self.until).map(|index| &**segments.get(&index).unwrap_or(&silence)).collect();
        let channel = |pick: fn(&Segment) -> &[u8]| -> Vec<i16> {
            wanted.iter().flat_map(|s| self.codec.decode_all(&pick(s)[..usize::from(s.samples)])).collect()
        };
        wav_of(&channel(|s| &s.caller), &channel(|s| &s.desk))
    }

    fn written(&self) -> Vec<Segment> {
        let is_all_fresh = self.fresh.first().is_some_and(|first| first.index <= self.from);
        match &self.lies {
            Some(lies) if !is_all_fresh => tail(&lies.path, &lies.key, self.from).unwrap_or_else(|error| {
                tracing::warn!(%error, "a running recording could not be read back");
                Vec::new()
            }),
            _ => Vec::new(),
        }
    }
}
