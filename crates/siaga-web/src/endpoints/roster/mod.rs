//! `/api/roster`: who is on duty when. It tells and warns; it keeps nobody from a seat.

pub mod advice;
pub mod get;
pub mod put;
pub mod swaps;
#[cfg(test)]
mod tests;

use crate::{Answer, Web};
use siaga_core::{
    role::Permission,
    roster::{Duty, Swap, now_and_next, with_swaps},
    time::LocalDay,
    view::roster::{RosterPage, SwapState, SwapView},
};
use siaga_engine::clock;

/// Days of one page: a month and the weeks it begins and ends in.
const DAYS_MAX: u16 = 42;

fn agreed(swaps: &[SwapView]) -> Vec<Swap> {
    swaps.iter().filter(|one| one.state == SwapState::Agreed).map(|one| one.swap.clone()).collect()
}

/// The day before today, on which a night may have begun, and two more.
async fn around_now(web: &Web) -> Answer<Vec<Duty>> {
    let city = web.city.now();
    let zone = city.time_zone();
    let yesterday = clock::now().plus_ms(-86_400_000).local_day(zone);
    let (version, swaps) = web.store.roster(yesterday).await?;
    Ok(version.map_or_else(Vec::new, |one| with_swaps(one.plan.days(yesterday, 3, zone), &agreed(&swaps))))
}

/// Everything about some days.
async fn page(web: &Web, from: LocalDay, days: u16) -> Answer<RosterPage> {
    let city = web.city.now();
    let (version, mut swaps) = web.store.roster(from).await?;
    let plan = version.as_ref().map(|one| &one.plan);
    let duties = plan.map_or_else(Vec::new, |plan| plan.days(from, days.min(DAYS_MAX), city.time_zone()));
    let duties = with_swaps(duties, &agreed(&swaps));
    swaps.reverse();
    let near = around_now(web).await?;
    let (on, next) = now_and_next(&near, clock::now());
    Ok(RosterPage { version, duties, swaps, on: on.cloned(), next: next.cloned(), accounts: accounts(web).await? })
}

async fn accounts(web: &Web) -> Answer<Vec<String>> {
    let all = web.store.accounts().await?.into_iter();
    let sits = all.filter(|one| !one.disabled && one.role.may(Permission::TakeCalls));
    let mut names: Vec<_> = sits.map(|one| one.display_name).collect();
    names.sort_by_key(|name| name.to_lowercase());
    names.dedup();
    Ok(names)
}
