//! Checks an evidence file by its bytes alone and names what does not hold.

use super::{EventPart, Evidence, FORMAT, bytes, manifest, written};
use crate::events::{Event, link_hash};
use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// What holds, and what does not.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Verified {
    pub holds: Vec<String>,
    pub faults: Vec<String>,
    /// The key that signed it, hexadecimal: compare it with the one the city publishes.
    pub key: Option<String>,
}

/// Checks a file.
#[must_use]
pub fn verify(file: &[u8]) -> Verified {
    let mut found = Verified::default();
    let evidence: Evidence = match serde_json::from_slice(file) {
        Ok(evidence) => evidence,
        Err(error) => {
            found.faults.push(format!("line {}, column {}: {error}", error.line(), error.column()));
            return found;
        }
    };
    if evidence.head.format != FORMAT {
        found.faults.push(format!("head: the form is not {FORMAT}"));
    }
    let expected = written(&evidence);
    if expected != file {
        let at = expected.iter().zip(file).take_while(|(a, b)| a == b).count();
        found.faults.push(format!("byte {}: not as this program writes it", at + 1));
    }
    parts(&evidence, &mut found);
    signature(&evidence, &mut found);
    events(&evidence, &mut found);
    calls(&evidence, &mut found);
    decisions(&evidence, &mut found);
    found
}

fn parts(evidence: &Evidence, found: &mut Verified) {
    let Evidence { head, sanction, calls, notices, events, .. } = evidence;
    let now = manifest(head, sanction, calls, notices, events);
    if now.len() != evidence.manifest.len() {
        found.faults.push(format!("manifest: {} parts, {} are there", evidence.manifest.len(), now.len()));
    }
    let changed: Vec<_> = now.iter().zip(&evidence.manifest).filter(|(now, then)| now != then).collect();
    found.faults.extend(changed.iter().map(|(now, _)| format!("{}: was changed", now.part)));
    if changed.is_empty() {
        found.holds.push(format!("parts: {} hold", now.len()));
    }
}

fn signature(evidence: &Evidence, found: &mut Verified) {
    let lower = |text: &str| hex::decode(text).ok().filter(|bytes| hex::encode(bytes) == text);
    let valid = lower(&evidence.key).zip(lower(&evidence.signature)).is_some_and(|(key, signature)| {
        UnparsedPublicKey::new(&ED25519, key).verify(&bytes(&evidence.manifest), &signature).is_ok()
    });
    if valid {
        found.holds.push("signature: holds".to_owned());
        found.key = Some(evidence.key.clone());
    } else {
        found.faults.push("signature: is not of this manifest and this key".to_owned());
    }
}

fn events(evidence: &Evidence, found: &mut Verified) {
    let mut faults = Vec::new();
    let mut before: Option<&EventPart> = None;
    for event in &evidence.events {
        let name = format!("event {} ({})", event.seq, event.kind);
        if before.is_some_and(|before| before.seq >= event.seq) {
            faults.push(format!("{name}: out of order"));
        }
        if before.is_some_and(|before| before.seq + 1 == event.seq && before.hash != event.previous_hash) {
            faults.push(format!("{name}: does not follow the event before it"));
        }
        if event.body.as_ref().is_some_and(|body| hex::encode(Sha256::digest(body)) != event.body_hash) {
            faults.push(format!("{name}: its content was changed"));
        }
        if linked(event).as_deref() != Some(event.hash.as_str()) {
            faults.push(format!("{name}: its hash does not follow from the event before it"));
        }
        before = Some(event);
    }
    if faults.is_empty() {
        found.holds.push(format!("events: {} hold", evidence.events.len()));
    }
    found.faults.extend(faults);
}

/// The hash the event must have.
fn linked(event: &EventPart) -> Option<String> {
    let row = Event {
        seq: event.seq,
        id: event.id,
        at: event.at,
        kind: event.kind.clone(),
        actor: event.actor,
        call_id: event.call_id,
        incident_id: event.incident_id,
        body: None,
        body_hash: hex::decode(&event.body_hash).ok()?,
        hash: Vec::new(),
    };
    Some(hex::encode(link_hash(&hex::decode(&event.previous_hash).ok()?, &row)))
}

/// Each call is told by an event, each recording's hash stands in one.
fn calls(evidence: &Evidence, found: &mut Verified) {
    let of = |call: uuid::Uuid, kind: &str| {
        evidence.events.iter().filter(move |event| event.call_id == Some(call)).any(|event| event.kind == kind)
    };
    let recorded: BTreeSet<String> = evidence
        .events
        .iter()
        .filter(|event| event.kind == "RecCallEnd")
        .filter_map(|event| serde_json::from_str::<Value>(event.body.as_deref()?).ok())
        .filter_map(|body| recorded_hash(&body))
        .collect();
    let mut faults = Vec::new();
    for call in &evidence.calls {
        if !of(call.call_id.0, "CallStart") {
            faults.push(format!("call {}: no event tells of it", call.call_id));
        }
        if !of(call.call_id.0, "CallClassed") && !of(call.call_id.0, "CallReclassed") {
            faults.push(format!("call {}: no event tells its class", call.call_id));
        }
        for recording in call.recordings.iter().filter(|one| !recorded.contains(&one.hash)) {
            faults.push(format!("recording {}: no event has its hash", recording.file));
        }
    }
    if faults.is_empty() {
        found.holds.push(format!("calls: {} are told by events", evidence.calls.len()));
    }
    found.faults.extend(faults);
}

/// The hash in the event of a recording's end, hexadecimal.
fn recorded_hash(body: &Value) -> Option<String> {
    match body {
        Value::Object(map) => match map.get("hash") {
            Some(Value::String(text)) => Some(text.clone()),
            _ => map.values().find_map(recorded_hash),
        },
        _ => None,
    }
}

/// The sanction is the one that the newest of its events tells.
fn decisions(evidence: &Evidence, found: &mut Verified) {
    let told = evidence.events.iter().rev().find(|event| event.kind.starts_with("Sanction"));
    let body = told.and_then(|event| serde_json::from_str::<Value>(event.body.as_deref()?).ok());
    let same =
        body.is_some_and(|body| serde_json::to_value(&evidence.sanction).is_ok_and(|now| body["sanction"] == now));
    if same {
        found.holds.push("decisions: as the newest event tells them".to_owned());
    } else {
        found.faults.push("sanction: is not the one its newest event tells".to_owned());
    }
}
