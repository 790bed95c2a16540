//! `/api/links/{token}`: the caller's own page. No account: the link is the right, to this one caller's thread only.
//! `/api/links`: the same for the desk.

pub mod get;
pub mod lines;
pub mod list;
pub mod photos;
pub mod positions;

use crate::{Answer, Problem, Web};
use axum::http::StatusCode;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use siaga_core::{
    desk::{Sender, Sent},
    time::Timestamp,
    view::{desk::Topic, link::LinkPage},
};
use siaga_store::links::{LinkToken, OpenLink};
use std::{net::IpAddr, num::NonZeroU32};

/// Requests a second from one address: a page asks every four seconds, and a mobile network hides hundreds of telephones
/// behind one address. No limit is needed against guessing (128 bits), only against wearing us out.
const REQUESTS_PER_S: NonZeroU32 = NonZeroU32::new(20).expect("because 20 is not 0");
const REQUESTS_BURST: NonZeroU32 = NonZeroU32::new(120).expect("because 120 is not 0");
/// Requests a second with one link: whoever taps as fast as they can stays far below.
const OF_LINK_PER_S: NonZeroU32 = NonZeroU32::new(3).expect("because 3 is not 0");
const OF_LINK_BURST: NonZeroU32 = NonZeroU32::new(30).expect("because 30 is not 0");
/// Addresses and links remembered before those that are free again are forgotten.
const KEPT_MAX: usize = 10_000;

/// The open door's own limiters.
pub struct LinkLimit {
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    links: DefaultKeyedRateLimiter<uuid::Uuid>,
}

impl Default for LinkLimit {
    fn default() -> Self {
        Self {
            addresses: RateLimiter::keyed(Quota::per_second(REQUESTS_PER_S).allow_burst(REQUESTS_BURST)),
            links: RateLimiter::keyed(Quota::per_second(OF_LINK_PER_S).allow_burst(OF_LINK_BURST)),
        }
    }
}

/// The link of a token that lives, unless its address or itself asks too often.
pub(crate) async fn admit(web: &Web, token: &str, address: IpAddr, now: Timestamp) -> Answer<OpenLink> {
    let limit = &web.links;
    if limit.addresses.len() >= KEPT_MAX {
        limit.addresses.retain_recent();
    }
    if limit.addresses.check_key(&address).is_err() {
        return Err(Problem::too_often(1));
    }
    let Some(token) = LinkToken::read(token) else { return Err(over()) };
    let link = web.store.link_open(&token, now).await?.ok_or_else(over)?;
    if limit.links.len() >= KEPT_MAX {
        limit.links.retain_recent();
    }
    if limit.links.check_key(&link.link.0).is_err() {
        return Err(Problem::too_often(1));
    }
    Ok(link)
}

/// Unknown and run out are told apart for nobody.
fn over() -> Problem {
    Problem::new(StatusCode::GONE, "link_over", "Tautan ini tidak berlaku lagi")
        .detail("Bila Anda masih perlu bantuan, telepon 112.")
}

/// Tells the desk and its screens, after the commit.
async fn arrived(web: &Web, link: &OpenLink, sent: Sent) {
    let from = Sender { call: Some(link.call), number: Some(link.number.clone()) };
    web.engine.sent(from, sent).await;
    web.changes.tell(Topic::Links, Some(link.call.to_string()));
}

async fn page(web: &Web, link: &OpenLink, now: Timestamp) -> Answer<LinkPage> {
    Ok(web.store.link_page(link, now).await?)
}

#[cfg(test)]
mod tests;
