//! The words that leave the house: for a person on a telephone, and the same as JSON for another program.

use super::{
    Showing,
    read::{AssignmentRow, IncidentRow},
    threat,
};
use crate::{
    StoreError, Tx,
    outbox::{About, NewMessage},
};
use serde_json::json;
use siaga_core::{
    ids::{AssignmentId, IncidentId},
    incident::shared,
    intake::place_line,
};

/// Where messages of drills go: nowhere. The row itself is what the trainee sees.
const DRILL_CHANNEL: &str = "drill";
/// Above every message of a drill.
const DRILL_LINE: &str = "LATIHAN. BUKAN KEJADIAN SUNGGUHAN.";
/// Where a caller cannot speak freely: how to go there. It says nothing of who called, and goes to everybody who is sent.
const THREAT_LINE: &str = "TERANCAM: pelapor tidak bebas bicara. Jangan menelepon balik.";

/// Why a message goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Dispatch,
    /// Nobody has acknowledged; the level of `dispatch::overdue_level`.
    Reminder {
        level: u8,
    },
    Cancelled,
    /// The sheet was corrected after it was sent.
    Changed,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Kind::Dispatch => "dispatch",
            Kind::Reminder { .. } => "reminder",
            Kind::Cancelled => "cancelled",
            Kind::Changed => "changed",
        }
    }

    fn heading(self, number: i64, label: &str) -> String {
        let label = label.to_uppercase();
        match self {
            Kind::Dispatch => format!("SIAGA 112 #{number} {label}"),
            Kind::Reminder { level } => format!("PENGINGAT {level}: SIAGA 112 #{number} {label} belum diterima"),
            Kind::Cancelled => format!("DIBATALKAN: SIAGA 112 #{number} {label}"),
            Kind::Changed => format!("PERUBAHAN: SIAGA 112 #{number} {label}"),
        }
    }
}

pub(super) async fn of(
    tx: &mut Tx,
    kind: Kind,
    incident: &IncidentRow,
    assignment: &AssignmentRow,
    showing: &Showing<'_>,
) -> Result<NewMessage, StoreError> {
    let city = showing.city;
    // what this agency may see; nothing below reads the sheet itself
    let fields = shared(city, &assignment.agency, &incident.fields()?);
    let type_label = showing.type_label(&incident.incident_type);
    let place = place_line(city, &fields);
    let task_url = showing.task_url(AssignmentId(assignment.assignment_id));
    let mut lines: Vec<String> = incident.drill.then(|| DRILL_LINE.to_owned()).into_iter().collect();
    let duress = threat::of_incident(tx, incident.root.unwrap_or(incident.incident_id)).await?;
    lines.push(kind.heading(incident.number, &type_label));
    // who is called off goes nowhere and rings nobody
    if duress && kind != Kind::Cancelled {
        lines.push(THREAT_LINE.to_owned());
    }
    lines.push(format!("Tempat: {place}"));
    // a crew that is called off or reminded has the rest already
    if matches!(kind, Kind::Dispatch | Kind::Changed) {
        lines.extend(fields.situation.as_ref().map(|text| format!("Keadaan: {text}")));
        lines.extend(fields.victims.map(|count| format!("Korban: {count}")));
        let reporter: Vec<&str> =
            [&fields.reporter_name, &fields.reporter_number].into_iter().flatten().map(String::as_str).collect();
        if !reporter.is_empty() {
            lines.push(format!("Pelapor: {}", reporter.join(", ")));
        }
    }
    let by_webhook = city.agency(&assignment.agency).is_some_and(|agency| agency.webhook.is_some());
    let payload = json!({
        "kind": kind.word(),
        "drill": incident.drill,
        "city": city.name,
        "incident": {
            "id": IncidentId(incident.incident_id),
            "number": incident.number,
            "year": incident.year,
            "type": incident.incident_type,
            "type_label": type_label,
            "type_code": city.incident_type(&incident.incident_type).and_then(|one| one.code.clone()),
            "opened_at": incident.opened_at,
            "place": place,
            "duress": duress,
            "fields": fields,
        },
        "assignment": {
            "id": AssignmentId(assignment.assignment_id),
            "agency": assignment.agency,
            "reason": assignment.reason,
            "sent_at": assignment.sent_at,
            "acknowledge_by": assignment.acknowledge_by,
        },
        "task_url": task_url,
    });
    Ok(NewMessage {
        about: About::Assignment { incident: incident.incident_id, assignment: assignment.assignment_id },
        kind: kind.word(),
        agency: assignment.agency.clone(),
        target: assignment.agency_label.clone(),
        channel: match (incident.drill, by_webhook) {
            (true, _) => DRILL_CHANNEL,
            (false, true) => "webhook",
            (false, false) => "page",
        },
        text: lines.join("\n"),
        task_url: Some(task_url),
        payload: payload.to_string(),
    })
}
