//! `siaga import`: old records into the figures.

mod map;

use super::{CommandError, DataArgs};
use crate::serve::city_of;
use clap::{Args, Subcommand};
use siaga_core::{
    ids::ImportId,
    ledger::{self, LEDGER_BYTES_MAX},
    view::{
        ledger::{LedgerAnswer, LedgerOutcome},
        map::MapSourceKind,
    },
};
use siaga_engine::clock;
use siaga_store::ledger::{BadRows, LedgerImport, refusal};
use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};
use uuid::Uuid;

/// The file was told wrong, nothing of it was taken.
const EXIT_REFUSED: u8 = 2;

/// Take old records in.
#[derive(Args)]
pub struct ImportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// A centre's old call records, one CSV row per call.
    ///
    /// Columns by name, in any order: started_at, number, answered_at, ended_at, class, sub, incident_type, agency,
    /// village_code, call_taker, note. UTF-8, commas, a header row. Times are YYYY-MM-DD HH:MM:SS on the city's clock, or
    /// RFC 3339. Classes: emergency, information, prank, ghost, abandoned, test. answered_at is empty for abandoned
    /// calls and only for those.
    ///
    /// All rows or none: every bad row is listed, nothing is taken, and the exit code is 2. A row that came before is
    /// not counted again, so a file may overlap an older one. It may run beside the server.
    ///
    /// Example: siaga import ledger buku-2020.csv --data ./data
    Ledger {
        /// The file; at most 64 MB.
        file: PathBuf,
        /// Take the good rows, and write the bad ones into this file to be mended and imported again.
        #[arg(long, value_name = "REJECTS.csv")]
        skip_bad: Option<PathBuf>,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Figures that somebody published (a newspaper, an office), with their source: shown apart from ours.
    ///
    /// Columns by name: from, to (YYYY-MM-DD), measure, value, approximate (ya or tidak), source. All rows or none.
    ///
    /// Example: siaga import published angka-koran.csv --data ./data
    Published {
        /// The file; at most 1 MB.
        file: PathBuf,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Landmarks, neighbourhoods and streets for the place search: CSV, or an extract of OpenStreetMap (.osm, .geojson).
    ///
    /// Columns of a CSV by name: name, kind (patokan, jalan, lingkungan), aliases (with ;), village (code or name),
    /// district, lat, lng. What cannot be used is listed with its line and reason; the rest is taken at once, in place of
    /// what the same source brought before. A running server takes it up by itself.
    ///
    /// Example: siaga import places serang.osm --source osm --data ./data
    Places(map::MapArgs),
    /// Boundaries of the kelurahan, for the map and for the kelurahan of a point: GeoJSON, WGS 84.
    ///
    /// Example: siaga import boundaries kelurahan.geojson --data ./data
    Boundaries(map::MapArgs),
}

pub async fn run(args: ImportArgs) -> Result<ExitCode, CommandError> {
    let (file, skip_bad, data) = match args.what {
        What::Ledger { file, skip_bad, data } => (file, skip_bad, data),
        What::Published { file, data } => return published(&file, &data).await,
        What::Places(args) => return map::run(MapSourceKind::Places, args).await,
        What::Boundaries(args) => return map::run(MapSourceKind::Boundaries, args).await,
    };
    let mut rejects = skip_bad.as_deref().map(Rejects::open).transpose()?;
    let bytes = read_file(&file)?;
    let store = data.store().await?;
    let city = city_of(&store).await?;
    let store = store.in_zone(city.time_zone().clone());
    let now = clock::now();
    let ledger = match ledger::read(&bytes, &city, now) {
        Ok(ledger) => ledger,
        Err(problems) => return Ok(tell(&refusal(&problems))),
    };
    // The rejects are written first: rows must not be skipped and then be nowhere.
    let bad_rows = match &mut rejects {
        None => BadRows::Refuse,
        Some(rejects) if ledger.bad.is_empty() => {
            eprintln!("siaga: semua baris baik, {} tidak ditulis", rejects.path.display());
            BadRows::Skip
        }
        Some(rejects) => {
            rejects.write(&siaga_report::rejects(&ledger.header, &ledger.bad))?;
            eprintln!("siaga: baris bermasalah ditulis ke {}", rejects.path.display());
            BadRows::Skip
        }
    };
    let import = LedgerImport { bad_rows, ..LedgerImport::of(&bytes, ImportId(Uuid::now_v7()), now) };
    let answer = store.ledger_import(&ledger, &import).await?;
    store.close().await;
    Ok(tell(&answer))
}

async fn published(path: &Path, data: &DataArgs) -> Result<ExitCode, CommandError> {
    let bytes = fs::read(path).map_err(|error| told(path, &error))?;
    if bytes.len() > ledger::PUBLISHED_BYTES_MAX {
        return Err(CommandError::Told(format!("{}: lebih dari 1 MB, bukan angka publikasi", path.display())));
    }
    let rows = match ledger::read_published(&bytes) {
        Ok(rows) => rows,
        Err(problems) => {
            for one in &problems {
                eprintln!(
                    "siaga: baris {}, kolom {}: \"{}\", seharusnya {}",
                    one.line, one.column, one.value, one.expected
                );
            }
            return Ok(ExitCode::from(EXIT_REFUSED));
        }
    };
    let store = data.store().await?;
    let changed = store.published_import(&rows, None, clock::now()).await?;
    store.close().await;
    println!("{} angka publikasi dibaca, {changed} baru atau berubah", rows.len());
    Ok(ExitCode::SUCCESS)
}

fn told(path: &Path, error: &io::Error) -> CommandError {
    CommandError::Told(format!("{}: {error}", path.display()))
}

fn read_file(path: &Path) -> Result<Vec<u8>, CommandError> {
    let file = File::open(path).map_err(|error| told(path, &error))?;
    let mut bytes = Vec::new();
    let limit = LEDGER_BYTES_MAX as u64;
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| told(path, &error))?;
    if bytes.len() as u64 > limit {
        return Err(CommandError::Told(format!(
            "{}: lebih dari {} MB. Bagi berkas per tahun, lalu impor satu per satu",
            path.display(),
            limit / 1024 / 1024
        )));
    }
    Ok(bytes)
}

/// The file for bad rows. Opened before anything is read, so that a place that cannot be written costs nobody an import.
struct Rejects {
    path: PathBuf,
    /// Ours and still empty; none: the file was there before.
    fresh: Option<File>,
}

impl Rejects {
    /// Never over another file that is there: it may hold rows somebody is mending.
    fn open(path: &Path) -> Result<Self, CommandError> {
        let fresh = match fs::OpenOptions::new().write(true).create_new(true).open(path) {
            Ok(file) => Some(file),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match fs::metadata(path) {
                Ok(there) if there.is_file() => None,
                _ => {
                    return Err(CommandError::Told(format!(
                        "{} bukan berkas biasa: pilih nama berkas baru untuk --skip-bad",
                        path.display()
                    )));
                }
            },
            Err(error) => return Err(told(path, &error)),
        };
        Ok(Self { path: path.to_owned(), fresh })
    }

    fn write(&mut self, text: &str) -> Result<(), CommandError> {
        let Some(mut file) = self.fresh.take() else {
            // The same rejects once more: the import was tried again.
            let is_as_long = fs::metadata(&self.path).is_ok_and(|there| there.len() == text.len() as u64);
            return match is_as_long.then(|| fs::read(&self.path)) {
                Some(Ok(there)) if there == text.as_bytes() => Ok(()),
                _ => Err(CommandError::Told(format!(
                    "{} sudah ada: pilih nama lain untuk --skip-bad",
                    self.path.display()
                ))),
            };
        };
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| told(&self.path, &error))
    }
}

impl Drop for Rejects {
    fn drop(&mut self) {
        if self.fresh.take().is_some() {
            // Nothing was rejected; an empty file left behind harms nobody.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Problems and notices on stderr, the one sentence on stdout.
fn tell(answer: &LedgerAnswer) -> ExitCode {
    for problem in &answer.problems {
        eprintln!("{problem}");
    }
    let more = answer.problem_count - answer.problems.len() as u64;
    if more > 0 {
        eprintln!("... dan {more} masalah lagi");
    }
    for notice in &answer.notices {
        eprintln!("catatan: {notice}");
    }
    if answer.outcome == LedgerOutcome::Refused {
        eprintln!("{}", answer.message);
        return ExitCode::from(EXIT_REFUSED);
    }
    println!("{}", answer.message);
    ExitCode::SUCCESS
}

#[cfg(test)]
mod tests {
    use super::*;
    use siaga_store::testing::TestFolder;

    #[test]
    fn bad_rows_go_into_a_new_file_and_nowhere_else() {
        let folder = TestFolder::new();
        let path = folder.path().join("rejects.csv");
        for wrong in [Path::new("/dev/full"), folder.path(), &folder.path().join("none").join("rejects.csv")] {
            assert!(Rejects::open(wrong).is_err(), "{}", wrong.display());
        }
        drop(Rejects::open(&path).unwrap());
        assert!(!path.exists(), "nothing was rejected");
        for (text, fits) in [("a", true), ("a", true), ("b", false), ("ab", false)] {
            assert_eq!(Rejects::open(&path).unwrap().write(text).is_ok(), fits, "{text}");
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "a");
    }
}
