//! Why something about an incident was not done. None of it happened, and each case is told in words by the endpoint.

use crate::StoreError;
use siaga_core::{
    city::UnknownName,
    incident::{ChangeRefused, CloseRefused, StepRefused},
    intake::{FieldProblem, MergeRefused},
};

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum IncidentError {
    /// One is simulated and the other is not.
    #[error("a drill and a real thing are never one")]
    DrillMixed,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the change was not merged")]
    Merge(MergeRefused),
    #[error("a field does not fit")]
    Field(FieldProblem),
    /// The sheet lacks what sending needs.
    #[error("the sheet is not ready")]
    NotReady(Vec<FieldProblem>),
    /// What would be sent is not what was seen: the draft stands at this revision.
    #[error("the draft stands at revision {current}")]
    DraftMoved { current: u32 },
    #[error(transparent)]
    Agency(#[from] UnknownName),
    #[error("no agency was chosen")]
    NoAgency,
    #[error("this agency is on it already")]
    AlreadyAssigned,
    /// The call belongs to another incident.
    #[error("the call belongs to another incident")]
    OtherIncident,
    #[error(transparent)]
    Step(#[from] StepRefused),
    #[error(transparent)]
    Close(#[from] CloseRefused),
    #[error(transparent)]
    Change(#[from] ChangeRefused),
    #[error("the incident is closed")]
    Closed,
    /// The idempotency key came with another command.
    #[error("the key was used for another command")]
    OtherCommand,
}

impl From<MergeRefused> for IncidentError {
    fn from(refused: MergeRefused) -> Self {
        Self::Merge(refused)
    }
}

impl From<FieldProblem> for IncidentError {
    fn from(problem: FieldProblem) -> Self {
        Self::Field(problem)
    }
}
