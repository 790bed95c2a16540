//! `siaga import places` and `siaga import boundaries`: all that can be used of a file, in one transaction, with a
//! report of the rest. A server beside it takes the new source up within seconds.

use super::{EXIT_REFUSED, told};
use crate::{
    commands::{CommandError, DataArgs},
    serve::city_of,
};
use clap::Args;
use siaga_core::{
    boundaries,
    places::import,
    view::map::{ImportOutcome, ImportReport, MapSourceKind},
};
use siaga_engine::clock;
use siaga_store::map_sources::NewMapSource;
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// A file of places or boundaries.
#[derive(Args)]
pub struct MapArgs {
    /// The file; at most 64 MB.
    file: PathBuf,
    /// The name it is kept under: the same name again replaces it. Without it the file's own name.
    #[arg(long)]
    source: Option<String>,
    /// Who must be named with it. Extracts of OpenStreetMap bring theirs.
    #[arg(long)]
    attribution: Option<String>,
    /// Only tell what it would bring.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    data: DataArgs,
}

pub async fn run(kind: MapSourceKind, args: MapArgs) -> Result<ExitCode, CommandError> {
    let bytes = read_file(&args.file)?;
    let store = args.data.store().await?;
    let city = city_of(&store).await?;
    let read = match kind {
        MapSourceKind::Places => import::document(&bytes, &city),
        MapSourceKind::Boundaries => boundaries::document(&bytes, &city),
    };
    let (document, report) = match read {
        Ok(read) => read,
        Err(reason) => {
            eprintln!("siaga: {}: {reason}", args.file.display());
            return Ok(ExitCode::from(EXIT_REFUSED));
        }
    };
    tell(&report);
    if args.dry_run {
        println!("{} akan diambil, {} dilewati; belum ada yang diubah", report.taken, report.skipped);
        store.close().await;
        return Ok(ExitCode::SUCCESS);
    }
    let file = args.file.file_name().unwrap_or_default().to_string_lossy();
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy();
    let new = NewMapSource {
        kind,
        name: args.source.as_deref().unwrap_or(&stem),
        attribution: args.attribution.as_deref().unwrap_or_else(|| import::attribution(kind, &bytes)),
        file: &file,
        taken: report.taken,
        skipped: report.skipped,
        document: &document,
    };
    let outcome = store.map_source_put(&new, None, clock::now()).await?;
    store.close().await;
    match outcome {
        ImportOutcome::Known => println!("isi yang sama sudah ada sebagai sumber \"{}\"", new.name),
        _ => println!("{} diambil, {} dilewati; sumber \"{}\"", report.taken, report.skipped, new.name),
    }
    Ok(ExitCode::SUCCESS)
}

fn read_file(path: &Path) -> Result<Vec<u8>, CommandError> {
    let mut bytes = Vec::new();
    let most = import::IMPORT_BYTES_MAX as u64;
    let file = File::open(path).map_err(|error| told(path, &error))?;
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| told(path, &error))?;
    if bytes.len() as u64 > most {
        let most = most / 1024 / 1024;
        let text = format!("{}: lebih dari {most} MB. Potong berkas ke wilayah kota", path.display());
        return Err(CommandError::Told(text));
    }
    Ok(bytes)
}

fn tell(report: &ImportReport) {
    for note in &report.notes {
        eprintln!("{}: {}: {}", note.at, note.name, note.reason);
    }
    let more = report.skipped as usize - report.notes.len();
    if more > 0 {
        eprintln!("... dan {more} lagi dilewati");
    }
    for warning in &report.warnings {
        eprintln!("catatan: {warning}");
    }
}
