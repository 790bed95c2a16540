//! The evidence file of a referral: calls with the hashes of their recordings, decisions, notices, and the events of the
//! chain that prove them. One JSON file, signed; [`verify`] needs nothing but its bytes.
//!
//! The file is exactly what this program writes for its content: any other byte is a fault. Each part has a hash in the
//! manifest, so that a change is named; the manifest is signed with the city's key (Ed25519, RFC 8032).

mod key;
#[cfg(test)]
mod tests;
mod verify;

pub use key::{EvidenceKey, key_hex};
pub use verify::{Verified, verify};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use siaga_core::{
    class::Class,
    ids::{CallId, SanctionId},
    sanction::Sanction,
    time::Timestamp,
};
use uuid::Uuid;

/// The form of the file.
pub const FORMAT: &str = "siaga-evidence-1";

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    pub head: Head,
    pub sanction: Sanction,
    pub calls: Vec<CallPart>,
    pub notices: Vec<NoticePart>,
    pub events: Vec<EventPart>,
    pub manifest: Vec<PartHash>,
    /// Public key, hexadecimal.
    pub key: String,
    /// Over the manifest, hexadecimal.
    pub signature: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub format: String,
    pub city: String,
    pub sanction_id: SanctionId,
    pub made_at: Timestamp,
    /// The end of the chain when the file was made.
    pub chain_seq: i64,
    pub chain_hash: String,
}

/// A call the sanction rests on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallPart {
    pub call_id: CallId,
    pub at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub class: Option<Class>,
    pub sub: Option<String>,
    pub recordings: Vec<RecordingPart>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordingPart {
    pub file: String,
    pub duration_ms: i64,
    pub segments: i64,
    /// The hash that the chain vouches for, hexadecimal.
    pub hash: String,
}

/// What the number was told, without its code.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticePart {
    pub at: Timestamp,
    pub delivered_at: Option<Timestamp>,
    pub target: String,
    pub text: String,
}

/// One event with the hash of the one before it, so that its own hash can be computed again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventPart {
    pub seq: i64,
    pub id: Uuid,
    pub at: i64,
    pub kind: String,
    pub actor: Option<Uuid>,
    pub call_id: Option<Uuid>,
    pub incident_id: Option<Uuid>,
    /// Absent where retention took it away.
    pub body: Option<String>,
    pub body_hash: String,
    pub previous_hash: String,
    pub hash: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartHash {
    pub part: String,
    pub sha256: String,
}

/// The content of a file before it is signed.
#[derive(Clone, Debug)]
pub struct Content {
    pub head: Head,
    pub sanction: Sanction,
    pub calls: Vec<CallPart>,
    pub notices: Vec<NoticePart>,
    pub events: Vec<EventPart>,
}

impl Content {
    /// The file's bytes.
    #[must_use]
    pub fn sign(self, key: &EvidenceKey) -> Vec<u8> {
        let Content { head, sanction, calls, notices, events } = self;
        let manifest = manifest(&head, &sanction, &calls, &notices, &events);
        let signature = key.sign(&bytes(&manifest));
        written(&Evidence { head, sanction, calls, notices, events, manifest, key: key.public_hex(), signature })
    }
}

fn written(evidence: &Evidence) -> Vec<u8> {
    let mut text = serde_json::to_vec_pretty(evidence).expect("because plain structs become JSON");
    text.push(b'\n');
    text
}

fn bytes(part: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(part).expect("because plain structs become JSON")
}

fn manifest(
    head: &Head,
    sanction: &Sanction,
    calls: &[CallPart],
    notices: &[NoticePart],
    events: &[EventPart],
) -> Vec<PartHash> {
    let hash = |part: String, bytes: Vec<u8>| PartHash { part, sha256: hex::encode(Sha256::digest(bytes)) };
    let mut parts = vec![hash("head".to_owned(), bytes(head)), hash("sanction".to_owned(), bytes(sanction))];
    parts.extend(calls.iter().map(|call| hash(format!("call {}", call.call_id), bytes(call))));
    parts.extend((1..).zip(notices).map(|(n, notice)| hash(format!("notice {n}"), bytes(notice))));
    parts.extend(events.iter().map(|event| hash(format!("event {}", event.seq), bytes(event))));
    parts
}
