//! The figures, and how they are printed.

use super::ASSUMPTIONS;
use serde::Serialize;
use std::{fmt, time::Duration};

/// Of the normal distribution, for 95 % on both sides.
const Z: f64 = 1.959_964;

/// So many of so many, with Wilson's bounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    pub hits: usize,
    pub of: usize,
    pub rate: f64,
    pub lower: f64,
    pub upper: f64,
}

impl Share {
    pub fn of(hits: usize, of: usize) -> Self {
        let (n, rate) = (of.max(1) as f64, hits as f64 / of.max(1) as f64);
        let spread = Z * (rate * (1.0 - rate) / n + Z * Z / (4.0 * n * n)).sqrt();
        let (middle, scale) = (rate + Z * Z / (2.0 * n), 1.0 + Z * Z / n);
        let bound = |value: f64| (value / scale).clamp(0.0, 1.0);
        Self { hits, of, rate, lower: bound(middle - spread), upper: bound(middle + spread) }
    }
}

/// From the beginning of the sound to the ear's word, over the draws in which it came.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Times {
    pub median_ms: u64,
    pub p95_ms: u64,
}

impl Times {
    pub fn of(times: &[Duration]) -> Option<Self> {
        let mut ms: Vec<u64> = times.iter().map(|time| time.as_millis() as u64).collect();
        ms.sort_unstable();
        let at = |share: f64| ms.get(((ms.len() as f64 * share).ceil() as usize).saturating_sub(1)).copied();
        Some(Self { median_ms: at(0.5)?, p95_ms: at(0.95)? })
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    pub kind: &'static str,
    pub condition: String,
    pub level_dbfs: i8,
    #[serde(flatten)]
    pub share: Share,
    pub times: Option<Times>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    pub runs: u32,
    pub seed: u64,
    /// A voice was played: how often it was called one.
    pub people: Vec<Cell>,
    /// A burst was played: how often it was told as noise or voice.
    pub bursts: Vec<Cell>,
    pub bursts_called_voice: Vec<Cell>,
    /// Voices and tunes that are not the caller's, called voice.
    pub elsewhere_called_voice: Vec<Cell>,
    /// Steady sound in 10 s: called voice at any time, called noise after its first 2 s.
    pub steady_called_voice: Vec<Cell>,
    pub steady_called_noise: Vec<Cell>,
    /// The ear alone, on this machine, in this build.
    pub cpu_ms_per_call_minute: f64,
}

impl Figures {
    /// The cell of a list, when it was measured.
    pub fn find<'a>(cells: &'a [Cell], kind: &str, condition: &str, level_dbfs: i8) -> Option<&'a Cell> {
        cells.iter().find(|cell| cell.kind == kind && cell.condition == condition && cell.level_dbfs == level_dbfs)
    }

    /// As JSON, the assumptions beside the figures.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        #[derive(Serialize)]
        struct Told<'a> {
            assumptions: [&'static str; ASSUMPTIONS.len()],
            #[serde(flatten)]
            figures: &'a Figures,
        }
        serde_json::to_string_pretty(&Told { assumptions: ASSUMPTIONS, figures: self })
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "The ear of a line where nobody listens: {} draws per cell, seed {}.", self.runs, self.seed)?;
        writeln!(out, "Per cent of draws [95 % bounds], and milliseconds from the sound's beginning (median / p95).")?;
        for assumption in ASSUMPTIONS {
            writeln!(out, "- {assumption}")?;
        }
        block(out, "A voice is played and called voice", &self.people)?;
        block(out, "A burst is played and told (noise or voice)", &self.bursts)?;
        block(out, "False: a burst called voice", &self.bursts_called_voice)?;
        block(out, "Not the caller's: called voice", &self.elsewhere_called_voice)?;
        block(out, "False: steady sound called voice within 10 s", &self.steady_called_voice)?;
        block(out, "False: steady sound still called noise after 2 s", &self.steady_called_noise)?;
        writeln!(out, "\nCost of the ear: {:.1} ms of one core per minute of call.", self.cpu_ms_per_call_minute)
    }
}

fn block(out: &mut fmt::Formatter<'_>, title: &str, cells: &[Cell]) -> fmt::Result {
    let mut levels: Vec<i8> = Vec::new();
    let mut rows: Vec<(&str, &str)> = Vec::new();
    for cell in cells {
        if !levels.contains(&cell.level_dbfs) {
            levels.push(cell.level_dbfs);
        }
        if !rows.contains(&(cell.kind, &cell.condition)) {
            rows.push((cell.kind, &cell.condition));
        }
    }
    write!(out, "\n{title}\n{:<30}", "")?;
    for level in &levels {
        write!(out, "{:>26}", format!("{level} dBFS"))?;
    }
    writeln!(out)?;
    for (kind, condition) in rows {
        write!(out, "{:<30}", format!("{kind}, {condition}"))?;
        for level in &levels {
            let text = Figures::find(cells, kind, condition, *level).map(told).unwrap_or_default();
            write!(out, "{text:>26}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn told(cell: &Cell) -> String {
    let Share { rate, lower, upper, .. } = cell.share;
    let shares = format!("{:.0} [{:.0}-{:.0}]", rate * 100.0, lower * 100.0, upper * 100.0);
    match cell.times {
        Some(Times { median_ms, p95_ms }) => format!("{shares} {median_ms}/{p95_ms}"),
        None => shares,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_wilsons() {
        // Known values: 0 of 10 gives 0 to 0.278, 9 of 10 gives 0.596 to 0.982.
        let none = Share::of(0, 10);
        assert!(none.lower < 1e-9 && (none.upper - 0.2775).abs() < 0.001, "{none:?}");
        let most = Share::of(9, 10);
        assert!((most.lower - 0.5958).abs() < 0.001 && (most.upper - 0.9821).abs() < 0.001, "{most:?}");
        assert_eq!(Times::of(&[]), None);
        let times: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!(Times::of(&times), Some(Times { median_ms: 50, p95_ms: 95 }));
    }
}
