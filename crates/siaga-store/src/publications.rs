//! Reports that a person published, kept as they were signed.

use crate::{
    Store, StoreError,
    events::{self, NewEvent},
    evidence::EvidenceKey,
    incidents::Actor,
    reports::{Compare, ReportError},
    signed_reports::signed_in,
    tx::{execute, fetch_all, fetch_optional, row},
};
use serde_json::json;
use siaga_core::{
    city::City,
    report::{NotPublishable, ReportPeriod, changes, publishable},
    time::{LocalDay, Timestamp},
    view::signed_report::{Publication, SignedReport, SinceThen},
};
use uuid::Uuid;

/// Publications listed: ten years of monthly reports.
const LIST_MAX: i64 = 120;

/// Why nothing was published.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PublishError {
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error(transparent)]
    NotYet(#[from] NotPublishable),
}

impl From<StoreError> for PublishError {
    fn from(error: StoreError) -> Self {
        Self::Report(error.into())
    }
}

row! {
    struct Row {
        publication_id: Uuid,
        period_from: i64,
        period_to: i64,
        compared: bool,
        version: i64,
        at: i64,
        by_name: String,
        as_of_seq: i64,
        sha256: String,
    }
}

impl Row {
    fn view(self) -> Publication {
        Publication {
            publication_id: self.publication_id.to_string(),
            from: day(self.period_from),
            to: day(self.period_to),
            compared: self.compared,
            version: self.version,
            at: Timestamp(self.at),
            by: self.by_name,
            as_of_seq: self.as_of_seq,
            sha256: self.sha256,
        }
    }
}

/// As `yyyy-mm-dd`; only dates were written.
fn day(day: i64) -> String {
    let date = i32::try_from(day).ok().and_then(|day| LocalDay(day).date());
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn read(document: &str) -> Result<SignedReport, StoreError> {
    serde_json::from_str(document).map_err(|_| StoreError::row("published_report", "document"))
}

impl Store {
    /// Signs a period's figures as they are now and keeps them. Figures that are published already, unchanged, are not
    /// published twice: their publication is the answer.
    ///
    /// # Errors
    /// [`PublishError::NotYet`] where the period runs, or calls wait for their class.
    pub async fn report_publish(
        &self,
        period: &ReportPeriod,
        with: Compare,
        city: &City,
        key: &EvidenceKey,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<Publication, PublishError> {
        let signed = signed_in(&mut self.read().await?, period, with, city, (key, self.mark())).await?;
        publishable(&signed.body.report, period, now.in_zone(city.time_zone()).date())?;
        let (from, to) = period.local_days();
        let (from, to, compared) = (i64::from(from.0), i64::from(to.0), with == Compare::PreviousYear);
        let mut tx = self.begin().await?;
        let newest = fetch_optional!(
            tx,
            (Uuid, i64, String),
            "SELECT publication_id, version, document FROM published_report
             WHERE period_from = $1 AND period_to = $2 AND compared = $3 ORDER BY version DESC LIMIT 1",
            from,
            to,
            compared
        )?;
        if let Some((id, _, document)) = &newest
            && changes(&read(document)?.body.report, &signed.body.report).is_empty()
        {
            drop(tx);
            return Ok(self.publication(*id).await?.0);
        }
        let row = Row {
            publication_id: Uuid::now_v7(),
            period_from: from,
            period_to: to,
            compared,
            version: newest.map_or(0, |(_, version, _)| version) + 1,
            at: now.0,
            by_name: by.name.to_owned(),
            as_of_seq: signed.body.as_of.seq,
            sha256: signed.sha256.clone(),
        };
        let document = serde_json::to_string(&signed).map_err(|error| StoreError::Bug(error.to_string()))?;
        execute!(
            tx,
            "INSERT INTO published_report
             (publication_id, period_from, period_to, compared, version, at, by_user, by_name, as_of_seq, sha256, document)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            row.publication_id,
            row.period_from,
            row.period_to,
            row.compared,
            row.version,
            row.at,
            by.user.0,
            &row.by_name,
            row.as_of_seq,
            &row.sha256,
            document
        )?;
        let event = NewEvent {
            actor: Some(by.user),
            body: json!({
                "from": day(from), "to": day(to), "compared": compared, "version": row.version,
                "as_of_seq": row.as_of_seq, "sha256": row.sha256,
            }),
            ..NewEvent::new(Uuid::now_v7(), now, "ReportPublished")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(row.view())
    }

    /// The newest first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn publications(&self) -> Result<Vec<Publication>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            Row,
            "SELECT publication_id, period_from, period_to, compared, version, at, by_name, as_of_seq, sha256
             FROM published_report ORDER BY at DESC, publication_id DESC LIMIT $1",
            LIST_MAX
        )?;
        Ok(rows.into_iter().map(Row::view).collect())
    }

    /// One publication with what was signed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn publication(&self, id: Uuid) -> Result<(Publication, SignedReport), StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            Row,
            "SELECT publication_id, period_from, period_to, compared, version, at, by_name, as_of_seq, sha256
             FROM published_report WHERE publication_id = $1",
            id
        )?;
        let document =
            fetch_optional!(tx, (String,), "SELECT document FROM published_report WHERE publication_id = $1", id)?;
        let (row, (document,)) = row.zip(document).ok_or(StoreError::NotFound)?;
        Ok((row.view(), read(&document)?))
    }

    /// Asks a publication's question again and says which figures are not what they were.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], or as [`Store::report`].
    pub async fn publication_since(&self, id: Uuid, city: &City) -> Result<SinceThen, ReportError> {
        let (publication, signed) = self.publication(id).await?;
        let period = ReportPeriod::parse(&publication.from, &publication.to)
            .map_err(|_| StoreError::row("published_report", "period"))?;
        let with = if publication.compared { Compare::PreviousYear } else { Compare::Nothing };
        let mut tx = self.read().await?;
        let now = crate::signed_reports::as_of(&mut tx).await?;
        let report = crate::reports::report_in(&mut tx, &period, with, city).await?;
        Ok(SinceThen {
            as_of_seq: publication.as_of_seq,
            events: now.seq - publication.as_of_seq,
            changes: changes(&signed.body.report, &report),
        })
    }
}
