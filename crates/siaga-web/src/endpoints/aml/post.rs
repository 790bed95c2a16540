//! `POST /api/aml`: a form of ETSI TS 103 625. Every field is optional, and what cannot be read gets its 200 too: the
//! sender cannot mend it, and must not give up on the next one. Only who does not know the city's key is refused.

use crate::{Answer, Problem, Web};
use axum::{
    extract::{Form, State, rejection::FormRejection},
    http::{HeaderMap, StatusCode, header},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use siaga_core::{
    desk::{Position, Sender, Sent},
    link::AML_MATCH_MS,
    location::{self, Located, PositionSource},
    phone::{Caller, Number},
    time::Timestamp,
    view::desk::Topic,
};
use siaga_engine::clock;
use siaga_store::links::{LinkError, Told};
use std::collections::HashMap;

/// A telephone's clock that is this far ahead (ms) is believed; beyond it our own counts.
const AHEAD_MS_MAX: i64 = 60_000;

pub async fn take(
    State(web): State<Web>,
    headers: HeaderMap,
    form: Result<Form<HashMap<String, String>>, FormRejection>,
) -> Answer<StatusCode> {
    let Some(key) = &web.config.aml_key else { return Err(Problem::not_found("Alamat ini")) };
    if !knows(&headers, key) {
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "aml_key", "Kunci AML tidak cocok")
            .detail("Kirim kunci pada aml.key sebagai kata sandi Basic."));
    }
    let now = clock::now();
    let told = form.ok().and_then(|Form(form)| read(&form, now));
    let Some((number, position, at)) = told else {
        tracing::info!("a position from a telephone could not be read or is of no number");
        return Ok(StatusCode::OK);
    };
    match web.store.aml_located(number.e164(), &position, Told { at, now }).await {
        Ok(call) => {
            let from = Sender { call, number: Some(number.e164().to_owned()) };
            let located = Located { position, source: PositionSource::Aml, at };
            web.engine.sent(from, Sent::Position(located)).await;
            web.changes.tell(Topic::Links, call.map(|call| call.to_string()));
            Ok(StatusCode::OK)
        }
        // One telephone that never stops must not fill the disk, nor be told to try again.
        Err(LinkError::TooMany) => Ok(StatusCode::OK),
        Err(error) => Err(error.into()),
    }
}

/// RFC 7617; the name does not matter. Hashes are compared, so that time tells nothing about the key.
fn knows(headers: &HeaderMap, key: &str) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given =
        given.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Basic"));
    let given = given.and_then(|(_, text)| STANDARD.decode(text).ok());
    let Some(given) = given.and_then(|bytes| String::from_utf8(bytes).ok()) else { return false };
    let password = given.split_once(':').map_or("", |(_, password)| password);
    Sha256::digest(password) == Sha256::digest(key)
}

/// Number, position and when it was measured; `None`: one of the first two is missing, or it is too old for any call.
fn read(form: &HashMap<String, String>, now: Timestamp) -> Option<(Number, Position, Timestamp)> {
    let number = |name: &str| form.get(name).and_then(|text| text.trim().parse::<f64>().ok());
    let caller = Caller::read(form.get("device_number")?);
    let position =
        location::read(number("location_latitude")?, number("location_longitude")?, number("location_accuracy"))?;
    let millis = |name: &str| form.get(name).and_then(|text| text.trim().parse::<i64>().ok());
    let at = millis("location_time").or_else(|| millis("time")).map_or(now, |ms| Timestamp(ms.saturating_mul(1_000)));
    let age_ms = now.ms_since(at);
    if age_ms > AML_MATCH_MS {
        return None;
    }
    Some((caller.number()?.clone(), position, if age_ms < -AHEAD_MS_MAX { now } else { at.min(now) }))
}

#[cfg(test)]
mod tests {
    use crate::{
        endpoints::calls::testing::{NUMBER, T0, write_call},
        testing::House,
        web::WebConfig,
    };
    use axum::{body::Body, http::Request};
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use siaga_core::{class::Class, role::Role};
    use siaga_engine::clock;

    const KEY: &str = "kunci-uji-0123456789";

    async fn send(house: &House, key: &str, body: &str) -> u16 {
        let request = Request::post("/api/aml")
            .header("host", "siaga.test")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("authorization", format!("Basic {}", STANDARD.encode(format!("els:{key}"))));
        house.send(request.body(Body::from(body.to_owned())).unwrap()).await.status
    }

    #[tokio::test]
    async fn a_telephone_tells_where_it_is_and_nobody_else_does() {
        let config = WebConfig { aml_key: Some(KEY.to_owned()), ..WebConfig::default() };
        let house = House::with(config).await;
        let siti = house.sign_in(Role::CallTaker).await;
        let seconds = clock::now().ms_since(T0) / 1_000 - 20;
        write_call(&house, seconds, Some(NUMBER), Class::Emergency).await;
        let number = NUMBER.replace('+', "%2B");
        let form = format!(
            "v=1&emergency_number=112&device_number={number}&location_latitude=-6.12&location_longitude=106.15&location_accuracy=25"
        );
        assert_eq!(send(&house, "salah", &form).await, 401);
        assert!(house.get("/api/links", &siti).await.json().as_array().unwrap().is_empty());
        // all of it is legal
        for odd in [
            "",
            "v=1",
            "%%%",
            "location_latitude=x&device_number=1",
            "device_number=081234567801&location_latitude=99&location_longitude=1",
        ] {
            assert_eq!(send(&house, KEY, odd).await, 200, "{odd}");
        }
        let old = format!("{form}&location_time=1000");
        assert_eq!(send(&house, KEY, &old).await, 200);
        assert!(
            house.get("/api/links", &siti).await.json().as_array().unwrap().is_empty(),
            "none of it is a position of a caller"
        );
        assert_eq!(send(&house, KEY, &form).await, 200);
        let shown = house.get("/api/links", &siti).await.json();
        assert_eq!((&shown[0]["position"]["source"], &shown[0]["position"]["radius_m"]), (&"aml".into(), &25.0.into()));
    }

    #[tokio::test]
    async fn without_a_key_there_is_no_door() {
        let house = House::new().await;
        assert_eq!(send(&house, "", "v=1").await, 404);
    }
}
