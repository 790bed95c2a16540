//! `GET /api/report/{pdf|docx|xlsx|signed}?from=&to=&compare=`: the period's report as the document an office sends.

use super::get::{Asked, refused};
use crate::{Answer, Problem, Web, documents::Form, input::QueryOf};
use axum::{
    extract::{Path, State, rejection::PathRejection},
    response::Response,
};

pub async fn document(
    State(web): State<Web>,
    form: Result<Path<Form>, PathRejection>,
    QueryOf(asked): QueryOf<Asked>,
) -> Answer<Response> {
    let Path(form) = form.map_err(|_| Problem::not_found("Bentuk dokumen"))?;
    let (period, with) = asked.question()?;
    let key = web.store.evidence_key(rand::random()).await?;
    let signed = web.store.signed_report(&period, with, &web.city.now(), &key).await.map_err(refused)?;
    let name = format!("laporan-{}-{}", period.from(), period.to());
    web.documents.download(form, signed, web.edition(), &name).await
}

#[cfg(test)]
mod tests {
    use crate::{endpoints::ledger::post::tests::upload, testing::House, web::WebConfig};
    use siaga_core::{ledger::sample, role::Role};

    #[tokio::test]
    async fn every_form_is_a_file_and_the_same_twice() {
        let house = House::new().await;
        let lead = house.sign_in(Role::ShiftLead).await;
        let viewer = house.sign_in(Role::Viewer).await;
        assert_eq!(upload(&house, &lead, sample::serang_2020()).await.status, 200);
        for (form, ending, begin) in
            [("pdf", "pdf", "%PDF"), ("docx", "docx", "PK"), ("xlsx", "xlsx", "PK"), ("signed", "json", "{")]
        {
            let path = format!("/api/report/{form}?from=2020-01-01&to=2020-09-30&compare=previous-year");
            let reply = house.get(&path, &viewer).await;
            assert_eq!(reply.status, 200, "{form}: {}", reply.text());
            assert!(reply.body.starts_with(begin.as_bytes()), "{form}");
            let name = format!("laporan-2020-01-01-2020-09-30.{ending}");
            assert!(reply.header("content-disposition").unwrap_or_default().contains(&name), "{form}");
            assert_eq!(house.get(&path, &viewer).await.body, reply.body, "{form}: not the same bytes");
        }
        let reply = house.get("/api/report/odt?from=2020-01-01&to=2020-09-30", &viewer).await;
        assert_eq!(reply.status, 404);
        let reply = house.get("/api/report/pdf?from=2020-02-01&to=2020-01-01", &viewer).await;
        assert_eq!(reply.status, 422);
    }

    #[tokio::test]
    async fn a_demos_files_are_named_so_and_are_others_than_a_citys() {
        let real = House::new().await;
        let demo = House::with(WebConfig { demo: Some(Vec::new()), ..WebConfig::default() }).await;
        let path = |form: &str| format!("/api/report{form}?from=2020-01-01&to=2020-01-31");
        for form in ["/pdf", "/docx", "/xlsx", "/signed", ".csv"] {
            let of = async |house: &House| house.get(&path(form), &house.sign_in(Role::Viewer).await).await;
            let (real, demo) = (of(&real).await, of(&demo).await);
            let name =
                |reply: &crate::testing::Reply| reply.header("content-disposition").unwrap_or_default().to_owned();
            assert!(name(&demo).contains("\"CONTOH-laporan-2020-01-01"), "{form}: {}", name(&demo));
            assert!(name(&real).contains("\"laporan-2020-01-01"), "{form}: {}", name(&real));
            if [".csv", "/signed"].contains(&form) {
                assert!(demo.text().contains("CONTOH") && !real.text().contains("CONTOH"));
            }
        }
    }
}
