//! `siaga sim ledger`: years of made-up calls straight into a database, for measuring the figures at size.

use crate::{
    commands::{CommandError, DataArgs},
    serve::city_of,
};
use clap::Args;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use siaga_core::{city::City, ids::ImportId, ledger::Ledger, view::ledger::LedgerOutcome};
use siaga_engine::clock;
use siaga_sim::history::History;
use siaga_store::{
    Store,
    ledger::{BadRows, LedgerImport},
};
use std::{io::Write, process::ExitCode, time::Instant};
use uuid::Uuid;

/// Calls that one transaction takes in: a second or two of the database's time.
const CALLS_AT_ONCE: u64 = 50_000;
/// One call in so many is corrected 40 days later.
const CORRECTED: u64 = 2_000;
const CORRECTED_AFTER_MS: i64 = 40 * 86_400_000;
const CALLS_MAX: u64 = 100_000_000;

/// Made-up old records of some years, with incidents, seats and corrections. No real person is in them.
///
/// They come in as a ledger does, some days per transaction, and are on the chain like one; a run that was broken off may
/// be run again. Refused where people have accounts: a city's figures never hold made-up calls.
///
/// Example: siaga sim ledger --data /tmp/million --calls 1000000 --years 3
#[derive(Args, Debug)]
pub struct LedgerArgs {
    /// How many calls in all.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..=CALLS_MAX))]
    pub calls: u64,
    /// Over how many years of 365 days.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=10))]
    pub years: u16,
    /// The last day, YYYY-MM-DD.
    #[arg(long, default_value = "2025-12-31")]
    pub until: Date,
    /// The same seed gives the same calls.
    #[arg(long, default_value_t = 112)]
    pub seed: u64,
    #[command(flatten)]
    pub data: DataArgs,
}

pub async fn ledger(args: &LedgerArgs) -> Result<ExitCode, CommandError> {
    let store = args.data.store().await?;
    let city = city_of(&store).await?;
    let store = store.in_zone(city.time_zone().clone());
    generate(&store, &city, args).await?;
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Also what `siaga bench figures` begins with.
pub async fn generate(store: &Store, city: &City, args: &LedgerArgs) -> Result<(), CommandError> {
    if !store.accounts_empty().await? {
        return Err(CommandError::Told(
            "people have accounts in this database: made-up calls come into a new folder only, --data DIR".to_owned(),
        ));
    }
    let history = History::new(city, args.calls, args.years, args.until, args.seed);
    let began = Instant::now();
    let mut day = 0;
    while day < history.days() {
        let end = (day + 1..=history.days())
            .find(|end| *end == history.days() || history.before(*end) - history.before(day) >= CALLS_AT_ONCE)
            .unwrap_or(history.days());
        chunk(store, city, &history, args.seed, day..end).await?;
        day = end;
        let done = history.before(day);
        eprint!("\r{done} of {} calls, {:.0} s ", args.calls, began.elapsed().as_secs_f64());
        // Who looks at this sees it late then.
        let _ = std::io::stderr().flush();
    }
    store.analyze().await?;
    eprintln!("\r{} calls made up in {:.0} s   ", args.calls, began.elapsed().as_secs_f64());
    Ok(())
}

async fn chunk(
    store: &Store,
    city: &City,
    history: &History<'_>,
    seed: u64,
    days: std::ops::Range<usize>,
) -> Result<(), CommandError> {
    let rows: Vec<_> = days.clone().flat_map(|day| history.rows(day)).collect();
    let calls = rows.len() as u64;
    let ledger = Ledger { rows, ..Ledger::default() };
    let (first, last) = (history.begins(days.start), history.begins(days.end));
    let name = format!("siaga sim ledger {seed} {}", first.0);
    let import = LedgerImport {
        import_id: ImportId(Uuid::now_v7()),
        file_hash: Sha256::digest(name).into(),
        by: None,
        at: clock::now(),
        bad_rows: BadRows::Refuse,
    };
    let answer = store.ledger_import(&ledger, &import).await?;
    store.made_up_incidents((first, last), city, history.throws(days.start)).await?;
    if answer.outcome == LedgerOutcome::Imported {
        let most = i64::try_from(calls / CORRECTED).unwrap_or(0);
        store.made_up_corrections((first, last), most, last.plus_ms(CORRECTED_AFTER_MS)).await?;
    }
    for day in days {
        store.write_live(&history.seats(day)).await?;
    }
    Ok(())
}
