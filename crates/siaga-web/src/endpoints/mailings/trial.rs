//! `POST /api/mailings/{rhythm}/trials`: the newest whole period to one address, now, so that nobody learns on the first of the
//! month that the mail server says no.

use super::list;
use crate::{
    Answer, Person, Problem, Web,
    endpoints::report::get::refused,
    input::{JsonBody, PathId},
};
use axum::{Json, extract::State};
use siaga_core::{
    mailing::{self, Rhythm},
    view::{
        desk::Topic,
        mailing::{MailingView, NewTrial},
    },
};
use siaga_engine::clock;
use siaga_store::mailings::{NewMailing, Reason};

pub async fn send(
    State(web): State<Web>,
    person: Person,
    PathId(rhythm): PathId<Rhythm>,
    JsonBody(asked): JsonBody<NewTrial>,
) -> Answer<Json<MailingView>> {
    if web.config.mail_sender.is_none() {
        return Err(Problem::conflict("Server surat belum diatur")
            .detail("Isi [smtp] di siaga.toml di server ini, lalu mulai ulang program."));
    }
    let to = mailing::address(&asked.to)
        .map_err(|problem| Problem::invalid("Alamat ini tidak dapat dipakai").detail(problem.to_string()))?;
    let (city, now) = (web.city.now(), clock::now());
    let new = NewMailing {
        rhythm,
        period: mailing::latest(rhythm, city.time_zone(), now),
        recipients: &[to],
        reason: Reason::Trial(person.user_id),
    };
    let key = web.store.evidence_key(rand::random()).await?;
    web.store.mailing_make(new, &city, &key, now).await.map_err(refused)?;
    web.changes.tell(Topic::Outbox, None);
    Ok(Json(list::view(&web, rhythm).await?))
}

#[cfg(test)]
mod tests {
    use crate::{testing::House, web::WebConfig};
    use serde_json::json;
    use siaga_core::role::Role;

    #[tokio::test]
    async fn a_trial_is_a_message_and_can_be_tried_again() {
        let house =
            House::with(WebConfig { mail_sender: Some("siaga@serang.example".into()), ..WebConfig::default() }).await;
        let admin = house.sign_in(Role::Administrator).await;
        let send = async |to: &str| house.post("/api/mailings/weekly/trials", &admin, json!({ "to": to })).await;
        assert_eq!(send("kepala@").await.status, 422);
        let reply = send("kepala@serang.example").await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let sent = &reply.json()["sent"][0];
        assert_eq!(
            (&sent["to"], &sent["trial"], &sent["state"]),
            (&json!("kepala@serang.example"), &json!(true), &json!("waiting"))
        );
        let again = format!("/api/mailings/sent/{}/retry", sent["outbox_id"].as_str().unwrap());
        assert_eq!(house.post(&again, &admin, json!({})).await.status, 204);
        let lead = house.sign_in(Role::ShiftLead).await;
        assert_eq!(house.post(&again, &lead, json!({})).await.status, 403);
        // Who works at the desk sees that something waits, not whose address it is.
        let rows = house.get("/api/outbox", &lead).await.text();
        assert!(rows.contains("Laporan mingguan 112") && !rows.contains("kepala@"), "{rows}");
    }

    #[tokio::test]
    async fn without_a_mail_server_it_is_told_what_to_do() {
        let house = House::new().await;
        let admin = house.sign_in(Role::Administrator).await;
        let reply = house.post("/api/mailings/weekly/trials", &admin, json!({ "to": "kepala@serang.example" })).await;
        assert_eq!(reply.status, 409);
        assert!(reply.json()["detail"].as_str().unwrap().contains("[smtp]"), "{}", reply.text());
    }
}
