//! A form is filled in by somebody else, and its call-taker reads and answers it.

use crate::{
    endpoints::calls::testing::{T0, write_call_by},
    testing::House,
};
use axum::http::Method;
use serde_json::{Value, json};
use siaga_core::{
    call::live::{Fact, LiveFact},
    class::Class,
    ids::UserId,
    review::{Seed, form::ReviewForm},
    role::Role,
};
use uuid::Uuid;

const DAY_MS: i64 = 86_400_000;

/// A recorded call of `taker`, drawn on the 22nd.
async fn drawn(house: &House, taker: UserId) {
    let seconds = 19 * 86_400 - 3_600;
    let call = write_call_by(house, seconds, None, Class::Information, taker).await;
    let fact = Fact::Recorded { call, file: format!("{call}.rec"), duration_ms: 1_000, segments: 2, hash: [1; 32] };
    let at = T0.plus_ms((seconds + 12) * 1_000);
    house.store.write_live(&[LiveFact { id: Uuid::now_v7(), at, fact }]).await.unwrap();
    let now = T0.plus_ms(19 * DAY_MS);
    assert_eq!(house.store.reviews_draw(&Seed([6; 32]), &ReviewForm::usual(), now).await.unwrap(), 1);
}

fn marked(base_revision: u32, items: usize) -> Value {
    let marks: serde_json::Map<String, Value> =
        ReviewForm::usual().items.into_iter().take(items).map(|one| (one.key, "yes".into())).collect();
    json!({ "base_revision": base_revision, "marks": marks, "remark": "baik" })
}

#[tokio::test]
async fn a_form_is_filled_in_by_somebody_else_and_answered_by_who_took_the_call() {
    let house = House::new().await;
    let siti = house.account("siti", Role::CallTaker).await;
    let (taker, lead) = (house.sign_in_as("siti").await, house.sign_in(Role::ShiftLead).await);
    drawn(&house, siti).await;
    let board = house.get("/api/reviews", &lead).await.json();
    // the test's calls are of May: by the clock of today their five days are long over
    assert_eq!((&board["due"][0]["mine"], &board["due"][0]["overdue"]), (&true.into(), &true.into()), "{board}");
    let path = format!("/api/reviews/{}", board["due"][0]["review_id"].as_str().unwrap());
    assert_eq!(house.get(&path, &lead).await.json()["call_taker"], "Nama siti");
    assert_eq!(house.get(&path, &taker).await.status, 403);
    let put = async |body: Value| house.json(Method::PUT, &path, &lead, body).await;
    let kept = put(marked(0, 3)).await;
    assert_eq!((kept.status, &kept.json()["revision"]), (200, &1.into()), "{}", kept.text());
    assert_eq!(put(marked(0, 4)).await.status, 409);
    assert_eq!(put(json!({ "base_revision": 1, "marks": { "charm": "yes" }, "remark": "" })).await.status, 422);
    let early = house.post(&format!("{path}/finish"), &lead, json!({})).await;
    assert!(early.status == 422 && early.text().contains("5 butir"), "{}", early.text());
    assert_eq!(house.get("/api/reviews/mine", &taker).await.json(), json!([]));
    assert_eq!(put(marked(1, 8)).await.status, 200);
    assert_eq!(house.post(&format!("{path}/finish"), &lead, json!({})).await.status, 200);
    assert_eq!(put(marked(2, 8)).await.status, 409, "finished");

    let mine = house.get("/api/reviews/mine", &taker).await.json();
    assert_eq!((&mine[0]["remark"], &mine[0]["marks"]["calm"]), (&"baik".into(), &"yes".into()));
    let comment = async |cookie: &str, words: &str| {
        house.post(&format!("{path}/comment"), cookie, json!({ "words": words })).await.status
    };
    assert_eq!(comment(&taker, "  ").await, 422);
    assert_eq!(comment(&lead, "bukan saya").await, 409);
    assert_eq!((comment(&taker, "terima kasih").await, comment(&taker, "lagi").await), (200, 409));
    assert_eq!(house.get("/api/reviews", &lead).await.json()["done"][0]["commented"], true);
}

#[tokio::test]
async fn nobody_reviews_their_own_call() {
    let house = House::new().await;
    let own = house.account("kepala-regu", Role::ShiftLead).await;
    let cookie = house.sign_in_as("kepala-regu").await;
    drawn(&house, own).await;
    let board = house.get("/api/reviews", &cookie).await.json();
    let row = &board["due"][0];
    assert_eq!(
        (&row["own_call"], &row["reviewer"]),
        (&true.into(), &Value::Null),
        "nobody else is there: that is loud"
    );
    let path = format!("/api/reviews/{}", row["review_id"].as_str().unwrap());
    assert_eq!(house.get(&path, &cookie).await.status, 403);
    assert_eq!(house.json(Method::PUT, &path, &cookie, marked(0, 8)).await.status, 403);
    assert_eq!(house.post(&format!("{path}/finish"), &cookie, json!({})).await.status, 403);
}
