//! `/api/handovers`: what one shift tells the next.

pub mod draft;
pub mod get;
pub mod give;
pub mod lines;
pub mod take;
#[cfg(test)]
mod tests;

use crate::{Answer, Person, Web};
use siaga_core::{
    handover::{Now, open_things},
    view::{
        desk::{DeskView, Topic},
        handover::{HandoverPage, OpenThing},
        sanction::SanctionList,
    },
};
use siaga_engine::clock;
use siaga_store::incidents::IncidentFilter;

/// What is open now.
async fn open_now(web: &Web) -> Answer<Vec<OpenThing>> {
    let scene = web.scene();
    let incidents = web.store.incidents(IncidentFilter::Open, &scene.showing()).await?;
    let outbox = web.store.outbox_list().await?;
    let policy = web.policy.now();
    let sanctions = web.store.sanctions_list(SanctionList::InForce, &policy.sanction).await?;
    let desk = DeskView::clone(&web.engine.desk().borrow());
    let now = Now { desk: &desk, incidents: &incidents, outbox: &outbox, sanctions: &sanctions, at: clock::now() };
    Ok(open_things(now))
}

/// The page as it is now.
async fn view(web: &Web, person: &Person) -> Answer<HandoverPage> {
    Ok(web.store.handovers(person.user_id, open_now(web).await?).await?)
}

/// Tells the consoles after a commit, and gives the page as it is now.
async fn changed(web: &Web, person: &Person) -> Answer<HandoverPage> {
    web.changes.tell(Topic::Handovers, None);
    view(web, person).await
}
