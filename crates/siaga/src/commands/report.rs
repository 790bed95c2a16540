//! `siaga report`: the figures of a period.

use super::{CommandError, DataArgs};
use crate::serve::city_of;
use clap::{Args, ValueEnum};
use siaga_core::report::ReportPeriod;
use siaga_store::reports::{Compare, ReportError};
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// The period cannot be reported: the dates were told wrong.
const EXIT_WRONG_PERIOD: u8 = 2;
/// An identity fails: an error of this program; no figures were printed.
const EXIT_BROKEN: u8 = 3;

/// The figures of a period.
///
/// Every figure is defined in docs/definitions.md. Exit codes: 0 printed, 2 the period is none, 3 the figures do not
/// add up (nothing is printed then).
///
/// Example: siaga report --from 2020-01-01 --to 2020-09-30 --compare previous-year
#[derive(Args)]
pub struct ReportArgs {
    /// First day, YYYY-MM-DD.
    #[arg(long, value_name = "DAY")]
    from: String,
    /// Last day, YYYY-MM-DD; it belongs to the period.
    #[arg(long, value_name = "DAY")]
    to: String,
    /// Put the same days of the year before beside it.
    #[arg(long, value_enum)]
    compare: Option<CompareWith>,
    /// json and csv are for programs, text is for people.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum CompareWith {
    PreviousYear,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Text,
    Csv,
}

pub async fn run(args: ReportArgs) -> Result<ExitCode, CommandError> {
    let period = match ReportPeriod::parse(&args.from, &args.to) {
        Ok(period) => period,
        Err(problem) => {
            eprintln!("siaga: {problem}");
            return Ok(ExitCode::from(EXIT_WRONG_PERIOD));
        }
    };
    let store = args.data.existing_store().await?;
    let city = city_of(&store).await?;
    let with = match args.compare {
        Some(CompareWith::PreviousYear) => Compare::PreviousYear,
        None => Compare::Nothing,
    };
    let report = match store.report(&period, with, &city).await {
        Ok(report) => report,
        Err(ReportError::Store(error)) => return Err(error.into()),
        Err(ReportError::Broken(broken)) => {
            eprintln!("siaga: {broken}. Jalankan siaga verify dan laporkan: ini kesalahan program");
            return Ok(ExitCode::from(EXIT_BROKEN));
        }
    };
    store.close().await;
    let page = match args.format {
        Format::Json => siaga_report::json(&report),
        Format::Text => siaga_report::text(&report, &city.name),
        Format::Csv => siaga_report::csv(&report),
    };
    // A reader that went away (`| head`) is no error of ours.
    match io::stdout().write_all(page.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CommandError::Told(error.to_string())),
        _ => Ok(ExitCode::SUCCESS),
    }
}
