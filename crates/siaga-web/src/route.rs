//! Builds the router from the table of routes, so that every route has its access, its deadline and its size limit.

use crate::{gate, headers, origin, pages, problem::Problem, web::Web};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    handler::Handler,
    http::{Method, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{self, MethodRouter},
};
use siaga_core::role::Permission;
use std::time::Duration;
use tower_http::compression::CompressionLayer;

/// Who may use a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Everyone. The endpoint itself decides by a token in the path or body, or says nothing private.
    Open,
    /// Signed-in people whose role has this right.
    Needs(Permission),
}

/// Longest wait for the head of an answer: a person has given up by then, and the store's own deadlines are shorter.
pub const ANSWER_DEADLINE: Duration = Duration::from_secs(10);
/// Files of many megabytes over a slow line.
pub const UPLOAD_DEADLINE: Duration = Duration::from_secs(300);
/// A document of a year of a city is set in tenths of a second; this is for a machine that has other work, too.
pub const DOCUMENT_DEADLINE: Duration = Duration::from_secs(60);
/// Largest ordinary body, bytes: the longest form is a sheet of notes.
pub const BODY_MAX: usize = 64 * 1024;

/// One row of the table.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
    handler: MethodRouter<Web>,
    deadline: Duration,
    body_max: usize,
}

impl Route {
    fn new(method: Method, path: &'static str, access: Access, handler: MethodRouter<Web>) -> Self {
        Self { method, path, access, handler, deadline: ANSWER_DEADLINE, body_max: BODY_MAX }
    }

    /// A document is set before it can be answered with.
    #[must_use]
    pub fn document(mut self) -> Self {
        self.deadline = DOCUMENT_DEADLINE;
        self
    }

    /// A long answer that holds no secret: compressed on the wire for who asks so.
    #[must_use]
    pub fn packed(mut self) -> Self {
        self.handler = self.handler.layer(CompressionLayer::new());
        self
    }

    /// A file comes in: at most `bytes`, with more time.
    #[must_use]
    pub fn upload(mut self, bytes: usize) -> Self {
        self.body_max = bytes;
        self.deadline = UPLOAD_DEADLINE;
        self
    }
}

macro_rules! verbs {
    ($($name:ident $method:ident),+) => {$(
        #[doc = concat!("A `", stringify!($method), "` row.")]
        pub fn $name<H, T>(path: &'static str, access: Access, handler: H) -> Route
        where
            H: Handler<T, Web>,
            T: 'static,
        {
            Route::new(Method::$method, path, access, routing::$name(handler))
        }
    )+};
}
verbs!(get GET, post POST, put PUT, patch PATCH, delete DELETE);

/// The router of the whole HTTP side.
pub fn build(web: Web, table: Vec<Route>) -> Router {
    let mut router = Router::new();
    for row in table {
        let deadline = row.deadline;
        let handler = row
            .handler
            .route_layer(middleware::from_fn_with_state((web.clone(), row.access), gate::check))
            .route_layer(DefaultBodyLimit::max(row.body_max))
            .route_layer(middleware::from_fn(move |request, next| in_time(deadline, request, next)));
        router = router.route(row.path, handler);
    }
    router
        .fallback(pages::serve.layer(CompressionLayer::new()))
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn(origin::same_origin))
        .layer(middleware::from_fn(headers::dress))
        .with_state(web)
}

async fn in_time(deadline: Duration, request: Request, next: Next) -> Response {
    match tokio::time::timeout(deadline, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(StatusCode::GATEWAY_TIMEOUT, "too_slow", "Server tidak menjawab pada waktunya")
            .detail("Periksa apakah perubahan sudah tersimpan, lalu coba lagi.")
            .into_response(),
    }
}

async fn wrong_method(method: Method) -> Problem {
    Problem::wrong_method(&method)
}
