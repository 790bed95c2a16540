//! The period report: from what was signed to a [`Paper`], and from nothing else.

use super::{Block, Edition, Paper, behind, clean::clean, definitions, sentences, tables};
use crate::words::{long_time, period};
use jiff::{civil::Date, tz::TimeZone};
use siaga_core::{
    time::Timestamp,
    view::{report::Period, signed_report::SignedReport},
};

/// Where the signer writes place and day.
const DOTS: &str = ".....................";

/// The document of a period.
#[must_use]
pub fn period_report(signed: &SignedReport, edition: Edition) -> Paper {
    let body = &signed.body;
    let city = &body.city;
    let zone = TimeZone::get(&city.zone).unwrap_or(TimeZone::UTC);
    let now = &body.report.figures;
    let letterhead = if city.letterhead.is_empty() { vec![city.name.to_uppercase()] } else { city.letterhead.clone() };
    let mut blocks: Vec<Block> = sentences::all(body).into_iter().map(Block::Paragraph).collect();
    blocks.extend(tables::all(body).into_iter().chain(behind::all(body)).map(Block::Table));
    // Who signs does so under the figures; the checks behind them follow.
    blocks.push(Block::Signature);
    blocks.push(Block::Table(tables::identities(body)));
    let counted = match body.as_of.at {
        Some(at) => format!("peristiwa ke-{}, {}", body.as_of.seq, long_time(at, &zone, &city.zone_label)),
        None => "belum ada peristiwa".to_owned(),
    };
    let proof = [
        ("Versi definisi", now.definitions.as_str()),
        ("Dihitung sampai", counted.as_str()),
        ("Rantai peristiwa (SHA-256)", body.as_of.chain_hash.as_str()),
        ("Angka laporan (SHA-256)", signed.sha256.as_str()),
        ("Kunci publik (Ed25519)", signed.key.as_str()),
        ("Tanda tangan (Ed25519)", signed.signature.as_str()),
    ];
    let mut paper = Paper {
        mark: edition.mark(),
        letterhead,
        title: "Laporan Panggilan Darurat 112".to_owned(),
        subtitle: period_in_words(&now.period),
        blocks,
        signed_at: format!("{}, {DOTS}", city.place.as_deref().unwrap_or(DOTS)),
        proof: proof.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        definitions: definitions::all(),
        footer: format!("{} · Laporan 112 {} · {}", city.name, period_in_words(&now.period), short(&signed.sha256)),
        dated: body.as_of.at.unwrap_or(Timestamp(0)),
    };
    clean(&mut paper);
    paper
}

/// Enough of a hash to tell two printed reports apart.
fn short(hash: &str) -> String {
    hash.chars().take(16).collect()
}

pub(super) fn period_in_words(period: &Period) -> String {
    match (period.from.parse::<Date>(), period.to.parse::<Date>()) {
        (Ok(from), Ok(to)) => self::period(from, to),
        _ => format!("{} sampai {}", period.from, period.to),
    }
}
