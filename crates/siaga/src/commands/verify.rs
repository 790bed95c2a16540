//! `siaga verify`: what was written is what stands there.

use super::{CommandError, DataArgs};
use crate::verify::verify;
use clap::{Args, Subcommand};
use siaga_store::evidence;
use std::{path::PathBuf, process::ExitCode};

/// Walks the chain of events, checks every recording against its hash on that chain, and counts the figures again.
///
/// Reads only; may run beside the server. Exit code 1 when something does not hold; the first broken event is named
/// by its sequence, a recording by its file. Keep the printed end of the chain in another place: who has it can prove
/// that the past was not rewritten as a whole.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct VerifyArgs {
    #[command(flatten)]
    data: DataArgs,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// Check an evidence file of a sanction. Needs no data folder and no server.
    Evidence(EvidenceArgs),
}

/// Checks every part of an evidence file, the events that prove it, and its signature.
///
/// Exit code 1 when something does not hold; it is named. A signature says only that the file is as its signer made it:
/// compare the printed key with the one that the city publishes (`siaga verify` on its server prints it), or give it
/// with --key.
#[derive(Args)]
struct EvidenceArgs {
    /// The file, as downloaded from the page sanksi.
    file: PathBuf,
    /// The city's public key, hexadecimal.
    #[arg(long)]
    key: Option<String>,
}

pub async fn run(args: VerifyArgs) -> Result<ExitCode, CommandError> {
    if let Some(What::Evidence(args)) = args.what {
        return check_evidence(&args);
    }
    let found = verify(&args.data.existing_store().await?, &args.data.dir).await?;
    Ok(told(&found.holds, &found.faults))
}

fn check_evidence(args: &EvidenceArgs) -> Result<ExitCode, CommandError> {
    let file =
        std::fs::read(&args.file).map_err(|error| CommandError::Told(format!("{}: {error}", args.file.display())))?;
    let mut found = evidence::verify(&file);
    if let Some(key) = &found.key {
        found.holds.push(format!("signed by: {key}"));
    }
    if let Some(wanted) = &args.key {
        if found.key.as_ref().is_none_or(|key| !key.eq_ignore_ascii_case(wanted.trim())) {
            found.faults.push("signature: is not of the key you gave".to_owned());
        }
    }
    Ok(told(&found.holds, &found.faults))
}

fn told(holds: &[String], faults: &[String]) -> ExitCode {
    for line in holds {
        println!("{line}");
    }
    for line in faults {
        println!("BROKEN {line}");
    }
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
