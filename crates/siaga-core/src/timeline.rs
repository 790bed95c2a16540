//! A call's events as the lines of its replay: what is shown, in which order, and where each stands in the sound.

use crate::{
    call::{Prompt, live::Fact},
    class::Class,
    location::PositionSource,
    time::Timestamp,
    view::{
        card::CardChoice,
        timeline::{TimelineEvent, TimelineLine},
    },
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Peaks of the picture are per 100 ms.
const PEAK_MS: usize = 100;
/// A peak up to this (of 255) is quiet: about -38 dBFS, under a voice and over a telephone's own noise.
const QUIET_PEAK_MAX: u8 = 3;
/// Shorter pauses are how people talk.
const SILENCE_MS_MIN: usize = 5_000;

/// A piece of sound: when it began and how long it is. A restart in the middle of a call makes two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    pub started_at: Timestamp,
    pub duration_ms: u32,
}

/// An event of the chain, as far as a replay reads it.
#[derive(Clone, PartialEq, Debug)]
pub struct Happened {
    pub at: Timestamp,
    pub kind: String,
    /// The name of who did it.
    pub by: Option<String>,
    /// JSON; `None`: retention took it.
    pub body: Option<String>,
}

/// A position that the caller's telephone told.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Told {
    pub at: Timestamp,
    pub source: PositionSource,
    pub lat: f64,
    pub lng: f64,
    pub radius_m: f64,
}

/// Everything a replay shows, in the order of time.
#[must_use]
pub fn timeline(events: &[Happened], positions: &[Told], pieces: &[Piece], caller_peaks: &[u8]) -> Vec<TimelineLine> {
    let mut sheet = BTreeMap::new();
    let line = |at: Timestamp, by: Option<String>, what: TimelineEvent| TimelineLine {
        at,
        audio_ms: audio_ms(pieces, at),
        by,
        what,
    };
    let mut lines: Vec<TimelineLine> = Vec::new();
    for event in events {
        for what in read(event, &mut sheet) {
            lines.push(line(event.at, event.by.clone(), what));
        }
    }
    left_to_machine(&mut lines);
    for told in positions {
        let Told { at, source, lat, lng, radius_m } = *told;
        lines.push(line(at, None, TimelineEvent::Position { source, lat, lng, radius_m }));
    }
    for (from_ms, ms) in silences(caller_peaks) {
        lines.push(line(moment(pieces, from_ms), None, TimelineEvent::Silence { ms }));
    }
    // stable: of one moment, the chain's order stands
    lines.sort_by_key(|line| line.at);
    lines
}

/// Asked, and in the same moment a ghost of who asked: the line was left to the machine. One thing is one line.
fn left_to_machine(lines: &mut [TimelineLine]) {
    let ghost = |line: &TimelineLine| matches!(line.what, TimelineEvent::Classed { class: Some(Class::Ghost), .. });
    let mut next = 1;
    while next < lines.len() {
        let (class, said) = (&lines[next - 1], &lines[next]);
        let asked = said.what == TimelineEvent::Said { prompt: Prompt::NeedHelp };
        if asked && ghost(class) && class.at == said.at && class.by == said.by {
            lines[next].what = TimelineEvent::LeftToMachine;
            lines.swap(next - 1, next);
        }
        next += 1;
    }
}

/// Where a moment is in the joined sound.
fn audio_ms(pieces: &[Piece], at: Timestamp) -> u32 {
    let mut before = 0_u32;
    for piece in pieces {
        let into = at.ms_since(piece.started_at);
        if into < 0 {
            break;
        }
        if into < i64::from(piece.duration_ms) {
            return before.saturating_add(u32::try_from(into).unwrap_or(0));
        }
        before = before.saturating_add(piece.duration_ms);
    }
    before
}

/// When a place of the joined sound was.
fn moment(pieces: &[Piece], audio_ms: u32) -> Timestamp {
    let mut left = audio_ms;
    for piece in pieces {
        if left < piece.duration_ms {
            return piece.started_at.plus_ms(i64::from(left));
        }
        left -= piece.duration_ms;
    }
    pieces.last().map_or(Timestamp(0), |last| last.started_at.plus_ms(i64::from(last.duration_ms)))
}

/// Stretches in which nothing was heard of the caller: from, how long (ms).
fn silences(peaks: &[u8]) -> Vec<(u32, u32)> {
    let ms = |count: usize| u32::try_from(count * PEAK_MS).unwrap_or(u32::MAX);
    let mut found = Vec::new();
    let mut from = 0;
    for stretch in peaks.chunk_by(|a, b| (*a <= QUIET_PEAK_MAX) == (*b <= QUIET_PEAK_MAX)) {
        if stretch.first().is_some_and(|peak| *peak <= QUIET_PEAK_MAX) && stretch.len() * PEAK_MS >= SILENCE_MS_MIN {
            found.push((ms(from), ms(stretch.len())));
        }
        from += stretch.len();
    }
    found
}

#[derive(Deserialize)]
struct Corrected {
    to: To,
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Deserialize)]
struct To {
    class: Class,
    sub: Option<String>,
}

#[derive(Deserialize)]
struct Answered {
    asked: String,
    choice: CardChoice,
}

/// The lines of one event; none for what is no part of the call itself (who heard it later).
fn read(event: &Happened, sheet: &mut BTreeMap<String, String>) -> Vec<TimelineEvent> {
    let known = fact_kind(&event.kind)
        || matches!(
            event.kind.as_str(),
            "DraftSaved"
                | "NoteAdded"
                | "CardAnswered"
                | "CallReclassed"
                | "IncidentOpened"
                | "IncidentCallAttached"
                | "LocationLinkSent"
        );
    if !known {
        return Vec::new();
    }
    let Some(body) = &event.body else { return vec![TimelineEvent::Removed] };
    if fact_kind(&event.kind) {
        return serde_json::from_str::<Fact>(body).ok().and_then(of_fact).into_iter().collect();
    }
    let value = || serde_json::from_str::<Value>(body).unwrap_or_default();
    let one = match event.kind.as_str() {
        "DraftSaved" => return fields(&value()["fields"], sheet),
        "NoteAdded" => value()["text"].as_str().map(|text| TimelineEvent::Note { text: text.to_owned() }),
        "CardAnswered" => serde_json::from_str::<Answered>(body)
            .ok()
            .map(|Answered { asked, choice }| TimelineEvent::Card { asked, choice }),
        "CallReclassed" => serde_json::from_str::<Corrected>(body)
            .ok()
            .map(|Corrected { to, reason }| TimelineEvent::Reclassed { class: to.class, sub: to.sub, reason }),
        "LocationLinkSent" => Some(TimelineEvent::LinkSent),
        _ => Some(TimelineEvent::Incident { number: value()["number"].as_i64() }),
    };
    one.into_iter().collect()
}

/// Kinds whose body is a [`Fact`].
fn fact_kind(kind: &str) -> bool {
    matches!(
        kind,
        "CallStart"
            | "CallStateChange"
            | "RangOutside"
            | "CallJudged"
            | "CallDrilled"
            | "CallHandedOff"
            | "CallCameBack"
            | "CallSupervised"
            | "CallSupervisionEnded"
            | "Route"
            | "PromptSaid"
            | "EndedUnheard"
            | "DuressMarked"
            | "CallSignalingMessage"
            | "CallClassed"
            | "AbandonedCall"
            | "CallEnd"
    )
}

fn of_fact(fact: Fact) -> Option<TimelineEvent> {
    Some(match fact {
        Fact::Offered { lane, suspicion, reasons, .. } => TimelineEvent::Offered { lane, suspicion, reasons },
        Fact::Judged { lane, suspicion, reasons, .. } => TimelineEvent::Judged { lane, suspicion, reasons },
        Fact::Drilled { .. } => TimelineEvent::Drilled,
        Fact::Greeted { .. } => TimelineEvent::Greeted,
        Fact::Routed { seat, why, .. } => TimelineEvent::Rang { seat, why },
        Fact::Answered { seat, .. } => TimelineEvent::Answered { seat },
        Fact::RangOutside { telephone, .. } => TimelineEvent::RangOutside { telephone },
        Fact::AnsweredOutside { telephone, .. } => TimelineEvent::AnsweredOutside { telephone },
        Fact::Moved { seat, reason, .. } => TimelineEvent::Moved { seat, reason },
        Fact::Said { prompt, .. } => TimelineEvent::Said { prompt },
        Fact::EndedUnheard { asked_ms, .. } => TimelineEvent::EndedUnheard { asked_ms },
        Fact::HandedOff { seat, .. } => TimelineEvent::HandedOff { seat },
        Fact::CameBack { sign, .. } => TimelineEvent::CameBack { sign },
        Fact::Supervised { how, .. } => TimelineEvent::Supervised { how },
        Fact::SupervisionEnded { .. } => TimelineEvent::SupervisionEnded,
        Fact::Duress { on, .. } => TimelineEvent::Duress { on },
        Fact::Held { on, .. } => TimelineEvent::Held { on },
        Fact::KeyPressed { digit, .. } => TimelineEvent::Key { digit },
        Fact::Classed { choice, .. } => {
            let (class, sub) = choice.map_or((None, None), |choice| (Some(choice.class), choice.sub));
            TimelineEvent::Classed { class, sub }
        }
        Fact::Ended { outcome, by, .. } => TimelineEvent::Ended { outcome, by },
        // where it is comes with its coordinates from its own table; the rest is no part of the call
        _ => return None,
    })
}

/// What a save changed: one line per field whose value is another one now.
fn fields(changed: &Value, sheet: &mut BTreeMap<String, String>) -> Vec<TimelineEvent> {
    let text = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(text.trim().to_owned()),
        other => Some(other.to_string()),
    };
    let mut lines = Vec::new();
    for (field, value) in changed.as_object().into_iter().flatten() {
        let value = text(value);
        let before = match &value {
            Some(value) => sheet.insert(field.clone(), value.clone()),
            None => sheet.remove(field),
        };
        if before != value {
            lines.push(TimelineEvent::Field { field: field.clone(), value, before });
        }
    }
    lines
}

#[cfg(test)]
mod tests;
