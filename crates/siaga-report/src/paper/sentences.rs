//! The report in sentences that an official signs: every share names its whole, every change its figures.

use super::build::period_in_words;
use crate::words::{change_in_words, decimal, grouped};
use siaga_core::{
    report::change_pct,
    view::{
        report::{Count, Figures},
        signed_report::ReportBody,
    },
};

/// Kinds of incidents that the sentence names; the table has all.
const NAMED_MAX: usize = 5;

pub(super) fn all(body: &ReportBody) -> Vec<String> {
    let now = &body.report.figures;
    let mut told = vec![headline(body)];
    if now.offered > 0 {
        told.push(classes(now));
        told.push(answers(now));
    }
    if let Some(kinds) = most("Kejadian darurat yang paling banyak dilaporkan ialah", &now.by_type) {
        told.push(kinds);
    }
    if let Some(places) = most("Menurut kecamatan, laporan darurat datang dari", &body.by_district) {
        told.push(places);
    }
    told.push(checked(body));
    told
}

fn headline(body: &ReportBody) -> String {
    let now = &body.report.figures;
    let city = &body.city.name;
    let mut text = match now.offered {
        0 => format!("Selama {} tidak ada panggilan yang masuk ke layanan 112 {city}", period_in_words(&now.period)),
        calls => {
            format!("Selama {} masuk {} panggilan ke layanan 112 {city}", period_in_words(&now.period), grouped(calls))
        }
    };
    if let Some(before) = body.report.compare.as_ref().map(|compare| &compare.figures) {
        let then = period_in_words(&before.period);
        text += &match change_pct(before.offered, now.offered) {
            Some(change) => {
                let word = change_in_words(change);
                let to = if change == 0.0 { "sama dengan" } else { "dari" };
                format!(", {word} {to} {} panggilan pada {then}{}", grouped(before.offered), limits(body))
            }
            None => format!("; pada {then} tidak ada panggilan yang tercatat"),
        };
    }
    text + "."
}

/// The interval of the change, as the page *laporan* shows it.
fn limits(body: &ReportBody) -> String {
    let change = body.report.compare.as_ref().and_then(|compare| compare.change.get("offered"));
    let limits = change.and_then(|change| change.low_pct.zip(change.high_pct));
    limits.map_or_else(String::new, |(low, high)| {
        format!(" (rentang 95 persen: {} s.d. {} persen)", decimal(low), decimal(high))
    })
}

fn classes(now: &Figures) -> String {
    let of = |key: &str| now.classes.get(key).copied().unwrap_or(0);
    let mut parts = vec![
        format!("{} darurat ({})", grouped(of("emergency")), share(of("emergency"), now.offered)),
        format!("{} prank atau ghost ({})", grouped(now.nuisance), share(now.nuisance, now.offered)),
    ];
    for (key, word) in
        [("information", "permintaan informasi"), ("test", "uji coba"), ("unclassified", "belum diberi kelas")]
    {
        if of(key) > 0 {
            parts.push(format!("{} {word} ({})", grouped(of(key)), share(of(key), now.offered)));
        }
    }
    format!("Dari semua panggilan itu {}.", listed(&parts))
}

fn answers(now: &Figures) -> String {
    let mut text =
        format!("Petugas menjawab {} panggilan ({})", grouped(now.answered), share(now.answered, now.offered));
    let lost = [
        (now.abandoned, "putus sebelum dijawab"),
        (now.deferred, "ditunda karena mesin penuh"),
        (now.failed, "gagal karena kesalahan sistem"),
    ];
    let parts: Vec<String> = lost
        .iter()
        .filter(|(calls, _)| *calls > 0)
        .map(|(calls, word)| format!("{} {word} ({})", grouped(*calls), share(*calls, now.offered)))
        .collect();
    text += &match parts.is_empty() {
        true => "; tidak ada yang putus, ditunda, atau gagal.".to_owned(),
        false => format!("; {}.", listed(&parts)),
    };
    text
}

/// What nobody filled in is no kind and no place: it follows the ranking.
fn most(begin: &str, counts: &[Count]) -> Option<String> {
    let (empty, filled): (Vec<&Count>, Vec<&Count>) = counts.iter().partition(|one| one.key.is_empty());
    let sum = |counts: &[&Count]| counts.iter().map(|one| one.count).sum::<u64>();
    let (named, others) = filled.split_at(filled.len().min(NAMED_MAX));
    let parts: Vec<String> = named.iter().map(|one| format!("{} ({})", one.label, grouped(one.count))).collect();
    let mut more = String::new();
    for (count, what) in [(sum(others), "lainnya"), (sum(&empty), "belum diisi")] {
        if count > 0 {
            more += &format!("; {} {what}", grouped(count));
        }
    }
    (!parts.is_empty()).then(|| format!("{begin} {}{more}.", listed(&parts)))
}

fn checked(body: &ReportBody) -> String {
    let report = &body.report;
    let identities =
        report.figures.identities.len() + report.compare.as_ref().map_or(0, |compare| compare.figures.identities.len());
    format!(
        "Sebanyak {identities} kesamaan antarangka diperiksa dan semuanya cocok; laporan yang angkanya tidak cocok tidak diterbitkan."
    )
}

/// `0,7 persen`.
fn share(part: u64, whole: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts of calls stay far under 2^52")]
    let share = if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 };
    format!("{} persen", decimal(share))
}

/// `a, b, dan c`.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} dan {two}"),
        [first @ .., last] => format!("{}, dan {last}", first.join(", ")),
    }
}
