//! Exposure, call-takers, months, hours, waits, screening and harm.

use super::{Cell, Column, Kind, Row, Table, Weight, columns, count, plain, table, word};
use siaga_core::{
    report::UNCLASSIFIED,
    view::report::detail::{AnswerTimes, Detail, Exposure, HourCount, MonthClasses, TakerCount},
};

const WEEKDAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];

pub(super) fn tables(detail: &Detail, days: u32) -> Vec<Table> {
    vec![
        exposure(&detail.exposure, days),
        takers(&detail.by_taker),
        months(&detail.months),
        hours(&detail.hours),
        answer_times(&detail.answer_times),
        screening(detail),
        harm(detail),
    ]
}

fn seconds(ms: Option<i64>) -> Cell {
    #[expect(clippy::cast_precision_loss, reason = "waits stay far under 2^52 ms")]
    ms.map_or(Cell::Missing, |ms| Cell::Decimal(ms as f64 / 1_000.0))
}

fn exposure(one: &Exposure, days: u32) -> Table {
    let rows = vec![
        plain(vec![word("Hari dalam periode"), Cell::Count(u64::from(days))]),
        plain(vec![word("Hari tercatat (ada panggilan)"), Cell::Count(one.days_with_calls)]),
        plain(vec![word("Jam jaga petugas"), one.staffed_hours.map_or(Cell::Missing, Cell::Decimal)]),
        plain(vec![word("Panggilan dari catatan lama"), Cell::Count(one.from_ledger)]),
    ];
    let columns = columns([("Ukuran", Kind::Text), ("Nilai", Kind::Number)]);
    table("Cakupan", "Cakupan pencatatan", columns, rows, Some("– berarti tidak tercatat."))
}

fn takers(all: &[TakerCount]) -> Table {
    let counts = |one: &TakerCount| [one.normal, one.prank, one.ghost, one.information, one.total].map(Cell::Count);
    let remark = |one: &TakerCount| {
        let mut parts = Vec::new();
        if one.source == "ledger" {
            parts.push("catatan lama".to_owned());
        }
        if one.test > 0 {
            parts.push(format!("termasuk {} uji coba", one.test));
        }
        if one.unclassified > 0 {
            parts.push(format!("termasuk {} belum diberi kelas", one.unclassified));
        }
        parts.join("; ")
    };
    let mut rows: Vec<Row> = all
        .iter()
        .map(|one| {
            let name = if one.key.is_empty() { "tidak tercatat" } else { &one.label };
            let cells = std::iter::once(word(name)).chain(counts(one)).chain([Cell::Text(remark(one))]);
            plain(cells.collect())
        })
        .collect();
    if !rows.is_empty() {
        let sum = |of: fn(&TakerCount) -> u64| Cell::Count(all.iter().map(of).sum());
        rows.push(Row {
            cells: vec![
                word("Jumlah"),
                sum(|one| one.normal),
                sum(|one| one.prank),
                sum(|one| one.ghost),
                sum(|one| one.information),
                sum(|one| one.total),
                Cell::Text(String::new()),
            ],
            weight: Weight::Total,
        });
    }
    let columns = columns([
        ("Call taker", Kind::Text),
        ("Normal", Kind::Number),
        ("Prank", Kind::Number),
        ("Ghost", Kind::Number),
        ("Informasi", Kind::Number),
        ("Total", Kind::Number),
        ("Keterangan", Kind::Text),
    ]);
    let note = "Total mencakup uji coba dan yang belum diberi kelas; normal ialah darurat.";
    table("Petugas", "Panggilan yang dijawab menurut petugas", columns, rows, Some(note))
}

/// Rows of a name and its counts, and under them their sum.
fn summed(rows: Vec<(&str, Vec<u64>)>) -> Vec<Row> {
    let line = |name: &str, counts: Vec<u64>, weight| Row {
        cells: std::iter::once(word(name)).chain(counts.into_iter().map(Cell::Count)).collect(),
        weight,
    };
    let width = rows.first().map_or(0, |(_, counts)| counts.len());
    let sums = (0..width).map(|at| rows.iter().filter_map(|(_, counts)| counts.get(at)).sum()).collect();
    let sums = (!rows.is_empty()).then(|| line("Jumlah", sums, Weight::Total));
    rows.into_iter().map(|(name, counts)| line(name, counts, Weight::Plain)).chain(sums).collect()
}

fn months(all: &[MonthClasses]) -> Table {
    const KEYS: [(&str, &str); 9] = [
        ("Darurat", "emergency"),
        ("Informasi", "information"),
        ("Prank", "prank"),
        ("Ghost", "ghost"),
        ("Uji coba", "test"),
        ("Tanpa kelas", UNCLASSIFIED),
        ("Putus", "abandoned"),
        ("Ditunda", "deferred"),
        ("Gagal", "failed"),
    ];
    let columns = std::iter::once(("Bulan", Kind::Text))
        .chain(KEYS.map(|(head, _)| (head, Kind::Number)))
        .chain([("Masuk", Kind::Number)])
        .map(|(head, kind)| Column { head: head.to_owned(), kind })
        .collect();
    let rows = all.iter().map(|month| {
        let counts = KEYS.map(|(_, key)| month.counts.get(key).copied().unwrap_or(0));
        (month.label.as_str(), counts.into_iter().chain([month.counts.values().sum()]).collect())
    });
    let rows = summed(rows.collect());
    table("Bulan dan kelas", "Panggilan masuk menurut bulan dan kelas", columns, rows, None)
}

fn hours(all: &[HourCount]) -> Table {
    let columns = std::iter::once(("Pukul", Kind::Word))
        .chain(WEEKDAYS.map(|day| (day, Kind::Number)))
        .chain([("Jumlah", Kind::Number), ("Darurat", Kind::Number)])
        .map(|(head, kind)| Column { head: head.to_owned(), kind })
        .collect();
    let rows = (0..24).filter(|_| !all.is_empty()).map(|hour| {
        let of_hour = || all.iter().filter(move |one| one.hour == hour);
        let day = |weekday| of_hour().filter(|one| one.weekday == weekday).map(|one| one.offered).sum();
        let mut counts: Vec<u64> = (1..=7).map(day).collect();
        counts.push(of_hour().map(|one| one.offered).sum());
        counts.push(of_hour().map(|one| one.emergency).sum());
        (format!("{hour:02}.00–{hour:02}.59"), counts)
    });
    let rows: Vec<_> = rows.collect();
    let rows = summed(rows.iter().map(|(hour, counts)| (hour.as_str(), counts.clone())).collect());
    table("Jam dan hari", "Panggilan masuk menurut jam dan hari", columns, rows, None)
}

fn answer_times(all: &[AnswerTimes]) -> Table {
    let label = |key: &str| match key {
        "all" => "Semua panggilan",
        "lane_a" => "Jalur A",
        "lane_b" => "Jalur B (dicurigai)",
        "emergency" => "Darurat",
        _ => "Lain",
    };
    let rows = all.iter().map(|one| {
        plain(vec![
            word(label(&one.key)),
            Cell::Count(one.answered),
            Cell::Count(one.within_10_s),
            Cell::Count(one.left),
            seconds(one.p50_ms),
            seconds(one.p90_ms),
            seconds(one.p99_ms),
            seconds(one.longest_ms),
        ])
    });
    let columns = columns([
        ("Panggilan", Kind::Text),
        ("Dijawab", Kind::Number),
        ("Dalam 10 dtk", Kind::Number),
        ("Putus", Kind::Number),
        ("Median (dtk)", Kind::Number),
        ("90 % (dtk)", Kind::Number),
        ("99 % (dtk)", Kind::Number),
        ("Terlama (dtk)", Kind::Number),
    ]);
    let note = "Mesin penjawab bukan jawaban. Pemanggil yang putus dihitung menunggu sampai saat ia putus. Waktu ialah \
                batas atas.";
    table("Waktu menunggu", "Waktu menunggu sampai dijawab petugas", columns, rows.collect(), Some(note))
}

fn screening(detail: &Detail) -> Table {
    let one = &detail.screening;
    let share = |share: Option<f64>| share.map_or(Cell::Missing, Cell::Share);
    let rows = vec![
        plain(vec![word("Panggilan darurat"), Cell::Count(one.real)]),
        plain(vec![word("Di antaranya masuk jalur B"), Cell::Count(one.real_lane_b)]),
        plain(vec![word("Di antaranya putus di jalur B sebelum dijawab"), Cell::Count(one.real_lost)]),
        plain(vec![word("Batas atas bagian yang masuk jalur B (95 persen)"), share(one.slower_at_most_pct)]),
        plain(vec![word("Batas atas bagian yang hilang di sana (95 persen)"), share(one.lost_at_most_pct)]),
        plain(vec![word("Semua panggilan di jalur B"), Cell::Count(one.lane_b)]),
        plain(vec![
            word("Putus di jalur B dan tidak pernah dihubungi: isinya tidak diketahui"),
            Cell::Count(one.lane_b_left_unknown),
        ]),
    ];
    let columns = columns([("Ukuran", Kind::Text), ("Nilai", Kind::Number)]);
    table("Penyaringan", "Laporan penyaringan", columns, rows, None)
}

fn harm(detail: &Detail) -> Table {
    let one = &detail.harm;
    let rows = vec![
        plain(vec![
            word("Pemanggil darurat yang menunggu karena meja terpakai gangguan"),
            Cell::Count(one.real_waited),
        ]),
        plain(vec![word("Lama menunggu seluruhnya (detik)"), Cell::Count(one.real_waited_s)]),
        plain(vec![word("Waktu bicara seluruhnya (detik)"), Cell::Count(one.seat_s)]),
        plain(vec![word("Di antaranya untuk prank dan ghost (detik)"), Cell::Count(one.nuisance_seat_s)]),
        plain(vec![word("Biaya gangguan (rupiah)"), count(one.rupiah)]),
    ];
    let columns = columns([("Ukuran", Kind::Text), ("Nilai", Kind::Number)]);
    let note = "Biaya dihitung bila kota sudah menetapkan biaya per jam meja.";
    table("Kerugian", "Kerugian akibat gangguan", columns, rows, Some(note))
}
