//! The HTTP side: router, endpoints, sign-in, embedded interface, public page.
//!
//! - `routes.rs` is the table of contents: every route with its method, path, access and handler.
//! - `route.rs` builds the router from that table, so that no route exists without its access being said.
//! - `endpoints/<thing>/<verb>.rs` holds one endpoint each: request, handler, tests.
//! - `gate.rs` asks who is there and whether they may; `problem.rs` says no in words.
//!
//! A request that touches a line asks the engine; one that touches none goes to the store. Nothing here calls
//! another machine inside a person's request.

pub mod accounts;
pub mod demo_callers;
pub mod documents;
pub mod drills;
pub mod dry_runs;
pub mod endpoints;
pub mod gate;
pub mod headers;
pub mod input;
pub mod leads;
pub mod origin;
pub mod pages;
pub mod problem;
pub mod public_page;
mod range;
mod recordings;
pub mod route;
pub mod routes;
mod runs;
pub mod scene;
#[cfg(test)]
mod sweep;
#[cfg(test)]
pub(crate) mod testing;
pub mod web;
pub mod what_ifs;

pub use gate::Person;
pub use input::JsonBody;
pub use problem::{Answer, Problem};
pub use web::{Web, WebConfig};

/// The whole HTTP side as one service.
pub fn router(web: Web) -> axum::Router {
    route::build(web, routes::table())
}
