//! `POST /api/ledger`: a file of old records, as the body itself (`text/csv`) or as the one file of a form.
//! 200 when it is in or was in before, 422 with every problem when nothing was taken.

use crate::{Answer, Person, Problem, Web};
use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, Multipart, Request, State},
    http::{StatusCode, header::CONTENT_TYPE},
};
use siaga_core::{
    ids::ImportId,
    ledger::{self, LEDGER_BYTES_MAX},
    view::{
        desk::Topic,
        ledger::{LedgerAnswer, LedgerOutcome},
    },
};
use siaga_engine::clock;
use siaga_store::ledger::{LedgerImport, refusal};
use uuid::Uuid;

pub async fn import(
    State(web): State<Web>,
    person: Person,
    request: Request,
) -> Answer<(StatusCode, Json<LedgerAnswer>)> {
    let bytes = file_of(request, LEDGER_BYTES_MAX).await?;
    let city = web.city.now();
    let now = clock::now();
    let import = LedgerImport { by: Some(person.user_id), ..LedgerImport::of(&bytes, ImportId(Uuid::now_v7()), now) };
    // Reading takes seconds for a large file: not on a thread that serves others.
    let read = tokio::task::spawn_blocking(move || ledger::read(&bytes, &city, now)).await;
    let answer = match read.map_err(|error| Problem::internal(&error))? {
        Ok(ledger) => web.store.ledger_import(&ledger, &import).await?,
        Err(problems) => refusal(&problems),
    };
    let status = match answer.outcome {
        LedgerOutcome::Refused => StatusCode::UNPROCESSABLE_ENTITY,
        LedgerOutcome::Imported => {
            web.changes.tell(Topic::Calls, None);
            StatusCode::OK
        }
        LedgerOutcome::Known => StatusCode::OK,
    };
    Ok((status, Json(answer)))
}

fn too_large(most: usize) -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "Berkas terlalu besar")
        .detail(format!("Paling banyak {} MB: bagi berkas per tahun.", most / 1024 / 1024))
}

/// The file of a request, at most so many bytes of it.
pub(super) async fn file_of(request: Request, most: usize) -> Answer<Bytes> {
    let bytes = sent(request, most).await?;
    if bytes.len() > most { Err(too_large(most)) } else { Ok(bytes) }
}

async fn sent(request: Request, most: usize) -> Answer<Bytes> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("text/csv") {
        return Bytes::from_request(request, &()).await.map_err(|_| too_large(most));
    }
    if !kind.starts_with("multipart/form-data") {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_csv", "Kiriman harus berkas CSV")
            .detail("Kirim sebagai text/csv, atau satu berkas dalam multipart/form-data."));
    }
    let unreadable = || Problem::new(StatusCode::BAD_REQUEST, "unreadable", "Formulir tidak terbaca");
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        if field.file_name().is_some() {
            return field.bytes().await.map_err(|error| match error.status() {
                StatusCode::PAYLOAD_TOO_LARGE => too_large(most),
                _ => unreadable(),
            });
        }
    }
    Err(Problem::new(StatusCode::BAD_REQUEST, "no_file", "Tidak ada berkas di dalam formulir"))
}

#[cfg(test)]
pub(crate) mod tests {
    use crate::testing::{House, Reply};
    use axum::{
        body::Body,
        http::{Request, header},
    };
    use siaga_core::role::Role;

    const HEADER: &str = "started_at,number,answered_at,ended_at,class";
    const ROW: &str = "2020-03-01 08:00:00,081234567890,,2020-03-01 08:00:30,abandoned";

    async fn send(house: &House, cookie: &str, kind: &str, body: Vec<u8>) -> Reply {
        let request = Request::post("/api/ledger").header(header::HOST, "siaga.test").header(header::COOKIE, cookie);
        house.send(request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()).await
    }

    /// Uploads a ledger as the body itself.
    pub(crate) async fn upload(house: &House, cookie: &str, text: impl Into<Vec<u8>>) -> Reply {
        send(house, cookie, "text/csv", text.into()).await
    }

    #[tokio::test]
    async fn a_file_is_taken_once_by_body_or_by_form() {
        let house = House::new().await;
        let lead = house.sign_in(Role::ShiftLead).await;
        let text = format!("{HEADER}\n{ROW}\n");
        let reply = upload(&house, &lead, text.clone()).await;
        assert_eq!((reply.status, &reply.json()["outcome"]), (200, &"imported".into()), "{}", reply.text());
        let form = format!(
            "--b\r\nContent-Disposition: form-data; name=\"word\"\r\n\r\nx\r\n--b\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--b--\r\n"
        );
        let reply = send(&house, &lead, "multipart/form-data; boundary=b", form.into_bytes()).await;
        assert_eq!((reply.status, &reply.json()["outcome"]), (200, &"known".into()), "{}", reply.text());
        assert_eq!(reply.json()["known"], 1);
    }

    #[tokio::test]
    async fn a_bad_file_is_refused_with_its_problems() {
        let house = House::new().await;
        let lead = house.sign_in(Role::ShiftLead).await;
        let reply = upload(&house, &lead, format!("{HEADER}\n{ROW}\n{}\n", ROW.replace("abandoned", "abandon"))).await;
        assert_eq!(reply.status, 422);
        let body = reply.json();
        assert_eq!((&body["outcome"], &body["added"], &body["bad"]), (&"refused".into(), &0.into(), &1.into()));
        assert_eq!((&body["problems"][0]["line"], &body["problems"][0]["column"]), (&3.into(), &"class".into()));
        for (kind, text, status) in [
            ("text/csv", &b"\xff\xfea\0"[..], 422),
            ("text/csv", b"", 422),
            ("application/json", b"{}", 415),
            ("multipart/form-data; boundary=b", b"--b--\r\n", 400),
            ("multipart/form-data", b"x", 400),
        ] {
            assert_eq!(send(&house, &lead, kind, text.to_vec()).await.status, status, "{kind}");
        }
        let figures = house.get("/api/report?from=2020-01-01&to=2020-12-31", &lead).await.json();
        assert_eq!(figures["offered"], 0);
    }

    #[tokio::test]
    async fn who_only_takes_calls_imports_nothing() {
        let house = House::new().await;
        for role in [Role::CallTaker, Role::Dispatcher, Role::Viewer] {
            let cookie = house.sign_in(role).await;
            assert_eq!(upload(&house, &cookie, format!("{HEADER}\n{ROW}\n")).await.status, 403);
        }
    }
}
