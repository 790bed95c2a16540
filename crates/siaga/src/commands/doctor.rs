//! `siaga doctor`: what is wrong with this set-up and what to do.

use super::{CommandError, DataArgs};
use crate::doctor::{self, Level};
use clap::Args;
use std::process::ExitCode;

/// Look at configuration, data folder, ports, disk, clock, database, certificate and trunk; say what to do about each.
///
/// Changes nothing. Exit code 0: calls can come; 1: something must be mended; 2: the configuration is wrong.
#[derive(Args)]
pub struct DoctorArgs {
    #[command(flatten)]
    data: DataArgs,
}

pub async fn run(args: DoctorArgs) -> Result<ExitCode, CommandError> {
    let config = args.data.config()?;
    let worst = doctor::print(&doctor::examine(&args.data.dir, &config).await);
    Ok(if worst == Level::Bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
