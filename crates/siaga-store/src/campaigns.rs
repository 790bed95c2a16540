//! *Sosialisasi*: campaigns as they were written down, version by version, and what they did to the calls. The effect is
//! read from the figures per day and never stored.

mod daily;
mod write;

use crate::{
    Store, StoreError, Tx,
    tx::{fetch_all, fetch_optional, row},
};
use siaga_core::{
    campaign::{Campaign, Days, Question, Span, State, effect},
    ids::CampaignId,
    time::{LocalDay, Timestamp},
    view::campaign::{
        CampaignCancelled, CampaignDetail, CampaignEffect, CampaignMark, CampaignVersion, CampaignView, DayPoint,
        Effect,
    },
};
use uuid::Uuid;

/// Campaigns that are read: two a week for a decade.
const CAMPAIGNS_MAX: i64 = 1_000;

row! {
    struct CampaignRow {
        campaign_id: Uuid,
        version: i64,
        body: String,
        cancelled_at: Option<i64>,
        cancelled_name: Option<String>,
        cancelled_reason: Option<String>,
    }
}

row! {
    struct VersionRow {
        version: i64,
        at: i64,
        by_name: String,
        reason: String,
        body: String,
    }
}

/// One campaign as it stands.
struct Kept {
    id: CampaignId,
    version: i64,
    campaign: Campaign,
    cancelled: Option<CampaignCancelled>,
}

fn read(body: &str) -> Result<Campaign, StoreError> {
    serde_json::from_str(body).map_err(|_| StoreError::row("campaign_version", "body"))
}

impl CampaignRow {
    fn kept(self) -> Result<Kept, StoreError> {
        let cancelled = self.cancelled_at.map(|at| CampaignCancelled {
            at: Timestamp(at),
            by: self.cancelled_name.unwrap_or_default(),
            reason: self.cancelled_reason.unwrap_or_default(),
        });
        Ok(Kept { id: CampaignId(self.campaign_id), version: self.version, campaign: read(&self.body)?, cancelled })
    }
}

impl Kept {
    fn view(&self, today: LocalDay, effect: Option<Effect>) -> CampaignView {
        let state = if self.cancelled.is_some() { State::Cancelled } else { self.campaign.state(today) };
        CampaignView {
            campaign_id: self.id,
            version: self.version,
            campaign: self.campaign.clone(),
            state,
            cancelled: self.cancelled.clone(),
            effect,
        }
    }

    /// Its days, where it was held.
    fn held(&self) -> Option<Span> {
        self.cancelled.is_none().then(|| self.campaign.span()).flatten()
    }

    fn effect(&self, all: &[Kept], window: u16, days: &Days, today: LocalDay) -> Option<Effect> {
        self.held()?;
        let others: Vec<Span> = all.iter().filter(|one| one.id != self.id).filter_map(Kept::held).collect();
        effect(Question { campaign: &self.campaign, window, others: &others, today }, days)
    }
}

async fn one(tx: &mut Tx, id: CampaignId) -> Result<Option<Kept>, StoreError> {
    let sql =
        "SELECT c.campaign_id, c.version, v.body, c.cancelled_at, c.cancelled_name, c.cancelled_reason FROM campaign c
         JOIN campaign_version v ON v.campaign_id = c.campaign_id AND v.version = c.version WHERE c.campaign_id = $1";
    fetch_optional!(*tx, CampaignRow, sql, id.0)?.map(CampaignRow::kept).transpose()
}

/// All of them, the latest days first.
async fn all(tx: &mut Tx) -> Result<Vec<Kept>, StoreError> {
    let sql =
        "SELECT c.campaign_id, c.version, v.body, c.cancelled_at, c.cancelled_name, c.cancelled_reason FROM campaign c
         JOIN campaign_version v ON v.campaign_id = c.campaign_id AND v.version = c.version
         ORDER BY c.entered_at DESC, c.campaign_id LIMIT $1";
    let rows = fetch_all!(*tx, CampaignRow, sql, CAMPAIGNS_MAX)?;
    let mut all = rows.into_iter().map(CampaignRow::kept).collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(|one| std::cmp::Reverse((one.campaign.first, one.campaign.last)));
    Ok(all)
}

impl Store {
    /// Every campaign with its effect by the span that was chosen for it, the latest days first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn campaigns(&self, today: LocalDay) -> Result<Vec<CampaignView>, StoreError> {
        let mut tx = self.read().await?;
        let all = all(&mut tx).await?;
        let begun = all.iter().filter(|one| one.campaign.first <= today);
        let asked = begun.filter_map(|one| Some(effect::asked(one.held()?, one.campaign.window)));
        let whole = asked.reduce(|a, b| Span { first: a.first.min(b.first), last: a.last.max(b.last) });
        let days = match whole {
            Some(span) => daily::days(&mut tx, span).await?,
            None => Days::new(),
        };
        let view = |one: &Kept| one.view(today, one.effect(&all, one.campaign.window, &days, today));
        Ok(all.iter().map(view).collect())
    }

    /// One campaign with all it was written down as, the newest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn campaign(&self, id: CampaignId, today: LocalDay) -> Result<CampaignDetail, StoreError> {
        let mut tx = self.read().await?;
        let kept = one(&mut tx, id).await?.ok_or(StoreError::NotFound)?;
        let days = match kept.held().filter(|_| kept.campaign.first <= today) {
            Some(span) => daily::days(&mut tx, effect::asked(span, kept.campaign.window)).await?,
            None => Days::new(),
        };
        let effect = kept.effect(&all(&mut tx).await?, kept.campaign.window, &days, today);
        let sql = "SELECT version, at, by_name, reason, body FROM campaign_version WHERE campaign_id = $1
             ORDER BY version DESC";
        let version = |row: VersionRow| {
            let campaign = read(&row.body)?;
            let at = Timestamp(row.at);
            Ok(CampaignVersion { version: row.version, at, by: row.by_name, reason: row.reason, campaign })
        };
        let rows = fetch_all!(tx, VersionRow, sql, id.0)?;
        let versions = rows.into_iter().map(version).collect::<Result<_, StoreError>>()?;
        Ok(CampaignDetail { view: kept.view(today, effect), versions })
    }

    /// The effect by some span of days, with the days and what else was held on them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn campaign_effect(
        &self,
        id: CampaignId,
        window: Option<u16>,
        today: LocalDay,
    ) -> Result<CampaignEffect, StoreError> {
        let mut tx = self.read().await?;
        let kept = one(&mut tx, id).await?.ok_or(StoreError::NotFound)?;
        let window = window.unwrap_or(kept.campaign.window);
        let span = kept.campaign.span().ok_or_else(|| StoreError::row("campaign_version", "first"))?;
        let days = daily::days(&mut tx, effect::asked(span, window)).await?;
        let all = all(&mut tx).await?;
        let shown = effect::around(span, window);
        let point = |(day, count): (&LocalDay, &siaga_core::campaign::DayCount)| DayPoint {
            day: *day,
            nuisance: count.prank + count.ghost,
            real: count.real,
        };
        let (first, last) = (LocalDay::from_date(shown.first), LocalDay::from_date(shown.last));
        let before = |day: &LocalDay| *day < today;
        Ok(CampaignEffect {
            effect: kept.effect(&all, window, &days, today),
            days: days.range(first..=last).filter(|(day, _)| before(day)).map(point).collect(),
            others: all
                .iter()
                .filter(|one| one.id != id && one.held().is_some_and(|held| held.touches(&shown)))
                .map(|one| CampaignMark {
                    campaign_id: one.id,
                    name: one.campaign.name.clone(),
                    first: one.campaign.first,
                    last: one.campaign.last,
                })
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests;
