//! What is open now, in the order in which the next shift reads it.

use crate::{
    time::Timestamp,
    view::{
        desk::{CallPhase, CallbackReason, DeskView, Direction, Link, SeatState},
        handover::{OpenKind, OpenThing},
        incident::{AssignmentState, IncidentView},
        outbox::{DeliveryState, OutboxView},
        sanction::SanctionView,
    },
};

/// A block that ends this soon (ms) ends in the coming shift: the longest of the three shifts of a day.
pub const COMING_SHIFT_MS: i64 = 8 * 3_600_000;
/// Digits of a number that the note keeps: enough to tell it from the others on today's list, too few to call it.
const DIGITS_KEPT: usize = 4;

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Now<'a> {
    pub desk: &'a DeskView,
    /// Open ones.
    pub incidents: &'a [IncidentView],
    pub outbox: &'a [OutboxView],
    /// Those in force.
    pub sanctions: &'a [SanctionView],
    pub at: Timestamp,
}

/// Late things of a kind first, then by age.
#[must_use]
pub fn open_things(now: Now<'_>) -> Vec<OpenThing> {
    let mut things = Vec::new();
    for incident in now.incidents.iter().filter(|one| one.merged_into.is_none() && !one.drill) {
        incident_things(incident, &mut things);
    }
    desk_things(now.desk, &mut things);
    for message in now.outbox.iter().filter(|one| one.state == DeliveryState::Dead) {
        things.push(OpenThing {
            id: message.outbox_id.to_string(),
            detail: message.error.clone().unwrap_or_default(),
            late: true,
            ..thing(OpenKind::Message, &message.target, message.created_at)
        });
    }
    let ends_soon = now.at.plus_ms(COMING_SHIFT_MS);
    for sanction in now.sanctions {
        let Some(until) = sanction.until.filter(|until| (now.at..=ends_soon).contains(until)) else { continue };
        things.push(OpenThing {
            id: sanction.sanction_id.to_string(),
            detail: sanction.reasons.join("; "),
            since: sanction.from,
            until: Some(until),
            ..thing(OpenKind::Block, &shortened(&sanction.number), sanction.proposed_at)
        });
    }
    things.sort_by(|a, b| (a.kind, !a.late, a.since, &a.id).cmp(&(b.kind, !b.late, b.since, &b.id)));
    things
}

fn thing(kind: OpenKind, title: &str, since: Timestamp) -> OpenThing {
    OpenThing {
        kind,
        id: String::new(),
        title: title.to_owned(),
        detail: String::new(),
        since: Some(since),
        until: None,
        late: false,
    }
}

fn incident_things(incident: &IncidentView, things: &mut Vec<OpenThing>) {
    let title = format!("{} {}", incident.number, incident.type_label);
    for one in incident.assignments.iter().filter(|one| one.state == AssignmentState::Sent) {
        things.push(OpenThing {
            id: one.assignment_id.to_string(),
            detail: title.clone(),
            late: one.overdue_level > 0,
            ..thing(OpenKind::Unacknowledged, &one.agency_label, one.sent_at)
        });
    }
    things.push(OpenThing {
        id: incident.incident_id.to_string(),
        detail: incident.place.clone(),
        late: incident.assignments.iter().any(|one| one.overdue_level > 0),
        ..thing(OpenKind::Incident, &title, incident.opened_at)
    });
}

fn desk_things(desk: &DeskView, things: &mut Vec<OpenThing>) {
    for call in &desk.calls {
        let unclassed = call.phase == CallPhase::Wrap && call.class.is_none();
        if call.direction == Direction::Drill {
            continue;
        }
        let alone = matches!(call.phase, CallPhase::Ringing | CallPhase::Listening | CallPhase::Waiting);
        if unclassed || alone {
            things.push(OpenThing {
                id: call.call_id.to_string(),
                detail: call.why.clone(),
                ..thing(OpenKind::Call, &shortened(call.number.as_deref().unwrap_or_default()), call.offered_at)
            });
        }
    }
    for entry in &desk.callbacks {
        things.push(OpenThing {
            id: entry.callback_id.to_string(),
            // the machine has done what it does: only a person is left
            late: entry.next_attempt_at.is_none() || entry.reason <= CallbackReason::Interrupted,
            until: entry.next_attempt_at,
            ..thing(OpenKind::Callback, &shortened(&entry.number), entry.since)
        });
    }
    for seat in desk.seats.iter().filter(|seat| seat.state == SeatState::Gone) {
        things.push(OpenThing {
            id: seat.seat.to_string(),
            detail: seat.display_name.clone(),
            late: true,
            ..thing(OpenKind::Seat, &seat.seat.to_string(), seat.since)
        });
    }
    let links = [("telephone", desk.links.telephone), ("data", desk.links.data), ("recording", desk.links.recording)];
    for (name, _) in links.into_iter().filter(|(_, link)| *link != Link::Up) {
        things.push(OpenThing {
            id: name.to_owned(),
            late: true,
            since: None,
            ..thing(OpenKind::Equipment, name, desk.now)
        });
    }
}

/// `0812-3456-7890` as `…7890`: none of it for who has no number.
fn shortened(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let kept = digits.len().saturating_sub(DIGITS_KEPT);
    if kept == 0 { String::new() } else { format!("…{}", digits[kept..].iter().collect::<String>()) }
}
