//! A shift lead beside a call-taker: whatever they do, nothing else on the desk moves, and everybody sees them.

use crate::{
    act::Act,
    world::{World, user},
};
use siaga_core::{
    desk::{DeskCommand as C, Input, LineEvent as L},
    ids::{CallId, StationId},
    role::Role,
    view::desk::{CallPhase, DeskView, SeatState},
};

/// The station of a lead's supervision, one per person for simplicity: no seat's.
fn station(p: u8) -> StationId {
    StationId(uuid::Uuid::from_u128(0xbad0 + u128::from(p)))
}

fn without_leads(mut view: DeskView) -> DeskView {
    view.calls.iter_mut().for_each(|card| card.supervision = None);
    view
}

impl World {
    pub fn act_of_lead(&mut self, act: Act) {
        // What time alone brings about comes first: all that is different afterwards is the lead's doing.
        self.input(Input::Tick);
        let before = without_leads(self.desk.view(self.now, 1));
        let input = match act {
            Act::Supervise(p, line, how) => {
                let Some(call) = self.some_call(line) else { return };
                let (user, role, display_name) = (user(p), Role::ShiftLead, String::new());
                Input::Command(C::Supervise { user, role, display_name, call, how, station: station(p) })
            }
            Act::SuperviseNoMore(p, line) => {
                let Some(call) = self.some_call(line) else { return };
                Input::Command(C::EndSupervision { user: user(p), call })
            }
            Act::LeadDown(p) => Input::Line(L::StationDown { station: station(p) }),
            _ => return,
        };
        self.input(input);
        assert_eq!(before, without_leads(self.desk.view(self.now, 1)), "a lead moved something");
    }

    fn some_call(&self, nth: u8) -> Option<CallId> {
        self.lines.values().nth(usize::from(nth) % self.lines.len().max(1)).copied()
    }

    pub fn leads_are_seen(&self, view: &DeskView) {
        let shown = view.calls.iter().filter_map(|card| Some((card.call_id, card.supervision.as_ref()?.user_id)));
        assert_eq!(shown.collect::<Vec<_>>(), {
            let mut known: Vec<_> = self.leads.iter().map(|(call, lead)| (*call, *lead)).collect();
            let order = |call: &CallId| view.calls.iter().position(|card| card.call_id == *call);
            known.sort_by_key(|(call, _)| order(call));
            known
        });
        for (call, lead) in &self.leads {
            let card = view.calls.iter().find(|card| card.call_id == *call).expect("because its line is up");
            let talk = matches!(card.phase, CallPhase::Talking | CallPhase::Held | CallPhase::Waiting);
            assert!(talk, "a lead is on what is no conversation: {card:?}");
            let own = view.seats.iter().find(|seat| seat.user_id == *lead);
            assert!(own.is_none_or(|seat| seat.state != SeatState::Talking), "a lead listens from a call of their own");
            assert_eq!(self.leads.values().filter(|one| *one == lead).count(), 1, "one lead on two calls");
        }
    }
}
