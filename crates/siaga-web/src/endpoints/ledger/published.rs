//! `POST /api/ledger/published`: figures that somebody published, as one CSV file. They stand beside ours and are counted
//! nowhere. 200 when they are in, 422 with every problem when nothing was taken.

use super::post::file_of;
use crate::{Answer, Person, Problem, Web};
use axum::{
    Json,
    extract::{Request, State},
    http::StatusCode,
};
use siaga_core::{
    ledger::{PUBLISHED_BYTES_MAX, read_published},
    view::ledger::{LedgerAnswer, LedgerOutcome},
};
use siaga_engine::clock;
use siaga_store::ledger::refusal;

pub async fn import(
    State(web): State<Web>,
    person: Person,
    request: Request,
) -> Answer<(StatusCode, Json<LedgerAnswer>)> {
    let bytes = file_of(request, PUBLISHED_BYTES_MAX).await?;
    let read = tokio::task::spawn_blocking(move || read_published(&bytes)).await;
    let rows = match read.map_err(|error| Problem::internal(&error))? {
        Ok(rows) => rows,
        Err(problems) => return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(refusal(&problems)))),
    };
    let added = web.store.published_import(&rows, Some(person.user_id), clock::now()).await?;
    let all = rows.len() as u64;
    let answer = LedgerAnswer {
        outcome: if added > 0 { LedgerOutcome::Imported } else { LedgerOutcome::Known },
        rows: all,
        added,
        known: all - added.min(all),
        bad: 0,
        problems: Vec::new(),
        problem_count: 0,
        notices: Vec::new(),
        message: format!("{all} angka publikasi dibaca, {added} baru atau berubah."),
    };
    Ok((StatusCode::OK, Json(answer)))
}

#[cfg(test)]
mod tests {
    use crate::testing::{House, Reply};
    use axum::{
        body::Body,
        http::{Request, header},
    };
    use siaga_core::role::Role;

    const HEADER: &str = "from,to,measure,value,approximate,source";
    const ROW: &str = "2020-01-01,2020-09-30,calls_offered,23734,tidak,koran";

    async fn send(house: &House, cookie: &str, text: String) -> Reply {
        let request = Request::post("/api/ledger/published").header(header::HOST, "siaga.test");
        let request = request.header(header::COOKIE, cookie).header(header::CONTENT_TYPE, "text/csv");
        house.send(request.body(Body::from(text)).unwrap()).await
    }

    #[tokio::test]
    async fn cuttings_stand_beside_our_figures_and_change_none() {
        let house = House::new().await;
        let lead = house.sign_in(Role::ShiftLead).await;
        let reply = send(&house, &lead, format!("{HEADER}\n{ROW}\n")).await;
        assert_eq!((reply.status, &reply.json()["added"]), (200, &1.into()), "{}", reply.text());
        let again = send(&house, &lead, format!("{HEADER}\n{ROW}\n")).await;
        assert_eq!((again.status, &again.json()["outcome"]), (200, &"known".into()), "{}", again.text());
        let report = house.get("/api/report?from=2020-01-01&to=2020-09-30", &lead).await.json();
        let published = &report["proceedings"]["published"];
        assert_eq!((&published[0]["value"], &report["offered"]), (&23_734.into(), &0.into()), "{published}");
    }

    #[tokio::test]
    async fn a_bad_file_is_refused_whole_and_not_everybody_may_send_one() {
        let house = House::new().await;
        let lead = house.sign_in(Role::ShiftLead).await;
        let reply = send(&house, &lead, format!("{HEADER}\n{ROW}\n{}\n", ROW.replace("23734", "23.734"))).await;
        let problem = &reply.json()["problems"][0];
        assert_eq!((reply.status, &problem["line"], &problem["column"]), (422, &3.into(), &"value".into()));
        let report = house.get("/api/report?from=2020-01-01&to=2020-09-30", &lead).await.json();
        assert_eq!(report["proceedings"]["published"], serde_json::json!([]));
        assert_eq!(send(&house, &lead, "x".repeat(siaga_core::ledger::PUBLISHED_BYTES_MAX + 1)).await.status, 413);
        let taker = house.sign_in(Role::CallTaker).await;
        assert_eq!(send(&house, &taker, format!("{HEADER}\n{ROW}\n")).await.status, 403);
    }
}
