//! Reports by e-mail: the schedules, and what was made for their recipients. A report of a period is made once, with its
//! messages in the same transaction; the outbox sends them.

use crate::{
    Store, StoreError,
    events::{self, NewEvent},
    evidence::EvidenceKey,
    outbox::{self, About, NewMessage},
    reports::{Compare, ReportError},
    signed_reports::signed_in,
    tx::{execute, fetch_all, fetch_one, fetch_optional, row},
};
use serde_json::json;
use siaga_core::{
    city::City,
    ids::{OutboxId, UserId},
    mailing::{self, Rhythm, Schedule},
    outbox::MAIL_CHANNEL,
    report::ReportPeriod,
    time::{LocalDay, Timestamp},
    view::{
        mailing::{MailingView, SentMail},
        signed_report::SignedReport,
    },
};
use uuid::Uuid;

/// Messages shown of each rhythm: a quarter's weekly reports to a handful of people.
const SENT_MAX: i64 = 30;

/// Why a report is made now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// By the schedule: once for its period.
    Due,
    /// A person wants to see one.
    Trial(UserId),
}

/// One report and who gets it.
#[derive(Clone, Copy, Debug)]
pub struct NewMailing<'a> {
    pub rhythm: Rhythm,
    pub period: ReportPeriod,
    pub recipients: &'a [String],
    pub reason: Reason,
}

/// A schedule and since when it counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptSchedule {
    pub schedule: Schedule,
    pub since: Timestamp,
}

row! {
    struct ScheduleRow {
        active: bool,
        day: i64,
        minute: i64,
        recipients: String,
        since: i64,
    }
}

row! {
    struct SentRow {
        outbox_id: Uuid,
        payload: String,
        period_from: i64,
        period_to: i64,
        trial_at: i64,
        created_at: i64,
        state: String,
        attempts: i64,
        next_at: Option<i64>,
        delivered_at: Option<i64>,
        error: Option<String>,
    }
}

impl ScheduleRow {
    fn kept(self) -> Result<KeptSchedule, StoreError> {
        let recipients =
            serde_json::from_str(&self.recipients).map_err(|_| StoreError::row("report_schedule", "recipients"))?;
        let schedule = Schedule {
            active: self.active,
            day: u8::try_from(self.day).map_err(|_| StoreError::row("report_schedule", "day"))?,
            minute: u16::try_from(self.minute).map_err(|_| StoreError::row("report_schedule", "minute"))?,
            recipients,
        };
        Ok(KeptSchedule { schedule, since: Timestamp(self.since) })
    }
}

impl SentRow {
    fn view(self) -> Result<SentMail, StoreError> {
        let payload: serde_json::Value =
            serde_json::from_str(&self.payload).map_err(|_| StoreError::row("outbox", "payload"))?;
        Ok(SentMail {
            outbox_id: OutboxId(self.outbox_id),
            to: payload["to"].as_str().unwrap_or_default().to_owned(),
            from_day: day(self.period_from),
            to_day: day(self.period_to),
            trial: self.trial_at != 0,
            made_at: Timestamp(self.created_at),
            state: outbox::state_of(&self.state)?,
            attempts: u32::try_from(self.attempts).unwrap_or(u32::MAX),
            next_at: self.next_at.map(Timestamp),
            delivered_at: self.delivered_at.map(Timestamp),
            error: self.error,
        })
    }
}

fn day(day: i64) -> String {
    let date = i32::try_from(day).ok().and_then(|day| LocalDay(day).date());
    date.map(|date| date.to_string()).unwrap_or_default()
}

impl Store {
    /// The schedule; `None`: nobody chose one.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn schedule(&self, rhythm: Rhythm) -> Result<Option<KeptSchedule>, StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            ScheduleRow,
            "SELECT active, day, minute, recipients, since FROM report_schedule WHERE rhythm = $1",
            rhythm.key()
        )?;
        row.map(ScheduleRow::kept).transpose()
    }

    /// Puts a checked schedule in place. From now on: what was due before is not sent any more. The event counts the
    /// recipients and does not name them.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn schedule_put(
        &self,
        rhythm: Rhythm,
        schedule: &Schedule,
        by: UserId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let recipients = json!(schedule.recipients).to_string();
        execute!(
            tx,
            "INSERT INTO report_schedule (rhythm, active, day, minute, recipients, since) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (rhythm) DO UPDATE SET active = $2, day = $3, minute = $4, recipients = $5, since = $6",
            rhythm.key(),
            schedule.active,
            i64::from(schedule.day),
            i64::from(schedule.minute),
            &recipients,
            now.0
        )?;
        let event = NewEvent {
            actor: Some(by),
            body: json!({
                "rhythm": rhythm, "active": schedule.active, "day": schedule.day, "minute": schedule.minute,
                "recipients": schedule.recipients.len(),
            }),
            ..NewEvent::new(Uuid::now_v7(), now, "ReportScheduleChanged")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await
    }

    /// Signs the report of a period as it is now and puts a message for each recipient into the outbox; gives whether
    /// it did: a period that was made by the schedule is not made again.
    ///
    /// # Errors
    /// As [`Store::report`].
    pub async fn mailing_make(
        &self,
        new: NewMailing<'_>,
        city: &City,
        key: &EvidenceKey,
        now: Timestamp,
    ) -> Result<bool, ReportError> {
        let (from, to) = new.period.local_days();
        let (from, to) = (i64::from(from.0), i64::from(to.0));
        let trial_at = if new.reason == Reason::Due { 0 } else { now.0 };
        if new.reason == Reason::Due && self.mailing_is_made(new.rhythm, from, to).await? {
            return Ok(false);
        }
        let signed =
            signed_in(&mut self.read().await?, &new.period, Compare::PreviousYear, city, (key, self.mark())).await?;
        let document = serde_json::to_string(&signed).map_err(|error| StoreError::Bug(error.to_string()))?;
        let mailing = Uuid::now_v7();
        let mut tx = self.begin().await?;
        let made = execute!(
            tx,
            "INSERT INTO report_mailing (mailing_id, rhythm, period_from, period_to, trial_at, made_at, document)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (rhythm, period_from, period_to, trial_at) DO NOTHING",
            mailing,
            new.rhythm.key(),
            from,
            to,
            trial_at,
            now.0,
            &document
        )?;
        if made == 0 {
            return Ok(false);
        }
        for recipient in new.recipients {
            let message = NewMessage {
                about: About::Report(mailing),
                kind: "report",
                agency: String::new(),
                target: new.rhythm.title().to_owned(),
                channel: MAIL_CHANNEL,
                text: words(&new, &signed),
                task_url: None,
                payload: json!({ "to": recipient, "mailing": mailing, "subject": subject(&new) }).to_string(),
            };
            outbox::put(&mut tx, &message, now).await?;
        }
        let event = NewEvent {
            actor: if let Reason::Trial(by) = new.reason { Some(by) } else { None },
            body: json!({
                "mailing_id": mailing, "rhythm": new.rhythm, "from": new.period.from().to_string(),
                "to": new.period.to().to_string(), "trial": trial_at != 0, "recipients": new.recipients.len(),
                "sha256": signed.sha256,
            }),
            ..NewEvent::new(Uuid::now_v7(), now, "ReportMailed")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn mailing_is_made(&self, rhythm: Rhythm, from: i64, to: i64) -> Result<bool, StoreError> {
        let mut tx = self.read().await?;
        let (made,) = fetch_one!(
            tx,
            (i64,),
            "SELECT COUNT(*) FROM report_mailing
             WHERE rhythm = $1 AND period_from = $2 AND period_to = $3 AND trial_at = 0",
            rhythm.key(),
            from,
            to
        )?;
        Ok(made > 0)
    }

    /// The report of a mailing as it was signed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn mailing(&self, mailing: Uuid) -> Result<SignedReport, StoreError> {
        let mut tx = self.read().await?;
        let (document,) =
            fetch_one!(tx, (String,), "SELECT document FROM report_mailing WHERE mailing_id = $1", mailing)?;
        serde_json::from_str(&document).map_err(|_| StoreError::row("report_mailing", "document"))
    }

    /// What the settings show of a rhythm.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn mailing_view(&self, rhythm: Rhythm, city: &City, now: Timestamp) -> Result<MailingView, StoreError> {
        let schedule = self.schedule(rhythm).await?.map_or_else(Schedule::unset, |kept| kept.schedule);
        let next = mailing::next(rhythm, &schedule, city.time_zone(), now);
        let mut tx = self.read().await?;
        let sent = fetch_all!(
            tx,
            SentRow,
            "SELECT o.outbox_id, o.payload, m.period_from, m.period_to, m.trial_at, o.created_at, o.state, o.attempts,
                 o.next_at, o.delivered_at, o.error
             FROM report_mailing m JOIN outbox o ON o.mailing_id = m.mailing_id
             WHERE m.rhythm = $1 ORDER BY o.created_at DESC, o.outbox_id DESC LIMIT $2",
            rhythm.key(),
            SENT_MAX
        )?;
        Ok(MailingView {
            rhythm,
            schedule,
            next_at: next.map(|due| due.at),
            next_from: next.map(|due| due.period.from().to_string()),
            next_to: next.map(|due| due.period.to().to_string()),
            sent: sent.into_iter().map(SentRow::view).collect::<Result<_, _>>()?,
        })
    }

    /// Whether this message carries a report.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where it does not, or is unknown.
    pub async fn mailing_message(&self, outbox: OutboxId) -> Result<(), StoreError> {
        let mut tx = self.read().await?;
        fetch_one!(
            tx,
            (Uuid,),
            "SELECT outbox_id FROM outbox WHERE outbox_id = $1 AND mailing_id IS NOT NULL",
            outbox.0
        )?;
        Ok(())
    }
}

fn subject(new: &NewMailing<'_>) -> String {
    let trial = if matches!(new.reason, Reason::Trial(_)) { "[UJI COBA] " } else { "" };
    format!("{trial}{}: {} s.d. {}", new.rhythm.title(), new.period.from(), new.period.to())
}

/// The letter around the attachments: the figures that a person reads on a telephone, and what proves the rest.
fn words(new: &NewMailing<'_>, signed: &SignedReport) -> String {
    let figures = &signed.body.report.figures;
    let class = |key: &str| figures.classes.get(key).copied().unwrap_or(0);
    let mut text = format!(
        "{}\n{} s.d. {}\n\nPanggilan masuk: {}\nDarurat: {}\nPrank atau ghost: {}\nPutus sebelum dijawab: {}\n",
        signed.body.city.name,
        new.period.from(),
        new.period.to(),
        figures.offered,
        class("emergency"),
        figures.nuisance,
        figures.abandoned
    );
    if class("unclassified") > 0 {
        text += &format!(
            "\nPERHATIAN: {} panggilan belum diberi kelas; angka per kelas masih dapat berubah.\n",
            class("unclassified")
        );
    }
    text += &format!(
        "\nLampiran: PDF, Excel, dan JSON bertanda tangan. SHA-256 angka: {}\nPeriksa dengan: siaga verify report BERKAS.json\n",
        signed.sha256
    );
    if matches!(new.reason, Reason::Trial(_)) {
        text = format!("Ini surat uji coba yang diminta administrator.\n\n{text}");
    }
    text
}

#[cfg(test)]
mod tests;
