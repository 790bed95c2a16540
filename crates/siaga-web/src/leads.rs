//! Signing out takes a shift lead off the call they are beside. A session that only runs out does it here: its page may be
//! open, and its sound up, on a desk that somebody left.

use crate::Web;
use siaga_core::{ids::UserId, time::Timestamp};
use siaga_engine::clock;
use std::{collections::BTreeSet, time::Duration};
use tokio::time::{MissedTickBehavior, interval};

/// As long as a live stream outlives its session.
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// Looks until the program ends.
pub async fn watch(web: Web) {
    let mut timer = interval(LOOK_EVERY);
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        timer.tick().await;
        look(&web, clock::now()).await;
    }
}

async fn look(web: &Web, now: Timestamp) {
    let desk = web.engine.desk().borrow().clone();
    let leads: BTreeSet<UserId> =
        desk.calls.iter().filter_map(|card| card.supervision.as_ref()).map(|lead| lead.user_id).collect();
    for user in leads {
        // While the database is away nobody can tell: who is beside a call stays there, seen.
        if web.store.lead_is_signed_in(user, now).await == Ok(false) {
            web.dismiss_lead(user).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::look;
    use crate::{
        endpoints::supervision::tests::{phase, shown, talk, until},
        testing::House,
    };
    use serde_json::json;
    use siaga_core::role::Role;
    use siaga_engine::clock;
    use siaga_store::accounts::SESSION_ABSOLUTE_MS;

    #[tokio::test]
    async fn a_session_that_ran_out_takes_its_lead_off_the_line() {
        let house = House::new().await;
        let (_, call) = talk(&house, Role::CallTaker).await;
        let lead = house.sign_in(Role::ShiftLead).await;
        let path = format!("/api/calls/{call}/supervision");
        assert_eq!(house.post(&path, &lead, json!({ "how": "listen", "sdp": "v=0" })).await.status, 200);
        until(&house, "the lead is there", |view| shown(view, call).is_some()).await;
        look(&house.web, clock::now()).await;
        // What is asked of the desk is done in order: had the look taken the lead off, this would find nobody.
        let whisper = house.json(axum::http::Method::PUT, &path, &lead, json!({ "how": "whisper" })).await;
        assert_eq!(whisper.status, 204, "a session that goes on takes nobody off");
        look(&house.web, clock::now().plus_ms(SESSION_ABSOLUTE_MS)).await;
        until(&house, "the lead is off", |view| shown(view, call).is_none()).await;
        assert_eq!(phase(&house.web.engine.desk().borrow(), call), "talking", "the call is untouched");
    }
}
