//! `POST /api/city/cards/{key}/sign-off`: somebody answers for the words of a card. It becomes a version of the city's
//! document like any other change; whoever read other words than those in force is told so.

use crate::{Answer, JsonBody, Person, Problem, Web, scene::actor};
use axum::{
    Json,
    extract::{Path, State},
};
use siaga_core::{
    card::{NotSigned, sign},
    city::SERANG_TOML,
    view::{card::CardSignOff, city::CityView, desk::Topic},
};
use siaga_engine::clock;

pub async fn sign_off(
    State(web): State<Web>,
    person: Person,
    Path(key): Path<String>,
    JsonBody(asked): JsonBody<CardSignOff>,
) -> Answer<Json<CityView>> {
    if asked.by.trim().is_empty() {
        return Err(Problem::invalid("Sebut siapa yang mengesahkan").detail("Nama, jabatan, atau instansinya."));
    }
    let now = clock::now();
    let today = now.local_day(web.city.now().time_zone()).date();
    let held = web.store.city_version().await?;
    let (version, document) = held.as_ref().map_or((0, SERANG_TOML), |held| (held.version, held.document.as_str()));
    let today = today.ok_or_else(|| Problem::internal(&"today is no day"))?;
    let signed = sign(document, &key, &asked.fingerprint, &asked.by, today).map_err(|why| match why {
        NotSigned::NoCard => Problem::not_found("Kartu"),
        NotSigned::OtherWords => {
            Problem::conflict("Teks kartu ini baru saja berubah").detail("Muat ulang, baca lagi, lalu sahkan.")
        }
        NotSigned::ByHand => Problem::invalid("Kartu ini tidak dapat disahkan dari halaman")
            .detail("Nama paling banyak satu baris; atau tulis baris signed pada kartu itu di berkas kota."),
    })?;
    let city = super::checked(&signed)?;
    let view = city.view();
    web.store.city_put(&signed, version, Some(actor(&person)), now).await?;
    web.city.replace(city);
    web.changes.tell(Topic::City, None);
    Ok(Json(view))
}

#[cfg(test)]
mod tests {
    use crate::testing::House;
    use serde_json::{Value, json};
    use siaga_core::role::Role;

    #[tokio::test]
    async fn a_card_that_was_read_is_signed() {
        let house = House::new().await;
        let (lead, siti) = (house.sign_in(Role::ShiftLead).await, house.sign_in(Role::CallTaker).await);
        let card = async || -> Value {
            let city = house.get("/api/city", &lead).await.json();
            city["cards"].as_array().unwrap().iter().find(|card| card["key"] == "cpr_adult").unwrap().clone()
        };
        let print = card().await["fingerprint"].clone();
        let path = "/api/city/cards/cpr_adult/sign-off";
        let body = |by: &str, print: &Value| json!({ "by": by, "fingerprint": print });
        assert_eq!(house.post(path, &siti, body("PSC 119", &print)).await.status, 403);
        assert_eq!(house.post(path, &lead, body(" ", &print)).await.status, 422);
        assert_eq!(house.post(path, &lead, body("PSC 119", &json!("0123456789abcdef"))).await.status, 409);
        assert_eq!(house.post("/api/city/cards/none/sign-off", &lead, body("PSC 119", &print)).await.status, 404);
        assert_eq!(card().await["sign_off"]["state"], "none");
        let done = house.post(path, &lead, body("PSC 119", &print)).await;
        assert_eq!(done.status, 200, "{}", done.text());
        let now = card().await;
        assert_eq!((&now["sign_off"]["state"], &now["sign_off"]["by"]), (&json!("signed"), &json!("PSC 119")));
        let held = house.get("/api/city/document", &lead).await.json();
        assert!(held["version"] == 1 && held["document"].as_str().unwrap().contains("signed = { by = \"PSC 119\""));
    }
}
