//! Numbers that no sanction may reach.

use super::{Ladder, Step};
use crate::{
    city::City,
    phone::{Caller, Number},
    time::Timestamp,
};

/// Why a number is out of reach.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Immune {
    /// No number, so nobody to sanction: whoever calls without one may be anybody.
    NoNumber,
    /// The network puts this number in for many telephones.
    SharedNumber,
    /// A number of an agency in the city document.
    Agency { label: String },
    /// Something real was reported from it within the ladder's window: this household may need us again, and any slower
    /// door would fall on that call. Education stays possible, it slows nobody.
    RealReport { at: Timestamp },
}

impl Immune {
    /// Whether a step is still possible.
    #[must_use]
    pub fn allows(&self, step: Step) -> bool {
        matches!(self, Immune::RealReport { .. }) && step == Step::Educate
    }

    /// Indonesian, one clause.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Immune::NoNumber => "tanpa nomor: tidak dapat dikenai tindakan".to_owned(),
            Immune::SharedNumber => "nomor bersama banyak telepon: tidak dapat dikenai tindakan".to_owned(),
            Immune::Agency { label } => format!("nomor instansi {label}: tidak dapat dikenai tindakan"),
            Immune::RealReport { .. } => {
                "ada laporan nyata dari nomor ini dalam masa hitung: hanya pembinaan".to_owned()
            }
        }
    }
}

/// Whether a number (E.164) is out of reach, and why. `real_at` is its newest real report.
#[must_use]
pub fn immunity(
    number: Option<&str>,
    city: &City,
    real_at: Option<Timestamp>,
    ladder: &Ladder,
    now: Timestamp,
) -> Option<Immune> {
    let Some(number) = number.and_then(Number::from_e164) else { return Some(Immune::NoNumber) };
    if Caller::read(number.e164()) == Caller::Withheld || city.shares_number(&number) {
        return Some(Immune::SharedNumber);
    }
    if let Some(agency) = city.agency_of_number(&number) {
        return Some(Immune::Agency { label: agency.label.clone() });
    }
    real_at.filter(|at| now.ms_since(*at) < ladder.window_ms()).map(|at| Immune::RealReport { at })
}
