//! The notice to a number, as a row of the outbox in the transaction of the decision.

use super::Ground;
use crate::{
    StoreError, Tx,
    outbox::{self, About, NewMessage},
    tx::execute,
};
use serde_json::json;
use sha2::{Digest, Sha256};
use siaga_core::{
    ids::SanctionId,
    phone::show_e164,
    sanction::{
        Addressee, AppealOutcome, Sanction,
        notice::{self, CODE_BYTES},
    },
};

/// What is kept of a code.
pub(super) fn code_hash(code: &str) -> Vec<u8> {
    Sha256::digest(code.as_bytes()).to_vec()
}

/// Tells the number what was decided; where it can disagree, with a code made of `chance`.
pub(super) async fn begun(
    tx: &mut Tx,
    id: SanctionId,
    sanction: &Sanction,
    chance: [u8; CODE_BYTES],
    ground: &Ground<'_>,
) -> Result<(), StoreError> {
    let case = sanction.case();
    let (address, code) = (format!("{}/keberatan", ground.base_url), notice::code(chance));
    let appeal = notice::can_be_appealed(case.proposal.step).then_some((address.as_str(), code.as_str()));
    if appeal.is_some() {
        let plain = notice::read_code(&code).ok_or_else(|| StoreError::Bug("a code that cannot be read".into()))?;
        let sql = "UPDATE sanction SET appeal_hash = $2 WHERE sanction_id = $1";
        execute!(*tx, sql, id.0, code_hash(&plain))?;
    }
    let text = notice::text(&ground.policy.notice, case, &ground.city.name, appeal);
    put(tx, id, sanction, text, ground).await
}

/// Tells the number that a sanction was lifted, or stays.
pub(super) async fn answered(
    tx: &mut Tx,
    id: SanctionId,
    sanction: &Sanction,
    outcome: AppealOutcome,
    ground: &Ground<'_>,
) -> Result<(), StoreError> {
    let text = notice::answer(&ground.policy.notice, outcome, &ground.city.name);
    put(tx, id, sanction, text, ground).await
}

async fn put(
    tx: &mut Tx,
    id: SanctionId,
    sanction: &Sanction,
    text: String,
    ground: &Ground<'_>,
) -> Result<(), StoreError> {
    let case = sanction.case();
    let shown = show_e164(&case.number);
    let target = match case.proposal.addressee {
        Addressee::Caller => shown,
        Addressee::Family => format!("Orang tua / sekolah / kelurahan ({shown})"),
    };
    let payload = json!({
        "kind": "sanction",
        "sanction_id": id,
        "step": case.proposal.step,
        "addressee": case.proposal.addressee,
        "number": case.number,
    });
    let message = NewMessage {
        about: About::Sanction(id.0),
        kind: "sanction",
        agency: String::new(),
        target,
        channel: "page",
        text,
        task_url: None,
        payload: payload.to_string(),
    };
    outbox::put(tx, &message, ground.now).await
}
