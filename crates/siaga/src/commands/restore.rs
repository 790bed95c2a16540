//! `siaga restore`: a city comes back.

use super::{CommandError, DataArgs};
use crate::copy::restore::restore;
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

/// Puts a backup into a new data folder after checking every file's hash. Never overwrites anything.
#[derive(Args)]
pub struct RestoreArgs {
    /// A folder made by `siaga backup`.
    #[arg(value_name = "SRC")]
    from: PathBuf,
    #[command(flatten)]
    data: DataArgs,
}

pub fn run(args: &RestoreArgs) -> Result<ExitCode, CommandError> {
    let made = restore(&args.from, &args.data.dir)?;
    println!("{}: {} files, {} bytes", args.data.dir.display(), made.files, made.bytes);
    println!("Next: siaga verify --data {0}, then siaga serve --data {0}", args.data.dir.display());
    Ok(ExitCode::SUCCESS)
}
