//! `POST /api/map/sources?kind=places|boundaries&name=&file=&attribution=&preview=yes|no`: a file as the body itself. 422
//! with the reason when nothing of it can be used; with `preview=yes` nothing is changed. In force at once.

use crate::{Answer, Person, Problem, Web, input::QueryOf, scene::actor};
use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::StatusCode,
};
use serde::Deserialize;
use siaga_core::{
    boundaries,
    places::import,
    view::{
        desk::Topic,
        map::{ImportAnswer, ImportOutcome, MapSourceKind},
    },
};
use siaga_engine::{clock, map};
use siaga_store::map_sources::NewMapSource;

/// Characters of a source's name, of its file's and of whom to name.
const TEXT_CHARS_MAX: usize = 200;

#[derive(Debug, Deserialize)]
pub struct Asked {
    kind: MapSourceKind,
    name: String,
    #[serde(default)]
    file: String,
    #[serde(default)]
    attribution: Option<String>,
    #[serde(default)]
    preview: Preview,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Preview {
    #[default]
    No,
    Yes,
}

pub async fn upload(
    State(web): State<Web>,
    person: Person,
    QueryOf(asked): QueryOf<Asked>,
    body: Result<Bytes, BytesRejection>,
) -> Answer<Json<ImportAnswer>> {
    let bytes = body.map_err(|_| too_large())?;
    let name = asked.name.trim();
    let attribution =
        asked.attribution.as_deref().unwrap_or_else(|| import::attribution(asked.kind, &bytes)).to_owned();
    if name.is_empty() || [name, &asked.file, &attribution].iter().any(|text| text.chars().count() > TEXT_CHARS_MAX) {
        return Err(refused(format!(
            "Nama sumber harus diisi; nama dan atribusi paling banyak {TEXT_CHARS_MAX} karakter."
        )));
    }
    let (city, kind) = (web.city.now(), asked.kind);
    // Reading takes seconds for a large file: not on a thread that serves others.
    let read = tokio::task::spawn_blocking(move || match kind {
        MapSourceKind::Places => import::document(&bytes, &city),
        MapSourceKind::Boundaries => boundaries::document(&bytes, &city),
    });
    let (document, report) = read.await.map_err(|error| Problem::internal(&error))?.map_err(refused)?;
    if asked.preview == Preview::Yes {
        return Ok(Json(ImportAnswer { report, outcome: ImportOutcome::Preview }));
    }
    let (taken, skipped) = (report.taken, report.skipped);
    let new =
        NewMapSource { kind, name, attribution: &attribution, file: &asked.file, taken, skipped, document: &document };
    let outcome = web.store.map_source_put(&new, Some(actor(&person)), clock::now()).await?;
    if outcome == ImportOutcome::Taken {
        map::load(&web.store, &web.city).await?;
        web.changes.tell(Topic::City, None);
    }
    Ok(Json(ImportAnswer { report, outcome }))
}

fn too_large() -> Problem {
    let most = import::IMPORT_BYTES_MAX / 1024 / 1024;
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "Berkas terlalu besar")
        .detail(format!("Paling banyak {most} MB: potong berkas ke wilayah kota."))
}

fn refused(reason: String) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong_map_file", "Berkas tidak dapat dipakai").detail(reason)
}

#[cfg(test)]
mod tests {
    use crate::testing::{House, Reply};
    use axum::{
        body::Body,
        http::{Request, header},
    };
    use siaga_core::role::Role;

    const PLACES: &str = "name,kind,village\nWarteg Tati,patokan,Cipare\nToko X,toko,Cipare\n";
    const SQUARE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"36.73.01.1002"},"geometry":{"type":"Polygon","coordinates":[[[106.15,-6.13],[106.17,-6.13],[106.17,-6.12],[106.15,-6.12],[106.15,-6.13]]]}}]}"#;

    async fn send(house: &House, cookie: &str, method: &str, path: &str, body: &str) -> Reply {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "siaga.test");
        house.send(request.header(header::COOKIE, cookie).body(Body::from(body.to_owned())).unwrap()).await
    }

    #[tokio::test]
    async fn what_is_uploaded_is_found_at_once_and_goes_again() {
        let house = House::new().await;
        let (lead, siti) = (house.sign_in(Role::ShiftLead).await, house.sign_in(Role::CallTaker).await);
        let found = async || house.get("/api/places?q=warteg+tati", &siti).await.json()["hits"][0]["name"].clone();
        let path = "/api/map/sources?kind=places&name=warung&attribution=Dinas%20X";
        let seen = send(&house, &lead, "POST", &format!("{path}&preview=yes"), PLACES).await;
        assert_eq!((seen.status, &seen.json()["outcome"]), (200, &"preview".into()), "{}", seen.text());
        assert_eq!(seen.json()["report"]["notes"][0]["at"], "baris 3");
        assert_ne!(found().await, "Warteg Tati");
        assert_eq!(send(&house, &lead, "POST", path, PLACES).await.json()["outcome"], "taken");
        assert_eq!(send(&house, &lead, "POST", path, PLACES).await.json()["outcome"], "known");
        assert_eq!(found().await, "Warteg Tati");
        let boundaries = "/api/map/sources?kind=boundaries&name=batas";
        assert_eq!(send(&house, &lead, "POST", boundaries, SQUARE).await.json()["report"]["taken"], 1);
        let map = house.get("/api/map", &siti).await;
        assert_eq!(
            (&map.json()["boundaries"][0]["code"], &map.json()["attributions"][0]),
            (&"36.73.01.1002".into(), &"Dinas X".into())
        );
        let sources = house.get("/api/map/sources", &lead).await.json();
        assert_eq!(sources.as_array().map(Vec::len), Some(2));
        assert_eq!(send(&house, &lead, "DELETE", "/api/map/sources/places/warung", "").await.status, 204);
        assert_eq!(send(&house, &lead, "DELETE", "/api/map/sources/places/warung", "").await.status, 404);
        assert_ne!(found().await, "Warteg Tati");
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_used_changes_nothing() {
        let house = House::new().await;
        let lead = house.sign_in(Role::ShiftLead).await;
        for (query, body) in [
            ("kind=places&name=a", "nothing"),
            ("kind=places&name=a", SQUARE),
            ("kind=places&name=%20", PLACES),
            ("kind=boundaries&name=a", PLACES),
        ] {
            let reply = send(&house, &lead, "POST", &format!("/api/map/sources?{query}"), body).await;
            assert_eq!(
                (reply.status, &reply.json()["type"]),
                (422, &"wrong_map_file".into()),
                "{query} {}",
                reply.text()
            );
        }
        assert_eq!(house.get("/api/map/sources", &lead).await.json(), serde_json::json!([]));
        let siti = house.sign_in(Role::CallTaker).await;
        assert_eq!(send(&house, &siti, "POST", "/api/map/sources?kind=places&name=a", PLACES).await.status, 403);
    }
}
