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
use siaga_store::StoreError;
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};
use tokio::time::timeout;

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

/// How long the database may think about a session before the last known answer counts: a call rings meanwhile.
const SESSION_WAIT: Duration = Duration::from_secs(1);

async fn person_of(web: &Web, headers: &HeaderMap) -> Result<Person, Problem> {
    let session = cookie::read(headers).ok_or_else(Problem::signed_out)?.hash();
    let now = clock::now();
    let person = match timeout(SESSION_WAIT, web.store.session_person(&session.0, now)).await {
        Ok(Ok(Some(person))) => {
            web.remembered.keep(session, &person, now);
            person
        }
        Ok(Ok(None)) => {
            web.remembered.forget(session);
            return Err(Problem::signed_out());
        }
        Ok(Err(StoreError::Gone(_))) | Err(_) => {
            let known = web.remembered.person(session, now);
            known.ok_or_else(|| Problem::unavailable("Basis data sedang tidak menjawab"))?
        }
        Ok(Err(error)) => return Err(error.into()),
    };
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

/// Where the request comes from, as limits count it: see [`counted_as`]. Without a socket (tests) the unspecified address.
pub struct ClientAddress(pub IpAddr);

/// What limits count as one: an IPv4 address, or the /64 of an IPv6 one. A subscriber is given all of a /64, and would
/// have 2^64 times each limit otherwise.
#[must_use]
pub fn counted_as(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from(u128::from(address) & !u128::from(u64::MAX))),
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(socket.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| counted_as(peer.ip()))))
    }
}

#[cfg(test)]
mod tests {
    use super::counted_as;
    use crate::testing::House;
    use siaga_core::role::Role;
    use std::net::IpAddr;

    #[test]
    fn limits_count_a_subscriber_once() {
        let rows = [
            ("10.0.0.1", "10.0.0.1"),
            ("::ffff:10.0.0.1", "10.0.0.1"),
            ("2001:db8:1:2::1", "2001:db8:1:2::"),
            ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::"),
            ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ];
        for (address, counted) in rows {
            let [address, counted] = [address, counted].map(|text| text.parse::<IpAddr>().unwrap());
            assert_eq!(counted_as(address), counted, "{address}");
        }
    }

    #[tokio::test]
    async fn who_is_signed_in_stays_so_while_the_database_is_away_and_nobody_else_comes_in() {
        let house = House::new().await;
        let here = house.sign_in(Role::CallTaker).await;
        let gone = house.sign_in(Role::CallTaker).await;
        let silent = house.sign_in(Role::CallTaker).await;
        assert_eq!(house.get("/api/session", &here).await.status, 200);
        assert_eq!(house.get("/api/session", &gone).await.status, 200);
        assert_eq!(house.delete("/api/session", &gone).await.status, 204);
        house.store.close().await;
        let rows = [
            (&here, "/api/session", 200),
            (&here, "/api/users", 403),
            (&gone, "/api/session", 503),
            (&silent, "/api/session", 503),
        ];
        for (cookie, path, status) in rows {
            assert_eq!(house.get(path, cookie).await.status, status, "{path}");
        }
        assert_eq!(house.get("/api/session", "").await.status, 401);
    }
}
