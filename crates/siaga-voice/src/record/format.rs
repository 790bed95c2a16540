//! The file format, version 2. All numbers little-endian; every segment has the same size, so a damaged one never hides
//! the next and a torn tail is what is left over.
//!
//! | header, 48 bytes | |
//! |---|---|
//! | 8 | `SIAGAREC` |
//! | 1 | version, 2 (1: segments of a second, 8,000 samples; read as before) |
//! | 1 | codec of both channels: 0 µ-law, 8 A-law |
//! | 6 | zero |
//! | 8 | start, microseconds since 1970 UTC |
//! | 16 | call id |
//! | 8 | salt, random per file |
//!
//! | segment, 8,056 bytes | |
//! |---|---|
//! | 4 | index: the half second of the call it covers, from 0; a missing index is silence |
//! | 2 | samples that count, 1-4,000 (less only in the last segment) |
//! | 2 | zero |
//! | 8,016 | AES-256-GCM of 4,000 bytes caller and 4,000 bytes desk; nonce = salt, index; additional data = header, the 8 bytes before |
//! | 32 | SHA-256 over the hash before it (first: over the header's) and all of the above |

use super::{SEGMENT_SAMPLES, Segment};
use crate::media::Codec;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use sha2::{Digest, Sha256};
use siaga_core::{ids::CallId, time::Timestamp};

pub const HEADER_BYTES: usize = 48;
const MAGIC: &[u8; 8] = b"SIAGAREC";
const VERSION: u8 = 2;
/// What each version has in a segment.
const SAMPLES_OF_VERSION: [(u8, usize); 2] = [(1, 8_000), (VERSION, SEGMENT_SAMPLES)];
const PREFIX_BYTES: usize = 8;
const TAG_BYTES: usize = 16;
const HASH_BYTES: usize = 32;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
    pub codec: Codec,
    pub started_at: Timestamp,
    pub call: CallId,
    pub salt: [u8; 8],
    /// Samples per channel in a segment, which the version tells.
    pub segment_samples: usize,
}

impl Header {
    /// Of a recording that begins now.
    pub fn new(call: CallId, codec: Codec, started_at: Timestamp, salt: [u8; 8]) -> Self {
        Self { codec, started_at, call, salt, segment_samples: SEGMENT_SAMPLES }
    }

    /// Bytes of one segment on disk.
    pub fn segment_bytes(&self) -> usize {
        segment_bytes(self.segment_samples)
    }

    pub fn to_bytes(&self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[..8].copy_from_slice(MAGIC);
        let version = SAMPLES_OF_VERSION.iter().find(|(_, samples)| *samples == self.segment_samples);
        bytes[8] = version.map_or(VERSION, |(version, _)| *version);
        bytes[9] = match self.codec {
            Codec::Pcmu => 0,
            Codec::Pcma => 8,
        };
        bytes[16..24].copy_from_slice(&self.started_at.0.to_le_bytes());
        bytes[24..40].copy_from_slice(self.call.0.as_bytes());
        bytes[40..].copy_from_slice(&self.salt);
        bytes
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; HEADER_BYTES] = bytes.get(..HEADER_BYTES)?.try_into().ok()?;
        if &bytes[..8] != MAGIC {
            return None;
        }
        let (_, segment_samples) = SAMPLES_OF_VERSION.into_iter().find(|(version, _)| *version == bytes[8])?;
        let codec = match bytes[9] {
            0 => Codec::Pcmu,
            8 => Codec::Pcma,
            _ => return None,
        };
        Some(Self {
            codec,
            started_at: Timestamp(i64::from_le_bytes(bytes[16..24].try_into().ok()?)),
            call: CallId(uuid::Uuid::from_slice(&bytes[24..40]).ok()?),
            salt: bytes[40..].try_into().ok()?,
            segment_samples,
        })
    }

    /// What the first segment chains to.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.to_bytes()).into()
    }
}

/// Bytes on disk of a segment with so many samples a channel.
pub const fn segment_bytes(samples: usize) -> usize {
    PREFIX_BYTES + 2 * samples + TAG_BYTES + HASH_BYTES
}

/// Seals and opens the segments of one file.
pub struct Sealer {
    header: [u8; HEADER_BYTES],
    salt: [u8; 8],
    key: LessSafeKey,
    segment_samples: usize,
}

impl Sealer {
    pub fn new(header: &Header, key: &[u8; 32]) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, key).expect("because 32 bytes are an AES-256 key");
        Self {
            header: header.to_bytes(),
            salt: header.salt,
            key: LessSafeKey::new(key),
            segment_samples: header.segment_samples,
        }
    }

    fn nonce(&self, index: u32) -> Nonce {
        let mut nonce = [0; 12];
        nonce[..8].copy_from_slice(&self.salt);
        nonce[8..].copy_from_slice(&index.to_le_bytes());
        Nonce::assume_unique_for_key(nonce)
    }

    fn aad(&self, prefix: &[u8]) -> Aad<Vec<u8>> {
        Aad::from([&self.header[..], prefix].concat())
    }

    /// The bytes of a segment on disk, and the hash that the next one chains to.
    pub fn seal(&self, segment: &Segment, chain: &[u8; 32]) -> (Vec<u8>, [u8; 32]) {
        let mut bytes = Vec::with_capacity(segment_bytes(SEGMENT_SAMPLES));
        bytes.extend(segment.index.to_le_bytes());
        bytes.extend(segment.samples.to_le_bytes());
        bytes.extend([0, 0]);
        let mut sealed = [&segment.caller[..], &segment.desk[..]].concat();
        self.key
            .seal_in_place_append_tag(self.nonce(segment.index), self.aad(&bytes), &mut sealed)
            .expect("because a segment is far below the size limit of AES-GCM");
        bytes.extend(sealed);
        let hash = chain_hash(chain, &bytes);
        bytes.extend(hash);
        (bytes, hash)
    }

    /// `None`: altered, or another key.
    pub fn open(&self, frame: &Frame<'_>) -> Option<Segment> {
        let mut sealed = frame.sealed.to_vec();
        let plain = self.key.open_in_place(self.nonce(frame.index), self.aad(frame.prefix), &mut sealed).ok()?;
        let (caller, desk) = plain.split_at_checked(self.segment_samples)?;
        let samples = frame.samples.min(self.segment_samples as u16);
        Some(Segment { index: frame.index, samples, caller: caller.into(), desk: desk.into() })
    }
}

/// One segment as it lies on disk.
pub struct Frame<'a> {
    pub index: u32,
    pub samples: u16,
    prefix: &'a [u8],
    sealed: &'a [u8],
    pub hash: [u8; 32],
}

impl<'a> Frame<'a> {
    /// `bytes` is exactly one segment.
    pub fn from_bytes(bytes: &'a [u8]) -> Option<Self> {
        let (body, hash) = bytes.split_at_checked(bytes.len().checked_sub(HASH_BYTES)?)?;
        let (prefix, sealed) = body.split_at_checked(PREFIX_BYTES)?;
        Some(Self {
            index: u32::from_le_bytes(prefix[..4].try_into().ok()?),
            samples: u16::from_le_bytes(prefix[4..6].try_into().ok()?),
            prefix,
            sealed,
            hash: hash.try_into().ok()?,
        })
    }

    pub fn chains_to(&self, chain: &[u8; 32]) -> bool {
        let body = [self.prefix, self.sealed].concat();
        chain_hash(chain, &body) == self.hash
    }
}

fn chain_hash(chain: &[u8; 32], body: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(chain).chain_update(body).finalize().into()
}

/// Relative to the recordings folder: `2026/11/24/CALLID.siarec`, by the UTC day the recording began.
pub fn file_name(call: CallId, started_at: Timestamp) -> String {
    let day = started_at.in_zone(&jiff::tz::TimeZone::UTC);
    format!("{:04}/{:02}/{:02}/{call}.siarec", day.year(), day.month(), day.day())
}
