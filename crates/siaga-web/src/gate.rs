//! Who is there, and whether they may. Asked before a handler runs, from the route's own row of the table.

use crate::{
    accounts::{cookie, token::TokenHash},
    problem::Problem,
    route::Access,
    web::Web,
};
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use siaga_core::{ids::UserId, role::Role};
use siaga_engine::clock;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The signed-in person of this request. As a handler's argument on a route that needs a [`Permission`] it is always
/// there; on an open route it asks for a session and answers 401 without one.
///
/// [`Permission`]: siaga_core::role::Permission
#[derive(Clone)]
pub struct Person {
    pub user_id: UserId,
    pub role: Role,
    /// As shown on cards and in the record.
    pub name: String,
    /// Sign-in name.
    pub user: String,
    /// Has a second factor.
    pub totp: bool,
    session: TokenHash,
}

impl Person {
    /// The session the person came with.
    #[must_use]
    pub fn session(&self) -> TokenHash {
        self.session
    }
}

/// Lets the request through to its handler, or answers 401 or 403.
pub async fn check(State((web, access)): State<(Web, Access)>, mut request: Request, next: Next) -> Response {
    if let Access::Needs(permission) = access {
        let person = match person_of(&web, request.headers()).await {
            Ok(person) => person,
            Err(problem) => return problem.into_response(),
        };
        if !person.role.may(permission) {
            return Problem::forbidden().into_response();
        }
        request.extensions_mut().insert(person);
    }
    next.run(request).await
}

async fn person_of(web: &Web, headers: &HeaderMap) -> Result<Person, Problem> {
    let session = cookie::read(headers).ok_or_else(Problem::signed_out)?.hash();
    let person = web.store.session_person(&session.0, clock::now()).await?.ok_or_else(Problem::signed_out)?;
    Ok(Person {
        user_id: person.user_id,
        role: person.role,
        name: person.display_name,
        user: person.name,
        totp: person.totp,
        session,
    })
}

impl FromRequestParts<Web> for Person {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        match parts.extensions.get::<Person>() {
            Some(person) => Ok(person.clone()),
            None => person_of(web, &parts.headers).await,
        }
    }
}

/// Where the request comes from. Without a socket (tests) the unspecified address.
pub struct ClientAddress(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(socket.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip().to_canonical())))
    }
}
