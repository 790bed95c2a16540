//! Whether the class of a call that is over may be corrected, by whom, and to what.
//!
//! A class says what a person heard: a call that nobody answered has none. What was reported as an incident is no
//! nuisance while that incident stands. Figures, history and sanctions rest on these rows.

use crate::{
    class::Class,
    ids::UserId,
    role::Role,
    view::{
        call::CallOutcome,
        desk::{ClassChoice, Direction},
    },
};

/// What its row says of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Recorded {
    pub direction: Direction,
    /// `None` while it is open.
    pub outcome: Option<CallOutcome>,
    /// Who had it last.
    pub call_taker: Option<UserId>,
    /// Who gave the class that stands; `None` where no person did.
    pub class_by: Option<UserId>,
    pub reported: Reported,
}

/// What became of what the call reported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reported {
    Nothing,
    /// An incident that nobody has found empty.
    Incident,
    /// Responders found nothing, or it was closed as nothing found or as a false report.
    Withdrawn,
}

/// Why a class is not given. Indonesian, with what to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoCorrection {
    #[error("Panggilan belum selesai. Beri kelasnya di konsol")]
    Open,
    #[error(
        "Panggilan ini tidak pernah dijawab orang, jadi tidak diberi kelas. Hasilnya (putus, ditolak saat penuh, gagal) tetap tercatat"
    )]
    NobodyAnswered,
    #[error(
        "Ini panggilan dari kami kepada warga, jadi tidak dapat menjadi prank atau uji coba. Perbaiki panggilan masuknya"
    )]
    OurCall,
    #[error("Panggilan ini sudah berkelas dan bukan milik Anda. Minta koordinator memperbaikinya di Rekaman")]
    NotYours,
    #[error(
        "Panggilan ini melaporkan kejadian. Tutup dahulu kejadiannya sebagai nihil atau laporan palsu, atau lepaskan \
         panggilan ini dari kejadian itu, lalu beri kelas"
    )]
    RealIncident,
}

/// Whether a class speaks against what was reported.
#[must_use]
pub fn denies_report(class: Class) -> bool {
    matches!(class, Class::Prank | Class::Ghost | Class::Test)
}

/// Whom we call plays no prank on us and tests nothing. A line of ours on which nothing was heard is a ghost, as the panel of
/// silent lines closes it.
fn is_for_callers_only(class: Class) -> bool {
    matches!(class, Class::Prank | Class::Test)
}

/// Whether this person may give this class to this call now. What nobody classed, whoever sits at a desk may; what a
/// person classed, only whose call it was, and a shift lead.
///
/// # Errors
/// [`NoCorrection`] says why not.
pub fn may_correct(call: &Recorded, choice: &ClassChoice, by: UserId, role: Role) -> Result<(), NoCorrection> {
    let Some(outcome) = call.outcome else { return Err(NoCorrection::Open) };
    if outcome != CallOutcome::Answered {
        return Err(NoCorrection::NobodyAnswered);
    }
    if call.direction == Direction::CallBack && is_for_callers_only(choice.class) {
        return Err(NoCorrection::OurCall);
    }
    let own = call.call_taker == Some(by) || call.class_by == Some(by);
    if call.class_by.is_some() && !own && role != Role::ShiftLead {
        return Err(NoCorrection::NotYours);
    }
    may_deny(call.reported, choice)
}

/// Whether a class agrees with what the call reported; asked of open calls, too.
///
/// # Errors
/// [`NoCorrection::RealIncident`].
pub fn may_deny(reported: Reported, choice: &ClassChoice) -> Result<(), NoCorrection> {
    match reported {
        Reported::Incident if denies_report(choice.class) => Err(NoCorrection::RealIncident),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_class_needs_a_call_that_somebody_heard_and_a_person_who_may() {
        use NoCorrection as No;
        let (own, other) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let call = Recorded {
            direction: Direction::Incoming,
            outcome: Some(CallOutcome::Answered),
            call_taker: Some(own),
            class_by: Some(own),
            reported: Reported::Nothing,
        };
        let ended = |outcome| Recorded { outcome, ..call };
        let back = Recorded { direction: Direction::CallBack, ..call };
        let told = |reported| Recorded { reported, ..call };
        let taker = (own, Role::CallTaker);
        let rows = [
            ("own", call, Class::Prank, taker, Ok(())),
            ("open", ended(None), Class::Prank, taker, Err(No::Open)),
            ("abandoned", ended(Some(CallOutcome::Abandoned)), Class::Prank, taker, Err(No::NobodyAnswered)),
            ("deferred", ended(Some(CallOutcome::Deferred)), Class::Information, taker, Err(No::NobodyAnswered)),
            ("failed", ended(Some(CallOutcome::Failed)), Class::Ghost, taker, Err(No::NobodyAnswered)),
            ("our call", back, Class::Prank, taker, Err(No::OurCall)),
            ("our call, a test", back, Class::Test, taker, Err(No::OurCall)),
            ("our call, a silent line", back, Class::Ghost, taker, Ok(())),
            ("real report when we called", back, Class::Emergency, taker, Ok(())),
            ("another's", call, Class::Prank, (other, Role::CallTaker), Err(No::NotYours)),
            ("another's, dispatcher", call, Class::Prank, (other, Role::Dispatcher), Err(No::NotYours)),
            ("another's, lead", call, Class::Prank, (other, Role::ShiftLead), Ok(())),
            ("nobody classed it", Recorded { class_by: None, ..call }, Class::Ghost, (other, Role::CallTaker), Ok(())),
            ("reported", told(Reported::Incident), Class::Prank, taker, Err(No::RealIncident)),
            ("reported, lead", told(Reported::Incident), Class::Test, (other, Role::ShiftLead), Err(No::RealIncident)),
            ("reported, still no nuisance", told(Reported::Incident), Class::Information, taker, Ok(())),
            ("nothing was there", told(Reported::Withdrawn), Class::Prank, taker, Ok(())),
        ];
        for (what, call, class, (by, role), expected) in rows {
            assert_eq!(may_correct(&call, &ClassChoice { class, sub: None }, by, role), expected, "{what}");
        }
    }
}
