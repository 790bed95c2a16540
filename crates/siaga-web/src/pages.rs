//! Everything outside `/api`: the public page, the certificate page and the embedded interface.
//!
//! The interface is one page that reads its own address; it is given for the addresses it knows and for no other, so
//! that a wrong link is a 404 and not an empty screen.

use crate::{Problem, Web, endpoints::links, gate::ClientAddress, public_page};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};
use siaga_engine::clock;
use std::net::IpAddr;

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Interface;

/// First parts of the addresses that the interface serves.
const SCREENS: [&str; 18] = [
    "masuk",
    "konsol",
    "papan",
    "satuan",
    "sanksi",
    "panggil-balik",
    "serah-terima",
    "latihan",
    "pelajaran",
    "jadwal",
    "tugas",
    "laporan",
    "kampanye",
    "pesan-keluar",
    "rekaman",
    "mutu",
    "pengaturan",
    "mulai",
];
/// Files with a hash in their name never change.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// Asked again each time, answered with 304 while unchanged.
const ASK_AGAIN: &str = "no-cache";

/// Whatever the table of routes does not know.
pub async fn serve(
    State(web): State<Web>,
    ClientAddress(address): ClientAddress,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let path = uri.path();
    if path == "/api" || path.starts_with("/api/") {
        return Problem::not_found("Alamat ini").into_response();
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return Problem::wrong_method(&method).into_response();
    }
    match path {
        "/" | "/keberatan" if web.waits_for_setup().await => page(public_page::NOT_READY.to_owned()),
        "/" => page(public_page::public(&web)),
        "/publik.css" => ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], public_page::STYLE).into_response(),
        "/keberatan" => page(public_page::appeal(&web)),
        "/lokasi.css" => ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], public_page::LINK_STYLE).into_response(),
        "/lokasi.js" => {
            ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], public_page::LINK_SCRIPT).into_response()
        }
        "/sertifikat" => {
            let city = if web.waits_for_setup().await { String::new() } else { web.city_name() };
            page(public_page::certificate(&web, &city))
        }
        "/sertifikat/siaga-root.crt" => root_certificate(&web),
        _ => match path.strip_prefix("/lokasi/") {
            Some(token) => callers_page(&web, token, address).await,
            None => interface(path, &headers),
        },
    }
}

fn page(html: String) -> Response {
    ([(header::CACHE_CONTROL, ASK_AGAIN)], Html(html)).into_response()
}

/// The page of a location link; of one that is unknown or over a page that says to call 112.
async fn callers_page(web: &Web, token: &str, address: IpAddr) -> Response {
    let (status, html) = match links::admit(web, token, address, clock::now()).await {
        Ok(_) => (StatusCode::OK, public_page::link(web)),
        Err(problem) if problem.status() == StatusCode::GONE => (StatusCode::GONE, public_page::link_over(web)),
        Err(problem) => return problem.into_response(),
    };
    (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response()
}

fn root_certificate(web: &Web) -> Response {
    match &web.config.root_certificate {
        Some(pem) => {
            let head = [
                (header::CONTENT_TYPE, "application/x-x509-ca-cert"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"siaga-root.crt\""),
            ];
            (head, pem.clone()).into_response()
        }
        None => nothing_here(),
    }
}

fn interface(path: &str, headers: &HeaderMap) -> Response {
    let name = path.trim_start_matches('/');
    if SCREENS.contains(&name.split('/').next().unwrap_or_default()) {
        return match Interface::get("index.html") {
            Some(file) => give(&file, ASK_AGAIN, headers),
            None => (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response(),
        };
    }
    match Interface::get(name) {
        Some(file) if name.starts_with("assets/") => give(&file, FOREVER, headers),
        Some(file) => give(&file, ASK_AGAIN, headers),
        None => nothing_here(),
    }
}

fn give(file: &EmbeddedFile, cache: &'static str, headers: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", hex::encode(file.metadata.sha256_hash()));
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == etag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let kind = file.metadata.mimetype();
        let kind = if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind.to_owned() };
        ([(header::CONTENT_TYPE, kind)], file.data.to_vec()).into_response()
    };
    let head = response.headers_mut();
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    head.insert(header::ETAG, HeaderValue::from_str(&etag).expect("because hexadecimal is plain ASCII"));
    response
}

fn nothing_here() -> Response {
    (StatusCode::NOT_FOUND, Html(NOT_FOUND)).into_response()
}

const NOT_FOUND: &str = "<!doctype html><html lang=\"id\"><meta charset=\"utf-8\"><title>Tidak ditemukan</title>\
    <link rel=\"stylesheet\" href=\"/publik.css\"><main><h1>Halaman ini tidak ada</h1>\
    <p>Periksa alamatnya, atau kembali ke <a href=\"/\">halaman depan</a>.</p></main></html>";
const NOT_BUILT: &str = "<!doctype html><html lang=\"id\"><meta charset=\"utf-8\"><title>Antarmuka belum ada</title>\
    <link rel=\"stylesheet\" href=\"/publik.css\"><main><h1>Antarmuka belum dibangun</h1>\
    <p>Jalankan <code>make run</code> atau <code>make build</code>, lalu muat ulang. Panggilan tetap masuk.</p></main></html>";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{House, NOBODY};
    use axum::http::Request;

    #[tokio::test]
    async fn known_screens_are_the_interface_and_nothing_else_is() {
        let house = House::new().await;
        let built = Interface::get("index.html").is_some();
        let rows = [
            ("/masuk", true),
            ("/konsol", true),
            ("/tugas/abc", true),
            ("/mulai", true),
            ("/konsolx", false),
            ("/assets/none.js", false),
            ("/../Cargo.toml", false),
            ("/%2e%2e/Cargo.toml", false),
            ("/wp-login.php", false),
        ];
        for (path, screen) in rows {
            let expected = if !screen {
                404
            } else if built {
                200
            } else {
                503
            };
            let reply = house.get(path, NOBODY).await;
            assert_eq!(reply.status, expected, "{path}");
            assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
        }
        let posted = house.post("/konsol", NOBODY, serde_json::json!({})).await;
        assert_eq!((posted.status, posted.json()["type"].as_str()), (405, Some("wrong_method")));
    }

    #[tokio::test]
    async fn unchanged_files_are_not_sent_again_and_text_is_packed() {
        let house = House::new().await;
        if let Some(file) = Interface::get("index.html") {
            let etag = format!("\"{}\"", hex::encode(file.metadata.sha256_hash()));
            let request = Request::get("/masuk").header(header::IF_NONE_MATCH, etag);
            assert_eq!(house.send(request.body(axum::body::Body::empty()).unwrap()).await.status, 304);
        }
        let request = Request::get("/").header(header::ACCEPT_ENCODING, "gzip");
        let packed = house.send(request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(packed.header("content-encoding"), Some("gzip"));
        assert!(packed.body.len() < house.get("/", NOBODY).await.body.len() / 2);
    }

    #[test]
    fn every_page_of_the_interface_is_served_at_its_address() {
        let source =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/app/session.svelte.ts"))
                .unwrap();
        let line = source.lines().find(|line| line.starts_with("export type Page =")).unwrap();
        let pages: Vec<&str> = line.split('\'').skip(1).step_by(2).collect();
        assert!(pages.len() > 10, "{pages:?}");
        for page in pages {
            assert!(SCREENS.contains(&page), "{page} is 404 when it is opened by its address");
        }
    }
}
