//! A number's history in one sentence for the call-taker: real reports first, then how often, then what it was.

use super::facts::{NumberFacts, RealReport};
use crate::{
    class::Class,
    time::{MONTHS, Timestamp},
};
use jiff::{civil::Date, tz::TimeZone};

/// Nuisance and the rest, in the order in which they help to decide.
const WORDS: [(Class, &str); 5] = [
    (Class::Ghost, "tanpa suara"),
    (Class::Prank, "prank"),
    (Class::Information, "informasi"),
    (Class::Abandoned, "putus"),
    (Class::Test, "uji coba"),
];

/// "1 kebakaran nyata 3 Mei, 17 panggilan, 16 tanpa suara". `type_label` turns the key of an incident type into the
/// city's word; the year is named when it is not the one of `now`.
#[must_use]
pub fn sentence(
    facts: &NumberFacts,
    type_label: impl Fn(&str) -> Option<String>,
    now: Timestamp,
    zone: &TimeZone,
) -> String {
    if facts.calls == 0 {
        return "panggilan pertama".to_owned();
    }
    let mut parts = Vec::new();
    if let Some(real) = &facts.real {
        parts.push(real_words(
            real,
            facts.count(Class::Emergency).saturating_sub(facts.nothing_found),
            type_label,
            now,
            zone,
        ));
    }
    if facts.nothing_found > 0 {
        parts.push(format!("{} laporan nihil di lokasi", facts.nothing_found));
    }
    parts.push(format!("{} panggilan", facts.calls));
    for (class, word) in WORDS {
        let count = facts.count(class);
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    if facts.threatened > 0 {
        parts.push(format!("{} terancam", facts.threatened));
    }
    let unclassed = facts.calls.saturating_sub(facts.by_class.values().sum::<u32>() + facts.threatened);
    if unclassed > 0 {
        parts.push(format!("{unclassed} belum dinilai"));
    }
    parts.join(", ")
}

fn real_words(
    real: &RealReport,
    count: u32,
    type_label: impl Fn(&str) -> Option<String>,
    now: Timestamp,
    zone: &TimeZone,
) -> String {
    let date = day_words(real.at.in_zone(zone).date(), now.in_zone(zone).date());
    let kind = real.incident_type.as_deref().and_then(type_label).map(|label| label.to_lowercase());
    match (count, kind) {
        (0 | 1, Some(kind)) => format!("1 {kind} nyata {date}"),
        (0 | 1, None) => format!("1 laporan nyata {date}"),
        (count, Some(kind)) => format!("{count} laporan nyata (terakhir {kind} {date})"),
        (count, None) => format!("{count} laporan nyata (terakhir {date})"),
    }
}

fn day_words(day: Date, today: Date) -> String {
    let month = MONTHS.get(usize::from(day.month().unsigned_abs()) - 1).copied().unwrap_or_default();
    if day.year() == today.year() {
        format!("{} {month}", day.day())
    } else {
        format!("{} {month} {}", day.day(), day.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-05-03 08:00 in Jakarta.
    const MAY_3: Timestamp = Timestamp(1_777_770_000_000_000);
    const DAY_US: i64 = 86_400_000_000;

    fn check(classes: &[(Class, u32)], unclassed: u32, real: Option<(Timestamp, Option<&str>)>, expected: &str) {
        let by_class: std::collections::BTreeMap<_, _> = classes.iter().copied().collect();
        let facts = NumberFacts {
            calls: by_class.values().sum::<u32>() + unclassed,
            by_class,
            threatened: 0,
            nothing_found: 0,
            real: real.map(|(at, kind)| RealReport { at, incident_type: kind.map(str::to_owned) }),
            newest: Vec::new(),
            short_calls: 0,
            block: None,
        };
        let zone = TimeZone::get("Asia/Jakarta").expect("because the zone table is built in");
        let label = |key: &str| (key == "fire").then(|| "Kebakaran".to_owned());
        assert_eq!(sentence(&facts, label, Timestamp(MAY_3.0 + 30 * DAY_US), &zone), expected);
    }

    #[test]
    fn a_report_at_whose_place_nothing_was_found_is_not_told_as_real() {
        let told = |emergencies, nothing_found, real: Option<RealReport>| {
            let by_class = [(Class::Emergency, emergencies)].into();
            let facts = NumberFacts { calls: emergencies, by_class, nothing_found, real, ..NumberFacts::default() };
            sentence(&facts, |_| None, MAY_3, &TimeZone::UTC)
        };
        let real = Some(RealReport { at: MAY_3, incident_type: None });
        assert_eq!(told(1, 1, None), "1 laporan nihil di lokasi, 1 panggilan");
        assert_eq!(told(2, 1, real), "1 laporan nyata 3 Mei, 1 laporan nihil di lokasi, 2 panggilan");
    }

    #[test]
    fn who_was_threatened_is_told_and_in_no_class() {
        let facts =
            NumberFacts { calls: 4, by_class: [(Class::Prank, 2)].into(), threatened: 1, ..NumberFacts::default() };
        let told = sentence(&facts, |_| None, MAY_3, &TimeZone::UTC);
        assert_eq!(told, "4 panggilan, 2 prank, 1 terancam, 1 belum dinilai");
    }

    #[test]
    fn history_in_one_sentence() {
        use Class::{Abandoned, Emergency, Ghost, Information, Prank};
        check(&[], 0, None, "panggilan pertama");
        check(
            &[(Ghost, 16), (Emergency, 1)],
            0,
            Some((MAY_3, Some("fire"))),
            "1 kebakaran nyata 3 Mei, 17 panggilan, 16 tanpa suara",
        );
        check(&[(Prank, 3), (Information, 1)], 2, None, "6 panggilan, 3 prank, 1 informasi, 2 belum dinilai");
        check(
            &[(Emergency, 2), (Abandoned, 1)],
            0,
            Some((MAY_3, Some("unknown key"))),
            "2 laporan nyata (terakhir 3 Mei), 3 panggilan, 1 putus",
        );
        check(
            &[(Emergency, 1)],
            0,
            Some((Timestamp(MAY_3.0 - 365 * DAY_US), Some("fire"))),
            "1 kebakaran nyata 3 Mei 2025, 1 panggilan",
        );
    }
}
