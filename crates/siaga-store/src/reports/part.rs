//! One part of a report by itself, as numbers by name: what `siaga bench figures` times and compares with a scan.

use super::{Span, count, detail, proceedings};
use crate::{
    Store, StoreError,
    rollup::{self, DaySums},
};
use siaga_core::{
    city::City,
    report::{AgencySums, ReportPeriod, WAIT_UNKNOWN, wait_at_most_ms},
    view::report::proceedings::AgencyTimes,
};
use std::collections::BTreeMap;

/// A question that a report answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Every offered call by how it ended and its class.
    Sums,
    CallTakers,
    /// Offered calls by weekday and hour.
    HeatMap,
    /// How many were answered within 10 s.
    AnswerTimes,
    /// On how many days an hour of the day had how many calls.
    BusyHours,
    /// Real callers who waited while nuisance held a seat, and how long seats were staffed.
    Harm,
    Agencies,
    Handled,
    Corrections,
    Sanctions,
    Redials,
}

impl Part {
    pub const ALL: [Part; 11] = [
        Part::Sums,
        Part::CallTakers,
        Part::HeatMap,
        Part::AnswerTimes,
        Part::BusyHours,
        Part::Harm,
        Part::Agencies,
        Part::Handled,
        Part::Corrections,
        Part::Sanctions,
        Part::Redials,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Part::Sums => "calls by end and class",
            Part::CallTakers => "call-takers' table",
            Part::HeatMap => "heat map",
            Part::AnswerTimes => "answer times",
            Part::BusyHours => "busy hours",
            Part::Harm => "waits and staffed hours",
            Part::Agencies => "agencies' intervals",
            Part::Handled => "list of emergencies",
            Part::Corrections => "corrections",
            Part::Sanctions => "sanctions",
            Part::Redials => "who rang again",
        }
    }
}

/// The target of answer times, an edge of the bins.
pub(super) const TARGET_MS: i64 = 10_000;

impl Store {
    /// The numbers of one part, from what a report reads. Lists give how many rows they have.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn report_part(
        &self,
        period: &ReportPeriod,
        part: Part,
        city: &City,
    ) -> Result<BTreeMap<String, u64>, StoreError> {
        let mut tx = self.read().await?;
        let span = Span::of(period);
        let (first, last) = period.edges(city.time_zone());
        let mut numbers = BTreeMap::new();
        let mut add = |name: String, calls: u64| *numbers.entry(name).or_default() += calls;
        match part {
            Part::Sums => {
                for (_, outcome, class, calls) in
                    span.rows::<(i64, String, String, i64)>(&mut tx, detail::MONTHS).await?
                {
                    add(format!("{outcome} {class}"), count(calls));
                }
            }
            Part::CallTakers => {
                for (_, taker, class, calls) in
                    span.rows::<(String, String, String, i64)>(&mut tx, detail::TAKERS).await?
                {
                    add(format!("{taker} {class}"), count(calls));
                }
            }
            Part::HeatMap => {
                for (weekday, hour, _, _, calls, _) in
                    span.rows::<(i64, i64, String, String, i64, i64)>(&mut tx, detail::HOURS).await?
                {
                    add(format!("{weekday} {hour}"), count(calls));
                }
            }
            Part::AnswerTimes => {
                let cells = span.rows::<(String, String, String, i64, i64)>(&mut tx, detail::WAITS).await?;
                for (_, outcome, _, bin, calls) in cells {
                    let is_in_time = bin != WAIT_UNKNOWN && wait_at_most_ms(bin).is_some_and(|ms| ms <= TARGET_MS);
                    if outcome == "answered" && is_in_time {
                        add("within".to_owned(), count(calls));
                    }
                }
            }
            Part::BusyHours => {
                let sums = rollup::sums(&mut tx, period, city.time_zone()).await?;
                add("days".to_owned(), sums.days_with_calls);
                let hours = sums.hours.into_iter().flat_map(|(hour, days)| days.into_iter().map(move |of| (hour, of)));
                hours.for_each(|(hour, (calls, days))| add(format!("{hour} {calls}"), days));
            }
            Part::Harm => {
                let sums = rollup::sums(&mut tx, period, city.time_zone()).await?;
                harm(sums.waits).into_iter().for_each(|(name, n)| add(name, n));
            }
            Part::Agencies => {
                let sums = rollup::agency_sums(&mut tx, period, city.time_zone()).await?;
                took(sums).into_iter().for_each(|(name, n)| add(name, n));
            }
            Part::Handled => add("rows".to_owned(), rows(&proceedings::handled(&mut tx, (first, last)).await?)),
            Part::Corrections => add("rows".to_owned(), rows(&proceedings::corrected(&mut tx, period, last).await?)),
            Part::Sanctions => add("rows".to_owned(), rows(&proceedings::sanctioned(&mut tx, (first, last)).await?)),
            Part::Redials => {
                let (left, again) = proceedings::redials(&mut tx, (first, last)).await?;
                add("left".to_owned(), count(left));
                add("again".to_owned(), count(again));
            }
        }
        Ok(numbers)
    }
}

pub(super) fn harm(sums: DaySums) -> [(String, u64); 3] {
    let name = |text: &str| text.to_owned();
    [
        (name("waited"), sums.real_waited),
        (name("ms"), sums.waited_ms),
        (name("staffed ms"), sums.staffed_ms.unwrap_or(0)),
    ]
}

/// Of each agency and step how many are known, the median and the 90th percentile.
pub(super) fn took(sums: AgencySums) -> Vec<(String, u64)> {
    let of = |agency: AgencyTimes| {
        let steps = agency.steps.into_iter().map(move |step| (format!("{} {}", agency.key, step.key), step));
        steps.flat_map(|(name, step)| {
            [
                (format!("{name} known"), step.known),
                (format!("{name} median"), step.median_s.unwrap_or(0)),
                (format!("{name} p90"), step.p90_s.unwrap_or(0)),
            ]
        })
    };
    sums.times().into_iter().flat_map(of).collect()
}

fn rows<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}
