//! `POST /api/drills`: orders a drill. Answers with the page.

use crate::{Answer, JsonBody, Person, Problem, Web, scene::actor};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::{
    drill::{CALLS_MAX, MINUTES_MAX},
    view::{
        desk::Topic,
        drill::{DrillPage, NewDrill},
    },
};

pub async fn order(
    State(web): State<Web>,
    person: Person,
    JsonBody(new): JsonBody<NewDrill>,
) -> Answer<(StatusCode, Json<DrillPage>)> {
    if !(1..=CALLS_MAX).contains(&new.calls) || !(1..=MINUTES_MAX).contains(&new.minutes) {
        return Err(Problem::invalid("Jumlah panggilan atau lama latihan tidak sesuai")
            .detail(format!("1 sampai {CALLS_MAX} panggilan, 1 sampai {MINUTES_MAX} menit.")));
    }
    super::drills(&web)?.start(&web, new, actor(&person)).await?;
    web.changes.tell(Topic::Drills, None);
    Ok((StatusCode::CREATED, Json(web.store.drills().await?)))
}
