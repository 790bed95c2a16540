//! Facts become rows, events and figures in one transaction. A fact that is an event already is left out, so a batch
//! may be written again after a doubtful commit.

use super::{
    record::{CallRecord, call_of},
    seat_change,
};
use crate::{
    Store, StoreError, Tx, callbacks, drills,
    events::{self, NewEvent},
    incidents::{Showing, Threat},
    links, recordings,
    rollup::{Sign, Tallies},
    tx::fetch_optional,
};
use serde_json::json;
use siaga_core::{
    call::live::{Fact, LiveFact},
    class::Class,
    ids::{CallId, IncidentId, UserId},
    location::PositionSource,
    time::Timestamp,
    view::{call::CallOutcome, desk::ClassChoice},
};
use std::collections::{BTreeMap, btree_map::Entry};
use uuid::Uuid;

/// What an incident tells about the call that reported it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallIncident {
    pub incident_id: IncidentId,
    pub incident_type: Option<String>,
    /// The first agency planned.
    pub agency: Option<String>,
    pub village_code: Option<String>,
}

/// A call's row in a transaction: as it was found, and as it shall be.
struct Open {
    before: Option<CallRecord>,
    now: CallRecord,
}

impl Open {
    async fn load(tx: &mut Tx, call: CallId, at: Timestamp) -> Result<Self, StoreError> {
        let before = CallRecord::load(tx, call).await?;
        let now = before.clone().unwrap_or_else(|| CallRecord::unknown(call, at));
        Ok(Self { before, now })
    }

    /// Writes the row and moves the figures.
    async fn save(mut self, tx: &mut Tx, store: &Store) -> Result<(), StoreError> {
        self.now.local_day = i64::from(store.local_day(Timestamp(self.now.offered_at)).0);
        if self.before.as_ref() == Some(&self.now) {
            return Ok(());
        }
        self.now.save(tx).await?;
        let mut moved = Tallies::default();
        if let Some(old) = self.before.as_ref().map(CallRecord::tally).transpose()?.flatten() {
            moved.count(store.zone(), &old, Sign::Out);
        }
        if let Some(new) = self.now.tally()? {
            moved.count(store.zone(), &new, Sign::In);
        }
        moved.write(tx).await
    }
}

/// What a call is corrected to.
#[derive(Clone, Copy, Debug)]
pub struct NewClass<'a> {
    pub choice: &'a ClassChoice,
    pub reason: Option<&'a str>,
}

impl<'a> From<&'a ClassChoice> for NewClass<'a> {
    fn from(choice: &'a ClassChoice) -> Self {
        Self { choice, reason: None }
    }
}

impl Store {
    /// Writes facts down, all or none.
    ///
    /// # Errors
    /// [`StoreError::Gone`]: keep them and try again; writing them twice changes nothing.
    pub async fn write_live(&self, facts: &[LiveFact]) -> Result<(), StoreError> {
        self.write_facts(facts, None).await
    }

    /// The same; and the crews of an incident are told in the same transaction what a fact changes for them.
    ///
    /// # Errors
    /// As [`Store::write_live`].
    pub async fn write_live_and_tell(&self, facts: &[LiveFact], showing: &Showing<'_>) -> Result<(), StoreError> {
        self.write_facts(facts, Some(showing)).await
    }

    async fn write_facts(&self, facts: &[LiveFact], showing: Option<&Showing<'_>>) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let mut calls: BTreeMap<CallId, Open> = BTreeMap::new();
        for LiveFact { id, at, fact } in facts {
            if fetch_optional!(tx, (i64,), "SELECT seq FROM event WHERE id = $1", *id)?.is_some() {
                continue;
            }
            let threat = match fact {
                Fact::Duress { call, .. } => Some(Threat::before(&mut tx, *call).await?),
                _ => None,
            };
            events::append(&mut tx, event(*id, *at, fact)?).await?;
            if let (Some(threat), Some(showing)) = (threat, showing) {
                threat.tell_if_changed(&mut tx, showing).await?;
            }
            if let Some(call) = call_of(fact) {
                let open = match calls.entry(call) {
                    Entry::Occupied(open) => open.into_mut(),
                    Entry::Vacant(place) => place.insert(Open::load(&mut tx, call, *at).await?),
                };
                open.now.apply(*at, fact);
            }
            callbacks::apply(&mut tx, *at, fact).await?;
            recordings::apply(&mut tx, *at, fact).await?;
            seat_change::apply(&mut tx, *at, fact, self.zone()).await?;
            links::apply(&mut tx, *id, *at, fact).await?;
            drills::apply(&mut tx, fact).await?;
        }
        for open in calls.into_values() {
            open.save(&mut tx, self).await?;
        }
        tx.commit().await?;
        // A file that went away meanwhile took the commit with it.
        self.in_place()
    }

    /// Writes another class of an ended call; the figures follow. `id` is the event's. Whether it may be is asked before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Conflict`] while the call is open (the desk classes it then).
    pub(crate) async fn call_reclass(
        &self,
        tx: &mut Tx,
        call: CallId,
        new: impl Into<NewClass<'_>>,
        by: UserId,
        id: Uuid,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let NewClass { choice, reason } = new.into();
        let mut open = Open::load(tx, call, at).await?;
        let before = open.before.as_ref().ok_or(StoreError::NotFound)?;
        if before.outcome.is_none() {
            return Err(StoreError::Conflict("the call is not over".into()));
        }
        let mut body = json!({
            "from": { "class": before.class, "sub": before.sub },
            "to": { "class": choice.class, "sub": choice.sub },
        });
        if let Some(reason) = reason {
            body["reason"] = reason.into();
        }
        let event = NewEvent { actor: Some(by), call: Some(call), body, ..NewEvent::new(id, at, "CallReclassed") };
        events::append(tx, event).await?;
        open.now.choose(at, by, Some(choice));
        open.save(tx, self).await
    }

    /// Ties a call to its incident and takes over what the figures count. The caller writes the event. A call whose
    /// row is still on its way (spool) gets one here; its facts fill it later.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn call_attach(
        &self,
        tx: &mut Tx,
        call: CallId,
        incident: &CallIncident,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut open = Open::load(tx, call, at).await?;
        open.now.incident_id = Some(incident.incident_id.0);
        open.now.incident_type.clone_from(&incident.incident_type);
        open.now.agency.clone_from(&incident.agency);
        open.now.village_code.clone_from(&incident.village_code);
        open.save(tx, self).await
    }
}

impl Store {
    /// Gives a call that reported an incident the class of a real report, where no person gave it a class.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn call_class_emergency(
        &self,
        tx: &mut Tx,
        call: CallId,
        by: UserId,
        at: Timestamp,
    ) -> Result<Classing, StoreError> {
        let mut open = Open::load(tx, call, at).await?;
        if open.now.class_by.is_some() {
            return Ok(Classing::Stood);
        }
        let choice = ClassChoice { class: Class::Emergency, sub: None };
        let fact = Fact::Classed { call, by, choice: Some(choice.clone()) };
        events::append(tx, event(Uuid::now_v7(), at, &fact)?).await?;
        open.now.choose(at, by, Some(&choice));
        open.save(tx, self).await?;
        Ok(Classing::Given)
    }

    /// Unties a call from its incident. The class that attaching gave it (at `classed_at`) goes too, unless a person
    /// spoke since. The caller writes the event of the untying.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn call_detach(
        &self,
        tx: &mut Tx,
        call: CallId,
        classed_at: i64,
        by: UserId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut open = Open::load(tx, call, at).await?;
        open.now.incident_id = None;
        open.now.incident_type = None;
        open.now.agency = None;
        open.now.village_code = None;
        if classed_at != 0 && open.now.class_at == Some(classed_at) {
            let fact = Fact::Classed { call, by, choice: None };
            events::append(tx, event(Uuid::now_v7(), at, &fact)?).await?;
            open.now.choose(at, by, None);
        }
        open.save(tx, self).await
    }
}

/// Whether attaching gave a call its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Classing {
    Given,
    /// A person had said what it is.
    Stood,
}

/// The fact as an event: its own id, time and JSON.
fn event(id: Uuid, at: Timestamp, fact: &Fact) -> Result<NewEvent, StoreError> {
    let (kind, call, actor) = match fact {
        Fact::Offered { call, .. } => ("CallStart", Some(call), None),
        Fact::Answered { call, call_taker, .. } | Fact::Moved { call, call_taker, .. } => {
            ("CallStateChange", Some(call), Some(call_taker))
        }
        Fact::Drilled { call, .. } => ("CallDrilled", Some(call), None),
        Fact::Located { call, .. } => ("CallerLocated", Some(call), None),
        Fact::AnsweredOutside { call, .. } => ("CallStateChange", Some(call), None),
        Fact::RangOutside { call, .. } => ("RangOutside", Some(call), None),
        Fact::Greeted { call, .. } => ("CallStateChange", Some(call), None),
        Fact::Judged { call, .. } => ("CallJudged", Some(call), None),
        Fact::Routed { call, .. } => ("Route", Some(call), None),
        Fact::Said { call, by, .. } => ("PromptSaid", Some(call), Some(by)),
        Fact::EndedUnheard { call, by, .. } => ("EndedUnheard", Some(call), Some(by)),
        Fact::Duress { call, by, .. } => ("DuressMarked", Some(call), Some(by)),
        Fact::Held { call, .. } => ("CallStateChange", Some(call), None),
        Fact::HandedOff { call, by, .. } => ("CallHandedOff", Some(call), Some(by)),
        Fact::CameBack { call, .. } => ("CallCameBack", Some(call), None),
        Fact::KeyPressed { call, .. } => ("CallSignalingMessage", Some(call), None),
        Fact::Classed { call, by, .. } => ("CallClassed", Some(call), Some(by)),
        Fact::Ended { call, outcome: CallOutcome::Abandoned, .. } => ("AbandonedCall", Some(call), None),
        Fact::Ended { call, .. } => ("CallEnd", Some(call), None),
        Fact::Recorded { call, .. } => ("RecCallEnd", Some(call), None),
        Fact::CallbackDue { call, .. } => ("CallbackDue", Some(call), None),
        Fact::CallbackTried { call, by, .. } => ("CallbackTried", Some(call), by.as_ref()),
        Fact::CallbackDropped { by, .. } => ("CallbackDropped", None, Some(by)),
        Fact::SeatTaken { user, .. } | Fact::SeatLeft { user, .. } | Fact::SeatPaused { user, .. } => {
            ("AgentStateChange", None, Some(user))
        }
        Fact::Supervised { call, by, .. } => ("CallSupervised", Some(call), Some(by)),
        Fact::SupervisionEnded { call, by, .. } => ("CallSupervisionEnded", Some(call), Some(by)),
        Fact::Recalled { call, by } => ("RecordingRecalled", Some(call), Some(by)),
    };
    let body = match fact {
        // The place itself stands in its table and goes with the call; the chain keeps that there was one.
        Fact::Located { position, .. } => json!({ "source": PositionSource::Invite, "radius_m": position.radius_m }),
        _ => serde_json::to_value(fact).map_err(|error| StoreError::Refused(error.to_string()))?,
    };
    Ok(NewEvent { call: call.copied(), actor: actor.copied(), body, ..NewEvent::new(id, at, kind) })
}
