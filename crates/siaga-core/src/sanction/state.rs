//! A sanction from proposal to end. Each transition consumes the state and gives the next, or says why not.
//!
//! There is no way to a running block but over a person's approval with a reason, a named end within the ladder's
//! maximum, and the question whether the number is immune.

use super::{
    Addressee, Appeal, AppealOutcome, Author, Case, Decider, Decision, Heard, Immune, Ladder, Past, Refused, Ruling,
    SanctionState, Standing, Step, case::APPEAL_CHARS_MAX,
};
use crate::{role::Role, time::Timestamp};
use serde::{Deserialize, Serialize};

const HOUR_MS: i64 = 3_600_000;

/// What is known and in force at the moment of a decision.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    pub ladder: &'a Ladder,
    pub immune: Option<&'a Immune>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Sanction {
    Proposed { case: Case },
    AwaitingSecond { case: Case, first: Decision },
    InForce { ruling: Ruling, until: Timestamp, heard: Option<Heard> },
    Given { ruling: Ruling, heard: Option<Heard> },
    Appealed { ruling: Ruling, until: Option<Timestamp>, appeal: Appeal },
    Expired { ruling: Ruling, until: Timestamp, heard: Option<Heard> },
    Lifted { ruling: Ruling, until: Option<Timestamp>, heard: Option<Heard>, lifted: Decision },
    Rejected { case: Case, rejected: Decision },
}

impl Sanction {
    /// A proposal of the ladder.
    ///
    /// # Errors
    /// [`Refused::Immune`], [`Refused::Hours`].
    pub fn proposed(case: Case, rules: Rules<'_>) -> Result<Self, Refused> {
        may_be(&case, rules)?;
        Ok(Sanction::Proposed { case })
    }

    /// A proposal of a person: a shift lead, with a reason.
    ///
    /// # Errors
    /// As [`Sanction::proposed`], and [`Refused::NotYourRole`].
    pub fn by_hand(mut case: Case, by: &Decider<'_>, reason: &str, rules: Rules<'_>) -> Result<Self, Refused> {
        if by.role != Role::ShiftLead {
            return Err(Refused::NotYourRole);
        }
        let said = Decision::new(by, reason, case.at)?;
        case.proposal.reasons = vec![said.reason.clone()];
        case.author = Author::Person(said);
        Self::proposed(case, rules)
    }

    /// One person more says yes.
    ///
    /// # Errors
    /// [`Refused`] says what is missing.
    pub fn approve(self, by: &Decider<'_>, reason: &str, rules: Rules<'_>, now: Timestamp) -> Result<Self, Refused> {
        let said = Decision::new(by, reason, now)?;
        match self {
            Sanction::Proposed { case } => {
                if by.role != Role::ShiftLead {
                    return Err(if decides(by.role) { Refused::ShiftLeadFirst } else { Refused::NotYourRole });
                }
                may_be(&case, rules)?;
                if needs_second(&case, rules.ladder) {
                    return Ok(Sanction::AwaitingSecond { case, first: said });
                }
                begin(case, vec![said], now)
            }
            Sanction::AwaitingSecond { case, first } => {
                if !decides(by.role) {
                    return Err(Refused::NotYourRole);
                }
                if first.by == Some(by.user) {
                    return Err(Refused::SamePerson);
                }
                may_be(&case, rules)?;
                begin(case, vec![first, said], now)
            }
            _ => Err(Refused::NotNow),
        }
    }

    /// Nothing comes of the proposal.
    ///
    /// # Errors
    /// [`Refused::NotNow`] once it is in force.
    pub fn reject(self, by: &Decider<'_>, reason: &str, now: Timestamp) -> Result<Self, Refused> {
        if !decides(by.role) {
            return Err(Refused::NotYourRole);
        }
        let rejected = Decision::new(by, reason, now)?;
        self.closed(rejected)
    }

    /// The rules themselves take it back: its ground is gone, or the number became immune.
    ///
    /// # Errors
    /// [`Refused::NotNow`] where nothing runs and nothing waits.
    pub fn withdraw(self, why: &str, now: Timestamp) -> Result<Self, Refused> {
        let said = Decision::of_the_rules(why, now);
        match self {
            Sanction::InForce { ruling, until, heard } => {
                Ok(Sanction::Lifted { ruling, until: Some(until), heard, lifted: said })
            }
            open => open.closed(said),
        }
    }

    fn closed(self, rejected: Decision) -> Result<Self, Refused> {
        match self {
            Sanction::Proposed { case } | Sanction::AwaitingSecond { case, .. } => {
                Ok(Sanction::Rejected { case, rejected })
            }
            _ => Err(Refused::NotNow),
        }
    }

    /// A person takes it back before its end.
    ///
    /// # Errors
    /// [`Refused::NotNow`] where nothing stands; an appeal is answered instead.
    pub fn lift(self, by: &Decider<'_>, reason: &str, now: Timestamp) -> Result<Self, Refused> {
        if !decides(by.role) {
            return Err(Refused::NotYourRole);
        }
        let lifted = Decision::new(by, reason, now)?;
        match self {
            Sanction::InForce { ruling, until, heard } => {
                Ok(Sanction::Lifted { ruling, until: Some(until), heard, lifted })
            }
            Sanction::Given { ruling, heard } => Ok(Sanction::Lifted { ruling, until: None, heard, lifted }),
            _ => Err(Refused::NotNow),
        }
    }

    /// Its time is over.
    ///
    /// # Errors
    /// [`Refused::NotNow`] before.
    pub fn expire(self, now: Timestamp) -> Result<Self, Refused> {
        match self {
            Sanction::InForce { ruling, until, heard } if until <= now => {
                Ok(Sanction::Expired { ruling, until, heard })
            }
            _ => Err(Refused::NotNow),
        }
    }

    /// The number's user disagrees. Once per sanction; a block runs on until somebody answers or it ends.
    ///
    /// # Errors
    /// [`Refused::NotNow`] where nothing stands or it was heard already.
    pub fn appeal(self, text: &str, now: Timestamp) -> Result<Self, Refused> {
        let text = text.trim().chars().take(APPEAL_CHARS_MAX).collect();
        let appeal = Appeal { at: now, text };
        match self {
            Sanction::InForce { ruling, until, heard: None } | Sanction::Expired { ruling, until, heard: None } => {
                Ok(Sanction::Appealed { ruling, until: Some(until), appeal })
            }
            Sanction::Given { ruling, heard: None } => Ok(Sanction::Appealed { ruling, until: None, appeal }),
            _ => Err(Refused::NotNow),
        }
    }

    /// The answer to an appeal.
    ///
    /// # Errors
    /// [`Refused::OwnApproval`]: who approved may give in, not uphold.
    pub fn answer_appeal(
        self,
        outcome: AppealOutcome,
        by: &Decider<'_>,
        reason: &str,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        if !decides(by.role) {
            return Err(Refused::NotYourRole);
        }
        let decision = Decision::new(by, reason, now)?;
        let Sanction::Appealed { ruling, until, appeal } = self else { return Err(Refused::NotNow) };
        let heard = Heard { appeal, outcome, decision: decision.clone() };
        if outcome == AppealOutcome::Lifted {
            return Ok(Sanction::Lifted { ruling, until, heard: Some(heard), lifted: decision });
        }
        if ruling.approvals.iter().any(|one| one.by == Some(by.user)) {
            return Err(Refused::OwnApproval);
        }
        let heard = Some(heard);
        Ok(match until {
            Some(until) if until <= now => Sanction::Expired { ruling, until, heard },
            Some(until) => Sanction::InForce { ruling, until, heard },
            None => Sanction::Given { ruling, heard },
        })
    }
}

impl Sanction {
    #[must_use]
    pub fn state(&self) -> SanctionState {
        match self {
            Sanction::Proposed { .. } => SanctionState::Proposed,
            Sanction::AwaitingSecond { .. } => SanctionState::AwaitingSecond,
            Sanction::InForce { .. } => SanctionState::InForce,
            Sanction::Given { .. } => SanctionState::Given,
            Sanction::Appealed { .. } => SanctionState::Appealed,
            Sanction::Expired { .. } => SanctionState::Expired,
            Sanction::Lifted { .. } => SanctionState::Lifted,
            Sanction::Rejected { rejected: Decision { by: None, .. }, .. } => SanctionState::Withdrawn,
            Sanction::Rejected { .. } => SanctionState::Rejected,
        }
    }

    #[must_use]
    pub fn case(&self) -> &Case {
        match self {
            Sanction::Proposed { case } | Sanction::AwaitingSecond { case, .. } | Sanction::Rejected { case, .. } => {
                case
            }
            Sanction::InForce { ruling, .. }
            | Sanction::Given { ruling, .. }
            | Sanction::Appealed { ruling, .. }
            | Sanction::Expired { ruling, .. }
            | Sanction::Lifted { ruling, .. } => &ruling.case,
        }
    }

    /// Who said yes so far.
    #[must_use]
    pub fn approvals(&self) -> &[Decision] {
        match self {
            Sanction::Proposed { .. } | Sanction::Rejected { .. } => &[],
            Sanction::AwaitingSecond { first, .. } => std::slice::from_ref(first),
            Sanction::InForce { ruling, .. }
            | Sanction::Given { ruling, .. }
            | Sanction::Appealed { ruling, .. }
            | Sanction::Expired { ruling, .. }
            | Sanction::Lifted { ruling, .. } => &ruling.approvals,
        }
    }

    /// Until when the number comes through the slower door: `None` where it does not.
    #[must_use]
    pub fn blocks_until(&self) -> Option<Timestamp> {
        match self {
            Sanction::InForce { until, .. } => Some(*until),
            Sanction::Appealed { until, .. } => *until,
            _ => None,
        }
    }

    /// As the ladder looks back at it.
    #[must_use]
    pub fn past(&self) -> Past {
        let case = self.case();
        let standing = match self {
            Sanction::Proposed { .. } | Sanction::AwaitingSecond { .. } => Standing::Open,
            Sanction::InForce { .. } | Sanction::Appealed { until: Some(_), .. } => Standing::InForce,
            Sanction::Given { .. } | Sanction::Appealed { until: None, .. } | Sanction::Expired { .. } => {
                Standing::Given
            }
            Sanction::Lifted { .. } => Standing::Lifted,
            Sanction::Rejected { rejected: Decision { by: None, .. }, .. } => Standing::Withdrawn,
            Sanction::Rejected { .. } => Standing::Rejected,
        };
        Past {
            step: case.proposal.step,
            addressee: case.proposal.addressee,
            proposed_at: case.at,
            newest_prank_at: case.proposal.newest_prank_at,
            standing,
        }
    }

    /// Whether it takes two different people.
    #[must_use]
    pub fn needs_second(&self, ladder: &Ladder) -> bool {
        needs_second(self.case(), ladder)
    }
}

fn decides(role: Role) -> bool {
    matches!(role, Role::ShiftLead | Role::Administrator)
}

/// A block longer than one person may decide.
fn needs_second(case: &Case, ladder: &Ladder) -> bool {
    case.proposal.hours.is_some_and(|hours| hours > ladder.alone_hours_max())
}

fn may_be(case: &Case, rules: Rules<'_>) -> Result<(), Refused> {
    let proposal = &case.proposal;
    if let Some(immune) = rules.immune.filter(|immune| !immune.allows(proposal.step)) {
        return Err(Refused::Immune(immune.words()));
    }
    if proposal.addressee == Addressee::Family && proposal.step != Step::Educate {
        return Err(Refused::NotNow);
    }
    let hours_max = rules.ladder.hours_max();
    match (proposal.step, proposal.hours) {
        (Step::BlockTemporarily, Some(hours)) if (1..=hours_max).contains(&hours) => Ok(()),
        (Step::BlockTemporarily, _) => Err(Refused::Hours { hours_max }),
        (_, None) => Ok(()),
        (_, Some(_)) => Err(Refused::Hours { hours_max }),
    }
}

fn begin(case: Case, approvals: Vec<Decision>, now: Timestamp) -> Result<Sanction, Refused> {
    let hours = case.proposal.hours;
    let ruling = Ruling { case, approvals, from: now };
    Ok(match hours {
        Some(hours) => {
            let until = now.plus_ms(i64::from(hours) * HOUR_MS);
            Sanction::InForce { ruling, until, heard: None }
        }
        None => Sanction::Given { ruling, heard: None },
    })
}
