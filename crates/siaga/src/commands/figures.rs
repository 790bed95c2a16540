//! `siaga figures`: the tables that reports read, made anew or compared with their calls.

use super::{CommandError, DataArgs};
use crate::serve::city_of;
use clap::{Args, Subcommand};
use siaga_core::time::LocalDay;
use siaga_store::{
    Store,
    rollup::{Begin, Rebuilt},
};
use std::{io::Write, process::ExitCode, time::Instant};

#[derive(Args)]
pub struct FiguresArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Count all calls anew, month by month, and mend what differs.
    ///
    /// May run beside the server; reports go on. Ended half-way it goes on where it was when it is run again, or when the
    /// server starts. `siaga figures check` first, if you want to know what was wrong: this does not tell.
    Rebuild {
        /// Empty all tables first, as after an update that brings every one of them: reports show only what is counted
        /// until it is done.
        #[arg(long)]
        cold: bool,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Count the calls of some days again and name every figure that differs. Changes nothing.
    ///
    /// Exit code 1 when one differs. `siaga verify` does the same for all days, and more.
    Check {
        /// First day, YYYY-MM-DD.
        #[arg(long, value_name = "DAY")]
        from: jiff::civil::Date,
        /// Last day; it belongs to the days.
        #[arg(long, value_name = "DAY")]
        to: jiff::civil::Date,
        #[command(flatten)]
        data: DataArgs,
    },
}

pub async fn run(args: FiguresArgs) -> Result<ExitCode, CommandError> {
    match args.what {
        What::Rebuild { cold, data } => {
            let store = store(&data).await?;
            rebuild(&store, if cold { Begin::Cold } else { Begin::Beside }).await?;
            store.close().await;
            Ok(ExitCode::SUCCESS)
        }
        What::Check { from, to, data } => {
            let store = store(&data).await?;
            let found = store.rollup_check(LocalDay::from_date(from), LocalDay::from_date(to)).await?;
            store.close().await;
            for one in &found {
                let (written, counted) = (one.written, one.counted);
                println!(
                    "{} {} {}: {} written, {} counted ({} and {} ms)",
                    one.table.name(),
                    one.day,
                    one.cell_without_names(),
                    written.0,
                    counted.0,
                    written.1,
                    counted.1
                );
            }
            println!("{} figures differ from their calls", found.len());
            Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}

async fn store(data: &DataArgs) -> Result<Store, CommandError> {
    let store = data.existing_store().await?;
    let city = city_of(&store).await?;
    Ok(store.in_zone(city.time_zone().clone()))
}

/// With its progress on the terminal; gives how many seconds it took.
pub async fn rebuild(store: &Store, begin: Begin) -> Result<f64, CommandError> {
    let began = Instant::now();
    let tell = |Rebuilt { done, all }: Rebuilt| {
        eprint!("\r{done} of {all} months counted, {:.0} s ", began.elapsed().as_secs_f64());
        // Who looks at this sees it late then.
        let _ = std::io::stderr().flush();
    };
    store.rollups_rebuild(begin, tell).await?;
    let took = began.elapsed().as_secs_f64();
    eprintln!("\rAll months counted in {took:.1} s          ");
    Ok(took)
}
