//! A whole HTTP side over an empty store, without a socket, for the tests of endpoints.

use crate::{
    accounts::password,
    web::{Parts, Recordings, TaskLinks, Web, WebConfig},
};
use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Method, Request, header},
    response::Response,
};
use serde_json::Value;
use siaga_core::{city::serang, ids::UserId, policy::Policy, role::Role};
use siaga_engine::{
    Engine, EngineConfig, changes::Changes, city::LiveCity, clock, policy::LivePolicy, testing::ScriptedVoice,
};
use siaga_store::{
    Store,
    accounts::NewAccount,
    testing::{TestFolder, sqlite},
};
use std::sync::Arc;
use tokio::sync::OnceCell;
use tower::ServiceExt;
use uuid::Uuid;

/// The password of every account in tests.
pub const PASSWORD: &str = "padang rumput hijau";
/// The cookie of who is not signed in.
pub const NOBODY: &str = "";

/// Hashed once: argon2 is slow on purpose.
static HASH: OnceCell<String> = OnceCell::const_new();

/// Router and store of one test.
pub struct House {
    pub web: Web,
    pub store: Store,
    /// The telephone side: a script.
    pub voice: Arc<ScriptedVoice>,
    router: Router,
    _folder: TestFolder,
}

/// An answer, read to its end.
pub struct Reply {
    pub status: u16,
    headers: HeaderMap,
    pub body: Bytes,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; `null` where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The session cookie it sets, as the next request carries it.
    pub fn cookie(&self) -> Option<String> {
        self.header("set-cookie").and_then(|line| line.split(';').next()).map(str::to_owned)
    }
}

impl House {
    pub async fn new() -> Self {
        Self::with(WebConfig::default()).await
    }

    pub async fn with(config: WebConfig) -> Self {
        let (store, folder) = sqlite().await;
        let key = store.task_key([7; 32]).await.expect("because the store is there");
        let (city, changes) = (LiveCity::new(serang()), Changes::default());
        let (voice, events) = ScriptedVoice::new();
        let policy = LivePolicy::new(Policy::default());
        let config_of = EngineConfig {
            spool: folder.path().join("spool.jsonl"),
            policy: policy.clone(),
            task_key: key.clone(),
            base_url: "https://siaga.test".to_owned(),
        };
        let engine = Engine::start(config_of, voice.clone(), events, store.clone(), city.clone(), changes.clone())
            .expect("because the folder takes a spool");
        let parts = Parts {
            store: store.clone().marked(config.edition().mark()),
            engine,
            policy,
            city,
            changes,
            task_links: TaskLinks { key, base_url: "https://siaga.test".to_owned() },
            recordings: Recordings { folder: folder.path().join("recordings"), key: [9; 32] },
        };
        let web = Web::new(parts, config);
        Self { router: crate::router(web.clone()), web, store, voice, _folder: folder }
    }

    /// Makes an account with [`PASSWORD`].
    pub async fn account(&self, name: &str, role: Role) -> UserId {
        let hash = HASH.get_or_init(|| password::hash(PASSWORD.to_owned())).await;
        let new = NewAccount {
            user_id: UserId(Uuid::now_v7()),
            name: name.to_owned(),
            display_name: format!("Nama {name}"),
            role,
            password_hash: hash.clone(),
        };
        self.store.account_create(&new, None, clock::now()).await.expect("because the name is new");
        new.user_id
    }

    /// Makes an account of this role and signs it in; gives the cookie.
    pub async fn sign_in(&self, role: Role) -> String {
        let name = format!("{}-{}", role.key(), Uuid::now_v7().simple());
        self.account(&name, role).await;
        self.sign_in_as(&name).await
    }

    /// Signs in an account with [`PASSWORD`].
    pub async fn sign_in_as(&self, name: &str) -> String {
        let body = serde_json::json!({ "user": name, "password": PASSWORD });
        let reply = self.post("/api/session", NOBODY, body).await;
        reply.cookie().unwrap_or_else(|| panic!("{name} cannot sign in: {}", reply.text()))
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Reply {
        self.send(request(Method::GET, path, cookie).body(Body::empty()).expect("because the path is one")).await
    }

    pub async fn delete(&self, path: &str, cookie: &str) -> Reply {
        self.send(request(Method::DELETE, path, cookie).body(Body::empty()).expect("because the path is one")).await
    }

    pub async fn post(&self, path: &str, cookie: &str, body: Value) -> Reply {
        self.json(Method::POST, path, cookie, body).await
    }

    /// Any method with a JSON body.
    pub async fn json(&self, method: Method, path: &str, cookie: &str, body: Value) -> Reply {
        let request = request(method, path, cookie).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).expect("because the path is one")).await
    }

    /// As a browser sends it from a page of another origin.
    pub async fn post_from(&self, origin: &str, path: &str, body: Value) -> Reply {
        let request = request(Method::POST, path, NOBODY)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ORIGIN, origin);
        self.send(request.body(Body::from(body.to_string())).expect("because the path is one")).await
    }

    /// An answer whose body is still running.
    pub async fn stream(&self, path: &str, cookie: &str) -> Response {
        let request = request(Method::GET, path, cookie).body(Body::empty()).expect("because the path is one");
        self.router.clone().oneshot(request).await.expect("because the router never fails")
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.expect("because the router never fails");
        let (parts, mut body) = response.into_parts();
        if parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream") {
            // It ends only with the house.
            body = Body::empty();
        }
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("because the body is in memory");
        Reply { status: parts.status.as_u16(), headers: parts.headers, body }
    }
}

fn request(method: Method, path: &str, cookie: &str) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path).header(header::HOST, "siaga.test");
    if cookie == NOBODY { request } else { request.header(header::COOKIE, cookie) }
}
