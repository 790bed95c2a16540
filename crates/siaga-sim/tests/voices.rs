//! The ear stays as good as it was measured (`docs/listening.md`): floors below the measured rates, with room for the draw.

use siaga_sim::voices::{Cell, Condition, Figures, Options, measure};

const RUNS: u32 = 12;

fn rate(cells: &[Cell], kind: &str, condition: &str, level: i8) -> f64 {
    Figures::find(cells, kind, condition, level).unwrap_or_else(|| panic!("{kind} {condition} {level}")).share.rate
}
