//! The figures of a period and the identities that must hold.
//!
//! Counts come in as the store found them, each by its own query; labels, comparison and identities are made here.
//! Where an identity fails there are no figures: a wrong total must never be published. `docs/definitions.md`
//! defines every figure.

mod agency_times;
mod changes;
mod compare;
mod detail;
mod district;
mod interval;
mod period;
mod proceedings;
mod publish;
mod staffed;
mod staffing;
mod wait;

pub use agency_times::{AgencySums, AssignmentTimes};
pub use changes::changes;
pub use compare::{FEW, change_pct, compare};
pub use detail::{CountedDetail, HourCell, TakerCell, WaitCell, Waited, held};
pub use district::by_district;
pub use interval::{change_limits_pct, poisson_limits, share_at_most_pct, student_975};
pub use period::{PERIOD_DAYS_MAX, PeriodProblem, ReportPeriod};
pub use proceedings::{HANDLED_MAX, HandledRow, beside_published, corrections, handled, sanctions};
pub use publish::{NotPublishable, publishable};
pub use staffed::{STAY_H_MAX, SeatChange, staffed_ms};
pub use staffing::{
    GOAL_S, HourDays, HourLoad, Redials, advise, answered_within, erlang_a_left, erlang_b, erlang_c, seats_for,
};
pub use wait::{WAIT_UNKNOWN, wait_at_most_ms, wait_bin};

use crate::{
    city::City,
    class::Class,
    time::MONTHS,
    view::report::{Count, Figures, Identity, Period},
};
use std::{collections::BTreeMap, fmt};

/// Version of `docs/definitions.md`; grows when a figure comes to mean something else.
pub const DEFINITIONS: &str = "1";

/// The key in `classes` for answered calls that nobody has classed.
pub const UNCLASSIFIED: &str = "unclassified";

/// What stands where a field was left empty.
const NOT_FILLED: &str = "belum diisi";

/// The classes that a call answered by a human can have.
const ANSWERED_CLASSES: [Class; 5] = [Class::Emergency, Class::Information, Class::Prank, Class::Ghost, Class::Test];

/// Counts of one period, each from its own query. Keys as stored; `""` is "not given".
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counted {
    pub offered: u64,
    pub answered: u64,
    pub abandoned: u64,
    pub deferred: u64,
    pub failed: u64,
    /// Answered calls by class.
    pub answered_by_class: BTreeMap<String, u64>,
    /// Emergencies among the answered calls.
    pub by_type: BTreeMap<String, u64>,
    pub by_agency: BTreeMap<String, u64>,
    pub by_village: BTreeMap<String, u64>,
    /// Offered calls by `yyyymm`.
    pub by_month: BTreeMap<i32, u64>,
    /// Absent where only the sums were asked for.
    pub detail: Option<CountedDetail>,
}

/// Identities that do not hold: an error of this program, never of the person who asks.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub struct BrokenIdentity(pub Vec<Identity>);

impl fmt::Display for BrokenIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("angka tidak cocok, laporan tidak diterbitkan:")?;
        for Identity { name, left, right, .. } in &self.0 {
            write!(f, " [{name}: {left} lawan {right}]")?;
        }
        Ok(())
    }
}

/// The figures of a period, or the identities that fail.
///
/// # Errors
/// [`BrokenIdentity`]: publish nothing, and run `siaga verify`.
pub fn figures(period: &ReportPeriod, counted: &Counted, city: &City) -> Result<Figures, BrokenIdentity> {
    let of_class = |class: Class| counted.answered_by_class.get(class.key()).copied().unwrap_or(0);
    let mut classes: BTreeMap<String, u64> =
        ANSWERED_CLASSES.into_iter().map(|class| (class.key().to_owned(), of_class(class))).collect();
    // An answered call cannot be "abandoned": until somebody mends such a class it counts as not classed.
    let unclassified = counted.answered_by_class.get("").copied().unwrap_or(0) + of_class(Class::Abandoned);
    classes.insert(UNCLASSIFIED.to_owned(), unclassified);
    classes.insert(Class::Abandoned.key().to_owned(), counted.abandoned);
    let by_month = months(period, &counted.by_month);
    let figures = Figures {
        period: Period { from: period.from().to_string(), to: period.to().to_string(), days: period.days() },
        offered: counted.offered,
        answered: counted.answered,
        abandoned: counted.abandoned,
        deferred: counted.deferred,
        failed: counted.failed,
        nuisance: of_class(Class::Prank) + of_class(Class::Ghost),
        classes,
        by_type: labelled(&counted.by_type, |key| city.incident_type(key).map(|one| one.label.clone())),
        by_agency: labelled(&counted.by_agency, |key| city.agency(key).map(|one| one.label.clone())),
        by_village: labelled(&counted.by_village, |code| village_label(city, code)),
        by_month,
        identities: Vec::new(),
        definitions: DEFINITIONS.to_owned(),
        detail: None,
    };
    let mut identities = identities(&figures);
    let detail = counted.detail.as_ref().map(|counted| detail::detail(period, &figures, counted, city));
    let detail = detail.map(|(detail, more)| {
        identities.extend(more);
        detail
    });
    let broken: Vec<Identity> = identities.iter().filter(|identity| !identity.holds).cloned().collect();
    if broken.is_empty() { Ok(Figures { identities, detail, ..figures }) } else { Err(BrokenIdentity(broken)) }
}

fn identities(figures: &Figures) -> Vec<Identity> {
    let class = |key: &str| figures.classes.get(key).copied().unwrap_or(0);
    let sum = |counts: &[Count]| counts.iter().map(|one| one.count).sum::<u64>();
    let emergency = class("emergency");
    let answered =
        emergency + class("information") + class("prank") + class("ghost") + class("test") + class(UNCLASSIFIED);
    vec![
        identity(
            "offered = answered + abandoned + deferred + failed",
            figures.offered,
            figures.answered + figures.abandoned + figures.deferred + figures.failed,
        ),
        identity(
            "answered = emergency + information + prank + ghost + test + unclassified",
            figures.answered,
            answered,
        ),
        identity("nuisance = prank + ghost", figures.nuisance, class("prank") + class("ghost")),
        identity("sum(by_type) = emergency", sum(&figures.by_type), emergency),
        identity("sum(by_agency) = emergency", sum(&figures.by_agency), emergency),
        identity("sum(by_village) = emergency", sum(&figures.by_village), emergency),
        identity("sum(by_month) = offered", sum(&figures.by_month), figures.offered),
    ]
}

fn identity(name: &str, left: u64, right: u64) -> Identity {
    Identity { name: name.to_owned(), left, right, holds: left == right }
}

/// Most first; equal ones by key. A key that the city no longer knows is its own label.
fn labelled(counts: &BTreeMap<String, u64>, label: impl Fn(&str) -> Option<String>) -> Vec<Count> {
    let mut counts: Vec<Count> = counts
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|(key, count)| {
            let label = if key.is_empty() { Some(NOT_FILLED.to_owned()) } else { label(key) };
            Count { key: key.clone(), label: label.unwrap_or_else(|| key.clone()), count: *count }
        })
        .collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
    counts
}

/// With the kecamatan, because one name may stand for two kelurahan.
fn village_label(city: &City, code: &str) -> Option<String> {
    let village = city.village_by_code(code)?;
    let district = city.district_of(code).map_or(String::new(), |district| format!(" (Kec. {})", district.name));
    Some(format!("{}{district}", village.name))
}

/// Every month of the period in order, also those without a call.
fn months(period: &ReportPeriod, counted: &BTreeMap<i32, u64>) -> Vec<Count> {
    period
        .months()
        .map(|month| {
            let (key, label) = month_label(month);
            Count { key, label, count: counted.get(&month).copied().unwrap_or(0) }
        })
        .collect()
}

/// `yyyymm` as key and in words.
fn month_label(month: i32) -> (String, String) {
    let name = usize::try_from(month % 100 - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"");
    (format!("{:04}-{:02}", month / 100, month % 100), format!("{name} {}", month / 100))
}

#[cfg(test)]
mod tests;
