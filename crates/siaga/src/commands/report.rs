//! `siaga report`: the figures of a period.

use super::{CommandError, DataArgs};
use crate::{data_folder::Purpose, serve::city_of};
use clap::{Args, ValueEnum};
use siaga_core::{city::City, report::ReportPeriod, view::report::Report};
use siaga_report::{Edition, RenderError};
use siaga_store::{
    Store,
    reports::{Compare, ReportError},
    signed_reports,
};
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
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
/// A demo's figures say that they are an example.
///
/// Example: siaga report --from 2020-01-01 --to 2020-09-30 --compare previous-year --format pdf --out laporan.pdf
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
    /// json and csv are for programs, text is for people, pdf, docx and xlsx are for letters; signed is the file that
    /// `siaga verify report` checks.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to this file; pdf, docx and xlsx need it. A file with another content is left as it is.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
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
    Pdf,
    Docx,
    Xlsx,
    Signed,
}

pub async fn run(args: ReportArgs) -> Result<ExitCode, CommandError> {
    let period = match ReportPeriod::parse(&args.from, &args.to) {
        Ok(period) => period,
        Err(problem) => {
            eprintln!("siaga: {problem}");
            return Ok(ExitCode::from(EXIT_WRONG_PERIOD));
        }
    };
    if args.out.is_none() && matches!(args.format, Format::Pdf | Format::Docx | Format::Xlsx) {
        return Err(CommandError::Told("tulis ke berkas mana: --out laporan.pdf (atau .docx, .xlsx)".to_owned()));
    }
    let edition = Purpose::of(&args.data.dir).edition();
    let store = args.data.existing_store().await?.marked(edition.mark());
    let city = city_of(&store).await?;
    let with = match args.compare {
        Some(CompareWith::PreviousYear) => Compare::PreviousYear,
        None => Compare::Nothing,
    };
    let page = match page(args.format, &store, &period, with, &city, edition).await {
        Ok(page) => page,
        Err(ReportError::Store(error)) => return Err(error.into()),
        Err(ReportError::Broken(broken)) => {
            eprintln!("siaga: {broken}. Jalankan siaga verify dan laporkan: ini kesalahan program");
            return Ok(ExitCode::from(EXIT_BROKEN));
        }
    };
    store.close().await;
    let page = page.map_err(|error| CommandError::Told(error.to_string()))?;
    match &args.out {
        Some(path) => keep(path, &page),
        None => print(&page),
    }
}

/// Plain figures are only read; what is signed may make the house's key.
async fn page(
    format: Format,
    store: &Store,
    period: &ReportPeriod,
    with: Compare,
    city: &City,
    edition: Edition,
) -> Result<Result<Vec<u8>, RenderError>, ReportError> {
    let plain: fn(&Report, &str, Edition) -> String = match format {
        Format::Json => |report, _, _| siaga_report::json(report),
        Format::Text => siaga_report::text,
        Format::Csv => |report, _, edition| siaga_report::csv(report, edition),
        Format::Pdf | Format::Docx | Format::Xlsx | Format::Signed => {
            let key = store.evidence_key(rand::random()).await?;
            let signed = store.signed_report(period, with, city, &key).await?;
            let paper = siaga_report::period_report(&signed, edition);
            return Ok(match format {
                Format::Pdf => siaga_report::pdf(&paper),
                Format::Docx => siaga_report::docx(&paper),
                Format::Xlsx => siaga_report::xlsx(&paper),
                _ => Ok(signed_reports::file(&signed).into_bytes()),
            });
        }
    };
    let report = store.report(period, with, city).await?;
    Ok(Ok(plain(&report, &city.name, edition).into_bytes()))
}

fn print(page: &[u8]) -> Result<ExitCode, CommandError> {
    // A reader that went away (`| head`) is no error of ours.
    match io::stdout().write_all(page) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CommandError::Told(error.to_string())),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// A report somebody made before may have been sent: it is never written over by another one.
fn keep(path: &Path, page: &[u8]) -> Result<ExitCode, CommandError> {
    let told = |error: io::Error| CommandError::Told(format!("{}: {error}", path.display()));
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(page).map_err(told)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            if fs::read(path).map_err(told)? != page {
                let what = format!("{} sudah ada dengan isi lain: pilih nama lain", path.display());
                return Err(CommandError::Told(what));
            }
        }
        Err(error) => return Err(told(error)),
    }
    Ok(ExitCode::SUCCESS)
}
