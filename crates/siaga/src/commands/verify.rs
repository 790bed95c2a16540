//! `siaga verify`: what was written is what stands there.

use super::{CommandError, DataArgs};
use crate::verify::verify;
use clap::Args;
use std::process::ExitCode;

/// Walks the chain of events, checks every recording against its hash on that chain, and counts the figures again.
///
/// Reads only; may run beside the server. Exit code 1 when something does not hold; the first broken event is named
/// by its sequence, a recording by its file. Keep the printed end of the chain in another place: who has it can prove
/// that the past was not rewritten as a whole.
#[derive(Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    data: DataArgs,
}

pub async fn run(args: VerifyArgs) -> Result<ExitCode, CommandError> {
    let found = verify(&args.data.existing_store().await?, &args.data.dir).await?;
    for line in &found.holds {
        println!("{line}");
    }
    for line in &found.faults {
        println!("BROKEN {line}");
    }
    Ok(if found.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
