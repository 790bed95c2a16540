//! The same questions asked of the calls themselves, in the plain SQL that somebody would write without our tables: the
//! measure of what these save, and of whether they tell the truth.

use super::{
    Part, count,
    part::{TARGET_MS, harm, took},
};
use crate::{Store, StoreError, rollup, tx::fetch_all};
use siaga_core::{city::City, report::ReportPeriod};
use std::collections::BTreeMap;

const SUMS: &str = "SELECT outcome, COALESCE(class, ''), COUNT(*) FROM call \
    WHERE local_day >= $1 AND local_day <= $2 AND direction = 'incoming' AND outcome IS NOT NULL \
    GROUP BY outcome, class";
const TAKERS: &str = "SELECT COALESCE(call_taker_name, ''), COALESCE(class, ''), COUNT(*) FROM call \
    WHERE local_day >= $1 AND local_day <= $2 AND direction = 'incoming' AND outcome = 'answered' \
    GROUP BY call_taker_name, class";
/// $3: how far the city's clock is ahead of UTC, in microseconds; the first of January 1970 was a Thursday.
const HOURS: &str = "SELECT (offered_at + $3) / 86400000000 % 7, (offered_at + $3) / 3600000000 % 24, COUNT(*) FROM call \
    WHERE local_day >= $1 AND local_day <= $2 AND direction = 'incoming' AND outcome IS NOT NULL \
    GROUP BY 1, 2";
/// $3 as above.
const BUSY: &str = "SELECT hour, calls, COUNT(*) FROM (SELECT local_day, (offered_at + $3) / 3600000000 % 24 AS hour, \
    COUNT(*) AS calls FROM call WHERE local_day >= $1 AND local_day <= $2 AND direction = 'incoming' \
    AND outcome IS NOT NULL GROUP BY 1, 2) AS h GROUP BY 1, 2";
const DAYS: &str = "SELECT COUNT(DISTINCT local_day) FROM call WHERE local_day >= $1 AND local_day <= $2 \
    AND direction = 'incoming' AND outcome IS NOT NULL";
/// $3: milliseconds within which somebody must answer; a wait is cut to whole ones.
const WITHIN: &str = "SELECT COUNT(*) FROM call WHERE local_day >= $1 AND local_day <= $2 \
    AND direction = 'incoming' AND outcome = 'answered' AND (answered_at - offered_at) / 1000 <= $3";

/// What a scan found: the same names as [`Store::report_part`] gives. None: this part is read from no table of figures.
pub type Scanned = Option<BTreeMap<String, u64>>;

impl Store {
    /// The numbers of one part by a scan of the calls. Call-takers only as ledgers name them; the zone without summer
    /// time.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn report_scan(&self, period: &ReportPeriod, part: Part, city: &City) -> Result<Scanned, StoreError> {
        let mut tx = self.read().await?;
        let (from, to) = period.local_days();
        let (from, to) = (i64::from(from.0), i64::from(to.0));
        let edges = period.edges(city.time_zone());
        let at = jiff::Timestamp::from_microsecond(edges.0.0).unwrap_or_default();
        let ahead = i64::from(city.time_zone().to_offset(at).seconds()) * 1_000_000;
        let mut numbers = BTreeMap::new();
        match part {
            Part::Sums => {
                for (outcome, class, calls) in fetch_all!(tx, (String, String, i64), SUMS, from, to)? {
                    numbers.insert(format!("{outcome} {class}"), count(calls));
                }
            }
            Part::CallTakers => {
                for (taker, class, calls) in fetch_all!(tx, (String, String, i64), TAKERS, from, to)? {
                    numbers.insert(format!("{taker} {class}"), count(calls));
                }
            }
            Part::HeatMap => {
                for (day, hour, calls) in fetch_all!(tx, (i64, i64, i64), HOURS, from, to, ahead)? {
                    numbers.insert(format!("{} {hour}", (day + 3) % 7 + 1), count(calls));
                }
            }
            Part::AnswerTimes => {
                for (calls,) in fetch_all!(tx, (i64,), WITHIN, from, to, TARGET_MS)? {
                    numbers.insert("within".to_owned(), count(calls));
                }
            }
            Part::BusyHours => {
                for (hour, calls, days) in fetch_all!(tx, (i64, i64, i64), BUSY, from, to, ahead)? {
                    numbers.insert(format!("{hour} {calls}"), count(days));
                }
                for (days,) in fetch_all!(tx, (i64,), DAYS, from, to)? {
                    numbers.insert("days".to_owned(), count(days));
                }
            }
            Part::Harm => {
                numbers.extend(harm(rollup::days_counted(&mut tx, period, city.time_zone()).await?));
            }
            Part::Agencies => numbers.extend(took(rollup::agencies_counted(&mut tx, edges).await?)),
            Part::Handled | Part::Corrections | Part::Sanctions | Part::Redials => return Ok(None),
        }
        Ok(Some(numbers))
    }
}
