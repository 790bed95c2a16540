//! Answers to question cards: lines that are only added. They belong to a call and go with it to its incident.

use super::{Actor, IncidentError, Showing, drafts};
use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    tx::{execute, fetch_all, fetch_one, fetch_optional, row},
};
use serde_json::json;
use siaga_core::{
    card::{answer_lines, keep, open_questions},
    ids::{CallId, IncidentId},
    intake::FieldProblem,
    time::Timestamp,
    view::card::{CardAnswerLine, CardAnswers, CardChoice, NewCardAnswer},
};
use uuid::Uuid;

/// Lines of one call: the longest card asked ten times over. More is a screen gone mad, and an incident that nobody reads.
const ANSWERS_OF_CALL_MAX: i64 = 500;

row! {
    struct AnswerRow {
        answer_id: Uuid,
        call_id: Uuid,
        at: i64,
        by_name: String,
        card: String,
        title: String,
        fingerprint: String,
        step: String,
        asked: String,
        choice: String,
    }
}

impl AnswerRow {
    fn line(self) -> Result<CardAnswerLine, StoreError> {
        Ok(CardAnswerLine {
            answer_id: self.answer_id,
            call_id: CallId(self.call_id),
            at: Timestamp(self.at),
            by: self.by_name,
            card: self.card,
            title: self.title,
            fingerprint: self.fingerprint,
            step: self.step,
            asked: self.asked,
            choice: serde_json::from_str(&self.choice).map_err(|_| StoreError::row("card_answer", "choice"))?,
            corrected: false,
        })
    }
}

async fn of_call(tx: &mut Tx, call: Uuid) -> Result<Vec<CardAnswerLine>, StoreError> {
    let sql = "SELECT answer_id, call_id, at, by_name, card, title, fingerprint, step, asked, choice
               FROM card_answer WHERE call_id = $1 ORDER BY seq";
    fetch_all!(*tx, AnswerRow, sql, call)?.into_iter().map(AnswerRow::line).collect()
}

/// What was asked in these calls, and where their cards were left.
async fn of_calls(tx: &mut Tx, calls: &[Uuid], showing: &Showing<'_>) -> Result<CardAnswers, StoreError> {
    let (mut lines, mut open) = (Vec::new(), Vec::new());
    for &call in calls {
        let own = answer_lines(of_call(tx, call).await?);
        let (sheet, _) = drafts::load(tx, CallId(call)).await?;
        let incident_type = sheet.fields.incident_type.as_deref();
        open.extend(open_questions(&showing.city.cards, CallId(call), incident_type, &own));
        lines.extend(own);
    }
    lines.sort_by_key(|line| line.at);
    Ok(CardAnswers { lines, open })
}

pub(super) async fn of_incident(tx: &mut Tx, incident: Uuid, showing: &Showing<'_>) -> Result<CardAnswers, StoreError> {
    let sql = "SELECT call_id FROM incident_call JOIN incident i USING (incident_id)
               WHERE i.incident_id = $1 OR i.root = $1 ORDER BY at, call_id";
    let calls: Vec<Uuid> = fetch_all!(*tx, (Uuid,), sql, incident)?.into_iter().map(|(call,)| call).collect();
    of_calls(tx, &calls, showing).await
}

/// What a crew needs of it: answers that stand, neither corrected nor passed over, nor what was read aloud.
pub(super) async fn for_crew(
    tx: &mut Tx,
    incident: Uuid,
    showing: &Showing<'_>,
) -> Result<Vec<CardAnswerLine>, StoreError> {
    let mut lines = of_incident(tx, incident, showing).await?.lines;
    lines.retain(|line| !line.corrected && matches!(line.choice, CardChoice::Answered { .. }));
    Ok(lines)
}

impl Store {
    /// What was asked in a call.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn card_answers(&self, call: CallId, showing: &Showing<'_>) -> Result<CardAnswers, StoreError> {
        let mut tx = self.read().await?;
        of_calls(&mut tx, &[call.0], showing).await
    }

    /// What was asked in all calls of an incident.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn incident_card_answers(
        &self,
        incident: IncidentId,
        showing: &Showing<'_>,
    ) -> Result<CardAnswers, StoreError> {
        let mut tx = self.read().await?;
        super::read::incident_row(&mut tx, incident).await?;
        of_incident(&mut tx, incident.0, showing).await
    }

    /// Adds an answer and its event, once however often it is sent. A correction is a line more.
    ///
    /// # Errors
    /// [`IncidentError::Field`] for an answer that the card does not have.
    pub async fn card_answer_add(
        &self,
        call: CallId,
        new: &NewCardAnswer,
        showing: &Showing<'_>,
        by: Actor<'_>,
    ) -> Result<CardAnswers, IncidentError> {
        let kept = keep(&showing.city.cards, new)?;
        let mut tx = self.begin().await?;
        let sql = "SELECT call_id FROM card_answer WHERE answer_id = $1";
        if let Some((of,)) = fetch_optional!(tx, (Uuid,), sql, kept.answer_id)? {
            // the same answer again: the first stands
            return if of == call.0 {
                Ok(of_calls(&mut tx, &[of], showing).await?)
            } else {
                Err(IncidentError::OtherCommand)
            };
        }
        let (held,) = fetch_one!(tx, (i64,), "SELECT COUNT(*) FROM card_answer WHERE call_id = $1", call.0)?;
        if held >= ANSWERS_OF_CALL_MAX {
            let problem =
                format!("paling banyak {ANSWERS_OF_CALL_MAX} jawaban per panggilan; tulis sisanya sebagai catatan");
            return Err(FieldProblem { field: "card".into(), problem }.into());
        }
        let event = NewEvent {
            actor: Some(by.user),
            call: Some(call),
            incident: drafts::incident_of(&mut tx, call).await?,
            body: json!({ "answer_id": kept.answer_id, "card": kept.card, "fingerprint": kept.fingerprint, "step": kept.step,
                          "asked": kept.asked, "choice": kept.choice }),
            ..NewEvent::new(Uuid::now_v7(), showing.now, "CardAnswered")
        };
        let seq = events::append(&mut tx, event).await?;
        execute!(
            tx,
            "INSERT INTO card_answer (answer_id, call_id, seq, at, by_user, by_name, card, title, fingerprint, step, asked, choice)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            kept.answer_id,
            call.0,
            seq,
            showing.now.0,
            by.user.0,
            by.name,
            &kept.card,
            &kept.title,
            &kept.fingerprint,
            &kept.step,
            &kept.asked,
            super::json_text(&kept.choice)?
        )?;
        let answers = of_calls(&mut tx, &[call.0], showing).await?;
        tx.commit().await?;
        Ok(answers)
    }
}
