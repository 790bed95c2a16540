//! `PUT /api/roster`: a new plan. Answers with the coming week.

use crate::{Answer, JsonBody, Person, Problem, Web, scene::actor};
use axum::{Json, extract::State};
use siaga_core::{
    roster::{CREWS_MAX, NAME_CHARS_MAX, PEOPLE_MAX, PlanProblem},
    text,
    view::{
        desk::Topic,
        roster::{PutRoster, RosterPage},
    },
};
use siaga_engine::clock;
use siaga_store::StoreError;

pub async fn put(
    State(web): State<Web>,
    person: Person,
    JsonBody(new): JsonBody<PutRoster>,
) -> Answer<Json<RosterPage>> {
    if new.plan.from.date().is_none() {
        return Err(Problem::invalid("Tanggal mulai tidak ada dalam penanggalan"));
    }
    new.plan.check().map_err(|problem| {
        let words = match problem {
            PlanProblem::Crews { needed } => format!("Pola ini memerlukan {needed} regu."),
            PlanProblem::TooMany => format!("Paling banyak {CREWS_MAX} regu, {PEOPLE_MAX} orang per regu."),
            PlanProblem::Empty => "Setiap regu memerlukan nama dan paling sedikit satu orang.".to_owned(),
            PlanProblem::Name => format!("Satu orang di satu regu; nama satu baris, 1 sampai {NAME_CHARS_MAX} huruf."),
            PlanProblem::Unseen => format!("Nama regu {}.", text::UNSEEN),
            PlanProblem::Twice => "Dua regu tidak boleh bernama sama.".to_owned(),
        };
        Problem::invalid("Jadwal belum benar").detail(words)
    })?;
    web.store.roster_put(new.seen, &new.plan, actor(&person), clock::now()).await.map_err(|error| match error {
        StoreError::Conflict(_) => {
            Problem::conflict("Jadwal baru saja diubah orang lain").detail("Muat ulang, lalu ubah lagi.")
        }
        other => other.into(),
    })?;
    web.changes.tell(Topic::Roster, None);
    let today = clock::now().local_day(web.city.now().time_zone());
    Ok(Json(super::page(&web, today, 7).await?))
}
