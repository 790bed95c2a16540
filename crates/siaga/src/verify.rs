//! Proves that nothing was changed afterwards: the chain of events; calls, call-backs and accounts against the events;
//! every recording against the hash on that chain; and the figures against the calls. Reads only.

use crate::{
    copy::manifest::files_of,
    recording_key::{ENDING, KEY, RECORDINGS, is_another},
    serve::SPOOL,
};
use siaga_core::{ids::CallId, time::LocalDay};
use siaga_store::{
    Store, StoreError, evidence,
    recordings::OnRecord,
    rollup::{RollupDifference, Table},
};
use siaga_voice::record;
use std::{collections::HashSet, fs, path::Path};
use uuid::Uuid;

/// Recordings asked for at once.
const PAGE: i64 = 500;
/// Faults of one kind that are named; the rest are counted.
const NAMED_MAX: usize = 20;
/// What a recording looks like to a key that is not its own.
const FIRST_BROKEN: &str = "segment 0 is broken";

/// What was found, in lines for a person.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Findings {
    /// What holds.
    pub holds: Vec<String>,
    /// What does not; empty: all is as it was written.
    pub faults: Vec<String>,
}

/// Checks the whole of a data folder. `heads`: ends of the chain that were kept elsewhere.
///
/// # Errors
/// The database does not answer; a fault is no error but a finding.
pub async fn verify(store: &Store, data: &Path, heads: &[String]) -> Result<Findings, StoreError> {
    let mut findings = Findings::default();
    events(store, heads, &mut findings).await?;
    recordings(store, data, &mut findings).await?;
    figures(store, &mut findings).await?;
    // What a city publishes, so that its evidence files can be checked elsewhere.
    if let Some(key) = evidence::key_hex(store).await? {
        findings.holds.push(format!("evidence key: {key}"));
    }
    Ok(findings)
}

async fn events(store: &Store, heads: &[String], findings: &mut Findings) -> Result<(), StoreError> {
    let audit = store.audit(heads).await?;
    match audit.chain.broken {
        Some(link) => {
            findings.faults.push(format!("event {}: {}", link.seq, link.why));
            // What is measured by a broken chain says nothing.
            return Ok(());
        }
        None if audit.chain.events == 0 => findings.holds.push("events: none yet".to_owned()),
        None => {
            findings.holds.push(format!("events: {} hold, the chain ends in {}", audit.chain.events, audit.chain.head));
        }
    }
    if heads.len() > audit.heads_missing.len() {
        findings.holds.push(format!("kept ends of the chain: {} found in it", heads.len() - audit.heads_missing.len()));
    }
    for head in &audit.heads_missing {
        findings
            .faults
            .push(format!("the chain does not hold {head}: it was cut off or rewritten since that was kept"));
    }
    findings.holds.push(format!("calls: {} are as their events say", audit.calls));
    if audit.calls_unread > 0 {
        let unread = audit.calls_unread;
        findings
            .holds
            .push(format!("calls: {unread} have events without content or of an older program; not compared"));
    }
    if audit.faults.told.is_empty() {
        findings.holds.push(format!("accounts: {} have the role that their events say", audit.accounts));
    }
    findings.faults.extend(audit.faults.told);
    if audit.faults.untold > 0 {
        findings.faults.push(format!("... and {} more", audit.faults.untold));
    }
    Ok(())
}

async fn recordings(store: &Store, data: &Path, findings: &mut Findings) -> Result<(), StoreError> {
    let (mut whole, mut after) = (0_u64, 0);
    let mut faults = Vec::new();
    let mut key = None;
    let mut on_record = HashSet::new();
    loop {
        let page = store.recordings_on_record(after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        if key.is_none() {
            // Reading must not make a new key in the place of a lost one.
            if !data.join(KEY).is_file() {
                findings.faults.push(format!("{KEY}: missing; no recording can be opened"));
                return Ok(());
            }
            match record::key_file(data) {
                Ok(read) if is_another(store, &read).await? => {
                    findings.faults.push(format!(
                        "{KEY}: is not the key of this city; no recording can be opened with it. Put back the one of a backup"
                    ));
                    return Ok(());
                }
                Ok(read) => key = Some(read),
                Err(error) => {
                    findings.faults.push(format!("{KEY}: {error}"));
                    return Ok(());
                }
            }
        }
        for known in page {
            match key.as_ref().and_then(|key| fault(&data.join(RECORDINGS), &known, key)) {
                Some(fault) => faults.push(format!("recording {}: {fault}", known.file)),
                None => whole += 1,
            }
            on_record.insert(known.file);
        }
    }
    // A database that kept no fingerprint, or kept that of the wrong key: nobody changes the start of every recording.
    if whole == 0 && faults.len() > 1 && faults.iter().all(|fault| fault.ends_with(FIRST_BROKEN)) {
        let count = faults.len();
        faults = vec![format!(
            "{KEY}: opens none of {count} recordings; most likely it is not their key. Put back the one of a backup, then verify again"
        )];
    }
    let Unrecorded { waiting, empty } = from_nowhere(store, data, &on_record, &mut faults).await?;
    if empty > 0 {
        let what = "the disk was full, or the power went, as they began; their calls may have no row either";
        findings.holds.push(format!("recordings: {empty} are empty files: {what}"));
    }
    if waiting > 0 {
        let what = "of calls that go on, or that the next start writes down";
        findings.holds.push(format!("recordings: {waiting} have no hash yet, {what}"));
    }
    findings.holds.push(format!("recordings: {whole} hold"));
    push_some(findings, faults);
    Ok(())
}

/// Recordings without an event that are no fault.
struct Unrecorded {
    waiting: u64,
    empty: u64,
}

/// Recordings that no event vouches for, whose call no event knows either: events were taken away. Gives how many are
/// only not written down yet, and how many hold no sound.
async fn from_nowhere(
    store: &Store,
    data: &Path,
    on_record: &HashSet<String>,
    faults: &mut Vec<String>,
) -> Result<Unrecorded, StoreError> {
    let (mut waiting, mut empty) = (0, 0);
    // A folder that is not there holds nothing; a spool that is not there neither.
    let files = files_of(&data.join(RECORDINGS)).unwrap_or_default();
    let spool = fs::read_to_string(data.join(SPOOL)).unwrap_or_default();
    for file in files {
        let path = Path::new(&file);
        if path.extension().is_none_or(|ending| ending != ENDING) || on_record.contains(&file) {
            continue;
        }
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let known = match Uuid::parse_str(name) {
            Ok(call) => spool.contains(name) || store.call_is_on_record(CallId(call)).await?,
            Err(_) => false,
        };
        if known {
            waiting += 1;
        } else if record::is_empty(&data.join(RECORDINGS).join(&file)).unwrap_or(false) {
            empty += 1;
        } else {
            faults.push(format!("recording {file}: no event knows its call; the end of the chain was cut off"));
        }
    }
    Ok(Unrecorded { waiting, empty })
}

/// What is wrong with a recording's file, if anything is.
fn fault(folder: &Path, known: &OnRecord, key: &[u8; 32]) -> Option<String> {
    let path = folder.join(&known.file);
    if !path.is_file() {
        return Some("the file is missing".to_owned());
    }
    match record::verify(&path, key) {
        Err(error) => Some(error.to_string()),
        Ok(found) => match found.first_broken {
            Some(segment) => Some(format!("segment {segment} is broken")),
            None if found.hash != known.hash => {
                Some(format!("{} segments, {} were written: cut off or rewritten", found.segments, known.segments))
            }
            None => None,
        },
    }
}

async fn figures(store: &Store, findings: &mut Findings) -> Result<(), StoreError> {
    let differences = store.rollup_check(LocalDay(0), LocalDay(99_991_231)).await?;
    if differences.is_empty() {
        findings.holds.push("figures: agree with the calls".to_owned());
    }
    let line = |d: &RollupDifference| {
        let cell: Vec<&str> = d.cell.iter().map(|part| if part.is_empty() { "-" } else { part }).collect();
        let (written, counted) = (d.written, d.counted);
        let (what, written, counted) = match written.0 == counted.0 {
            true => ("milliseconds of talk of ", written.1, counted.1),
            false => ("", written.0, counted.0),
        };
        let table = if d.table == Table::Day { "" } else { d.table.name() };
        let place = [table, &d.day.to_string(), &cell.join("/")].join(" ");
        format!("figure {what}{}: {written} written, {counted} counted", place.trim_start())
    };
    push_some(findings, differences.iter().map(line).collect());
    Ok(())
}

fn push_some(findings: &mut Findings, faults: Vec<String>) {
    let more = faults.len().saturating_sub(NAMED_MAX);
    findings.faults.extend(faults.into_iter().take(NAMED_MAX));
    if more > 0 {
        findings.faults.push(format!("... and {more} more"));
    }
}

#[cfg(test)]
mod tests;
