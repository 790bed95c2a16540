//! `GET /api/mailings`: both schedules, when each sends next, and how the last mails went.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::{
    mailing::Rhythm,
    view::mailing::{MailingList, MailingView},
};
use siaga_engine::clock;

pub async fn mailings(State(web): State<Web>) -> Answer<Json<MailingList>> {
    let mut mailings = Vec::new();
    for rhythm in Rhythm::ALL {
        mailings.push(view(&web, rhythm).await?);
    }
    Ok(Json(MailingList { sender: web.config.mail_sender.clone(), mailings }))
}

pub(super) async fn view(web: &Web, rhythm: Rhythm) -> Answer<MailingView> {
    Ok(web.store.mailing_view(rhythm, &web.city.now(), clock::now()).await?)
}
