//! How long agencies took is added up per day: whatever people do to incidents later, it is what the assignments say.

use super::*;
use crate::{
    reports::Part,
    tx::{fetch_all, fetch_one},
};
use siaga_core::{report::ReportPeriod, time::LocalDay};

const HOUR_S: i64 = 3_600;
const DAYS: i64 = 4;
const ACTIONS: usize = 160;

/// A small generator of our own: the same seed, the same test.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

impl Desk {
    /// A fire at a time of its own.
    async fn fire_at(&self, after_s: i64) -> IncidentId {
        let call = CallId(Uuid::now_v7());
        let fields = json!({"landmark": "pasar", "incident_type": "fire"});
        let change = DraftChange { base_revision: 0, fields: serde_json::from_value(fields).unwrap() };
        let showing = self.showing(after_s);
        let draft_revision = self.store.draft_save(call, &change, &showing, BY).await.unwrap().revision;
        let send = SendIncident { call_id: call, draft_revision, agencies: None };
        let new = NewIncident { incident_id: IncidentId(Uuid::now_v7()), send: &send };
        self.store.incident_send(new, &showing, BY, None).await.unwrap()
    }

    /// Something that people do; much of it is refused, as it should be. Gives whether it was done.
    async fn act(&self, dice: &mut Dice, incidents: &[IncidentId], after_s: i64) -> bool {
        let showing = self.showing(after_s);
        let (one, other) = (dice.of(incidents), dice.of(incidents));
        let mut tx = self.store.read().await.unwrap();
        let sql = "SELECT assignment_id FROM assignment ORDER BY assignment_id";
        let crews: Vec<AssignmentId> =
            fetch_all!(tx, (Uuid,), sql).unwrap().into_iter().map(|(id,)| AssignmentId(id)).collect();
        drop(tx);
        let crew = dice.of(&crews);
        match dice.below(8) {
            0..=2 => {
                let state = dice.of(&[S::Acknowledged, S::EnRoute, S::OnScene, S::Done]);
                self.step(crew, state, after_s).await.is_ok()
            }
            3 => {
                let agency = dice.of(&["pmi", "bpbd", "damkar"]);
                self.store.assignment_add(one, agency, &showing, BY, None).await.is_ok()
            }
            4 => self.store.assignment_cancel(crew, Some("salah pilih"), &showing, BY).await.is_ok(),
            5 => {
                let close = CloseIncident { outcome: IncidentOutcome::Resolved, note: Some("selesai".into()) };
                self.store.incident_close(one, &close, &showing, BY).await.is_ok()
            }
            6 => match dice.below(2) {
                0 => self.store.incident_reopen(one, "belum selesai", BY, showing.now).await.is_ok(),
                _ => self.store.incident_unmerge(one, BY, showing.now).await.is_ok(),
            },
            _ => self.store.incident_merge(one, other, &showing, BY).await.is_ok(),
        }
    }

    async fn agencies_are_what_assignments_say(&self, period: &ReportPeriod, when: usize) {
        let ours = self.store.report_part(period, Part::Agencies, &self.city).await.unwrap();
        let scanned = self.store.report_scan(period, Part::Agencies, &self.city).await.unwrap();
        assert_eq!(Some(ours), scanned, "after {when} actions");
        let found = self.store.rollup_check(LocalDay(20_270_101), LocalDay(20_270_131)).await.unwrap();
        assert_eq!(found, [], "after {when} actions");
    }
}

on_both! {
    async fn what_agencies_took_is_the_same_added_up(store: Store) {
        let desk = Desk::new(store).await;
        let period = ReportPeriod::parse("2027-01-15", "2027-01-25").unwrap();
        let mut dice = Dice(112);
        let mut incidents = Vec::new();
        for fire in 0..12 {
            incidents.push(desk.fire_at(fire * DAYS * 24 * HOUR_S / 12).await);
        }
        let (mut done, mut kept) = (0, 0);
        for action in 0..ACTIONS {
            let after_s = DAYS * 24 * HOUR_S + i64::try_from(action).unwrap() * 600;
            if action % 4 == 0 {
                desk.store.day_sums_fill(&period, usize::MAX).await.unwrap();
                let mut tx = desk.store.read().await.unwrap();
                kept += fetch_one!(tx, (i64,), "SELECT COUNT(*) FROM day_sum WHERE agencies <> '{}'").unwrap().0;
            }
            done += usize::from(desk.act(&mut dice, &incidents, after_s).await);
            if action % 4 < 2 {
                desk.agencies_are_what_assignments_say(&period, action + 1).await;
            }
        }
        assert!(done > ACTIONS / 4 && kept > 50, "{done} done, {kept} days were kept: nothing was tested");
    }
}
