//! Incidents for the tests of these endpoints.

use crate::{endpoints::calls::testing::write_call, testing::House};
use axum::http::Method;
use serde_json::{Value, json};
use siaga_core::{class::Class, ids::CallId};

/// A call whose sheet, at revision 1, says that something burns in Cipare.
pub async fn fire(house: &House, cookie: &str) -> CallId {
    let call = write_call(house, 0, None, Class::Emergency).await;
    let fields = json!({ "landmark": "depan Masjid Agung", "village_code": "36.73.01.1002", "incident_type": "fire",
                         "reporter_number": "0812" });
    let body = json!({ "base_revision": 0, "fields": fields });
    let saved = house.json(Method::PUT, &format!("/api/calls/{call}/draft"), cookie, body).await;
    assert_eq!(saved.status, 200, "{}", saved.text());
    call
}

/// The same, sent to Damkar; gives the incident.
pub async fn send_fire(house: &House, cookie: &str) -> Value {
    let call = fire(house, cookie).await;
    let sent = house.post("/api/incidents", cookie, json!({ "call_id": call, "draft_revision": 1 })).await;
    assert_eq!(sent.status, 201, "{}", sent.text());
    sent.json()
}
