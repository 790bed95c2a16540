//! The states of an incident and what may follow which. A transition consumes the state and gives the next one, or says
//! in words why not.
//!
//! Merging moves nothing: the incident that gives way keeps its sheet, calls, notes and crews, and they are shown and
//! steered at the other one. So taking it back restores it exactly.

use crate::{
    ids::{CallId, IncidentId},
    incident::similar::CLOSED_FOR_MS,
    limits::REASON_CHARS_MAX,
    time::Timestamp,
    view::incident::IncidentOutcome,
};

/// An incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incident {
    Open,
    Closed {
        outcome: IncidentOutcome,
        at: Timestamp,
    },
    /// Gave way to another one; in figures and lists *Duplicate*.
    Merged {
        into: IncidentId,
        at: Timestamp,
    },
}

/// Why an incident was not closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CloseRefused {
    #[error("kejadian sudah ditutup")]
    Closed,
    #[error("kejadian digabung ke kejadian lain: tutup di sana")]
    Merged,
    #[error("masih ada penugasan terbuka: selesaikan dahulu, atau tutup dengan catatan alasan pembatalannya")]
    OpenAssignments { count: usize },
    /// A neighbour was asked and has not said yes: nobody may believe that it is theirs.
    #[error("kota tetangga belum menerima: tunggu, atau batalkan permintaannya dahulu")]
    HandOverPending,
    #[error("belum ada kota tetangga yang menerima kejadian ini")]
    NotAccepted,
}

/// Why something else was not done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefused {
    #[error("kejadian ini masih terbuka")]
    NotClosed,
    #[error("kejadian ini sudah ditutup: buka kembali dahulu")]
    Closed,
    #[error("kejadian ini sudah digabung: lakukan pada kejadian yang menerimanya, atau pisahkan kembali dahulu")]
    Merged,
    #[error("kejadian ini tidak sedang digabung")]
    NotMerged,
    #[error("sudah digabung ke kejadian lain oleh orang lain")]
    MergedElsewhere,
    #[error("kejadian tidak dapat digabung atau ditautkan dengan dirinya sendiri")]
    Itself,
    #[error("kejadian besar tidak digabung ke yang lain: gabungkan yang lain ke sini")]
    Major,
    #[error("tulis alasannya, paling banyak 300 karakter")]
    NoReason,
    #[error("panggilan ini tidak ada pada kejadian ini")]
    OtherCall,
    #[error("ini panggilan yang membuka kejadian: lembarnya adalah lembar kejadian. Gabungkan atau tutup kejadiannya")]
    FirstCall,
}

/// What closing does besides: the assignments that are cancelled with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenAssignments {
    None,
    /// They are cancelled, and the note says why.
    Cancel,
}

/// What stands open when somebody closes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Running {
    /// Crews that are not done, neighbours who have said yes apart.
    pub crews: usize,
    /// Neighbours who were asked and have not answered.
    pub pending: usize,
    /// Neighbours who took it.
    pub accepted: usize,
    /// Of these: still at work.
    pub at_work: usize,
}

/// What merging did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merging {
    Done(Incident),
    /// The same two, a second time.
    Already,
}

impl Incident {
    /// Closes. Assignments that still run are cancelled, but only with a note that says why: a crew on its way must
    /// never be forgotten by a key pressed too early. What a neighbour was asked for stays open until they answer or a
    /// person takes it back, and it is handed over only when they have said yes.
    pub fn close(
        self,
        outcome: IncidentOutcome,
        note: Option<&str>,
        running: Running,
        at: Timestamp,
    ) -> Result<(Self, OpenAssignments), CloseRefused> {
        match self {
            Incident::Closed { .. } => return Err(CloseRefused::Closed),
            Incident::Merged { .. } => return Err(CloseRefused::Merged),
            Incident::Open => {}
        }
        if running.pending > 0 {
            return Err(CloseRefused::HandOverPending);
        }
        if outcome == IncidentOutcome::HandedOver && running.accepted == 0 {
            return Err(CloseRefused::NotAccepted);
        }
        // who took it over goes on without us; for any other end they are a crew like others
        let handed = outcome == IncidentOutcome::HandedOver;
        let open = running.crews + if handed { 0 } else { running.at_work };
        let closed = Incident::Closed { outcome, at };
        match open {
            0 => Ok((closed, OpenAssignments::None)),
            _ if note.is_some_and(|note| !note.trim().is_empty()) => Ok((closed, OpenAssignments::Cancel)),
            count => Err(CloseRefused::OpenAssignments { count }),
        }
    }

    /// Opens a closed one again.
    pub fn reopen(self) -> Result<Self, ChangeRefused> {
        match self {
            Incident::Closed { .. } => Ok(Incident::Open),
            Incident::Open => Err(ChangeRefused::NotClosed),
            Incident::Merged { .. } => Err(ChangeRefused::Merged),
        }
    }

    /// Gives way to another open one. `major`: whether this one is marked as a major incident and the other is not.
    pub fn merge(
        self,
        own: IncidentId,
        into: (IncidentId, Incident),
        major: Prominence,
        at: Timestamp,
    ) -> Result<Merging, ChangeRefused> {
        let (target, state) = into;
        if own == target {
            return Err(ChangeRefused::Itself);
        }
        match self {
            Incident::Merged { into, .. } if into == target => return Ok(Merging::Already),
            Incident::Merged { .. } => return Err(ChangeRefused::MergedElsewhere),
            Incident::Closed { .. } => return Err(ChangeRefused::Closed),
            Incident::Open => {}
        }
        match state {
            Incident::Open if major == Prominence::Greater => Err(ChangeRefused::Major),
            Incident::Open => Ok(Merging::Done(Incident::Merged { into: target, at })),
            Incident::Closed { .. } => Err(ChangeRefused::Closed),
            Incident::Merged { .. } => Err(ChangeRefused::Merged),
        }
    }

    /// Stands by itself again: open, as it was. Gives what it had given way to.
    pub fn unmerge(self) -> Result<(Self, IncidentId), ChangeRefused> {
        match self {
            Incident::Merged { into, .. } => Ok((Incident::Open, into)),
            Incident::Open | Incident::Closed { .. } => Err(ChangeRefused::NotMerged),
        }
    }

    /// Whether another call may be attached: to an open one, and to one that was closed just now.
    pub fn take_call(self, now: Timestamp) -> Result<(), ChangeRefused> {
        match self {
            Incident::Open => Ok(()),
            Incident::Closed { at, .. } if now.ms_since(at) <= CLOSED_FOR_MS => Ok(()),
            Incident::Closed { .. } => Err(ChangeRefused::Closed),
            Incident::Merged { .. } => Err(ChangeRefused::Merged),
        }
    }

    /// Whether it can be marked as a major incident, and the mark taken off.
    pub fn mark(self) -> Result<(), ChangeRefused> {
        match self {
            Incident::Open => Ok(()),
            Incident::Closed { .. } => Err(ChangeRefused::Closed),
            Incident::Merged { .. } => Err(ChangeRefused::Merged),
        }
    }
}

/// One of two incidents beside the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prominence {
    Alike,
    /// This one is a major incident, the other is not.
    Greater,
}

/// Whether a call may leave an incident: any but the one whose sheet is the incident's.
pub fn may_leave(call: CallId, opened_by: CallId) -> Result<(), ChangeRefused> {
    if call == opened_by { Err(ChangeRefused::FirstCall) } else { Ok(()) }
}

/// A reason that somebody can read a year later.
pub fn reason(text: &str) -> Result<&str, ChangeRefused> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= REASON_CHARS_MAX;
    if fits { Ok(text) } else { Err(ChangeRefused::NoReason) }
}

#[cfg(test)]
mod tests;
