//! `siaga backup`: all of a city in a second place.

use super::{CommandError, DataArgs};
use crate::copy::backup::backup;
use clap::Args;
use siaga_store::StoreConfig;
use std::{path::PathBuf, process::ExitCode};

/// Copies database, recordings, key and configuration into a new folder, consistent, while the server runs.
///
/// The copy holds every voice and the key that opens it: guard it like the data folder itself. With PostgreSQL the
/// database is copied by pg_dump, the rest of the data folder by any copying program.
#[derive(Args)]
pub struct BackupArgs {
    /// A folder that does not exist yet, or is empty.
    #[arg(value_name = "DEST")]
    to: PathBuf,
    #[command(flatten)]
    data: DataArgs,
}

pub async fn run(args: BackupArgs) -> Result<ExitCode, CommandError> {
    if let StoreConfig::Postgres { .. } = args.data.config()?.store(&args.data.dir) {
        return Err(CommandError::Told(format!(
            "this city's database is PostgreSQL. Copy it with: pg_dump --format=custom --file={0}.dump DATABASE, then copy the folder {1} (recordings and recording.key)",
            args.to.display(),
            args.data.dir.display()
        )));
    }
    let made = backup(&args.data.existing_store().await?, &args.data.dir, &args.to).await?;
    println!("{}: {} files, {} bytes", args.to.display(), made.files, made.bytes);
    println!("Prove it: siaga restore {} --data NEW, then siaga verify --data NEW", args.to.display());
    Ok(ExitCode::SUCCESS)
}
