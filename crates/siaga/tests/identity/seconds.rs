//! Tables of seconds: who waited how long, and under whose calls.

use super::{
    count::Call,
    sheets::{Ledger, Value, float, is_emergency, is_nuisance, number, text},
};
use jiff::{ToSpan, civil::DateTime};

impl Ledger {
    pub fn waits(&self) -> Vec<Vec<Value>> {
        let line = |label: &str, is: fn(&Call) -> bool| {
            let mut ends: Vec<(i64, bool)> = self
                .now
                .iter()
                .filter(|call| is(call))
                .map(|call| (seconds(call.started, call.answered.unwrap_or(call.ended)), call.answered.is_none()))
                .collect();
            // Who was answered in a second goes before who left in it.
            ends.sort_unstable();
            let answered = ends.iter().filter(|(_, left)| !left);
            let mut row = vec![
                text(label),
                Value::Count(number(answered.clone().count())),
                Value::Count(number(answered.clone().filter(|(wait, _)| *wait <= 10).count())),
                Value::Count(number(ends.iter().filter(|(_, left)| *left).count())),
            ];
            row.extend([50.0, 90.0, 99.0].map(|percent| kaplan_meier(&ends, percent)));
            row.push(answered.clone().map(|(wait, _)| *wait).max().map_or(Value::Missing, whole));
            row
        };
        vec![
            line("Semua panggilan", |_| true),
            // Old records have no screening: all of them are of lane A.
            line("Jalur A", |_| true),
            line("Jalur B (dicurigai)", |_| false),
            line("Darurat", is_emergency),
        ]
    }

    pub fn harm(&self) -> Vec<Vec<Value>> {
        let talk = |is: fn(&Call) -> bool| {
            let calls = self.now.iter().filter(|call| is(call));
            calls.filter_map(|call| Some(seconds(call.answered?, call.ended))).sum::<i64>()
        };
        let (mut callers, mut waited) = (0, 0);
        for real in self.now.iter().filter(|call| is_emergency(call)) {
            let Some(answered) = real.answered else { continue };
            if seconds(real.started, answered) <= 3 {
                continue;
            }
            // Second by second: was any nuisance call at a seat then?
            let held =
                self.now.iter().filter(|call| is_nuisance(call)).filter_map(|call| Some((call.answered?, call.ended)));
            let held: Vec<_> = held.filter(|(from, to)| *from < answered && *to > real.started).collect();
            let under = (0..seconds(real.started, answered))
                .filter(|second| {
                    let at = real.started + second.seconds();
                    held.iter().any(|(from, to)| *from <= at && at < *to)
                })
                .count();
            callers += u64::from(!held.is_empty());
            waited += number(under);
        }
        let all = |seconds: i64| Value::Count(u64::try_from(seconds).expect("time goes on"));
        [
            ("Pemanggil darurat yang menunggu karena meja terpakai gangguan", Value::Count(callers)),
            ("Lama menunggu seluruhnya (detik)", Value::Count(waited)),
            ("Waktu bicara seluruhnya (detik)", all(talk(|_| true))),
            ("Di antaranya untuk prank dan ghost (detik)", all(talk(is_nuisance))),
            ("Biaya gangguan (rupiah)", Value::Missing),
        ]
        .map(|(label, value)| vec![text(label), value])
        .to_vec()
    }
}

fn seconds(from: DateTime, to: DateTime) -> i64 {
    from.duration_until(to).as_secs()
}

#[expect(clippy::cast_precision_loss, reason = "waits are seconds of one call")]
fn whole(seconds: i64) -> Value {
    Value::Rate(seconds as f64)
}

/// The wait within which this share would have been answered; who left counts as waiting on.
fn kaplan_meier(ends: &[(i64, bool)], percent: f64) -> Value {
    let mut waiting = 1.0;
    let mut at_risk = number(ends.len());
    let mut at = 0;
    while at < ends.len() {
        let wait = ends[at].0;
        let same = ends[at..].iter().take_while(|(other, _)| *other == wait);
        let (all, answered) = (same.clone().count(), same.filter(|(_, left)| !left).count());
        waiting *= 1.0 - float(number(answered)) / float(at_risk);
        if answered > 0 && (1.0 - waiting) * 100.0 + 1e-9 >= percent {
            return whole(wait);
        }
        at_risk -= number(all);
        at += all;
    }
    Value::Missing
}
