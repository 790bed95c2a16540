//! The report for a terminal: Indonesian, aligned, at most 80 columns.

use crate::{
    Edition,
    csv_table::{beside, previous_of},
    words::{grouped, percent},
};
use siaga_core::{
    report::{UNCLASSIFIED, change_pct},
    view::report::{Count, Figures, Period, Report},
};
use std::fmt::Write;

/// Columns of a line, characters: 34 + 12 + 17 + 17 = 80.
const LABEL_WIDTH: usize = 34;
const COUNT_WIDTH: usize = 12;
const WIDE: usize = 17;

/// `city` as shown: "Kota Serang".
#[must_use]
pub fn text(report: &Report, city: &str, edition: Edition) -> String {
    let now = &report.figures;
    let before = report.compare.as_ref().map(|compare| &compare.figures);
    let mut page = Page { text: String::new(), compared: before.is_some() };
    if let Some(mark) = edition.mark() {
        page.line(mark);
    }
    page.line(&format!("LAPORAN PANGGILAN 112, {}", city.to_uppercase()));
    page.line(&format!("Periode      {}", days(&now.period)));
    if let Some(before) = before {
        page.line(&format!("Sebelumnya   {}", days(&before.period)));
    }
    page.line("");
    page.head("PANGGILAN");
    let mut row = |label: &str, of: fn(&Figures) -> u64| page.row(label, of(now), before.map(of));
    row("Masuk", |one| one.offered);
    row("  Dijawab petugas", |one| one.answered);
    row("  Putus sebelum dijawab", |one| one.abandoned);
    row("  Ditunda (mesin penuh)", |one| one.deferred);
    row("  Gagal (salah kami)", |one| one.failed);
    page.line("");
    page.head("KELAS (DIJAWAB PETUGAS)");
    let class = |figures: &Figures, key: &str| figures.classes.get(key).copied().unwrap_or(0);
    for (label, key) in [
        ("Darurat", "emergency"),
        ("Informasi", "information"),
        ("Prank", "prank"),
        ("Ghost", "ghost"),
        ("Uji coba", "test"),
        ("Belum diberi kelas", UNCLASSIFIED),
    ] {
        page.row(label, class(now, key), before.map(|before| class(before, key)));
    }
    page.row("Prank dan ghost bersama", now.nuisance, before.map(|before| before.nuisance));
    for (title, section, counts) in [
        ("DARURAT MENURUT JENIS", "type", &now.by_type),
        ("DARURAT MENURUT INSTANSI", "agency", &now.by_agency),
        ("DARURAT MENURUT KELURAHAN", "village", &now.by_village),
        ("MASUK MENURUT BULAN", "month", &now.by_month),
    ] {
        page.list(title, counts, before.map(|before| previous_of(before, section)).as_deref());
    }
    page.line("");
    let identities = now.identities.len() + before.map_or(0, |before| before.identities.len());
    page.line(&format!("{identities} identitas diperiksa, semuanya cocok. Definisi versi {}.", now.definitions));
    page.text
}

struct Page {
    text: String,
    compared: bool,
}

impl Page {
    fn line(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    fn head(&mut self, title: &str) {
        let mut line = pad(title, LABEL_WIDTH);
        write!(line, "{:>COUNT_WIDTH$}", "periode").expect("because a String takes it");
        if self.compared {
            write!(line, "{:>WIDE$}{:>WIDE$}", "tahun sebelumnya", "perubahan").expect("because a String takes it");
        }
        self.line(&line);
        let width = LABEL_WIDTH + COUNT_WIDTH + if self.compared { 2 * WIDE } else { 0 };
        self.line(&"-".repeat(width));
    }

    fn row(&mut self, label: &str, now: u64, before: Option<u64>) {
        let mut line = pad(label, LABEL_WIDTH);
        write!(line, "{:>COUNT_WIDTH$}", grouped(now)).expect("because a String takes it");
        if let Some(before) = before {
            let change = change_pct(before, now).map_or_else(|| "-".to_owned(), percent);
            write!(line, "{:>WIDE$}{change:>WIDE$}", grouped(before)).expect("because a String takes it");
        }
        self.line(&line);
    }

    fn list(&mut self, title: &str, now: &[Count], before: Option<&[Count]>) {
        self.line("");
        self.head(title);
        let rows = beside(now, before);
        if rows.is_empty() {
            self.line("tidak ada");
        }
        for (one, old) in rows {
            self.row(&one.label, one.count, old);
        }
    }
}

/// To exactly this width; what is longer is cut with an ellipsis.
fn pad(text: &str, width: usize) -> String {
    let length = text.chars().count();
    if length < width {
        return format!("{text}{}", " ".repeat(width - length));
    }
    let kept: String = text.chars().take(width - 2).collect();
    format!("{kept}… ")
}

fn days(period: &Period) -> String {
    format!("{} sampai {} ({} hari)", period.from, period.to, grouped(u64::from(period.days)))
}
