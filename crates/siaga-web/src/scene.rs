//! What an endpoint about incidents needs besides its own input: the city, the links, the time, and the command's key.

use crate::{Person, Web, input::IdempotencyKey, web::TaskLinks};
use serde::Serialize;
use siaga_core::{city::City, time::Timestamp};
use siaga_engine::clock;
use siaga_store::incidents::{Actor, Once, Showing};
use std::{fmt::Display, sync::Arc};

/// One request's view of the world.
pub struct Scene {
    pub city: Arc<City>,
    pub links: Arc<TaskLinks>,
    pub now: Timestamp,
}

impl Scene {
    #[must_use]
    pub fn showing(&self) -> Showing<'_> {
        Showing { city: &self.city, key: &self.links.key, base_url: &self.links.base_url, now: self.now }
    }
}

impl Web {
    #[must_use]
    pub fn scene(&self) -> Scene {
        Scene { city: self.city.now(), links: self.task_links.clone(), now: clock::now() }
    }
}

/// The person as the record names them.
#[must_use]
pub fn actor(person: &Person) -> Actor<'_> {
    Actor { user: person.user_id, name: &person.name }
}

/// A command with the client's key, where it sent one.
pub struct Command {
    scope: String,
    key: Option<String>,
    body: Vec<u8>,
}

impl Command {
    /// `who` asks `route` with this body.
    pub fn new(who: impl Display, route: impl Display, key: IdempotencyKey, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).unwrap_or_default();
        Self { scope: format!("{who} {route}"), key: key.0, body }
    }

    #[must_use]
    pub fn once(&self) -> Option<Once<'_>> {
        self.key.as_deref().map(|key| Once { scope: &self.scope, key, command: &self.body })
    }
}
