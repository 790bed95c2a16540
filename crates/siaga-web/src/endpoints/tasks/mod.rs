//! `/api/tasks/{token}`: the responder's page. No account: the link is the right, to this one assignment only.

pub mod get;
pub mod photos;
pub mod steps;

use crate::{Answer, Problem, Web, scene::Scene};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use siaga_core::{
    ids::{AssignmentId, IncidentId},
    view::{desk::Topic, task::TaskView},
};
use siaga_store::StoreError;
use std::{net::IpAddr, num::NonZeroU32};

/// Requests a second from one address: a mobile network hides hundreds of telephones behind one. No limit is needed
/// against guessing (128 bits), only against wearing us out.
const REQUESTS_PER_S: NonZeroU32 = NonZeroU32::new(20).expect("because 20 is not 0");
const REQUESTS_BURST: NonZeroU32 = NonZeroU32::new(120).expect("because 120 is not 0");
/// Addresses remembered before those that are free again are forgotten.
const ADDRESSES_MAX: usize = 10_000;

/// The open door's own limiter.
pub struct TaskLimit(DefaultKeyedRateLimiter<IpAddr>);

impl Default for TaskLimit {
    fn default() -> Self {
        Self(RateLimiter::keyed(Quota::per_second(REQUESTS_PER_S).allow_burst(REQUESTS_BURST)))
    }
}

/// The assignment of a token that we made, unless its address asks too often.
fn admit(web: &Web, scene: &Scene, token: &str, address: IpAddr) -> Answer<AssignmentId> {
    if web.tasks.0.len() >= ADDRESSES_MAX {
        web.tasks.0.retain_recent();
    }
    if web.tasks.0.check_key(&address).is_err() {
        return Err(Problem::too_often(1));
    }
    scene.links.key.read(token).ok_or_else(worthless)
}

fn worthless() -> Problem {
    Problem::not_found("Tugas ini")
        .detail("Tautan salah atau sudah kedaluwarsa. Hubungi 112 kota Anda lewat saluran biasa.")
}

async fn view(web: &Web, scene: &Scene, assignment: AssignmentId) -> Answer<TaskView> {
    match web.store.task(assignment, &scene.showing()).await {
        Ok(view) => Ok(TaskView { demo: web.is_demo(), ..view }),
        Err(StoreError::NotFound) => Err(worthless()),
        Err(error) => Err(error.into()),
    }
}

/// Tells the consoles after a commit, and gives the page as it is now.
async fn changed(web: &Web, scene: &Scene, assignment: AssignmentId, incident: IncidentId) -> Answer<TaskView> {
    web.changes.tell(Topic::Incidents, Some(incident.to_string()));
    view(web, scene, assignment).await
}
