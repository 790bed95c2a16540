//! `GET /api/city`: words and places as the screens need them. No secret is in it.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::city::CityView;

pub async fn city(State(web): State<Web>) -> Answer<Json<CityView>> {
    Ok(Json(web.city.now().view()))
}

#[cfg(test)]
mod tests {
    use crate::testing::House;
    use axum::{
        body::Body,
        http::{Request, header},
    };
    use siaga_core::role::Role;

    #[tokio::test]
    async fn the_long_list_is_packed_on_the_wire() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let plain = house.get("/api/city", &siti).await;
        let asked = Request::get("/api/city").header(header::COOKIE, &siti).header(header::ACCEPT_ENCODING, "gzip");
        let packed = house.send(asked.body(Body::empty()).unwrap()).await;
        assert_eq!(packed.header("content-encoding"), Some("gzip"));
        assert!(packed.body.len() < plain.body.len() / 2, "{} of {}", packed.body.len(), plain.body.len());
    }
}
