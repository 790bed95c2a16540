//! `GET /api/feeds/ministry?from=&to=` and `.csv`: sums without any person in them, for who has the city's feed token. Read only;
//! `docs/ministry-feed.md` is the contract, `siaga-report`'s `ministry.rs` the adapter.

use crate::{
    Answer, Problem, Web,
    endpoints::report::get::{period, refused},
    gate::ClientAddress,
    input::QueryOf,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use siaga_core::view::signed_report::ReportBody;
use siaga_store::reports::Compare;
use std::net::IpAddr;

/// What tries of the token count under; no account's name holds a colon.
const LOCK: &str = "feed:token";

/// The period asked for.
#[derive(Deserialize)]
pub struct Asked {
    from: String,
    to: String,
}

pub async fn json(
    State(web): State<Web>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    QueryOf(asked): QueryOf<Asked>,
) -> Answer<impl IntoResponse> {
    let body = body(&web, address, &headers, &asked).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], siaga_report::ministry_json(&body)))
}

pub async fn csv(
    State(web): State<Web>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    QueryOf(asked): QueryOf<Asked>,
) -> Answer<impl IntoResponse> {
    let body = body(&web, address, &headers, &asked).await?;
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], siaga_report::ministry_csv(&body)))
}

async fn body(web: &Web, address: IpAddr, headers: &HeaderMap, asked: &Asked) -> Answer<ReportBody> {
    let Some(token) = &web.config.feed_token else { return Err(Problem::not_found("Alamat ini")) };
    // Like a name whose password is guessed: a right token gives its place back.
    web.throttle.begin(LOCK, address).map_err(Problem::too_often)?;
    if !knows(headers, token) {
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "feed_token", "Token tidak cocok")
            .detail("Kirim token pada feed.token sebagai \"Authorization: Bearer TOKEN\"."));
    }
    web.throttle.right(LOCK, address);
    let period = period(&asked.from, &asked.to)?;
    let key = web.store.evidence_key(rand::random()).await?;
    let signed = web.store.signed_report(&period, Compare::Nothing, &web.city.now(), &key).await.map_err(refused)?;
    Ok(signed.body)
}

/// RFC 6750. Hashes are compared, so that time tells nothing about the token.
fn knows(headers: &HeaderMap, token: &str) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    given
        .and_then(|value| value.split_once(' '))
        // The scheme's name has no case (RFC 9110 11.1).
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"))
        .is_some_and(|(_, given)| Sha256::digest(given.trim_start()) == Sha256::digest(token))
}

#[cfg(test)]
mod tests {
    use crate::{endpoints::ledger::post::tests::upload, testing::House, web::WebConfig};
    use axum::{body::Body, http::Request};
    use siaga_core::{ledger::sample, role::Role};

    const TOKEN: &str = "only-a-test-0123456789-0123456789";

    fn asked(path: &str, token: &str) -> Request<Body> {
        let request =
            Request::get(path).header("host", "siaga.test").header("authorization", format!("Bearer {token}"));
        request.body(Body::empty()).unwrap()
    }

    #[tokio::test]
    async fn who_has_the_token_reads_sums_and_no_person() {
        let house = House::with(WebConfig { feed_token: Some(TOKEN.into()), ..WebConfig::default() }).await;
        let lead = house.sign_in(Role::ShiftLead).await;
        assert_eq!(upload(&house, &lead, sample::serang_2020()).await.status, 200);
        let path = "/api/feeds/ministry?from=2020-01-01&to=2020-09-30";
        let reply = house.send(asked(path, TOKEN)).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let feed = reply.json();
        let value = |figure: &str, key: &str| {
            let rows = feed["figures"].as_array().unwrap();
            rows.iter().find(|row| row["figure"] == figure && row["key"] == key).unwrap()["value"].as_u64().unwrap()
        };
        assert_eq!(
            (value("calls_offered", ""), value("normal", ""), value("prank", "") + value("ghost", "")),
            (23_734, 162, 23_572)
        );
        assert_eq!((value("normal_by_type", "electrical"), feed["complete"].as_bool()), (34, Some(true)));
        assert!(feed["as_of"]["seq"].as_i64().unwrap() > 0 && feed["definitions"].is_string(), "{feed}");
        // The ledger has people and numbers; the feed has neither.
        assert!(
            ["Ani", "Budi", "Citra", "Dedi", "+62"].iter().all(|word| !reply.text().contains(word)),
            "{}",
            reply.text()
        );
        let table = house.send(asked(&path.replace("ministry?", "ministry.csv?"), TOKEN)).await;
        assert!(
            table.text().contains(",calls_offered,,23734\n") && table.text().lines().count() > 20,
            "{}",
            table.text()
        );

        let spelled =
            Request::get(path).header("host", "siaga.test").header("authorization", format!("bearer {TOKEN}"));
        assert_eq!(house.send(spelled.body(Body::empty()).unwrap()).await.status, 200, "the scheme has no case");
        for (token, status) in [("wrong", 401), ("", 401)] {
            assert_eq!(house.send(asked(path, token)).await.status, status);
        }
        assert_eq!(house.get(path, &lead).await.status, 401, "a session is no token");
        let reply = house.send(asked("/api/feeds/ministry?from=2020-02-01&to=2020-01-01", TOKEN)).await;
        assert_eq!(reply.status, 422);
        let mut answers = Vec::new();
        for _ in 0..9 {
            answers.push(house.send(asked(path, "guessed")).await.status);
        }
        assert!(answers.contains(&401) && answers.last() == Some(&429), "guessing is slowed: {answers:?}");
        let config = WebConfig { feed_token: Some(TOKEN.into()), demo: Some(Vec::new()), ..WebConfig::default() };
        let demo = House::with(config).await.send(asked(path, TOKEN)).await;
        assert_eq!(demo.json()["city"], "Kota Serang (CONTOH: data demo, bukan laporan resmi)");
        assert_eq!(feed["city"], "Kota Serang");
        assert_eq!(
            House::new().await.send(asked(path, "")).await.status,
            404,
            "without a token of the city there is no feed"
        );
    }
}
