//! *INFO KEJADIAN*: the field report as text that a centre forwards, with the times of the record and none other.
//!
//! What nobody knows is a line of dots to fill in. Who called is not in it, and what looks like a telephone number in a
//! note is taken out: the text travels through many telephones.

use crate::{
    city::City,
    time::{MONTHS, Timestamp},
    view::incident::{AssignmentState, AssignmentView, IncidentOutcome, IncidentView, NoteLine},
};
use jiff::civil::{Date, Weekday};
use std::fmt::Write;

const DOTS: &str = "....................";
/// Digits in a row, spaces and dashes between them not counted, that look like a telephone number: the shortest
/// subscriber's numbers here have seven.
const NUMBER_DIGITS_MIN: usize = 7;

/// `received_at`: when the first call about it arrived.
#[must_use]
pub fn info_kejadian(incident: &IncidentView, received_at: Option<Timestamp>, city: &City) -> String {
    let times = Times { city, day: received_at.unwrap_or(incident.opened_at).in_zone(city.time_zone()).date() };
    let received = received_at.unwrap_or(incident.opened_at);
    let at = received.in_zone(city.time_zone());
    let mut text = String::new();
    let mut line = |words: &str| {
        text.push_str(words.trim_end());
        text.push('\n');
    };
    line("*INFO KEJADIAN*");
    line(&format!("Nomor {} tahun {}", incident.number, incident.opened_at.in_zone(city.time_zone()).year()));
    line("");
    line("Kepada Yth.");
    for (n, who) in (1..).zip(addressees(&city.name)) {
        line(&format!("{n}. {who}"));
    }
    line(&format!("Dari: Layanan 112 {}", city.name));
    line("");
    line("*I. KETERANGAN KEJADIAN*");
    line(&format!("Jenis: {}", incident.type_label));
    line(&format!("Hari, tanggal: {}, {}", weekday(times.day), long_day(times.day)));
    line(&format!("Jam: {:02}.{:02} {}", at.hour(), at.minute(), city.zone_label));
    line(&format!("Lokasi: {}", or_dots(&plain(&incident.place))));
    line(&format!("Sumber informasi: {} panggilan ke 112", incident.calls.len()));
    line(&format!("Sebab: {DOTS}"));
    line(&format!("Kronologi: {}", or_dots(&plain(incident.fields.situation.as_deref().unwrap_or_default()))));
    line(&format!("Dampak: {DOTS} rumah, {DOTS} KK, {DOTS} jiwa"));
    if let Some(victims) = incident.fields.victims {
        line(&format!("Korban menurut pelapor: {victims} orang"));
    }
    line("");
    line("*II. UPAYA*");
    line(&format!("Informasi diterima: {}", times.told(received)));
    for task in &incident.assignments {
        line(&format!("- {}: {}", task.agency_label, steps(task, &times)));
    }
    if incident.assignments.is_empty() {
        line("- belum ada instansi yang diminta");
    }
    line("");
    line("*III. KONDISI TERKINI*");
    line(&condition(incident, &times));
    for note in newest(incident) {
        line(&format!("- {}: {}", times.told(note.at), plain(&note.text)));
    }
    line("");
    line("*UNSUR YANG TERLIBAT*");
    for task in incident.assignments.iter().filter(|task| task.state != AssignmentState::Cancelled) {
        line(&format!("- {}: {DOTS} personel", task.agency_label));
    }
    line("");
    line(&format!("TRC {}", city.name));
    line(&format!("(nama, jabatan) {DOTS}"));
    text
}

/// The offices of the layout in use; no person is named.
fn addressees(city: &str) -> [String; 4] {
    let head = match (city.strip_prefix("Kota "), city.strip_prefix("Kabupaten ")) {
        (Some(name), _) => [format!("Wali Kota {name}"), format!("Wakil Wali Kota {name}")],
        (_, Some(name)) => [format!("Bupati {name}"), format!("Wakil Bupati {name}")],
        _ => [format!("Kepala Daerah {city}"), format!("Wakil Kepala Daerah {city}")],
    };
    let [first, second] = head;
    [first, second, format!("Sekretaris Daerah {city}"), format!("Kepala Pelaksana BPBD {city}")]
}

/// Clock times of the incident's own day; another day is written out.
struct Times<'c> {
    city: &'c City,
    day: Date,
}

impl Times<'_> {
    fn told(&self, at: Timestamp) -> String {
        let local = at.in_zone(self.city.time_zone());
        let clock = format!("{:02}.{:02} {}", local.hour(), local.minute(), self.city.zone_label);
        if local.date() == self.day { clock } else { format!("{} {clock}", long_day(local.date())) }
    }
}

fn long_day(day: Date) -> String {
    let month = usize::try_from(day.month() - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"");
    format!("{} {month} {}", day.day(), day.year())
}

fn weekday(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "Senin",
        Weekday::Tuesday => "Selasa",
        Weekday::Wednesday => "Rabu",
        Weekday::Thursday => "Kamis",
        Weekday::Friday => "Jumat",
        Weekday::Saturday => "Sabtu",
        Weekday::Sunday => "Minggu",
    }
}

/// The steps that have a time; a step that was skipped is not invented.
fn steps(task: &AssignmentView, times: &Times) -> String {
    let last = match task.state {
        AssignmentState::NothingFound => "nihil di lokasi",
        AssignmentState::Cancelled => "dibatalkan",
        _ => "selesai",
    };
    let known = [
        ("diteruskan", Some(task.sent_at)),
        ("diterima", task.acknowledged_at),
        ("berangkat", task.en_route_at),
        ("tiba", task.on_scene_at),
        (last, task.done_at),
    ];
    let told: Vec<String> =
        known.iter().filter_map(|(word, at)| at.map(|at| format!("{word} {}", times.told(at)))).collect();
    told.join(", ")
}

fn condition(incident: &IncidentView, times: &Times) -> String {
    let Some(closed_at) = incident.closed_at else { return "Masih ditangani.".to_owned() };
    let outcome = match incident.outcome {
        Some(IncidentOutcome::Resolved) => "selesai ditangani",
        Some(IncidentOutcome::NothingFound) => "tidak ditemukan kejadian di lokasi",
        Some(IncidentOutcome::FalseReport) => "laporan palsu",
        Some(IncidentOutcome::Duplicate) => "sudah tercatat sebagai kejadian lain",
        Some(IncidentOutcome::HandedOver) => "diserahkan kepada pihak lain",
        None => "ditutup",
    };
    format!("Ditutup {}: {outcome}.", times.told(closed_at))
}

/// Notes of the incident and its crews, in the order of their times.
fn newest(incident: &IncidentView) -> Vec<&NoteLine> {
    let mut notes: Vec<&NoteLine> =
        incident.notes.iter().chain(incident.assignments.iter().flat_map(|task| &task.notes)).collect();
    notes.sort_by_key(|note| note.at);
    notes
}

fn or_dots(text: &str) -> &str {
    if text.is_empty() { DOTS } else { text }
}

/// On one line, without what looks like a telephone number and without what a messenger reads as a sign of its own.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    let flush = |run: &mut String, out: &mut String| {
        if run.chars().filter(char::is_ascii_digit).count() >= NUMBER_DIGITS_MIN {
            out.push_str("(nomor)");
            let kept = run.chars().rev().take_while(|c| *c == ' ').count();
            out.extend(std::iter::repeat_n(' ', kept));
        } else {
            out.push_str(run);
        }
        run.clear();
    };
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !"*_~`".contains(*c)) {
        let inside = c.is_ascii_digit() || (!run.is_empty() && " -".contains(c)) || (run.is_empty() && c == '+');
        if inside {
            run.push(c);
        } else {
            flush(&mut run, &mut out);
            let _ = write!(out, "{c}");
        }
    }
    flush(&mut run, &mut out);
    out.trim().to_owned()
}

#[cfg(test)]
mod tests;
