//! The permission sweep: every route of the table × nobody and the five roles. A route without a row of its own
//! cannot exist, since the router is built from the table; what is open to all is listed here, so that adding to it
//! is a change somebody reads.

use crate::{
    route::Access,
    routes,
    testing::{House, NOBODY, Reply},
};
use serde_json::json;
use siaga_core::role::Role;

/// Routes that ask for nobody: each says why.
const OPEN: [&str; 15] = [
    "GET /api/health",   // what the sign-in page must know
    "POST /api/session", // signing in
    "POST /api/setup",   // the first administrator, by the one-time link
    // other offices: the city's feed token is the right, to sums without a person
    "GET /api/feeds/ministry",
    "GET /api/feeds/ministry.csv",
    // the caller's page: the random link in the path is the right, to one caller's own thread for two hours
    "GET /api/links/{token}",
    "POST /api/links/{token}/positions",
    "POST /api/links/{token}/lines",
    "POST /api/links/{token}/photos",
    "POST /api/aml", // telephones: the city's key is the right, to tell where a caller is
    // the responder's page: the signed link in the path is the right, to one assignment
    "GET /api/tasks/{token}",
    "POST /api/tasks/{token}/steps",
    "POST /api/tasks/{token}/photos",
    // the public page's form: the code of the notice is the right, and every code gets the same answer
    "POST /api/appeals",
    // the pattern of a city file, for whoever sets a city up: the file of this repository, never the city's own
    "GET /api/city/template",
];
/// Routes that the sweep cannot ask. Empty, and stays empty.
const UNCOVERED: [&str; 0] = [];

/// A path with something in each of its places.
fn filled(path: &str) -> String {
    let place = |part: &str| {
        if part.starts_with('{') { "01890000-0000-7000-8000-000000000000".to_owned() } else { part.to_owned() }
    };
    path.split('/').map(place).collect::<Vec<_>>().join("/")
}

fn check(what: &str, who: &str, reply: &Reply, expected: Option<u16>) {
    match expected {
        Some(status) => {
            assert_eq!(reply.status, status, "{who} at {what}: {}", reply.text());
            assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{who} at {what}");
            assert_eq!(reply.json()["status"], status, "{who} at {what}");
        }
        None => assert!(![401, 403].contains(&reply.status), "{who} at {what}: {}", reply.text()),
    }
}

#[tokio::test]
async fn every_route_keeps_its_door() {
    let house = House::new().await;
    let mut people = Vec::new();
    for role in Role::ALL {
        house.account(role.key(), role).await;
        people.push((role, house.sign_in_as(role.key()).await));
    }
    let mut open = Vec::new();
    for row in routes::table() {
        let what = format!("{} {}", row.method, row.path);
        if UNCOVERED.contains(&what.as_str()) {
            continue;
        }
        let path = filled(row.path);
        let Access::Needs(permission) = row.access else {
            open.push(what);
            continue;
        };
        // An empty object is wrong for most bodies: whoever may is told so (422), who may not never gets that far.
        let nobody = house.json(row.method.clone(), &path, NOBODY, json!({})).await;
        check(&what, "nobody", &nobody, Some(401));
        for (role, cookie) in &mut people {
            let may = role.may(permission);
            let reply = house.json(row.method.clone(), &path, cookie, json!({})).await;
            check(&what, role.key(), &reply, (!may).then_some(403));
            if what == "DELETE /api/session" {
                *cookie = house.sign_in_as(role.key()).await;
            }
        }
    }
    assert_eq!(open, OPEN, "routes open to everyone");
}

#[tokio::test]
async fn what_is_not_in_the_table_is_a_problem_too() {
    let house = House::new().await;
    let rows = [
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/api", 404, "not_found"),
        ("PUT", "/api/session", 405, "wrong_method"),
        ("PATCH", "/api/health", 405, "wrong_method"),
    ];
    for (method, path, status, kind) in rows {
        let reply = house.json(method.parse().unwrap(), path, NOBODY, json!({})).await;
        assert_eq!((reply.status, reply.json()["type"].as_str()), (status, Some(kind)), "{method} {path}");
        assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{method} {path}");
    }
}

#[tokio::test]
async fn bad_bodies_are_refused_in_words() {
    use axum::{body::Body, http::Request};
    let house = House::new().await;
    let long = "x".repeat(crate::route::BODY_MAX + 1);
    let json_type = Some("application/json");
    let rows = [
        ("{", json_type, 400, "not_json"),
        ("{}", json_type, 422, "wrong_fields"),
        (r#"{"user":"a","password":"b"}"#, None, 415, "not_json"),
        (r#"{"user":"a","password":"b"}"#, Some("text/plain"), 415, "not_json"),
        (r#"{"user":1,"password":"b"}"#, json_type, 422, "wrong_fields"),
        (long.as_str(), json_type, 413, "too_large"),
    ];
    for (body, kind, status, name) in rows {
        let mut request = Request::post("/api/session").header("host", "siaga.test");
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        let reply = house.send(request.body(Body::from(body.to_owned())).unwrap()).await;
        let shown: String = body.chars().take(30).collect();
        assert_eq!((reply.status, reply.json()["type"].as_str()), (status, Some(name)), "{shown}");
    }
}

#[tokio::test]
async fn every_answer_wears_its_headers() {
    let house = House::new().await;
    for path in ["/api/health", "/api/session", "/api/nothing"] {
        let reply = house.get(path, NOBODY).await;
        let policy = reply.header("content-security-policy").expect("a policy");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
        assert!(reply.header("permissions-policy").is_some_and(|p| p.contains("microphone=(self)")), "{path}");
        assert!(reply.header("x-request-id").is_some_and(|id| id.len() == 36), "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), None, "{path}");
    }
}
