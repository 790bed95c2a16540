//! A call as a console shows it.

use super::{Call, Given, Phase, waits_for};
use crate::{
    limits::ANSWER_MS,
    link,
    phone::Number,
    queue::QueuePolicy,
    screening::{NEUTRAL, Reason},
    time::Timestamp,
    view::{
        desk::{CallCard, HandOffView, Lane},
        link::PositionView,
        supervision::SupervisionView,
    },
};

impl Call {
    #[must_use]
    pub fn card(&self, policy: &QueuePolicy, now: Timestamp) -> CallCard {
        let about = &self.about;
        let handed_off = self.phase.handed_off();
        let undo_until = match handed_off {
            Some(off) => Some(off.undo_until()),
            None => self.given.as_ref().map(Given::undo_until),
        };
        let undo_until = undo_until.filter(|until| now < *until);
        CallCard {
            call_id: about.call,
            direction: about.direction,
            phase: self.phase.shown(),
            number: about.number_shown.clone(),
            offered_at: about.offered_at,
            answered_at: self.phase.answered_at(),
            ended_at: if let Phase::Wrap(wrap) = &self.phase { Some(wrap.ended_at) } else { None },
            seat: self.phase.seat(),
            lane: self.lane(),
            suspicion: self.verdict.as_ref().map_or(NEUTRAL, |verdict| verdict.suspicion),
            reasons: self.verdict.iter().flat_map(|verdict| &verdict.reasons).map(Reason::words).collect(),
            history: about.history.clone(),
            real_before: about.real_before,
            speech: self.speech,
            level_dbfs: self.level_dbfs,
            keys: self.keys.clone(),
            blocked: self.is_blocked(),
            silent_line: self.is_silent_line(policy, now) || handed_off.is_some_and(|off| off.said_at.is_some()),
            unheard: self.is_unheard(),
            answer_by: self.asked_at.map(|at| at.plus_ms(ANSWER_MS)),
            telephone: None,
            handed_off: self.hand_off_view(),
            duress: self.duress_at.is_some(),
            // The desk knows the numbers.
            duress_before: false,
            position: self.position.map(PositionView::from),
            sent_at: self.sent_at,
            no_link: match about.drill {
                Some(_) => Some(link::NoLink::Drill),
                None => link::refusal(about.number.as_deref().and_then(Number::from_e164).as_ref()),
            },
            why: self.why(policy, now),
            class: self.given.as_ref().map(|given| given.choice.clone()),
            undo_until,
            muted: matches!(&self.phase, Phase::Talking(talk) | Phase::Held(talk) if talk.muted),
            incident_id: self.incident,
            supervision: self.supervisor.as_ref().map(SupervisionView::from),
        }
    }

    fn hand_off_view(&self) -> Option<HandOffView> {
        let (from, back_at) = match (self.phase, self.back) {
            (Phase::HandedOff(off), _) => (off.by, None),
            (Phase::Waiting { .. }, Some(back)) => (back.from, Some(back.at)),
            _ => return None,
        };
        Some(HandOffView { by: from.user, seat: from.seat, back_at })
    }

    /// Why it rings where it rings, or what it waits for.
    fn why(&self, policy: &QueuePolicy, now: Timestamp) -> String {
        if let Some(offer) = self.phase.offer() {
            return offer.why.words();
        }
        let words = match self.phase {
            _ if self.is_left() => waits_for::LEFT,
            Phase::Listening(listen) if listen.is_settled() => waits_for::SETTLED,
            Phase::Listening(_) if !self.may_ring(policy, now) => waits_for::HEARS_FIRST,
            Phase::HandedOff(_) => waits_for::HANDED_OFF,
            Phase::Waiting { .. } if self.back.is_some() => waits_for::BACK,
            Phase::Waiting { last: None, answered_at: Some(_), .. } => waits_for::TELEPHONE_GONE,
            Phase::Waiting { .. } => waits_for::SEAT_GONE,
            _ if !self.waits() => "",
            _ if self.is_silent_line(policy, now) => waits_for::SILENT_LINE,
            _ if self.lane() == Lane::B => waits_for::LANE_B,
            _ => waits_for::WAITS,
        };
        words.to_owned()
    }
}
