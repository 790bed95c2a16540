//! `GET /api/calls?day=yyyymmdd&class=&number=&drills=&before=&limit=`: calls, newest first. `class=none` are ended calls
//! that nobody classed; `before` (a row's `offered_at`) gives the next page. Calls of drills are left out but with
//! `drills=beside` or `drills=only`.

use crate::{Answer, Problem, Web, input::QueryOf};
use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use siaga_core::{
    class::Class,
    phone::Caller,
    time::{LocalDay, Timestamp},
    view::call::CallRow,
};
use siaga_store::calls::{CallFilter, ClassFilter, Drills};

/// Rows when the page asks for no number of them.
const LIMIT_DEFAULT: u32 = 100;

/// All as text: a form sends empty fields for what it does not ask.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    day: String,
    class: String,
    number: String,
    drills: String,
    before: String,
    limit: String,
}

pub async fn calls(State(web): State<Web>, QueryOf(asked): QueryOf<Asked>) -> Answer<Json<Vec<CallRow>>> {
    Ok(Json(web.store.calls_list(&filter(&asked)?).await?))
}

fn filter(asked: &Asked) -> Answer<CallFilter> {
    let class = match asked.class.as_str() {
        "" => None,
        "none" => Some(ClassFilter::Missing),
        key => Some(ClassFilter::Is(Class::from_key(key).ok_or_else(|| wrong("class", "kunci kelas atau 'none'"))?)),
    };
    let number = match asked.number.trim() {
        "" => None,
        text => Some(Caller::read(text).number().ok_or_else(|| wrong("number", "nomor telepon"))?.e164().to_owned()),
    };
    let day: Option<i32> = read(&asked.day, "day", "tanggal yyyymmdd")?;
    if day.is_some_and(|day| LocalDay(day).date().is_none()) {
        return Err(wrong("day", "tanggal yyyymmdd"));
    }
    let drills = match asked.drills.as_str() {
        "" => Drills::LeftOut,
        "beside" => Drills::Beside,
        "only" => Drills::Only,
        _ => return Err(wrong("drills", "'beside' atau 'only'")),
    };
    let before: Option<i64> = read(&asked.before, "before", "waktu dalam mikrodetik")?;
    let limit = read(&asked.limit, "limit", "jumlah baris")?.unwrap_or(LIMIT_DEFAULT);
    Ok(CallFilter { day: day.map(LocalDay), class, number, drills, before: before.map(Timestamp), limit })
}

fn read<T: std::str::FromStr>(text: &str, name: &str, expected: &str) -> Answer<Option<T>> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| wrong(name, expected))
}

fn wrong(name: &str, expected: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "wrong_query", "Parameter alamat tidak sesuai")
        .detail(format!("{name}: yang diharapkan {expected}."))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{NUMBER, write_call, write_drill_call};
    use crate::testing::House;
    use siaga_core::{class::Class, role::Role};

    #[tokio::test]
    async fn the_list_shows_what_the_query_asks() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let ghost = write_call(&house, 0, Some(NUMBER), Class::Ghost).await.to_string();
        let prank = write_call(&house, 60, None, Class::Prank).await.to_string();
        let drill = write_drill_call(&house, 90, NUMBER).await.to_string();
        let both = vec![prank.clone(), ghost.clone()];
        let rows = [
            ("", both.clone()),
            ("?day=&class=&number=&limit=", both.clone()),
            ("?day=20260503", both),
            ("?day=20260504", vec![]),
            ("?class=ghost", vec![ghost.clone()]),
            ("?class=none", vec![]),
            ("?number=0812-3456-7890", vec![ghost.clone()]),
            ("?number=%2B6281234567890&class=prank", vec![]),
            ("?limit=1", vec![prank.clone()]),
            ("?drills=only", vec![drill.clone()]),
            ("?drills=only&number=0812-3456-7890&day=20260503", vec![drill.clone()]),
            ("?drills=beside&day=20260503", vec![drill, prank, ghost.clone()]),
            ("?before=1777770060000000", vec![ghost]),
        ];
        for (query, expected) in rows {
            let reply = house.get(&format!("/api/calls{query}"), &siti).await;
            let body = reply.json();
            let found = body.as_array().map(|rows| rows.iter().filter_map(|row| row["call_id"].as_str()).collect());
            assert_eq!(found, Some(expected.iter().map(String::as_str).collect::<Vec<_>>()), "{query}");
        }
        for query in
            ["?day=20260230", "?day=x", "?class=nonsense", "?number=abc", "?limit=-1", "?drills=yes", "?before=y"]
        {
            let reply = house.get(&format!("/api/calls{query}"), &siti).await;
            assert_eq!((reply.status, reply.json()["type"].as_str()), (400, Some("wrong_query")), "{query}");
        }
    }
}
