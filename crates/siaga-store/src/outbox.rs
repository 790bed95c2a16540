//! *Pesan keluar*: written in the transaction that decided it, sent by a job, at least once.
//!
//! A sender leases a message; while the lease runs nobody else sends it, and when the sender dies the lease runs out.
//! The receiver may therefore get a message twice, with the same id.

use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    tx::{execute, fetch_all, fetch_one, row},
};
use serde_json::json;
use siaga_core::{
    ids::{IncidentId, OutboxId, UserId},
    link,
    outbox::{ATTEMPTS_MAX, MAIL_CHANNEL, Urgency, retry_after_ms},
    sanction::notice,
    time::Timestamp,
    view::outbox::{DeliveryState, OutboxView},
};
use uuid::Uuid;

/// Rows of the page.
const LIST_MAX: i64 = 200;
/// Characters of an error that are kept.
const ERROR_CHARS_MAX: usize = 300;

/// What a message is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About {
    Assignment {
        incident: Uuid,
        assignment: Uuid,
    },
    Sanction(Uuid),
    /// A caller's location link.
    Link(Uuid),
    /// A report by e-mail.
    Report(Uuid),
}

impl About {
    /// The columns incident, assignment, sanction, link, mailing: the table takes exactly one of the four kinds.
    fn columns(self) -> [Option<Uuid>; 5] {
        match self {
            About::Assignment { incident, assignment } => [Some(incident), Some(assignment), None, None, None],
            About::Sanction(sanction) => [None, None, Some(sanction), None, None],
            About::Link(link) => [None, None, None, Some(link), None],
            About::Report(mailing) => [None, None, None, None, Some(mailing)],
        }
    }
}

/// A message to be sent.
#[derive(Clone, Debug)]
pub(crate) struct NewMessage {
    pub about: About,
    pub kind: &'static str,
    pub agency: String,
    /// As shown.
    pub target: String,
    pub channel: &'static str,
    pub text: String,
    pub task_url: Option<String>,
    pub payload: String,
}

row! {
    /// A message with its lease, for the one who sends it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LeasedMessage {
        pub outbox_id: Uuid,
        pub incident_id: Option<Uuid>,
        /// Empty: it goes to a number, through the city's message gateway.
        pub agency: String,
        pub channel: String,
        pub text: String,
        pub payload: String,
        pub attempts: i64,
    }
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    Delivered,
    /// May succeed later.
    Failed(String),
    /// Will never succeed as it is: a person must act.
    Refused(String),
}

row! {
    struct ListRow {
        outbox_id: Uuid,
        channel: String,
        target: String,
        text: String,
        task_url: Option<String>,
        created_at: i64,
        state: String,
        attempts: i64,
        next_at: Option<i64>,
        error: Option<String>,
    }
}

pub(crate) async fn put(tx: &mut Tx, message: &NewMessage, now: Timestamp) -> Result<(), StoreError> {
    let [incident, assignment, sanction, link, mailing] = message.about.columns();
    execute!(
        *tx,
        "INSERT INTO outbox (outbox_id, incident_id, assignment_id, sanction_id, link_id, mailing_id, kind, agency, target, channel,
             text, task_url, payload, created_at, state, attempts, next_at)
         VALUES ($1, $2, $3, $12, $13, $14, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', 0, $11)",
        Uuid::now_v7(),
        incident,
        assignment,
        message.kind,
        &message.agency,
        &message.target,
        message.channel,
        &message.text,
        message.task_url.as_deref(),
        &message.payload,
        now.0,
        sanction,
        link,
        mailing
    )?;
    Ok(())
}

/// A correction waits this long for the next one: who types a place and then its RT/RW sends one message, not two.
const CHANGE_QUIET_MS: i64 = 10_000;

/// When a correction leaves that is made now.
pub(crate) fn quiet_from(now: Timestamp) -> Timestamp {
    now.plus_ms(CHANGE_QUIET_MS)
}

/// What a crew must know of an incident that is on its way already. One that has not left yet takes the newer words, and
/// leaves at `due` at the latest.
pub(crate) async fn put_changed(
    tx: &mut Tx,
    assignment: Uuid,
    message: &NewMessage,
    due: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    let renewed = execute!(
        *tx,
        "UPDATE outbox SET text = $2, payload = $3, next_at = CASE WHEN next_at > $4 THEN $4 ELSE next_at END
         WHERE assignment_id = $1 AND kind = 'changed' AND state = 'waiting' AND attempts = 0 AND lease IS NULL",
        assignment,
        &message.text,
        &message.payload,
        due.0
    )?;
    if renewed > 0 {
        return Ok(());
    }
    put(tx, message, now).await?;
    execute!(
        *tx,
        "UPDATE outbox SET next_at = $2
         WHERE assignment_id = $1 AND kind = 'changed' AND state = 'waiting' AND attempts = 0 AND lease IS NULL",
        assignment,
        due.0
    )?;
    Ok(())
}

impl Store {
    /// Leases messages of one urgency that are due, oldest first. `lease` names this sender.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn outbox_lease(
        &self,
        lease: Uuid,
        lease_ms: i64,
        limit: i64,
        urgency: Urgency,
        now: Timestamp,
    ) -> Result<Vec<LeasedMessage>, StoreError> {
        const DUE: &str = "SELECT outbox_id, incident_id, agency, channel, text, payload, attempts FROM outbox
             WHERE state = 'waiting' AND next_at <= $1 AND (lease_until IS NULL OR lease_until < $1)
                 AND (channel = $3) = $4
             ORDER BY next_at, outbox_id LIMIT $2";
        let mail = urgency == Urgency::Mail;
        // the usual answer is "nothing": it must not cost the writer's turn every second
        let mut tx = self.read().await?;
        if fetch_all!(tx, LeasedMessage, DUE, now.0, 1_i64, MAIL_CHANNEL, mail)?.is_empty() {
            return Ok(Vec::new());
        }
        drop(tx);
        let mut tx = self.begin().await?;
        let due = fetch_all!(tx, LeasedMessage, DUE, now.0, limit, MAIL_CHANNEL, mail)?;
        for one in &due {
            execute!(
                tx,
                "UPDATE outbox SET lease = $2, lease_until = $3 WHERE outbox_id = $1",
                one.outbox_id,
                lease,
                now.plus_ms(lease_ms).0
            )?;
        }
        tx.commit().await?;
        Ok(due)
    }

    /// Writes down how a try ended. A lease that ran out meanwhile decides nothing any more; gives whether it did.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn outbox_settle(
        &self,
        outbox: OutboxId,
        lease: Uuid,
        attempt: &Attempt,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let held = crate::tx::fetch_optional!(
            tx,
            (i64, Option<Uuid>, String, String, String),
            "SELECT attempts, incident_id, kind, channel, text FROM outbox
             WHERE outbox_id = $1 AND state = 'waiting' AND lease = $2",
            outbox.0,
            lease
        )?;
        let Some((attempts, incident, kind, channel, text)) = held else { return Ok(false) };
        let attempts = attempts + 1;
        let tries = u32::try_from(attempts).unwrap_or(ATTEMPTS_MAX);
        let (state, next_at, error) = match attempt {
            Attempt::Delivered => (DeliveryState::Delivered, None, None),
            Attempt::Refused(error) => (DeliveryState::Dead, None, Some(error)),
            Attempt::Failed(error) => match retry_after_ms(Urgency::of(&channel), tries) {
                Some(wait_ms) => (DeliveryState::Waiting, Some(now.plus_ms(wait_ms).0), Some(error)),
                None => (DeliveryState::Dead, None, Some(error)),
            },
        };
        let error = error.map(|error| error.chars().take(ERROR_CHARS_MAX).collect::<String>());
        execute!(
            tx,
            "UPDATE outbox SET state = $2, attempts = $3, next_at = $4, error = $5, lease = NULL, lease_until = NULL,
                 delivered_at = $6
             WHERE outbox_id = $1",
            outbox.0,
            word(state),
            attempts,
            next_at,
            error.as_deref(),
            (state == DeliveryState::Delivered).then_some(now.0)
        )?;
        // On the channel `page` the row itself is the telephone; elsewhere a code or a link that arrived is shown to nobody
        // else.
        if state == DeliveryState::Delivered && channel != "page" {
            execute!(
                tx,
                "UPDATE outbox SET text = $2 WHERE outbox_id = $1",
                outbox.0,
                link::masked(&notice::masked(&text))
            )?;
        }
        let event_kind = match state {
            DeliveryState::Delivered => Some("MessageDelivered"),
            DeliveryState::Dead => Some("MessageDead"),
            DeliveryState::Waiting => None,
        };
        if let Some(event_kind) = event_kind {
            let event = NewEvent {
                incident: incident.map(IncidentId),
                body: json!({ "outbox_id": outbox, "kind": kind, "attempts": attempts, "error": error }),
                ..NewEvent::new(Uuid::now_v7(), now, event_kind)
            };
            events::append(&mut tx, event).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// The page, newest first, at most 200 rows.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn outbox_list(&self) -> Result<Vec<OutboxView>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            ListRow,
            "SELECT outbox_id, channel, target, text, task_url, created_at, state, attempts, next_at, error
             FROM outbox ORDER BY created_at DESC, outbox_id DESC LIMIT $1",
            LIST_MAX
        )?;
        rows.into_iter().map(view).collect()
    }

    /// A person tries a dead message again. One that waits is due at once; a delivered one stays as it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Conflict`] when it is delivered.
    pub async fn outbox_retry(&self, outbox: OutboxId, by: UserId, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let (state, incident) = fetch_one!(
            tx,
            (String, Option<Uuid>),
            "SELECT state, incident_id FROM outbox WHERE outbox_id = $1",
            outbox.0
        )?;
        if state == word(DeliveryState::Delivered) {
            return Err(StoreError::Conflict("it is delivered already".into()));
        }
        execute!(
            tx,
            "UPDATE outbox SET state = 'waiting', attempts = 0, next_at = $2 WHERE outbox_id = $1",
            outbox.0,
            now.0
        )?;
        let event = NewEvent {
            actor: Some(by),
            incident: incident.map(IncidentId),
            body: json!({ "outbox_id": outbox }),
            ..NewEvent::new(Uuid::now_v7(), now, "MessageRetried")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await
    }
}

fn word(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Waiting => "waiting",
        DeliveryState::Delivered => "delivered",
        DeliveryState::Dead => "dead",
    }
}

pub(crate) fn state_of(text: &str) -> Result<DeliveryState, StoreError> {
    let states = [DeliveryState::Waiting, DeliveryState::Delivered, DeliveryState::Dead];
    states.into_iter().find(|state| word(*state) == text).ok_or_else(|| StoreError::row("outbox", "state"))
}

fn view(row: ListRow) -> Result<OutboxView, StoreError> {
    Ok(OutboxView {
        outbox_id: OutboxId(row.outbox_id),
        channel: row.channel,
        target: row.target,
        text: row.text,
        task_url: row.task_url,
        created_at: Timestamp(row.created_at),
        state: state_of(&row.state)?,
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        next_at: row.next_at.map(Timestamp),
        error: row.error,
    })
}

#[cfg(test)]
mod tests;
