use crate::{
    endpoints::calls::testing::{NUMBER, T0, write_call},
    testing::{House, NOBODY, Reply},
    web::WebConfig,
};
use axum::{body::Body, http::Request};
use serde_json::{Value, json};
use siaga_core::{class::Class, ids::CallId, role::Role};
use siaga_engine::clock;
use siaga_store::testing::TestFolder;

/// A call of just now, and the path of the link that a call-taker sent its caller.
async fn linked(house: &House, siti: &str) -> (CallId, String) {
    let seconds = clock::now().ms_since(T0) / 1_000 - 60;
    let call = write_call(house, seconds, Some(NUMBER), Class::Emergency).await;
    let sent = house.post(&format!("/api/calls/{call}/link"), siti, json!({})).await;
    assert_eq!(sent.status, 201, "{}", sent.text());
    let outbox = house.get("/api/outbox", siti).await.json();
    let url = outbox[0]["task_url"].as_str().expect("the demo's telephone is the page").to_owned();
    (call, url.strip_prefix("https://siaga.test").expect("our own address").to_owned())
}

fn api(page: &str) -> String {
    format!("/api/links/{}", page.strip_prefix("/lokasi/").expect("a link"))
}

async fn line(house: &House, page: &str, id: &str, text: &str) -> Reply {
    house.post(&format!("{}/lines", api(page)), NOBODY, json!({ "line_id": id, "text": text })).await
}

async fn thread(house: &House, siti: &str) -> Value {
    house.get("/api/links", siti).await.json()[0].clone()
}

const ID: &str = "01890000-0000-7000-8000-000000000001";

#[tokio::test]
async fn a_caller_sends_place_words_and_photo_and_is_answered() {
    let folder = TestFolder::new();
    let house = House::with(WebConfig { attachments: folder.path().to_owned(), ..WebConfig::default() }).await;
    let siti = house.sign_in(Role::CallTaker).await;
    let (call, page) = linked(&house, &siti).await;
    assert_eq!(thread(&house, &siti).await["link"]["opened_at"], Value::Null);
    assert_eq!(house.get(&api(&page), NOBODY).await.status, 200);
    assert_ne!(thread(&house, &siti).await["link"]["opened_at"], Value::Null, "the desk sees that it was opened");

    let body = json!({ "lat": -6.12, "lng": 106.15, "radius_m": 18.0 });
    let placed = house.post(&format!("{}/positions", api(&page)), NOBODY, body).await;
    assert_eq!((placed.status, &placed.json()["radius_m"]), (200, &18.0.into()), "{}", placed.text());
    let nowhere = json!({ "lat": 95, "lng": 106.15, "radius_m": 18.0 });
    assert_eq!(house.post(&format!("{}/positions", api(&page)), NOBODY, nowhere).await.status, 422);
    assert_eq!(line(&house, &page, ID, "Saya tidak bisa bicara").await.status, 200);
    assert_eq!(line(&house, &page, ID, "Saya tidak bisa bicara").await.json()["lines"].as_array().unwrap().len(), 1);
    assert_eq!(line(&house, &page, "01890000-0000-7000-8000-000000000002", "  ").await.status, 422);
    let mut form = b"--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\n".to_vec();
    form.extend_from_slice(b"\xff\xd8\xff\xe0 a small picture\r\n--x--\r\n");
    let request = Request::post(format!("{}/photos", api(&page)))
        .header("host", "siaga.test")
        .header("content-type", "multipart/form-data; boundary=x");
    assert_eq!(house.send(request.body(Body::from(form)).unwrap()).await.status, 200);

    let shown = thread(&house, &siti).await;
    assert_eq!((&shown["unread"], &shown["position"]["radius_m"]), (&2.into(), &18.0.into()), "{shown}");
    let photo = shown["lines"].as_array().unwrap().iter().find_map(|line| line["photo"].as_str()).expect("a photo");
    let picture = house.get(&format!("/api/attachments/{photo}"), &siti).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/jpeg")));
    assert_eq!(house.get(&format!("/api/attachments/{photo}"), NOBODY).await.status, 401);

    let path = format!("/api/calls/{call}/lines");
    assert_eq!(house.post(&path, &siti, json!({ "text": "Kami datang" })).await.status, 201);
    assert_eq!(house.post(&path, &siti, json!({ "text": "" })).await.status, 422);
    assert_eq!(house.post(&format!("{path}/read"), &siti, json!({})).await.status, 204);
    let own = house.get(&api(&page), NOBODY).await.json();
    let last = own["lines"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["text"], &last["mine"]), (&"Kami datang".into(), &false.into()));
    assert!(!own.to_string().contains("Nama "), "no name of a call-taker leaves the house");
    assert_eq!(own["lines"][0]["read"], true);
    assert_eq!(thread(&house, &siti).await["unread"], 0);
    let of_call = house.get(&format!("/api/calls/{call}/link"), &siti).await.json();
    assert_eq!(of_call[0]["lines"].as_array().unwrap().len(), 3);
    // the call is over and nobody is at it: who writes then is put on the call-back list, and not called by the machine
    assert_eq!(line(&house, &page, "01890000-0000-7000-8000-000000000003", "masih di sini").await.status, 200);
    let mut desk = house.web.engine.desk();
    let view = desk.wait_for(|view| !view.callbacks.is_empty()).await.expect("the engine lives").clone();
    assert_eq!((view.callbacks[0].call_id, view.callbacks[0].next_attempt_at), (call, None));
}

#[tokio::test]
async fn the_page_is_small_strict_and_asks_for_the_place() {
    let house = House::new().await;
    let siti = house.sign_in(Role::CallTaker).await;
    let (_, page) = linked(&house, &siti).await;
    let html = house.get(&page, NOBODY).await;
    let (style, script) = (house.get("/lokasi.css", NOBODY).await, house.get("/lokasi.js", NOBODY).await);
    assert_eq!((html.status, style.status, script.status), (200, 200, 200));
    let bytes = html.body.len() + style.body.len() + script.body.len();
    assert!(bytes < 20_000, "{bytes} bytes");
    let policy = html.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert!(html.header("permissions-policy").unwrap().contains("geolocation=(self)"));
    assert_eq!(html.header("cache-control"), Some("no-store"));
    assert_eq!(html.header("referrer-policy"), Some("no-referrer"));
    for word in ["Saya butuh bantuan", "Saya tidak bisa bicara", "Salah tekan", "lang=\"id\""] {
        assert!(html.text().contains(word), "{word}");
    }
    for word in ["style=\"", "onclick=", "{{", "http://"] {
        assert!(!html.text().contains(word), "{word}");
    }
    // nowhere else may a page ask where somebody is
    assert!(house.get("/", NOBODY).await.header("permissions-policy").unwrap().contains("geolocation=()"));
}

#[tokio::test]
async fn a_link_that_is_none_says_to_call() {
    let house = House::new().await;
    let siti = house.sign_in(Role::CallTaker).await;
    let (_, page) = linked(&house, &siti).await;
    for wrong in [
        "/lokasi/x".to_owned(),
        "/lokasi/".to_owned(),
        page[..page.len() - 2].to_owned(),
        "/lokasi/AAAAAAAAAAAAAAAAAAAAAA".to_owned(),
    ] {
        let reply = house.get(&wrong, NOBODY).await;
        assert_eq!(reply.status, 410, "{wrong}");
        assert!(reply.text().contains("Telepon 112"), "{wrong}");
        let asked = house.get(&api(&wrong), NOBODY).await;
        assert!([404, 410].contains(&asked.status), "{wrong}: {}", asked.status);
    }
    assert_eq!(house.get("/api/links", &format!("siaga={}", &page[8..])).await.status, 401, "it opens nothing else");
}

#[tokio::test]
async fn who_can_get_no_message_is_told_in_words() {
    let house = House::new().await;
    let siti = house.sign_in(Role::CallTaker).await;
    for (seconds, number, words) in [(0, None, "tanpa nomor"), (1, Some("+62254201234"), "telepon kabel")] {
        let call = write_call(&house, seconds, number, Class::Emergency).await;
        let reply = house.post(&format!("/api/calls/{call}/link"), &siti, json!({})).await;
        assert_eq!((reply.status, reply.json()["type"].as_str()), (422, Some("no_link")));
        assert!(reply.text().contains(words), "{}", reply.text());
        let line = house.post(&format!("/api/calls/{call}/lines"), &siti, json!({ "text": "halo" })).await;
        assert_eq!(line.status, 409);
    }
    let (call, _) = linked(&house, &siti).await;
    let again = house.post(&format!("/api/calls/{call}/link"), &siti, json!({})).await;
    assert_eq!((again.status, again.json()["type"].as_str()), (409, Some("just_sent")));
    let unknown = "/api/calls/01890000-0000-7000-8000-000000000000/link";
    assert_eq!(house.post(unknown, &siti, json!({})).await.status, 404);
}

#[tokio::test]
async fn one_link_in_a_loop_is_slowed() {
    let house = House::new().await;
    let siti = house.sign_in(Role::CallTaker).await;
    let (_, page) = linked(&house, &siti).await;
    let mut slowed = 0;
    for _ in 0..60 {
        match house.get(&api(&page), NOBODY).await.status {
            200 => {}
            429 => slowed += 1,
            other => panic!("{other}"),
        }
    }
    assert!(slowed > 0);
}
