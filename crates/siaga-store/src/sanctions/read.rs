//! Sanctions as the page sees them.

use super::{Ground, ground, load, read_body};
use crate::{
    Store, StoreError,
    calls::{CallFilter, ClassFilter},
    tx::fetch_all,
};
use siaga_core::{
    class::Class,
    ids::SanctionId,
    phone::show_e164,
    sanction::{Author, Decision, Heard, Ladder, Sanction, notice::masked},
    screening::sentence::sentence,
    view::sanction::{AppealView, DecisionView, SanctionDetail, SanctionList, SanctionView},
};
use uuid::Uuid;

/// Rows of one list.
const LIST_MAX: i64 = 200;
/// Calls shown beside a decision.
const CALLS_SHOWN: u32 = 20;

impl Store {
    /// One of the four lists, what changed last first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn sanctions_list(&self, show: SanctionList, ladder: &Ladder) -> Result<Vec<SanctionView>, StoreError> {
        let mut tx = self.read().await?;
        let rows = match show {
            SanctionList::Open => fetch_all!(
                tx,
                (Uuid, String),
                "SELECT sanction_id, body FROM sanction WHERE state IN ('proposed', 'awaiting_second')
                 ORDER BY proposed_at, sanction_id LIMIT $1",
                LIST_MAX
            ),
            SanctionList::InForce => fetch_all!(
                tx,
                (Uuid, String),
                "SELECT sanction_id, body FROM sanction WHERE state = 'in_force' ORDER BY blocked_until, sanction_id
                 LIMIT $1",
                LIST_MAX
            ),
            SanctionList::Appealed => fetch_all!(
                tx,
                (Uuid, String),
                "SELECT sanction_id, body FROM sanction WHERE state = 'appealed' ORDER BY changed_at, sanction_id
                 LIMIT $1",
                LIST_MAX
            ),
            SanctionList::Past => fetch_all!(
                tx,
                (Uuid, String),
                "SELECT sanction_id, body FROM sanction WHERE state IN ('given', 'expired', 'lifted', 'rejected', 'withdrawn')
                 ORDER BY changed_at DESC, sanction_id LIMIT $1",
                LIST_MAX
            ),
        }?;
        rows.into_iter().map(|(id, body)| Ok(view(SanctionId(id), &read_body(&body)?, ladder))).collect()
    }

    /// One, with what a person must see before deciding.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn sanction_detail(&self, id: SanctionId, at: &Ground<'_>) -> Result<SanctionDetail, StoreError> {
        let mut tx = self.read().await?;
        let sanction = load(&mut tx, id).await?;
        let number = sanction.case().number.clone();
        let immune = ground::immune(&mut tx, &number, at).await?.map(|immune| immune.words());
        let earlier = fetch_all!(
            tx,
            (Uuid, String),
            "SELECT sanction_id, body FROM sanction WHERE number = $1 AND sanction_id <> $2
             ORDER BY proposed_at DESC LIMIT $3",
            &number,
            id.0,
            i64::from(CALLS_SHOWN)
        )?;
        let notices = fetch_all!(
            tx,
            (String,),
            "SELECT text FROM outbox WHERE sanction_id = $1 ORDER BY created_at, outbox_id",
            id.0
        )?;
        drop(tx);
        let facts = self.number_facts(&number, at.now).await?;
        let label = |key: &str| at.city.incident_type(key).map(|kind| kind.label.clone());
        let listed = |class: Option<ClassFilter>| CallFilter {
            number: Some(number.clone()),
            class,
            limit: CALLS_SHOWN,
            ..CallFilter::default()
        };
        let ladder = &at.policy.sanction;
        Ok(SanctionDetail {
            sanction: view(id, &sanction, ladder),
            sentence: sentence(&facts, label, at.now, at.city.time_zone()),
            real: self.calls_list(&listed(Some(ClassFilter::Is(Class::Emergency)))).await?,
            calls: self.calls_list(&listed(None)).await?,
            immune,
            earlier: earlier
                .into_iter()
                .map(|(id, body)| Ok(view(SanctionId(id), &read_body(&body)?, ladder)))
                .collect::<Result<_, StoreError>>()?,
            notices: notices.into_iter().map(|(text,)| masked(&text)).collect(),
        })
    }
}

fn view(id: SanctionId, sanction: &Sanction, ladder: &Ladder) -> SanctionView {
    let case = sanction.case();
    let (from, until, heard, ended): (_, _, Option<&Heard>, Option<&Decision>) = match sanction {
        Sanction::Proposed { .. } | Sanction::AwaitingSecond { .. } => (None, None, None, None),
        Sanction::Rejected { rejected, .. } => (None, None, None, Some(rejected)),
        Sanction::InForce { ruling, until, heard } | Sanction::Expired { ruling, until, heard } => {
            (Some(ruling.from), Some(*until), heard.as_ref(), None)
        }
        Sanction::Given { ruling, heard } => (Some(ruling.from), None, heard.as_ref(), None),
        Sanction::Appealed { ruling, until, .. } => (Some(ruling.from), *until, None, None),
        Sanction::Lifted { ruling, until, heard, lifted } => (Some(ruling.from), *until, heard.as_ref(), Some(lifted)),
    };
    let appeal = match sanction {
        Sanction::Appealed { appeal, .. } => {
            Some(AppealView { at: appeal.at, text: appeal.text.clone(), outcome: None, decision: None })
        }
        _ => heard.map(|heard| AppealView {
            at: heard.appeal.at,
            text: heard.appeal.text.clone(),
            outcome: Some(heard.outcome),
            decision: Some(DecisionView::from(&heard.decision)),
        }),
    };
    SanctionView {
        sanction_id: id,
        number: show_e164(&case.number),
        step: case.proposal.step,
        addressee: case.proposal.addressee,
        state: sanction.state(),
        hours: case.proposal.hours,
        reasons: case.proposal.reasons.clone(),
        pranks: case.proposal.pranks.clone(),
        proposed_at: case.at,
        author: match &case.author {
            Author::Program => None,
            Author::Person(said) => Some(DecisionView::from(said)),
        },
        approvals: sanction.approvals().iter().map(DecisionView::from).collect(),
        needs_second: sanction.needs_second(ladder),
        from,
        until,
        ended: ended.map(DecisionView::from),
        appeal,
    }
}
