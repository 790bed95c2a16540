//! `GET /api/roster/advice`: hours of the coming day for which fewer are rostered than the last four weeks ask for.

use crate::{Answer, Web, endpoints::report::get::refused};
use axum::{Json, extract::State};
use siaga_core::{report::ReportPeriod, roster::short_hours, view::roster::ShortHour};
use siaga_engine::clock;
use siaga_store::reports::Compare;

/// The advice looks back so far (ms): four whole weeks have every weekday as often.
const BACK_MS: i64 = 28 * 86_400_000;

pub async fn advice(State(web): State<Web>) -> Answer<Json<Vec<ShortHour>>> {
    let city = web.city.now();
    let (zone, now) = (city.time_zone(), clock::now());
    let day =
        |at: siaga_core::time::Timestamp| at.local_day(zone).date().map_or_else(String::new, |date| date.to_string());
    let period = ReportPeriod::parse(&day(now.plus_ms(-BACK_MS)), &day(now.plus_ms(-86_400_000)));
    let Ok(period) = period else { return Ok(Json(Vec::new())) };
    let report = web.store.report(&period, Compare::Nothing, &city).await.map_err(refused)?;
    let Some(staffing) = report.proceedings.and_then(|one| one.staffing) else { return Ok(Json(Vec::new())) };
    let duties = super::around_now(&web).await?;
    Ok(Json(short_hours(&duties, &staffing.hours, now, zone)))
}
