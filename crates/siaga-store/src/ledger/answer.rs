//! What became of a file, in words for the person who gave it.

use jiff::tz::TimeZone;
use siaga_core::{
    ledger::{Ledger, PROBLEMS_SHOWN_MAX},
    time::Timestamp,
    view::ledger::{LedgerAnswer, LedgerOutcome, RowProblem},
};

/// The answer for a file of which no row is certain.
#[must_use]
pub fn refusal(problems: &[RowProblem]) -> LedgerAnswer {
    let count = problems.len();
    LedgerAnswer {
        outcome: LedgerOutcome::Refused,
        rows: 0,
        added: 0,
        known: 0,
        bad: 0,
        problems: problems.iter().take(PROBLEMS_SHOWN_MAX).cloned().collect(),
        problem_count: count as u64,
        notices: Vec::new(),
        message: format!("Tidak ada yang diimpor: berkas tidak dapat dibaca ({count} masalah)."),
    }
}

pub(super) fn of(ledger: &Ledger, outcome: LedgerOutcome) -> LedgerAnswer {
    LedgerAnswer {
        outcome,
        rows: ledger.rows.len() as u64,
        added: 0,
        known: 0,
        bad: ledger.bad.len() as u64,
        problems: ledger.problems().take(PROBLEMS_SHOWN_MAX).cloned().collect(),
        problem_count: ledger.problems().count() as u64,
        notices: ledger.notices.clone(),
        message: String::new(),
    }
}

pub(super) fn refused(ledger: &Ledger) -> LedgerAnswer {
    let mut answer = of(ledger, LedgerOutcome::Refused);
    answer.message = format!(
        "Tidak ada yang diimpor: {} dari {} baris bermasalah. Perbaiki baris itu dan impor lagi; dari baris perintah, --skip-bad mengimpor sisanya.",
        answer.bad,
        answer.bad + answer.rows
    );
    answer
}

/// One sentence; `before` is when these very bytes came first.
#[must_use]
pub fn message(answer: &LedgerAnswer, before: Option<Timestamp>, zone: &TimeZone) -> String {
    let skipped = if answer.bad > 0 { format!(" {} baris bermasalah dilewati.", answer.bad) } else { String::new() };
    if answer.outcome == LedgerOutcome::Imported {
        let known =
            if answer.known > 0 { format!(" {} baris sudah ada sebelumnya.", answer.known) } else { String::new() };
        return format!("{} panggilan diimpor.{known}{skipped}", answer.added);
    }
    let why = match before {
        Some(at) => {
            let at = at.in_zone(zone);
            let minutes = format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute());
            format!("berkas ini sudah diimpor pada {minutes}, semua {} barisnya sudah ada", answer.known)
        }
        None if answer.rows == 0 => "tidak ada baris panggilan di dalamnya".to_owned(),
        None => format!("semua {} barisnya sudah ada dari berkas lain", answer.known),
    };
    format!("Tidak ada yang ditambahkan: {why}.{skipped}")
}
