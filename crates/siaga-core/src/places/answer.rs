//! Best first, and which of several of one name each is.

use super::{
    PLACES_MAX,
    ask::Asked,
    fit::{Fit, fit},
    index::{Index, Spelling},
};
use crate::view::city::{PlaceAnswer, PlaceKind, RtRwSaid};
use std::collections::HashMap;

/// A place that fits this much worse than the best (thousandths) is another place, not a rival.
const RIVAL_WITHIN: u32 = 100;

struct Found<'i> {
    fit: Fit,
    spelling: &'i Spelling,
}

pub(super) fn answer(index: &Index, asked: &Asked) -> PlaceAnswer {
    let mut found = found(index, asked);
    let best = found.first().map_or(0, |one| one.fit.score);
    let rivals = found.iter().take_while(|one| one.fit.score + RIVAL_WITHIN >= best).count();
    let more = found.iter().take_while(|one| one.fit.score == best).count().saturating_sub(PLACES_MAX);
    found.truncate(PLACES_MAX);
    let named = |one: &Found<'_>| found.iter().filter(|other| other.spelling.joined == one.spelling.joined).count();
    let hits = found
        .iter()
        .map(|one| {
            let mut hit = index.hit(one.spelling);
            hit.same_name = named(one) > 1;
            hit.sure = one.fit.whole && rivals == 1;
            hit
        })
        .collect();
    PlaceAnswer {
        hits,
        more: u32::try_from(more).unwrap_or(u32::MAX),
        relation: asked.relation.map(str::to_owned),
        house: asked.house.clone(),
        rt_rw: asked.rt_rw.map(|read| match read {
            Ok(read) => RtRwSaid { text: read.to_string(), problem: None },
            Err(problem) => RtRwSaid { text: String::new(), problem: Some(problem.to_string()) },
        }),
    }
}

/// Each place once, by its best spelling.
fn found<'i>(index: &'i Index, asked: &Asked) -> Vec<Found<'i>> {
    if asked.words.is_empty() {
        return Vec::new();
    }
    let mut best: HashMap<u32, Found<'i>> = HashMap::new();
    for spelling in index.candidates(&asked.words) {
        let Some(fit) = fit(spelling, asked) else { continue };
        let held = best.get(&spelling.place);
        // the name itself before an alias that fits as well
        let better = held
            .is_none_or(|held| (fit.score, spelling.alias.is_none()) > (held.fit.score, held.spelling.alias.is_none()));
        if better {
            best.insert(spelling.place, Found { fit, spelling });
        }
    }
    let mut all: Vec<Found<'i>> = best.into_values().collect();
    all.sort_by(|a, b| {
        let rank = |one: &Found<'_>| (u32::MAX - one.fit.score, order(one.spelling.kind), one.spelling.words.len());
        rank(a).cmp(&rank(b)).then(a.spelling.place.cmp(&b.spelling.place))
    });
    all
}

/// Among places that fit as well: areas of the city, what stands in it, its streets, then the neighbours.
fn order(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Village => 0,
        PlaceKind::District => 1,
        PlaceKind::City => 2,
        PlaceKind::Landmark => 3,
        PlaceKind::Neighbourhood => 4,
        PlaceKind::Street => 5,
        PlaceKind::Neighbour => 6,
        PlaceKind::Province => 7,
    }
}
