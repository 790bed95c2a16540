//! `/api/incidents`: what happened in the city, and who was sent.

pub mod assignments;
pub mod calls;
pub mod close;
pub mod detach;
pub mod get;
pub mod info;
pub mod links;
pub mod list;
pub mod major;
pub mod merge;
pub mod notes;
pub mod post;
pub mod reopen;
pub mod split;

#[cfg(test)]
pub(crate) mod testing;

use crate::{Answer, Problem, Web, scene::Scene};
use siaga_core::{
    ids::IncidentId,
    view::{desk::Topic, incident::IncidentView},
};
use siaga_store::StoreError;

/// The incident as it is now, or 404 in words.
pub(crate) async fn view(web: &Web, scene: &Scene, incident: IncidentId) -> Answer<IncidentView> {
    match web.store.incident(incident, &scene.showing()).await {
        Err(StoreError::NotFound) => Err(Problem::not_found("Kejadian")),
        other => Ok(other?),
    }
}

/// Tells the consoles after a commit, and gives the incident as it is now.
pub(crate) async fn changed(web: &Web, scene: &Scene, incident: IncidentId) -> Answer<IncidentView> {
    web.changes.tell(Topic::Incidents, Some(incident.to_string()));
    view(web, scene, incident).await
}
