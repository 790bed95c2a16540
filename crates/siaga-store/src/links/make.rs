//! A link, its message and its event, in one transaction.

use super::{LINK_CHANCE_BYTES, LinkError, LinkToken};
use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    incidents::{Actor, Showing},
    outbox::{self, About, NewMessage},
    tx::{execute, fetch_one},
};
use serde_json::json;
use siaga_core::{
    ids::{CallId, IncidentId, LinkId},
    link::{self, LINK_AGAIN_MS, LINK_VALID_MS, LINKS_MAX},
    phone::Number,
};
use uuid::Uuid;

/// For whom, and what it is made of.
#[derive(Clone, Copy, Debug)]
pub struct NewLink<'a> {
    pub call: CallId,
    /// From the system's random source.
    pub chance: [u8; LINK_CHANCE_BYTES],
    /// `None`: the machine.
    pub by: Option<Actor<'a>>,
}

impl Store {
    /// Makes a link for the caller of a call, and the message that brings it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the call is not written down; [`LinkError::NoLink`], [`LinkError::JustSent`],
    /// [`LinkError::TooMany`].
    pub async fn link_make(&self, new: NewLink<'_>, showing: &Showing<'_>) -> Result<LinkId, LinkError> {
        let (now, city) = (showing.now, showing.city);
        let mut tx = self.begin().await?;
        let (number, incident) = fetch_one!(
            tx,
            (Option<String>, Option<Uuid>),
            "SELECT number, incident_id FROM call WHERE call_id = $1",
            new.call.0
        )?;
        let number = number.as_deref().and_then(Number::from_e164);
        if let Some(refusal) = link::refusal_in(city, number.as_ref()) {
            return Err(LinkError::NoLink(refusal));
        }
        let number = number.ok_or_else(|| StoreError::Bug("a number that can get a message is none".into()))?;
        room(&mut tx, &new, &number, showing).await?;

        let (id, token) = (LinkId(Uuid::now_v7()), LinkToken::of(new.chance));
        let expires_at = now.plus_ms(LINK_VALID_MS);
        execute!(
            tx,
            "INSERT INTO location_link (link_id, token_hash, call_id, number, made_at, expires_at, made_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id.0,
            token.hash(),
            new.call.0,
            number.e164(),
            now.0,
            expires_at.0,
            new.by.map(|by| by.user.0)
        )?;
        let url = link::url(showing.base_url, &token.text());
        let payload = json!({
            "kind": "location_link",
            "city": city.name,
            "to": number.e164(),
            "link": { "id": id, "call_id": new.call, "expires_at": expires_at },
        });
        let message = NewMessage {
            about: About::Link(id.0),
            kind: "location_link",
            agency: String::new(),
            target: number.show(),
            channel: if city.message_gateway.is_some() { "webhook" } else { "page" },
            text: link::message(&city.name, &url),
            // only the page is its own telephone
            task_url: city.message_gateway.is_none().then_some(url),
            payload: payload.to_string(),
        };
        outbox::put(&mut tx, &message, now).await?;
        let event = NewEvent {
            actor: new.by.map(|by| by.user),
            call: Some(new.call),
            incident: incident.map(IncidentId),
            body: json!({ "link_id": id, "expires_at": expires_at, "by_the_machine": new.by.is_none() }),
            ..NewEvent::new(Uuid::now_v7(), now, "LocationLinkSent")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(id)
    }
}

/// One key pressed twice is one message, and a telephone that opens none gets no more of them.
async fn room(tx: &mut Tx, new: &NewLink<'_>, number: &Number, showing: &Showing<'_>) -> Result<(), LinkError> {
    let (of_call,) = fetch_one!(*tx, (i64,), "SELECT COUNT(*) FROM location_link WHERE call_id = $1", new.call.0)?;
    let (last,) =
        fetch_one!(*tx, (Option<i64>,), "SELECT MAX(made_at) FROM location_link WHERE number = $1", number.e164())?;
    // the machine sends one for as long as it lives, whoever sent it
    let apart_ms = if new.by.is_some() { LINK_AGAIN_MS } else { LINK_VALID_MS };
    if last.is_some_and(|last| last > showing.now.plus_ms(-apart_ms).0) {
        return Err(LinkError::JustSent);
    }
    if of_call >= LINKS_MAX { Err(LinkError::TooMany) } else { Ok(()) }
}
