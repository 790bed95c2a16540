//! `/api/sanctions`: what is proposed, decided, running and over about numbers.

pub mod appeal;
pub mod approve;
pub mod evidence;
pub mod get;
pub mod lift;
pub mod list;
pub mod post;
pub mod reject;
#[cfg(test)]
pub(crate) mod tests;

use crate::{Answer, Person, Problem, Web, scene::Command, web::TaskLinks};
use siaga_core::{
    city::City,
    ids::SanctionId,
    policy::Policy,
    sanction::Decider,
    time::Timestamp,
    view::{desk::Topic, sanction::SanctionDetail},
};
use siaga_engine::clock;
use siaga_store::{
    StoreError,
    sanctions::{Deciding, Ground},
};
use std::sync::Arc;

/// One request's view of city, rules and time.
pub(crate) struct Bench {
    city: Arc<City>,
    policy: Arc<Policy>,
    links: Arc<TaskLinks>,
    now: Timestamp,
}

impl Bench {
    pub fn of(web: &Web) -> Self {
        Self { city: web.city.now(), policy: web.policy.now(), links: web.task_links.clone(), now: clock::now() }
    }

    pub fn ground(&self) -> Ground<'_> {
        Ground { city: &self.city, policy: &self.policy, base_url: &self.links.base_url, now: self.now }
    }
}

fn deciding<'a>(id: SanctionId, person: &'a Person, reason: &'a str, command: &'a Command) -> Deciding<'a> {
    let by = Decider { user: person.user_id, name: &person.name, role: person.role };
    Deciding { id, by, reason, once: command.once() }
}

async fn detail(web: &Web, bench: &Bench, id: SanctionId) -> Answer<SanctionDetail> {
    match web.store.sanction_detail(id, &bench.ground()).await {
        Err(StoreError::NotFound) => Err(Problem::not_found("Tindakan")),
        other => Ok(other?),
    }
}

/// Tells the consoles after a commit, and gives the sanction as it is now.
async fn changed(web: &Web, bench: &Bench, id: SanctionId) -> Answer<SanctionDetail> {
    web.changes.tell(Topic::Sanctions, Some(id.to_string()));
    web.changes.tell(Topic::Outbox, None);
    detail(web, bench, id).await
}
