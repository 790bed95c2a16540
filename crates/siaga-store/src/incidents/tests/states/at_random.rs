//! Whatever people do in whatever order: nothing is lost, and the figures agree.

use super::*;

/// A stream of numbers; the same seed gives the same.
fn next(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 33).unwrap()
}

on_both! {
    async fn whatever_is_done_nothing_is_lost_and_the_figures_agree(store: Store) {
        let desk = Desk::new(store).await;
        for seed in [3, 5, 8] { random(&desk, seed).await; }
    }

    async fn a_figure_that_moved_by_itself_is_found(store: Store) {
        let desk = Desk::new(store).await;
        let (one, two) = (desk.opened(desk.call().await, "fire").await, desk.opened(desk.call().await, "flood").await);
        desk.merge(one, two).await.unwrap();
        meddle(&desk.store, "UPDATE incident SET root = NULL WHERE merged_into IS NOT NULL").await;
        assert!(!desk.store.audit(&[]).await.unwrap().faults.told.is_empty(), "this test can fail");
    }
}

/// Random steps beside a model that knows nothing of tables.
async fn random(desk: &Desk, seed: u64) {
    let mut state = seed * 0x9e37_79b9;
    // call → incident; incident → what it gave way to
    let mut ties: BTreeMap<CallId, IncidentId> = BTreeMap::new();
    let mut into: BTreeMap<IncidentId, IncidentId> = BTreeMap::new();
    let mut leaders: BTreeMap<IncidentId, CallId> = BTreeMap::new();
    let mut closed: BTreeSet<IncidentId> = BTreeSet::new();
    let mut calls = Vec::new();
    for _ in 0..9 {
        calls.push(desk.call().await);
    }
    for (call, kind) in calls[..3].iter().zip(["fire", "electrical", "flood"]) {
        let id = desk.opened(*call, kind).await;
        ties.insert(*call, id);
        leaders.insert(id, *call);
    }
    for _ in 0..60 {
        let ids: Vec<IncidentId> = leaders.keys().copied().collect();
        let (a, b) = (ids[next(&mut state) % ids.len()], ids[next(&mut state) % ids.len()]);
        let call = calls[next(&mut state) % calls.len()];
        let root = |mut id: IncidentId| {
            while let Some(up) = into.get(&id) {
                id = *up;
            }
            id
        };
        let stands = |id: &IncidentId| !into.contains_key(id);
        let open = |id: &IncidentId| stands(id) && !closed.contains(id);
        match next(&mut state) % 6 {
            0 => {
                let may = stands(&a) && ties.get(&call).is_none_or(|held| *held == a);
                assert_eq!(desk.attach(a, call).await.is_ok(), may);
                if may {
                    ties.insert(call, a);
                }
            }
            1 => {
                let there = ties.get(&call).is_some_and(|held| *held == a || root(*held) == a);
                let leads = ties.get(&call).is_some_and(|held| leaders[held] == call);
                assert_eq!(desk.detach(a, call).await.is_ok(), !(there && leads));
                if there && !leads {
                    ties.remove(&call);
                }
            }
            2 => {
                let held = ties.get(&call).copied();
                let there = held.is_some_and(|held| held == a || root(held) == a);
                if there && held.is_some_and(|held| leaders[&held] != call) {
                    let own = desk.split(a, call).await.unwrap();
                    ties.insert(call, own);
                    leaders.insert(own, call);
                }
            }
            3 => {
                let already = into.get(&a) == Some(&b);
                let may = a != b && (already || (open(&a) && open(&b)));
                assert_eq!(desk.merge(a, b).await.is_ok(), may, "{a} into {b}");
                if may {
                    into.insert(a, b);
                }
            }
            4 => {
                let may = into.contains_key(&a);
                assert_eq!(desk.unmerge(a).await.is_ok(), may);
                into.remove(&a);
            }
            _ if open(&a) => {
                desk.close(a, Some("selesai")).await.unwrap();
                closed.insert(a);
            }
            _ if stands(&a) => {
                desk.store.incident_reopen(a, "masih ada", BY, NOW.plus_ms(950_000)).await.unwrap();
                closed.remove(&a);
            }
            _ => {}
        }
        let mut shown = 0;
        for id in leaders.keys().filter(|id| !into.contains_key(id)) {
            shown += desk.view(*id, 960).await.calls.len();
        }
        assert_eq!(shown, ties.len(), "each tied call is at one incident that stands, seed {seed}");
    }
    let mut counted: BTreeMap<Option<IncidentId>, usize> = BTreeMap::new();
    let mut expected = counted.clone();
    for call in &calls {
        let row = desk.store.call_row(*call).await.unwrap();
        *counted.entry(row.incident_id).or_default() += 1;
        let mut held = ties.get(call).copied();
        while let Some(up) = held.and_then(|id| into.get(&id)) {
            held = Some(*up);
        }
        *expected.entry(held).or_default() += 1;
        assert_eq!(row.class == Some(Class::Emergency), held.is_some(), "seed {seed}");
    }
    assert_eq!(counted, expected, "seed {seed}");
    desk.reconciled().await;
}
