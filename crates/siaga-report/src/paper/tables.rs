//! The tables of the period report. One more figure is one more entry of [`all`].

use super::{Bars, Cell, Column, Kind, Row, Table, Weight};
use crate::csv_table::{beside, previous_of};
use siaga_core::{
    report::{FEW, UNCLASSIFIED, change_pct},
    view::{
        report::{Count, Figures},
        signed_report::ReportBody,
    },
};

pub(super) fn all(body: &ReportBody) -> Vec<Table> {
    let now = &body.report.figures;
    let before = body.report.compare.as_ref().map(|compare| &compare.figures);
    let counts = |name: &str, title: &str, section: &str, counts: &[Count], whole: &str| {
        let old = before.map(|before| previous_of(before, section));
        counted(name, title, counts, old.as_deref(), whole)
    };
    const EMERGENCIES: &str = "panggilan darurat yang dijawab petugas";
    let tables = vec![
        calls(now, before),
        classes(now, before),
        counts("Bulan", "Panggilan masuk menurut bulan", "month", &now.by_month, "panggilan masuk"),
        counts("Jenis", "Panggilan darurat menurut jenis kejadian", "type", &now.by_type, EMERGENCIES),
        counts(
            "Instansi",
            "Panggilan darurat menurut instansi yang pertama diminta",
            "agency",
            &now.by_agency,
            EMERGENCIES,
        ),
        counted(
            "Kecamatan",
            "Panggilan darurat menurut kecamatan",
            &body.by_district,
            body.by_district_before.as_deref(),
            EMERGENCIES,
        ),
        counts("Kelurahan", "Panggilan darurat menurut kelurahan", "village", &now.by_village, EMERGENCIES),
    ];
    tables.into_iter().map(cautioned).collect()
}

/// What the page warns of stands under the table too: a change from a small number may be chance ([`FEW`] is twenty).
fn cautioned(mut table: Table) -> Table {
    let is_small = |row: &Row| {
        let counts = row.cells.iter().filter_map(|cell| match cell {
            Cell::Count(count) => Some(*count),
            _ => None,
        });
        row.cells.iter().any(|cell| matches!(cell, Cell::Change(_))) && counts.min().is_some_and(|count| count < FEW)
    };
    if table.rows.iter().any(is_small) {
        let caution = "Perubahan yang salah satu angkanya kurang dari dua puluh dapat kebetulan.";
        table.note = Some(table.note.map_or(caution.to_owned(), |note| format!("{note} {caution}")));
    }
    table
}

fn column(head: &str, kind: Kind) -> Column {
    Column { head: head.to_owned(), kind }
}

/// Name, count, and beside a comparison its count and the change.
fn columns(name: &str, compared: Option<&Figures>) -> Vec<Column> {
    let mut columns = vec![column(name, Kind::Text), column("Periode ini", Kind::Number)];
    if compared.is_some() {
        columns.push(column("Tahun sebelumnya", Kind::Number));
        columns.push(column("Perubahan", Kind::Number));
    }
    columns
}

fn cells(label: &str, now: u64, before: Option<u64>) -> Vec<Cell> {
    let mut cells = vec![Cell::Text(label.to_owned()), Cell::Count(now)];
    if let Some(before) = before {
        cells.push(Cell::Count(before));
        cells.push(change_pct(before, now).map_or(Cell::Missing, Cell::Change));
    }
    cells
}

fn calls(now: &Figures, before: Option<&Figures>) -> Table {
    let row = |label: &str, weight: Weight, of: fn(&Figures) -> u64| Row {
        cells: cells(label, of(now), before.map(of)),
        weight,
    };
    Table {
        name: "Panggilan".to_owned(),
        title: "Panggilan masuk dan akhirnya".to_owned(),
        columns: columns("Panggilan", before),
        rows: vec![
            row("Masuk", Weight::Total, |one| one.offered),
            row("Dijawab petugas", Weight::Part, |one| one.answered),
            row("Putus sebelum dijawab", Weight::Part, |one| one.abandoned),
            row("Ditunda karena mesin penuh", Weight::Part, |one| one.deferred),
            row("Gagal karena kesalahan sistem", Weight::Part, |one| one.failed),
        ],
        bars: None,
        note: Some("Masuk = dijawab + putus + ditunda + gagal.".to_owned()),
    }
}

fn classes(now: &Figures, before: Option<&Figures>) -> Table {
    let class = |figures: &Figures, key: &str| figures.classes.get(key).copied().unwrap_or(0);
    let mut rows: Vec<Row> = [
        ("Darurat", "emergency"),
        ("Informasi", "information"),
        ("Prank", "prank"),
        ("Ghost", "ghost"),
        ("Uji coba", "test"),
        ("Belum diberi kelas", UNCLASSIFIED),
    ]
    .into_iter()
    .map(|(label, key)| Row {
        cells: cells(label, class(now, key), before.map(|before| class(before, key))),
        weight: Weight::Plain,
    })
    .collect();
    rows.push(Row {
        cells: cells("Dijawab petugas", now.answered, before.map(|one| one.answered)),
        weight: Weight::Total,
    });
    rows.push(Row {
        cells: cells("Prank dan ghost bersama", now.nuisance, before.map(|one| one.nuisance)),
        weight: Weight::Part,
    });
    Table {
        name: "Kelas".to_owned(),
        title: "Panggilan yang dijawab petugas menurut kelas".to_owned(),
        columns: columns("Kelas", before),
        rows,
        bars: Some(Bars { now: 1, before: before.map(|_| 2) }),
        note: None,
    }
}

/// A list of counts with its shares and its sum.
fn counted(name: &str, title: &str, now: &[Count], before: Option<&[Count]>, whole: &str) -> Table {
    let sum = |counts: &[Count]| counts.iter().map(|one| one.count).sum::<u64>();
    let total = sum(now);
    let mut columns =
        vec![column(name, Kind::Text), column("Periode ini", Kind::Number), column("Bagian", Kind::Number)];
    if before.is_some() {
        columns.push(column("Tahun sebelumnya", Kind::Number));
        columns.push(column("Perubahan", Kind::Number));
    }
    let line = |label: &str, count: u64, old: Option<u64>| {
        let mut cells = cells(label, count, old);
        #[expect(clippy::cast_precision_loss, reason = "counts of calls stay far under 2^52")]
        let share = if total == 0 { Cell::Missing } else { Cell::Share(count as f64 * 100.0 / total as f64) };
        cells.insert(2, share);
        cells
    };
    let mut rows: Vec<Row> = beside(now, before)
        .into_iter()
        .map(|(one, old)| Row { cells: line(&one.label, one.count, old), weight: Weight::Plain })
        .collect();
    rows.push(Row { cells: line("Jumlah", total, before.map(sum)), weight: Weight::Total });
    Table {
        name: name.to_owned(),
        title: title.to_owned(),
        columns,
        rows,
        bars: Some(Bars { now: 1, before: before.map(|_| 3) }),
        note: Some(format!("100 % = {} {whole}.", crate::words::grouped(total))),
    }
}

/// What was checked; the last table. A check of nothing against nothing is counted and not listed.
pub(super) fn identities(body: &ReportBody) -> Table {
    let now = &body.report.figures;
    let before = body.report.compare.as_ref().map(|compare| &compare.figures);
    let mut rows = Vec::new();
    let mut empty = 0;
    for (when, figures) in [("Periode ini", Some(now)), ("Tahun sebelumnya", before)] {
        for one in figures.iter().flat_map(|figures| &figures.identities) {
            if one.holds && one.left == 0 && one.right == 0 {
                empty += 1;
                continue;
            }
            rows.push(Row {
                cells: vec![
                    Cell::Text(when.to_owned()),
                    Cell::Text(in_words(&one.name)),
                    Cell::Count(one.left),
                    Cell::Count(one.right),
                    Cell::Text(if one.holds { "cocok" } else { "TIDAK COCOK" }.to_owned()),
                ],
                weight: Weight::Plain,
            });
        }
    }
    Table {
        name: "Kesamaan".to_owned(),
        title: "Kesamaan antarangka yang diperiksa".to_owned(),
        columns: vec![
            column("Periode", Kind::Word),
            column("Kesamaan", Kind::Text),
            column("Kiri", Kind::Number),
            column("Kanan", Kind::Number),
            column("Hasil", Kind::Word),
        ],
        rows,
        bars: None,
        note: (empty > 0).then(|| format!("Selain itu {empty} kesamaan cocok dengan 0 di kedua sisinya.")),
    }
}

/// An identity in the words of the tables.
fn in_words(name: &str) -> String {
    let mut text = name.to_owned();
    for (key, word) in [
        ("sum(by_type)", "jumlah jenis"),
        ("sum(by_agency)", "jumlah instansi"),
        ("sum(by_village)", "jumlah kelurahan"),
        ("sum(by_month)", "jumlah bulan"),
        ("sum(months)", "jumlah bulan dan kelas"),
        ("sum(months.emergency)", "jumlah darurat bulan dan kelas"),
        ("sum(hours)", "jumlah jam dan hari"),
        ("sum(hours.emergency)", "jumlah darurat jam dan hari"),
        ("sum(hours.nuisance)", "jumlah gangguan jam dan hari"),
        ("sum(by_taker)", "jumlah petugas"),
        ("sum(by_taker.normal)", "jumlah normal petugas"),
        ("sum(answer_times)", "jumlah waktu menunggu"),
        ("nuisance_seat_s is part of seat_s", "detik meja untuk gangguan, bagian dari detik meja"),
        ("unclassified", "belum diberi kelas"),
        ("offered", "masuk"),
        ("answered", "dijawab"),
        ("abandoned", "putus"),
        ("deferred", "ditunda"),
        ("failed", "gagal"),
        ("nuisance", "prank dan ghost bersama"),
        ("emergency", "darurat"),
        ("information", "informasi"),
        ("test", "uji coba"),
    ] {
        text = text.replace(key, word);
    }
    text
}
