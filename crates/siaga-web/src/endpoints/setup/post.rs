//! `POST /api/setup`: makes the first administrator and chooses the city's data. Only with the token of the one-time
//! link that the program printed, only while no account exists.

use crate::{
    Answer, JsonBody, Problem, Web,
    accounts::{cookie, fields, password, token::Token},
    gate::ClientAddress,
};
use axum::{
    Json,
    extract::State,
    http::{Extensions, HeaderValue, StatusCode, header},
    response::AppendHeaders,
};
use siaga_core::{
    city::City,
    ids::UserId,
    role::Role,
    view::session::{Me, Setup},
};
use siaga_engine::clock;
use siaga_store::{StoreError, accounts::NewAccount};
use uuid::Uuid;

/// What the throttle counts wrong links under; no account can have this name.
const THROTTLE_NAME: &str = "/mulai";
/// Mistakes of a city document that are told at once.
const CITY_PROBLEMS_SHOWN: usize = 20;

type SetCookie = AppendHeaders<[(header::HeaderName, HeaderValue); 1]>;

pub async fn first_start(
    State(web): State<Web>,
    ClientAddress(address): ClientAddress,
    extensions: Extensions,
    JsonBody(asked): JsonBody<Setup>,
) -> Answer<(StatusCode, SetCookie, Json<Me>)> {
    web.throttle.begin(THROTTLE_NAME, address).map_err(Problem::too_often)?;
    if !web.setup.fits(&asked.token) {
        return Err(worthless_link());
    }
    web.throttle.right(THROTTLE_NAME, address);
    let Checked { name, display_name, city } = checked(&asked)?;

    let administrator = NewAccount {
        user_id: UserId(Uuid::now_v7()),
        name: name.clone(),
        display_name: display_name.clone(),
        role: Role::Administrator,
        password_hash: password::hash(asked.password).await,
    };
    let now = clock::now();
    match web.store.account_create_first(&administrator, asked.city_toml.as_deref(), now).await {
        Ok(()) => web.setup.close(),
        Err(StoreError::Conflict(_)) => {
            web.setup.close();
            return Err(worthless_link());
        }
        Err(error) => return Err(error.into()),
    }
    if let Some(city) = city {
        web.city.replace(city);
    }
    let token = Token::fresh();
    web.store.session_create(&token.hash().0, administrator.user_id, None, now).await?;
    let me = Me {
        user_id: administrator.user_id,
        user: name,
        display_name,
        role: Role::Administrator,
        totp: false,
        city: web.city_name(),
        demo: web.is_demo(),
    };
    let cookie = AppendHeaders([(header::SET_COOKIE, cookie::give(&token, &extensions))]);
    Ok((StatusCode::CREATED, cookie, Json(me)))
}

struct Checked {
    name: String,
    display_name: String,
    city: Option<City>,
}

/// Everything that is wrong is told at once.
fn checked(asked: &Setup) -> Answer<Checked> {
    let name = fields::name(&asked.user);
    let display_name = fields::display_name(&asked.display_name);
    let password = fields::new_password(&asked.password, &asked.user, &asked.display_name);
    let city = asked.city_toml.as_deref().map(City::from_toml).transpose();
    let wrong = [name.as_ref().err(), display_name.as_ref().err(), password.as_ref().err()];
    let mut lines: Vec<String> = wrong.into_iter().flatten().map(ToString::to_string).collect();
    let kind = if lines.is_empty() { "wrong_city" } else { "invalid" };
    if let Err(problems) = &city {
        lines.extend(problems.iter().take(CITY_PROBLEMS_SHOWN).map(ToString::to_string));
    }
    match (name, display_name, city) {
        (Ok(name), Ok(display_name), Ok(city)) if lines.is_empty() => Ok(Checked { name, display_name, city }),
        _ => {
            let title = if kind == "invalid" { "Isian belum benar" } else { "Berkas kota belum benar" };
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, kind, title).detail(lines.join("\n")))
        }
    }
}

fn worthless_link() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "worthless_link", "Tautan sekali pakai ini tidak berlaku")
        .detail("Pakai tautan yang dicetak program saat terakhir dijalankan. Bila akun sudah ada, masuk di /masuk.")
}

#[cfg(test)]
mod tests {
    use crate::testing::{House, NOBODY, PASSWORD};
    use serde_json::{Value, json};
    use siaga_core::role::Role;

    fn body(token: &str) -> Value {
        json!({ "token": token, "user": "kepala", "display_name": "Kepala Dinas", "password": PASSWORD })
    }

    #[tokio::test]
    async fn the_link_makes_one_administrator() {
        let house = House::new().await;
        let kind = async |body: Value| house.post("/api/setup", NOBODY, body).await.json()["type"].clone();
        assert_eq!(kind(body("")).await, "worthless_link");
        let link = house.web.setup.open().text();
        assert_eq!(kind(body(&"A".repeat(43))).await, "worthless_link");
        let mut weak = body(&link);
        weak["password"] = "pendek".into();
        assert_eq!(kind(weak).await, "invalid");
        let all =
            json!({ "token": link, "user": "K", "display_name": "", "password": "pendek", "city_toml": "name = 3" });
        let told = house.post("/api/setup", NOBODY, all).await.text();
        for word in ["Nama masuk", "Nama tampilan", "Kata sandi paling sedikit 10", "baris 1"] {
            assert!(told.contains(word), "{word}: {told}");
        }
        let mut city = body(&link);
        city["city_toml"] = "name = 3".into();
        assert_eq!(kind(city).await, "wrong_city");
        assert!(house.store.accounts_empty().await.unwrap(), "nothing half done");

        let made = house.post("/api/setup", NOBODY, body(&link)).await;
        assert_eq!((made.status, made.json()["role"].as_str()), (201, Some("administrator")), "{}", made.text());
        let cookie = made.cookie().expect("signed in");
        assert_eq!(house.get("/api/users", &cookie).await.status, 200);
        assert_eq!(kind(body(&link)).await, "worthless_link");
        assert_eq!(house.store.accounts().await.unwrap().len(), 1);
        assert!(house.store.city_version().await.unwrap().is_none(), "the built-in city stays");
    }

    #[tokio::test]
    async fn a_city_comes_with_it() {
        let house = House::new().await;
        let mut asked = body(&house.web.setup.open().text());
        let document = siaga_core::city::SERANG_TOML.replace("Kota Serang", "Kota Lain");
        asked["city_toml"] = document.clone().into();
        let made = house.post("/api/setup", NOBODY, asked).await;
        assert_eq!((made.status, made.json()["city"].as_str()), (201, Some("Kota Lain")), "{}", made.text());
        assert_eq!(house.store.city_version().await.unwrap().map(|held| held.document), Some(document));
    }

    #[tokio::test]
    async fn an_account_made_elsewhere_closes_the_link() {
        let house = House::new().await;
        let link = house.web.setup.open().text();
        house.account("siti", Role::Viewer).await;
        let mut asked = body(&link);
        asked["city_toml"] = siaga_core::city::SERANG_TOML.into();
        let answer = house.post("/api/setup", NOBODY, asked).await;
        assert!(house.store.city_version().await.unwrap().is_none(), "a refused start chooses no city");
        assert_eq!((answer.status, answer.json()["type"].as_str()), (403, Some("worthless_link")));
        assert_eq!(house.store.accounts().await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn guessing_the_link_costs_waiting() {
        let house = House::new().await;
        let _link = house.web.setup.open();
        for _ in 0..5 {
            assert_eq!(house.post("/api/setup", NOBODY, body("wrong")).await.status, 403);
        }
        assert_eq!(house.post("/api/setup", NOBODY, body("wrong")).await.status, 429);
    }
}
