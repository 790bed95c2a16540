//! `siaga sim storm`: how well *likely the same* finds the incident of a call, on storms whose truth is known.

use crate::commands::CommandError;
use clap::Args;
use siaga_core::city::{City, serang};
use siaga_sim::storm::{self, HELD_OUT_FROM, TUNING_SEEDS};
use std::path::PathBuf;

/// Storms in one command: an hour of computing.
const SEEDS_MAX: u64 = 10_000;

#[derive(Args, Debug)]
pub struct StormArgs {
    /// The first storm's seed; further ones take the seeds after it.
    #[arg(long, default_value_t = HELD_OUT_FROM)]
    seed: u64,
    /// How many storms of 300 calls about 12 events, and 60 about something else.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=SEEDS_MAX))]
    seeds: u64,
    /// A city's document (TOML). Absent: Kota Serang.
    #[arg(long, value_name = "FILE")]
    city: Option<PathBuf>,
    /// Print one JSON object instead of a table.
    #[arg(long)]
    json: bool,
}

pub fn storm(args: &StormArgs) -> Result<String, CommandError> {
    let city = match &args.city {
        None => serang(),
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| CommandError::Told(format!("--city {}: {error}", path.display())))?;
            City::from_toml(&text).map_err(|problems| {
                let problems = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
                CommandError::Told(format!("--city {}:\n{problems}", path.display()))
            })?
        }
    };
    if TUNING_SEEDS.contains(&args.seed) {
        eprintln!("Note: the rule was set on the seeds {} to {}.", TUNING_SEEDS.start(), TUNING_SEEDS.end());
    }
    let figures = storm::run(&city, args.seed, args.seeds);
    Ok(if args.json { format!("{}\n", figures.to_json()) } else { figures.to_string() })
}
