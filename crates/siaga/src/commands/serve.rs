//! `siaga serve`: runs the city.

use super::{CommandError, DataArgs};
use crate::{config, data_folder::Purpose, serve};
use clap::Args;
use std::process::ExitCode;

/// Run the server: telephone, desk, interface.
///
/// Examples:
///   siaga serve --demo --data ./demo          the demo city with known passwords
///   siaga serve --data /var/lib/siaga         a real city; prints a one-time link at the first start
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct ServeArgs {
    #[command(flatten)]
    data: DataArgs,
    /// The demo city with accounts whose passwords everybody knows. Never for real calls.
    #[arg(long)]
    demo: bool,
    /// Where browsers connect (overrides http.addr). Port 0 picks one.
    #[arg(long, value_name = "ADDR")]
    http: Option<String>,
    /// Where browsers connect with TLS (overrides https.addr).
    #[arg(long, value_name = "ADDR")]
    https: Option<String>,
    /// Where calls arrive, UDP and TCP (overrides sip.addr). Port 0 picks one.
    #[arg(long, value_name = "ADDR")]
    sip: Option<String>,
    /// Where calls arrive over TLS (overrides sip.tls).
    #[arg(long, value_name = "ADDR")]
    sip_tls: Option<String>,
    /// Print one JSON object on stdout when ready, for programs that start this one.
    #[arg(long)]
    ready_json: bool,
}

pub async fn run(args: ServeArgs) -> Result<ExitCode, CommandError> {
    let given = [
        ("--http", "http.addr", args.http),
        ("--https", "https.addr", args.https),
        ("--sip", "sip.addr", args.sip),
        ("--sip-tls", "sip.tls", args.sip_tls),
    ];
    let flags: Vec<_> = given.into_iter().filter_map(|(flag, key, value)| Some((flag, key, value?))).collect();
    let config = config::load(&args.data.dir, std::env::vars(), &flags)?;
    let purpose = if args.demo { Purpose::Demo } else { Purpose::City };
    let announce = if args.ready_json { serve::Announce::Json } else { serve::Announce::Words };
    serve::run(&args.data.dir, &config, purpose, announce).await?;
    Ok(ExitCode::SUCCESS)
}
