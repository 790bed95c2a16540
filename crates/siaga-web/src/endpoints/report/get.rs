//! `GET /api/report?from=yyyy-mm-dd&to=yyyy-mm-dd&compare=previous-year`: the figures as JSON.

use crate::{Answer, Problem, Web, input::QueryOf};
use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use siaga_core::{report::ReportPeriod, view::report::Report};
use siaga_store::reports::{Compare, ReportError};

/// The period asked for.
#[derive(Deserialize)]
pub struct Asked {
    from: String,
    to: String,
    #[serde(default)]
    compare: Option<CompareWith>,
}

#[derive(Clone, Copy, Deserialize)]
enum CompareWith {
    #[serde(rename = "previous-year")]
    PreviousYear,
    /// `compare=` without a word: nothing.
    #[serde(rename = "")]
    Nothing,
}

pub async fn report(State(web): State<Web>, QueryOf(asked): QueryOf<Asked>) -> Answer<Json<Report>> {
    figures(&web, &asked).await.map(Json)
}

/// The report, or why there is none.
pub(super) async fn figures(web: &Web, asked: &Asked) -> Answer<Report> {
    let (period, with) = asked.question()?;
    web.store.report(&period, with, &web.city.now()).await.map_err(refused)
}

impl Asked {
    /// What the store is asked.
    pub(super) fn question(&self) -> Answer<(ReportPeriod, Compare)> {
        let with = match self.compare {
            Some(CompareWith::PreviousYear) => Compare::PreviousYear,
            Some(CompareWith::Nothing) | None => Compare::Nothing,
        };
        Ok((period(&self.from, &self.to)?, with))
    }
}

/// Two days as a period, or what is wrong with them.
pub(crate) fn period(from: &str, to: &str) -> Answer<ReportPeriod> {
    ReportPeriod::parse(from, to)
        .map_err(|problem| Problem::invalid("Periode ini tidak dapat dilaporkan").detail(problem.to_string()))
}

/// Why there is no report, in words.
pub(crate) fn refused(error: ReportError) -> Problem {
    match error {
        ReportError::Store(error) => error.into(),
        ReportError::Broken(broken) => {
            tracing::error!(%broken, "a report does not add up");
            Problem::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "broken_identity",
                "Angka tidak cocok, laporan tidak diterbitkan",
            )
            .detail(format!("{broken}. Minta administrator menjalankan siaga verify."))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{endpoints::ledger::post::tests::upload, testing::House};
    use siaga_core::{ledger::sample, role::Role};

    #[tokio::test]
    async fn the_figures_of_an_imported_ledger_are_read() {
        let house = House::new().await;
        let lead = house.sign_in(Role::ShiftLead).await;
        assert_eq!(upload(&house, &lead, sample::serang_2020()).await.status, 200);
        let path = "/api/report?from=2020-01-01&to=2020-09-30&compare=previous-year";
        let reply = house.get(path, &lead).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let body = reply.json();
        assert_eq!((&body["offered"], &body["nuisance"]), (&23_734.into(), &23_572.into()));
        assert_eq!(body["compare"]["change_pct"]["offered"], serde_json::Value::Null);
        let reply = house.get(&path.replace("report?", "report.csv?"), &lead).await;
        assert_eq!(reply.header("content-type"), Some("text/csv; charset=utf-8"));
        assert!(reply.header("content-disposition").unwrap_or_default().contains("laporan-2020-01-01-2020-09-30.csv"));
        assert!(reply.text().contains("total,offered,,23734,0,"), "{}", reply.text());
    }

    #[tokio::test]
    async fn what_is_no_period_is_told() {
        let house = House::new().await;
        let viewer = house.sign_in(Role::Viewer).await;
        for (query, status, words) in [
            ("from=2020-02-01&to=2020-01-01", 422, "tukar"),
            ("from=2020-02-30&to=2020-03-01", 422, "bukan tanggal"),
            ("from=2000-01-01&to=2020-03-01", 422, "terlalu panjang"),
            ("from=2020-01-01", 400, "to"),
            ("from=2020-01-01&to=2020-01-02&compare=x", 400, "compare"),
        ] {
            for path in ["report", "report.csv"] {
                let reply = house.get(&format!("/api/{path}?{query}"), &viewer).await;
                assert_eq!(reply.status, status, "{query}: {}", reply.text());
                assert!(reply.json()["detail"].as_str().unwrap_or_default().contains(words), "{}", reply.text());
            }
        }
    }
}
