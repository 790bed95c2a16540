//! `GET /api/report.csv?from=&to=&compare=`: the figures as one table for a spreadsheet.

use super::get::{Asked, figures};
use crate::{Answer, Web, input::QueryOf};
use axum::{
    extract::State,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::IntoResponse,
};

pub async fn table(State(web): State<Web>, QueryOf(asked): QueryOf<Asked>) -> Answer<impl IntoResponse> {
    let report = figures(&web, &asked).await?;
    let period = &report.figures.period;
    let edition = web.edition();
    let name = edition.file_name(&format!("laporan-{}-{}", period.from, period.to));
    let name = format!("attachment; filename=\"{name}.csv\"");
    let head = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((head, siaga_report::csv(&report, edition)))
}
