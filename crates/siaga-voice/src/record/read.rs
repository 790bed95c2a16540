//! Playing and proving a recording. A broken segment is silence in the sound and a name in the proof; it never stops the
//! rest. A torn tail (power cut while the last segment was written) is no damage.

use super::{
    RecordError, SEGMENT_SAMPLES, Segment,
    format::{Frame, HEADER_BYTES, Header, Sealer, segment_bytes},
    recall::RECALL_SEGMENTS,
};
use siaga_core::{ids::CallId, time::Timestamp};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
};

/// Bytes of one segment as they are written now.
const SEGMENT_BYTES: u64 = segment_bytes(SEGMENT_SAMPLES) as u64;
/// A gap between two segments longer than this (a day) is taken for damage, not for silence.
const GAP_SAMPLES_MAX: usize = 86_400 * 8_000;

/// A recording decoded for playing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recording {
    pub call: CallId,
    /// 8,000 samples a second.
    pub caller: Vec<i16>,
    /// What the caller heard, the same length.
    pub desk: Vec<i16>,
    pub started_at: Timestamp,
    /// Whole segments in the file.
    pub segments: u32,
    /// No segment is altered, missing in the chain or unreadable.
    pub intact: bool,
}

/// What a check of the whole file found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified {
    pub segments: u32,
    /// The last segment's chain hash: equal to the one reported when it was written, or the end was cut off.
    pub hash: [u8; 32],
    /// Position (from 0) of the first segment whose chain or seal does not hold.
    pub first_broken: Option<u32>,
    /// Bytes after the last whole segment: the writer was interrupted.
    pub torn_tail: bool,
}

struct Opened {
    header: Header,
    bytes: Vec<u8>,
}

impl Opened {
    fn open(path: &Path) -> Result<Self, RecordError> {
        let bytes = std::fs::read(path).map_err(|error| RecordError::File { path: path.into(), error })?;
        let header = Header::from_bytes(&bytes).ok_or_else(|| RecordError::Format(path.into()))?;
        Ok(Self { header, bytes })
    }

    fn frames(&self) -> impl Iterator<Item = Frame<'_>> {
        self.bytes[HEADER_BYTES..].chunks_exact(self.header.segment_bytes()).filter_map(Frame::from_bytes)
    }
}

/// Decodes the whole recording. Broken segments are silent and `intact` is false.
pub fn read(path: &Path, key: &[u8; 32]) -> Result<Recording, RecordError> {
    let file = Opened::open(path)?;
    let sealer = Sealer::new(&file.header, key);
    let (codec, length) = (file.header.codec, file.header.segment_samples);
    let mut chain = file.header.hash();
    let (mut caller, mut desk, mut segments, mut intact) = (Vec::new(), Vec::new(), 0u32, true);
    for frame in file.frames() {
        segments += 1;
        let whole = frame.chains_to(&chain);
        chain = frame.hash;
        let opened = sealer.open(&frame);
        intact &= whole && opened.is_some();
        let Some(segment) = opened else {
            // Its own index cannot be trusted: it takes the place after the one before.
            caller.resize(caller.len() + length, 0);
            desk.resize(caller.len(), 0);
            continue;
        };
        let place = segment.index as usize * length;
        if place > caller.len() && place - caller.len() <= GAP_SAMPLES_MAX {
            caller.resize(place, 0);
            desk.resize(place, 0);
        }
        let samples = usize::from(segment.samples);
        caller.extend(codec.decode_all(&segment.caller[..samples]));
        desk.extend(codec.decode_all(&segment.desk[..samples]));
    }
    Ok(Recording { call: file.header.call, caller, desk, started_at: file.header.started_at, segments, intact })
}

/// Checks chain and seal of every segment without decoding.
pub fn verify(path: &Path, key: &[u8; 32]) -> Result<Verified, RecordError> {
    let file = Opened::open(path)?;
    let sealer = Sealer::new(&file.header, key);
    let (mut hash, mut segments, mut first_broken) = (file.header.hash(), 0u32, None);
    for frame in file.frames() {
        if first_broken.is_none() && !(frame.chains_to(&hash) && sealer.open(&frame).is_some()) {
            first_broken = Some(segments);
        }
        hash = frame.hash;
        segments += 1;
    }
    let torn_tail = !(file.bytes.len() - HEADER_BYTES).is_multiple_of(file.header.segment_bytes());
    Ok(Verified { segments, hash, first_broken, torn_tail })
}

/// Whether a file ends before its first whole segment: nobody's voice is in it. What is long enough for one is never
/// empty, whatever it holds.
///
/// # Errors
/// [`RecordError::File`].
pub fn is_empty(path: &Path) -> Result<bool, RecordError> {
    let bytes = std::fs::read(path).map_err(|error| RecordError::File { path: path.into(), error })?;
    let header = Header::from_bytes(&bytes);
    let room = bytes.len().saturating_sub(HEADER_BYTES);
    Ok(bytes.len() < HEADER_BYTES || header.is_some_and(|header| room < header.segment_bytes()))
}

/// The last minute of a recording that is still being written, from segment `from` on.
pub(super) fn tail(path: &Path, key: &[u8; 32], from: u32) -> Result<Vec<Segment>, RecordError> {
    let (header, bytes) = last(path).map_err(|error| RecordError::File { path: path.into(), error })?;
    let header = Header::from_bytes(&header).ok_or_else(|| RecordError::Format(path.into()))?;
    let sealer = Sealer::new(&header, key);
    let frames = bytes.chunks_exact(header.segment_bytes()).filter_map(Frame::from_bytes);
    Ok(frames.filter(|frame| frame.index >= from).filter_map(|frame| sealer.open(&frame)).collect())
}

/// The header, and the last segments of a file that is written now.
fn last(path: &Path) -> io::Result<([u8; HEADER_BYTES], Vec<u8>)> {
    let mut file = File::open(path)?;
    let mut header = [0; HEADER_BYTES];
    file.read_exact(&mut header)?;
    let whole = (file.metadata()?.len() - HEADER_BYTES as u64) / SEGMENT_BYTES;
    let first = whole.saturating_sub(RECALL_SEGMENTS.into());
    file.seek(SeekFrom::Start(HEADER_BYTES as u64 + first * SEGMENT_BYTES))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok((header, bytes))
}
