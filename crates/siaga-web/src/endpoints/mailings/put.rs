//! `PUT /api/mailings/{rhythm}`: when it is sent, and to whom. Who lets figures out by themselves types to how many.

use super::list;
use crate::{
    Answer, Person, Problem, Web,
    input::{JsonBody, PathId},
};
use axum::{Json, extract::State};
use siaga_core::{
    mailing::{self, Rhythm},
    view::mailing::{MailingView, PutSchedule},
};
use siaga_engine::clock;

pub async fn put(
    State(web): State<Web>,
    person: Person,
    PathId(rhythm): PathId<Rhythm>,
    JsonBody(asked): JsonBody<PutSchedule>,
) -> Answer<Json<MailingView>> {
    let schedule = mailing::checked(rhythm, asked.schedule)
        .map_err(|problem| Problem::invalid("Jadwal ini tidak dapat dipakai").detail(problem.to_string()))?;
    if schedule.active && !mailing::confirms(&asked.confirmation, schedule.recipients.len()) {
        let words = mailing::confirmation(schedule.recipients.len());
        return Err(Problem::invalid("Jadwal belum dikonfirmasi")
            .detail(format!("Periksa alamatnya satu per satu, lalu ketik: {words}")));
    }
    web.store.schedule_put(rhythm, &schedule, person.user_id, clock::now()).await?;
    Ok(Json(list::view(&web, rhythm).await?))
}

#[cfg(test)]
mod tests {
    use crate::testing::House;
    use serde_json::{Value, json};
    use siaga_core::role::Role;

    fn schedule(recipients: &[&str]) -> Value {
        json!({ "active": true, "day": 1, "minute": 450, "recipients": recipients })
    }

    #[tokio::test]
    async fn an_administrator_chooses_and_confirms() {
        let house = House::new().await;
        let admin = house.sign_in(Role::Administrator).await;
        let put = async |recipients: &[&str], words: &str| {
            let body = json!({ "schedule": schedule(recipients), "confirmation": words });
            house.json(axum::http::Method::PUT, "/api/mailings/monthly", &admin, body).await
        };
        let two = ["kepala@serang.example", "sekda@serang.example"];
        let reply = put(&two, "kirim ke 1 alamat").await;
        assert_eq!(reply.status, 422);
        assert!(reply.json()["detail"].as_str().unwrap().contains("kirim ke 2 alamat"), "{}", reply.text());
        let reply = put(&["kepala"], "kirim ke 1 alamat").await;
        assert!(reply.json()["detail"].as_str().unwrap().contains("bukan alamat surel"), "{}", reply.text());
        assert_eq!(house.get("/api/mailings", &admin).await.json()["mailings"][1]["schedule"]["active"], false);

        let kept = put(&two, "Kirim ke 2 alamat").await;
        assert_eq!(kept.status, 200, "{}", kept.text());
        let list = house.get("/api/mailings", &admin).await.json();
        assert_eq!(list["mailings"][1], kept.json());
        assert_eq!(list["mailings"][1]["schedule"], schedule(&two));
        assert!(list["mailings"][1]["next_at"].is_i64() && list["sender"].is_null(), "{list}");
        assert_eq!(list["mailings"][0]["next_at"], Value::Null, "the weekly one was not chosen");
        let nowhere = house.json(axum::http::Method::PUT, "/api/mailings/yearly", &admin, json!({})).await;
        assert!((400..500).contains(&nowhere.status), "{}", nowhere.text());
    }
}
