//! What the ladder asks for: a pure decision over a number's confirmed pranks and what was done about them before.
//!
//! Ghost and abandoned calls have no place in it. What children did never climbs: it leads to education of those who
//! raise them. Each proposal rests on at least one prank that no earlier sanction rested on.

use super::{Addressee, Immune, Ladder, Step};
use crate::{ids::CallId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// A call that a person classed as prank, as the class stands now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Prank {
    pub call: CallId,
    pub at: Timestamp,
    pub kind: PrankKind,
}

/// What kind of prank.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrankKind {
    Ordinary,
    Child,
    /// Counts only when a responder found nothing there and a shift lead said so too.
    FalseReport {
        nothing_found: Option<Timestamp>,
        confirmed: Option<Timestamp>,
    },
}

impl PrankKind {
    /// By the sub-reason of the class prank, and what is known about a false report.
    #[must_use]
    pub fn of(sub: Option<&str>, nothing_found: Option<Timestamp>, confirmed: Option<Timestamp>) -> Self {
        match sub {
            Some("child") => PrankKind::Child,
            Some("false_report") => PrankKind::FalseReport { nothing_found, confirmed },
            _ => PrankKind::Ordinary,
        }
    }
}

/// An earlier sanction of the number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Past {
    pub step: Step,
    pub addressee: Addressee,
    pub proposed_at: Timestamp,
    /// The newest prank it rested on.
    pub newest_prank_at: Timestamp,
    pub standing: Standing,
}

/// What became of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Nobody decided yet.
    Open,
    /// A block that runs.
    InForce,
    /// Carried out, or a block that has run.
    Given,
    Rejected,
    /// The rules took the proposal back before anybody decided.
    Withdrawn,
    /// Taken back by a person: what it rested on counts no more.
    Lifted,
}

/// Everything the ladder looks at, in any order.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct History {
    pub pranks: Vec<Prank>,
    pub sanctions: Vec<Past>,
}

/// What should be decided by a person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Proposal {
    pub step: Step,
    pub addressee: Addressee,
    /// Only of a block.
    pub hours: Option<u32>,
    /// Indonesian, one clause each.
    pub reasons: Vec<String>,
    /// The calls it rests on, oldest first.
    pub pranks: Vec<CallId>,
    pub newest_prank_at: Timestamp,
}

/// What the ladder asks for now, if anything.
#[must_use]
pub fn propose(history: &History, immune: Option<&Immune>, ladder: &Ladder, now: Timestamp) -> Option<Proposal> {
    if immune.is_some_and(|immune| !immune.allows(Step::Educate))
        || history.sanctions.iter().any(|one| one.standing == Standing::Open)
    {
        return None;
    }
    let forgiven = history.sanctions.iter().filter(|one| one.standing == Standing::Lifted);
    let forgiven_until = forgiven.map(|one| one.newest_prank_at).max();
    let counts = |prank: &&Prank| {
        now.ms_since(prank.at) < ladder.window_ms()
            && prank.at <= now
            && forgiven_until.is_none_or(|until| prank.at > until)
            && is_confirmed(prank.kind)
    };
    let mut counted: Vec<&Prank> = history.pranks.iter().filter(counts).collect();
    counted.sort_by_key(|prank| (prank.at, prank.call));
    let (children, others): (Vec<_>, Vec<_>) = counted.into_iter().partition(|prank| prank.kind == PrankKind::Child);
    climb(&others, history, immune, ladder, now).or_else(|| educate_family(&children, history, ladder, now))
}

fn is_confirmed(kind: PrankKind) -> bool {
    match kind {
        PrankKind::Ordinary | PrankKind::Child => true,
        PrankKind::FalseReport { nothing_found, confirmed } => nothing_found.is_some() && confirmed.is_some(),
    }
}

/// Sanctions of the last window that stand.
fn standing<'h>(
    history: &'h History,
    addressee: Addressee,
    ladder: &Ladder,
    now: Timestamp,
) -> impl Iterator<Item = &'h Past> {
    let window_ms = ladder.window_ms();
    let stands = |one: &&Past| matches!(one.standing, Standing::InForce | Standing::Given);
    let of_window = move |one: &&Past| one.addressee == addressee && now.ms_since(one.proposed_at) < window_ms;
    history.sanctions.iter().filter(stands).filter(of_window)
}

/// Whether somebody has decided over these pranks already.
fn is_decided(pranks: &[&Prank], history: &History, addressee: Addressee) -> bool {
    let is_weighed = |one: &&Past| one.addressee == addressee && one.standing != Standing::Withdrawn;
    let decided = history.sanctions.iter().filter(is_weighed);
    let decided_until = decided.map(|one| one.newest_prank_at).max();
    match (pranks.last(), decided_until) {
        (None, _) => true,
        (Some(newest), until) => until.is_some_and(|until| newest.at <= until),
    }
}

fn climb(
    pranks: &[&Prank],
    history: &History,
    immune: Option<&Immune>,
    ladder: &Ladder,
    now: Timestamp,
) -> Option<Proposal> {
    if is_decided(pranks, history, Addressee::Caller) {
        return None;
    }
    let had = |step: Step| standing(history, Addressee::Caller, ladder, now).any(|one| one.step == step);
    let blocked = standing(history, Addressee::Caller, ladder, now).any(|one| one.standing == Standing::InForce);
    let count = u32::try_from(pranks.len()).unwrap_or(u32::MAX);
    let mut reasons = vec![format!("{count} prank terkonfirmasi dalam {} hari", ladder.window_days)];
    let mut hours = None;
    let step = if let Some(immune) = immune {
        reasons.push(immune.words());
        Step::Educate
    } else if count >= ladder.refer_from && !had(Step::Refer) {
        reasons.push(format!("{} prank atau lebih: rujukan", ladder.refer_from));
        Step::Refer
    } else if count >= ladder.block_from {
        let again = had(Step::BlockTemporarily);
        let long = if again { ladder.block_again_hours } else { ladder.block_hours };
        hours = Some(long.min(ladder.hours_max()));
        reasons.push(if again {
            "sudah pernah diblokir dalam masa hitung".to_owned()
        } else {
            format!("{} prank atau lebih: blokir sementara", ladder.block_from)
        });
        Step::BlockTemporarily
    } else if count >= ladder.warn_from {
        reasons.push(format!("{} prank atau lebih: peringatan tercatat", ladder.warn_from));
        Step::Warn
    } else {
        Step::Educate
    };
    let once = matches!(step, Step::Educate | Step::Warn);
    // Told already, or a block runs: what came meanwhile is weighed when it has run.
    if (once && had(step)) || (step == Step::BlockTemporarily && blocked) {
        return None;
    }
    Some(proposal(step, Addressee::Caller, hours, reasons, pranks))
}

fn educate_family(pranks: &[&Prank], history: &History, ladder: &Ladder, now: Timestamp) -> Option<Proposal> {
    if is_decided(pranks, history, Addressee::Family)
        || standing(history, Addressee::Family, ladder, now).next().is_some()
    {
        return None;
    }
    let reasons = vec![
        format!("{} panggilan anak dalam {} hari", pranks.len(), ladder.window_days),
        "anak: pembinaan lewat orang tua, sekolah, atau kelurahan".to_owned(),
    ];
    Some(proposal(Step::Educate, Addressee::Family, None, reasons, pranks))
}

fn proposal(step: Step, addressee: Addressee, hours: Option<u32>, reasons: Vec<String>, pranks: &[&Prank]) -> Proposal {
    Proposal {
        step,
        addressee,
        hours,
        reasons,
        pranks: pranks.iter().map(|prank| prank.call).collect(),
        newest_prank_at: pranks.last().map_or(Timestamp(0), |prank| prank.at),
    }
}
