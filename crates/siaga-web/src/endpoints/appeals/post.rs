//! `POST /api/appeals`: the form of `/keberatan`. Right, wrong and used codes get the same page, so it tells nobody
//! which codes exist.

use crate::{Answer, Problem, Web, gate::ClientAddress, public_page};
use axum::{
    extract::{Form, State, rejection::FormRejection},
    response::Html,
};
use serde::Deserialize;
use siaga_core::view::desk::Topic;
use siaga_engine::clock;
use siaga_store::sanctions::Appealed;

#[derive(Deserialize)]
pub struct Appeal {
    code: String,
    text: String,
}

/// Seconds after which a telephone that sent too many forms may send one more.
const AGAIN_S: u64 = 6;

pub async fn appeal(
    State(web): State<Web>,
    ClientAddress(address): ClientAddress,
    form: Result<Form<Appeal>, FormRejection>,
) -> Answer<Html<String>> {
    if !web.appeals.admits(address) {
        return Err(Problem::too_often(AGAIN_S));
    }
    let Ok(Form(appeal)) = form else {
        return Err(Problem::invalid("Isian tidak lengkap").detail("Isi kode dan alasan di halaman /keberatan."));
    };
    if let Appealed::Taken(id) = web.store.sanction_appeal(&appeal.code, &appeal.text, clock::now()).await? {
        web.changes.tell(Topic::Sanctions, Some(id.to_string()));
    }
    Ok(Html(public_page::appeal_taken(&web)))
}
