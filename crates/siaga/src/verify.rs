//! Proves that nothing was changed afterwards: the chain of events, every recording against the hash on that chain,
//! and the figures against the calls. Reads only.

use siaga_core::time::LocalDay;
use siaga_store::{Store, StoreError, evidence, recordings::OnRecord};
use siaga_voice::record;
use std::path::Path;

/// Recordings asked for at once.
const PAGE: i64 = 500;
/// Faults of one kind that are named; the rest are counted.
const NAMED_MAX: usize = 20;
/// Where recordings and their key are inside a data folder.
pub const RECORDINGS: &str = "recordings";
const KEY: &str = "recording.key";

/// What was found, in lines for a person.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Findings {
    /// What holds.
    pub holds: Vec<String>,
    /// What does not; empty: all is as it was written.
    pub faults: Vec<String>,
}

/// Checks the whole of a data folder.
///
/// # Errors
/// The database does not answer; a fault is no error but a finding.
pub async fn verify(store: &Store, data: &Path) -> Result<Findings, StoreError> {
    let mut findings = Findings::default();
    events(store, &mut findings).await?;
    recordings(store, data, &mut findings).await?;
    figures(store, &mut findings).await?;
    // What a city publishes, so that its evidence files can be checked elsewhere.
    if let Some(key) = evidence::key_hex(store).await? {
        findings.holds.push(format!("evidence key: {key}"));
    }
    Ok(findings)
}

async fn events(store: &Store, findings: &mut Findings) -> Result<(), StoreError> {
    let report = store.chain_verify().await?;
    match report.broken {
        Some(link) => findings.faults.push(format!("event {}: {}", link.seq, link.why)),
        None if report.events == 0 => findings.holds.push("events: none yet".to_owned()),
        None => findings.holds.push(format!("events: {} hold, the chain ends in {}", report.events, report.head)),
    }
    Ok(())
}

async fn recordings(store: &Store, data: &Path, findings: &mut Findings) -> Result<(), StoreError> {
    let (mut whole, mut after) = (0_u64, 0);
    let mut faults = Vec::new();
    let mut key = None;
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
                Ok(read) => key = Some(read),
                Err(error) => {
                    findings.faults.push(format!("{KEY}: {error}"));
                    return Ok(());
                }
            }
        }
        for known in &page {
            match key.as_ref().and_then(|key| fault(&data.join(RECORDINGS), known, key)) {
                Some(fault) => faults.push(format!("recording {}: {fault}", known.file)),
                None => whole += 1,
            }
        }
    }
    findings.holds.push(format!("recordings: {whole} hold"));
    push_some(findings, faults);
    Ok(())
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
    let line = |d: &siaga_store::rollup::RollupDifference| {
        let cell: Vec<&str> = d.cell.iter().map(|part| if part.is_empty() { "-" } else { part }).collect();
        format!("figure {} {}: {} written, {} counted", d.day, cell.join("/"), d.written, d.counted)
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
