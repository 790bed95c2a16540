//! `siaga verify`: what was written is what stands there.

use super::{CommandError, DataArgs};
use crate::{copy::manifest::Manifest, serve::city_of, verify::verify};
use clap::{Args, Subcommand};
use siaga_store::{
    evidence::{self, Verified},
    signed_reports,
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Hexadecimal digits of a SHA-256.
const HEAD_DIGITS: usize = 64;

/// Walks the chain of events, replays every call, call-back and account from it, checks every recording against its
/// hash on that chain and every imported call against its file's, and counts the figures again.
///
/// Reads only; may run beside the server. Exit code 1 when something does not hold; the first broken event is named
/// by its sequence, a recording by its file, a call by its id. Keep the printed end of the chain in another place and
/// give it back with --expect: only so a past that was rewritten as a whole is found out.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct VerifyArgs {
    /// An end of the chain that was kept elsewhere, or the folder of a backup, whose manifest holds one. May be repeated.
    #[arg(long, value_name = "HEAD|BACKUP")]
    expect: Vec<String>,
    #[command(flatten)]
    data: DataArgs,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// Check an evidence file of a sanction. Needs no data folder and no server.
    Evidence(FileArgs),
    /// Check a report's signed figures. Needs no data folder and no server.
    Report(FileArgs),
}

/// Checks what a file says against the hashes and the signature in it: of an evidence file every part and the events
/// that prove it, of a report its figures.
///
/// Exit code 1 when something does not hold; it is named. A signature says only that the file is as its signer made it:
/// compare the printed key with the one that the city publishes (`siaga verify` on its server prints it), or give it
/// with --key.
#[derive(Args)]
struct FileArgs {
    /// The file, as downloaded from the page sanksi or laporan.
    file: PathBuf,
    /// The city's public key, hexadecimal.
    #[arg(long)]
    key: Option<String>,
}

pub async fn run(args: VerifyArgs) -> Result<ExitCode, CommandError> {
    match args.what {
        Some(What::Evidence(args)) => return check(&args, evidence::verify),
        Some(What::Report(args)) => return check(&args, signed_reports::verify),
        None => {}
    }
    let heads = args.expect.iter().map(|told| head(told)).collect::<Result<Vec<_>, _>>()?;
    let store = args.data.existing_store().await?;
    let zone = city_of(&store).await?.time_zone().clone();
    let found = verify(&store.in_zone(zone), &args.data.dir, &heads).await?;
    Ok(told(&found.holds, &found.faults))
}

fn check(args: &FileArgs, verify: fn(&[u8]) -> Verified) -> Result<ExitCode, CommandError> {
    let file =
        std::fs::read(&args.file).map_err(|error| CommandError::Told(format!("{}: {error}", args.file.display())))?;
    let mut found = verify(&file);
    if let Some(key) = &found.key {
        found.holds.push(format!("signed by: {key}"));
    }
    if let Some(wanted) = &args.key
        && found.key.as_ref().is_none_or(|key| !key.eq_ignore_ascii_case(wanted.trim()))
    {
        found.faults.push("signature: is not of the key you gave".to_owned());
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

/// An end of the chain as it was told: itself, or where it stands.
fn head(told: &str) -> Result<String, CommandError> {
    if told.len() == HEAD_DIGITS && told.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(told.to_ascii_lowercase());
    }
    if !Path::new(told).is_dir() {
        return Err(CommandError::Told(format!(
            "--expect {told:?} is neither an end of the chain (64 hexadecimal digits, as siaga verify prints it) nor a backup's folder"
        )));
    }
    let head = Manifest::read(Path::new(told))?.chain_head;
    if head.is_empty() {
        return Err(CommandError::Told(format!(
            "the backup {told} holds no end of the chain: it was made before any event, or by an older program"
        )));
    }
    Ok(head)
}
