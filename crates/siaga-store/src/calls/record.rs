//! One call's row and what a fact does to it. Facts may come in any order (a spool is replayed after newer facts
//! were written): each field is decided by the times the facts carry, never by the order they arrive in.

use crate::{
    StoreError, Tx,
    rollup::{Details, Taker, Tally},
    tx::{execute, fetch_optional, row},
    words::Word,
};
use siaga_core::{
    call::live::Fact,
    class::Class,
    ids::{CallId, UserId},
    time::{LocalDay, Timestamp},
    view::{
        call::CallOutcome,
        desk::{ClassChoice, Direction, Lane},
    },
};
use uuid::Uuid;

/// What the program gives a call whose caller went while it rang, and while the machine had the line.
const BEFORE_ANSWER: &str = "before_answer";
const BEFORE_HUMAN: &str = "before_human";

row! {
    /// The part of a call's row that facts change.
    #[derive(Clone, PartialEq, Debug)]
    pub struct CallRecord {
        pub call_id: Uuid,
        pub direction: String,
        pub number: Option<String>,
        pub number_raw: Option<String>,
        pub display_name: Option<String>,
        pub sip_call_id: Option<String>,
        pub lane: String,
        pub suspicion: i64,
        pub reasons: String,
        pub callback_id: Option<Uuid>,
        pub offered: bool,
        pub offered_at: i64,
        pub answered_at: Option<i64>,
        pub ended_at: Option<i64>,
        pub ended_by: Option<String>,
        pub outcome: Option<String>,
        pub seat: Option<i64>,
        pub call_taker: Option<Uuid>,
        pub seat_at: Option<i64>,
        pub class: Option<String>,
        pub sub: Option<String>,
        pub class_by: Option<Uuid>,
        pub class_at: Option<i64>,
        pub incident_id: Option<Uuid>,
        pub incident_type: Option<String>,
        pub agency: Option<String>,
        pub village_code: Option<String>,
        pub local_day: i64,
        pub greeted_at: Option<i64>,
        pub judged_at: Option<i64>,
        pub import_id: Option<Uuid>,
        pub call_taker_name: Option<String>,
        pub telephone: Option<String>,
    }
}

/// The call whose row a fact changes, if it changes one.
pub fn call_of(fact: &Fact) -> Option<CallId> {
    match fact {
        Fact::Offered { call, .. }
        | Fact::Answered { call, .. }
        | Fact::AnsweredOutside { call, .. }
        | Fact::Greeted { call, .. }
        | Fact::Judged { call, .. }
        | Fact::Moved { call, .. }
        | Fact::Classed { call, .. }
        | Fact::Ended { call, .. } => Some(*call),
        _ => None,
    }
}

/// PostgreSQL refuses the character NUL in text; a telephone may send it.
pub fn clean(text: &str) -> String {
    text.replace('\0', "")
}

impl CallRecord {
    /// A call of which nothing is known yet but that it exists.
    pub fn unknown(call: CallId, at: Timestamp) -> Self {
        Self {
            call_id: call.0,
            direction: Direction::Incoming.word().to_owned(),
            number: None,
            number_raw: None,
            display_name: None,
            sip_call_id: None,
            lane: Lane::A.word().to_owned(),
            suspicion: 0,
            reasons: "[]".to_owned(),
            callback_id: None,
            offered: false,
            offered_at: at.0,
            answered_at: None,
            ended_at: None,
            ended_by: None,
            outcome: None,
            seat: None,
            call_taker: None,
            seat_at: None,
            class: None,
            sub: None,
            class_by: None,
            class_at: None,
            incident_id: None,
            incident_type: None,
            agency: None,
            village_code: None,
            local_day: 0,
            greeted_at: None,
            judged_at: None,
            import_id: None,
            call_taker_name: None,
            telephone: None,
        }
    }

    /// Takes in one fact of this call; facts that change no row are left alone.
    pub fn apply(&mut self, at: Timestamp, fact: &Fact) {
        if !self.offered {
            self.offered_at = self.offered_at.min(at.0);
        }
        match fact {
            Fact::Offered {
                direction,
                number,
                number_raw,
                display_name,
                sip_call_id,
                lane,
                suspicion,
                reasons,
                callback,
                ..
            } => {
                let text = |value: &Option<String>| value.as_deref().map(clean);
                self.offered = true;
                self.offered_at = at.0;
                self.direction = direction.word().to_owned();
                self.number = text(number);
                self.number_raw = text(number_raw);
                self.display_name = text(display_name);
                self.sip_call_id = text(sip_call_id);
                if self.judged_at.is_none() {
                    self.judge(*lane, *suspicion, reasons);
                }
                self.callback_id = callback.map(|id| id.0);
            }
            Fact::Judged { lane, suspicion, reasons, .. } if self.judged_at.is_none_or(|known| known <= at.0) => {
                self.judged_at = Some(at.0);
                self.judge(*lane, *suspicion, reasons);
            }
            Fact::Greeted { .. } => {
                self.greeted_at = Some(self.greeted_at.map_or(at.0, |known| known.min(at.0)));
                self.settle();
            }
            Fact::Answered { seat, call_taker, .. } => {
                self.answered_at = Some(self.answered_at.map_or(at.0, |known| known.min(at.0)));
                self.sit(at, i64::from(seat.0), *call_taker);
            }
            Fact::AnsweredOutside { telephone, .. } => {
                self.answered_at = Some(self.answered_at.map_or(at.0, |known| known.min(at.0)));
                self.telephone = Some(clean(telephone));
            }
            Fact::Moved { seat, call_taker, .. } => self.sit(at, i64::from(seat.0), *call_taker),
            Fact::Classed { by, choice, .. } if self.class_at.is_none_or(|known| known <= at.0) => {
                self.choose(at, *by, choice.as_ref());
            }
            // The first end counts: what a restart assumed never overrules what was seen.
            Fact::Ended { outcome, by, .. } if self.ended_at.is_none_or(|known| at.0 < known) => {
                self.ended_at = Some(at.0);
                self.ended_by = Some(by.word().to_owned());
                self.outcome = Some(outcome.word().to_owned());
                self.settle();
            }
            _ => {}
        }
    }

    fn judge(&mut self, lane: Lane, suspicion: u8, reasons: &[String]) {
        self.lane = lane.word().to_owned();
        self.suspicion = i64::from(suspicion);
        // JSON writes NUL as an escape.
        self.reasons = serde_json::Value::from(reasons.to_vec()).to_string();
    }

    fn sit(&mut self, at: Timestamp, seat: i64, call_taker: UserId) {
        if self.seat_at.is_none_or(|known| known <= at.0) {
            self.seat = Some(seat);
            self.call_taker = Some(call_taker.0);
            self.seat_at = Some(at.0);
        }
    }

    /// A person gives a class, or takes it back.
    pub fn choose(&mut self, at: Timestamp, by: UserId, choice: Option<&ClassChoice>) {
        self.class_at = Some(at.0);
        self.class_by = choice.map(|_| by.0);
        self.class = choice.map(|choice| choice.class.word().to_owned());
        self.sub = choice.and_then(|choice| choice.sub.as_deref().map(clean));
        self.settle();
    }

    /// Without a person's word, an abandoned call is classed by the program and no other is.
    fn settle(&mut self) {
        if self.class_by.is_none() {
            let abandoned = self.outcome.as_deref() == Some(CallOutcome::Abandoned.word());
            self.class = abandoned.then(|| Class::Abandoned.word().to_owned());
            let sub = if self.greeted_at.is_some() { BEFORE_HUMAN } else { BEFORE_ANSWER };
            self.sub = abandoned.then(|| sub.to_owned());
        }
    }

    /// The call as the figures see it, if it counts.
    pub fn tally(&self) -> Result<Option<Tally<'_>>, StoreError> {
        let outcome = CallOutcome::read_some(self.outcome.as_deref())?;
        let Some(outcome) = outcome.filter(|_| self.direction == Direction::Incoming.word()) else {
            return Ok(None);
        };
        Ok(Some(Tally {
            day: self.day(),
            offered_at: Timestamp(self.offered_at),
            answered_at: self.answered_at.map(Timestamp),
            ended_at: self.ended_at.map(Timestamp),
            lane: Lane::read(&self.lane)?,
            outcome,
            class: Class::read_some(self.class.as_deref())?,
            sub: self.sub.as_deref(),
            details: Details {
                incident_type: self.incident_type.as_deref(),
                agency: self.agency.as_deref(),
                village_code: self.village_code.as_deref(),
            },
            taker: match self.import_id {
                Some(_) => Taker::Ledger(self.call_taker_name.as_deref()),
                None => Taker::Live(self.call_taker.map(UserId)),
            },
        }))
    }

    pub fn day(&self) -> LocalDay {
        LocalDay(i32::try_from(self.local_day).unwrap_or(0))
    }

    pub async fn load(tx: &mut Tx, call: CallId) -> Result<Option<Self>, StoreError> {
        fetch_optional!(
            *tx,
            CallRecord,
            "SELECT call_id, direction, number, number_raw, display_name, sip_call_id, lane, suspicion, reasons,
                    callback_id, offered, offered_at, answered_at, ended_at, ended_by, outcome, seat, call_taker,
                    seat_at, class, sub, class_by, class_at, incident_id, incident_type, agency, village_code,
                    local_day, greeted_at, judged_at, import_id, call_taker_name, telephone
             FROM call WHERE call_id = $1",
            call.0
        )
    }

    pub async fn save(&self, tx: &mut Tx) -> Result<(), StoreError> {
        execute!(
            *tx,
            "INSERT INTO call (call_id, direction, number, number_raw, display_name, sip_call_id, lane, suspicion,
                    reasons, callback_id, offered, offered_at, answered_at, ended_at, ended_by, outcome, seat,
                    call_taker, seat_at, class, sub, class_by, class_at, incident_id, incident_type, agency,
                    village_code, local_day, greeted_at, judged_at, telephone)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                    $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)
             ON CONFLICT (call_id) DO UPDATE SET
                    direction = excluded.direction, number = excluded.number, number_raw = excluded.number_raw,
                    display_name = excluded.display_name, sip_call_id = excluded.sip_call_id, lane = excluded.lane,
                    suspicion = excluded.suspicion, reasons = excluded.reasons, callback_id = excluded.callback_id,
                    offered = excluded.offered, offered_at = excluded.offered_at,
                    answered_at = excluded.answered_at, ended_at = excluded.ended_at, ended_by = excluded.ended_by,
                    outcome = excluded.outcome, seat = excluded.seat, call_taker = excluded.call_taker,
                    seat_at = excluded.seat_at, class = excluded.class, sub = excluded.sub,
                    class_by = excluded.class_by, class_at = excluded.class_at, incident_id = excluded.incident_id,
                    incident_type = excluded.incident_type, agency = excluded.agency,
                    village_code = excluded.village_code, local_day = excluded.local_day, greeted_at = excluded.greeted_at,
                    judged_at = excluded.judged_at, telephone = excluded.telephone",
            self.call_id,
            &self.direction,
            &self.number,
            &self.number_raw,
            &self.display_name,
            &self.sip_call_id,
            &self.lane,
            self.suspicion,
            &self.reasons,
            self.callback_id,
            self.offered,
            self.offered_at,
            self.answered_at,
            self.ended_at,
            &self.ended_by,
            &self.outcome,
            self.seat,
            self.call_taker,
            self.seat_at,
            &self.class,
            &self.sub,
            self.class_by,
            self.class_at,
            self.incident_id,
            &self.incident_type,
            &self.agency,
            &self.village_code,
            self.local_day,
            self.greeted_at,
            self.judged_at,
            &self.telephone,
        )?;
        Ok(())
    }
}
