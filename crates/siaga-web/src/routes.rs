//! The table of contents: every route, who may use it, who serves it. The permission sweep walks this table.
//!
//! To add an endpoint: write `endpoints/<thing>/<verb>.rs`, add its row here.

use crate::{
    endpoints::{health, session},
    route::{
        Access::{Needs, Open},
        Route, delete, get, post,
    },
};
use siaga_core::role::Permission as P;

/// All routes under `/api`.
#[must_use]
pub fn table() -> Vec<Route> {
    vec![
        get("/api/health", Open, health::get::health),
        // who is there
        get("/api/session", Needs(P::SignedIn), session::get::me),
        post("/api/session", Open, session::post::sign_in),
        delete("/api/session", Needs(P::SignedIn), session::delete::sign_out),
    ]
}
