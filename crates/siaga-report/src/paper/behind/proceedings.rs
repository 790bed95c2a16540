//! Handled emergencies, agencies, sanctions, corrections, published figures and the advice on staffing.

use super::{Cell, Kind, Table, columns, count, plain, table, word};
use jiff::tz::TimeZone;
use siaga_core::view::report::{
    proceedings::{AgencyTimes, AppealCount, Correction, Handled, Proceedings, Published, StepCount, StepTime},
    staffing::Staffing,
};

pub(super) fn tables(proceedings: &Proceedings, zone: &TimeZone) -> Vec<Table> {
    let mut all = vec![
        agency_times(&proceedings.agency_times),
        sanctions(&proceedings.sanctions, proceedings.appeals),
        corrections(&proceedings.corrections),
        published(&proceedings.published),
    ];
    all.extend(proceedings.staffing.as_ref().map(staffing));
    // By far the longest: behind all that is read at once.
    all.push(handled(&proceedings.handled, zone));
    all
}

fn handled(all: &[Handled], zone: &TimeZone) -> Table {
    let outcome = |one: &Handled| match (one.outcome.as_deref(), &one.incident) {
        (Some("resolved"), _) => "tertangani",
        (Some("nothing_found"), _) => "nihil di lokasi",
        (Some("false_report"), _) => "laporan palsu",
        (Some("duplicate"), _) => "laporan ganda",
        (Some("handed_over"), _) => "dilimpahkan",
        (Some(_), _) => "ditutup",
        (None, Some(_)) => "masih terbuka",
        (None, None) => "",
    };
    let rows = all.iter().map(|one| {
        let at = one.at.in_zone(zone);
        let at = format!("{:02}-{:02}-{} {:02}.{:02}", at.day(), at.month(), at.year(), at.hour(), at.minute());
        plain(vec![
            Cell::Text(at),
            word(&one.type_label),
            word(&one.village_label),
            word(&one.agency_label),
            word(one.incident.as_deref().unwrap_or_default()),
            word(outcome(one)),
        ])
    });
    let columns = columns([
        ("Waktu", Kind::Word),
        ("Jenis", Kind::Text),
        ("Kelurahan", Kind::Text),
        ("OPD", Kind::Text),
        ("Kejadian", Kind::Word),
        ("Hasil", Kind::Text),
    ]);
    let note = "Paling banyak 500 yang pertama; jumlah seluruhnya ada di tabel kelas. – pada kejadian: tanpa lembar \
                kejadian.";
    table("Aduan", "Aduan darurat tertangani", columns, rows.collect(), Some(note))
}

fn agency_times(all: &[AgencyTimes]) -> Table {
    let step = |one: &AgencyTimes, key: &str| -> [Cell; 2] {
        let found: Option<&StepTime> = one.steps.iter().find(|step| step.key == key);
        [found.and_then(|step| step.median_s), found.and_then(|step| step.p90_s)].map(count)
    };
    let missing = |one: &AgencyTimes| one.steps.iter().find(|step| step.key == "arrive").map_or(0, |step| step.missing);
    let rows = all.iter().map(|one| {
        let mut cells = vec![word(&one.label), Cell::Count(one.assignments)];
        for key in ["acknowledge", "arrive", "response"] {
            cells.extend(step(one, key));
        }
        cells.push(Cell::Count(missing(one)));
        plain(cells)
    });
    let columns = columns([
        ("OPD", Kind::Text),
        ("Penugasan", Kind::Number),
        ("Diterima", Kind::Number),
        ("90 %", Kind::Number),
        ("Tiba", Kind::Number),
        ("90 %", Kind::Number),
        ("Tanggap", Kind::Number),
        ("90 %", Kind::Number),
        ("Tanpa waktu tiba", Kind::Number),
    ]);
    let note = "Detik; nilai tengah dan nilai yang dicapai 9 dari 10 penugasan. Diterima dan tiba sejak diteruskan; \
                tanggap ialah tiba sejak panggilan.";
    table("Waktu OPD", "Waktu tanggap OPD", columns, rows.collect(), Some(note))
}

fn sanctions(all: &[StepCount], appeals: AppealCount) -> Table {
    let rows = all.iter().map(|one| {
        let counts = [one.proposed, one.approved, one.rejected, one.withdrawn, one.waiting].map(Cell::Count);
        plain(std::iter::once(word(&one.label)).chain(counts).collect())
    });
    let columns = columns([
        ("Langkah", Kind::Text),
        ("Diusulkan", Kind::Number),
        ("Disetujui", Kind::Number),
        ("Ditolak", Kind::Number),
        ("Gugur", Kind::Number),
        ("Menunggu", Kind::Number),
    ]);
    let AppealCount { made, lifted, upheld, waiting } = appeals;
    let note = format!("Keberatan {made}: dikabulkan {lifted}, tidak dikabulkan {upheld}, belum dijawab {waiting}.");
    table("Sanksi", "Sanksi dan keberatan", columns, rows.collect(), Some(&note))
}

fn class_word(key: &str) -> &str {
    match key {
        "emergency" => "Darurat",
        "information" => "Informasi",
        "prank" => "Prank",
        "ghost" => "Ghost",
        "test" => "Uji coba",
        "" => "tanpa kelas",
        other => other,
    }
}

fn corrections(all: &[Correction]) -> Table {
    let rows = all.iter().map(|one| {
        plain(vec![
            word(&one.day),
            word(class_word(&one.from_class)),
            word(class_word(&one.to_class)),
            Cell::Count(one.calls),
        ])
    });
    let columns = columns([
        ("Hari", Kind::Word),
        ("Dari kelas", Kind::Text),
        ("Ke kelas", Kind::Text),
        ("Panggilan", Kind::Number),
    ]);
    table("Koreksi", "Kelas yang dikoreksi sesudah masa laporan", columns, rows.collect(), None)
}

fn measure(key: &str) -> &str {
    match key {
        "calls_reported" => "Panggilan",
        "calls_offered" => "Panggilan masuk",
        "calls_answered" => "Panggilan dijawab",
        "calls_unanswered" => "Panggilan tidak dijawab",
        "calls_offered_or_answered" => "Panggilan masuk atau dijawab",
        "valid_reports" => "Laporan darurat",
        "prank_or_ghost" => "Prank atau ghost",
        "invalid_calls" => "Panggilan tidak sah",
        other => class_word(other),
    }
}

fn published(all: &[Published]) -> Table {
    let rows = all.iter().map(|one| {
        let value = crate::words::grouped(one.value);
        plain(vec![
            Cell::Text(format!("{} s.d. {}", one.from, one.to)),
            word(measure(&one.measure)),
            Cell::Text(if one.approximate { format!("sekitar {value}") } else { value }),
            count(one.ours),
            word(&one.source),
        ])
    });
    let columns = columns([
        ("Masa", Kind::Word),
        ("Ukuran", Kind::Text),
        ("Angka publikasi", Kind::Word),
        ("Angka sistem ini", Kind::Number),
        ("Sumber", Kind::Text),
    ]);
    let note = "Disebut di tempat lain, definisi tidak diketahui. Tidak masuk ke deret mana pun.";
    table("Publikasi", "Angka publikasi", columns, rows.collect(), Some(note))
}

fn staffing(advice: &Staffing) -> Table {
    let rows = advice.hours.iter().map(|one| {
        plain(vec![
            Cell::Text(format!("{:02}.00–{:02}.59", one.hour, one.hour)),
            Cell::Decimal(one.calls_per_h),
            Cell::Decimal(one.low_per_h),
            Cell::Decimal(one.high_per_h),
            Cell::Count(u64::from(one.seats)),
            Cell::Count(u64::from(one.seats_high)),
            Cell::Count(u64::from(one.seats_busy)),
            Cell::Share(one.within_pct),
        ])
    });
    let columns = columns([
        ("Pukul", Kind::Word),
        ("Per jam", Kind::Number),
        ("Dari", Kind::Number),
        ("Sampai", Kind::Number),
        ("Petugas", Kind::Number),
        ("Batas atas", Kind::Number),
        ("Hari ramai", Kind::Number),
        ("Tepat waktu", Kind::Number),
    ]);
    let whole = |value: f64| crate::words::decimal(value);
    let note = format!(
        "Agar {} persen panggilan dijawab dalam {} detik; rumus Erlang dari panggilan masa ini, {} detik mencatat \
         (anggapan). Panggilan dianggap datang sendiri-sendiri: badai dan mati lampu tidak demikian.",
        whole(advice.goal_pct),
        whole(advice.goal_s),
        whole(advice.wrap_s)
    );
    table("Saran petugas", "Saran jumlah petugas", columns, rows.collect(), Some(&note))
}
