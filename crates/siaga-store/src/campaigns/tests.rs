use super::*;
use crate::{incidents::Actor, ledger::LedgerImport, on_both};
use siaga_core::{
    campaign::{Kind, Organiser},
    city::serang,
    ids::{ImportId, UserId},
    ledger::read as read_ledger,
    view::campaign::{EffectCaution, EffectSeries, EffectVerdict, WindowKey},
};
use std::fmt::Write;

/// 2026-11-24 00:00:00 UTC.
const NOW: Timestamp = Timestamp(1_795_478_400_000_000);
const TODAY: LocalDay = LocalDay(20_261_124);

fn radio(first: i32, last: i32) -> Campaign {
    Campaign {
        name: "Siaran radio".into(),
        kind: Kind::Radio,
        first: LocalDay(first),
        last: LocalDay(last),
        villages: Vec::new(),
        audience: "Semua".into(),
        organiser: Organiser::Other("Diskominfo".into()),
        notes: String::new(),
        reached: None,
        window: 28,
    }
}

fn new_id() -> CampaignId {
    CampaignId(Uuid::now_v7())
}

/// May to July 2020 with so many pranks a day: six, and two from 15 June on. 20 June has no record.
fn ledger() -> String {
    let mut text = "started_at,number,answered_at,ended_at,class\n".to_owned();
    let days = Span { first: LocalDay(20_200_501).date().unwrap(), last: LocalDay(20_200_731).date().unwrap() };
    for date in days.dates().filter(|date| LocalDay::from_date(*date) != LocalDay(20_200_620)) {
        let pranks = if LocalDay::from_date(date) < LocalDay(20_200_615) { 6 } else { 2 };
        let classes = std::iter::repeat_n("prank", pranks).chain(["ghost", "emergency", "abandoned"]);
        for (hour, class) in classes.enumerate() {
            let answered = if class == "abandoned" { String::new() } else { format!("{date} {:02}:00:05", hour + 8) };
            writeln!(text, "{date} {:02}:00:00,,{answered},{date} {:02}:01:00,{class}", hour + 8, hour + 8).unwrap();
        }
    }
    text
}

async fn import(store: &Store) {
    let text = ledger();
    let ledger = read_ledger(text.as_bytes(), &serang(), NOW).expect("a made-up ledger is right");
    assert_eq!(ledger.bad, []);
    let import = LedgerImport::of(text.as_bytes(), ImportId(Uuid::now_v7()), NOW);
    store.ledger_import(&ledger, &import).await.unwrap();
}

on_both! {
    async fn versions_are_kept_and_a_cancelled_one_stays_so(store: Store) {
        let head = Actor { user: UserId(Uuid::now_v7()), name: "Dewi" };
        let (id, first) = (new_id(), radio(20_260_801, 20_260_814));
        assert_eq!(store.campaigns(TODAY).await.unwrap(), []);
        assert_eq!(store.campaign(id, TODAY).await, Err(StoreError::NotFound));
        store.campaign_create(id, &first, head, NOW).await.unwrap();
        store.campaign_create(id, &first, head, NOW).await.unwrap();
        let other = Campaign { name: "Spanduk".into(), ..first.clone() };
        assert!(matches!(store.campaign_create(id, &other, head, NOW).await, Err(StoreError::Conflict(_))));

        let lead = Actor { user: UserId(Uuid::now_v7()), name: "Budi" };
        let second = Campaign { last: LocalDay(20_260_820), ..first.clone() };
        store.campaign_correct(id, 1, &second, "diperpanjang", lead, NOW.plus_ms(1)).await.unwrap();
        store.campaign_correct(id, 1, &second, "diperpanjang", lead, NOW.plus_ms(2)).await.unwrap();
        store.campaign_correct(id, 2, &second, "x", head, NOW).await.unwrap();
        // From an earlier version, also when it comes to what stands now: somebody else wrote that, for another reason.
        for (stale, seen, reason, by) in
            [(&other, 1, "x", head), (&second, 1, "x", lead), (&second, 1, "diperpanjang", head), (&second, 0, "x", lead)]
        {
            let stale = store.campaign_correct(id, seen, stale, reason, by, NOW).await;
            assert!(matches!(stale, Err(StoreError::Conflict(_))), "{seen} {reason}");
        }
        let detail = store.campaign(id, TODAY).await.unwrap();
        assert_eq!((detail.view.version, detail.view.state, &detail.view.campaign), (2, State::Ended, &second));
        let told: Vec<_> = detail.versions.iter().map(|one| (one.version, one.by.as_str(), one.reason.as_str())).collect();
        assert_eq!(told, [(2, "Budi", "diperpanjang"), (1, "Dewi", "")]);
        assert_eq!(detail.versions[1].campaign, first);

        store.campaign_cancel(id, "batal", head, NOW).await.unwrap();
        store.campaign_cancel(id, "lagi", lead, NOW).await.unwrap();
        let again = store.campaign_create(id, &second, head, NOW).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "who sends it again would believe that it stands");
        let cancelled = store.campaigns(TODAY).await.unwrap().remove(0);
        assert_eq!((cancelled.state, &cancelled.effect), (State::Cancelled, &None));
        assert_eq!(cancelled.cancelled.map(|one| (one.by, one.reason)), Some(("Dewi".into(), "batal".into())));
        let after = store.campaign_correct(id, 2, &first, "x", head, NOW).await;
        assert!(matches!(after, Err(StoreError::Conflict(_))));
        assert_eq!(store.campaign_cancel(new_id(), "x", head, NOW).await, Err(StoreError::NotFound));
        let mut tx = store.read().await.unwrap();
        let kinds = fetch_all!(tx, (String,), "SELECT kind FROM event WHERE kind LIKE 'Campaign%' ORDER BY seq").unwrap();
        let kinds: Vec<_> = kinds.into_iter().map(|(kind,)| kind).collect();
        assert_eq!(kinds, ["CampaignEntered", "CampaignCorrected", "CampaignCancelled"]);
    }

    async fn the_effect_is_read_from_the_days(store: Store) {
        let head = Actor { user: UserId(Uuid::now_v7()), name: "Dewi" };
        import(&store).await;
        let (id, planned) = (new_id(), new_id());
        store.campaign_create(id, &radio(20_200_601, 20_200_614), head, NOW).await.unwrap();
        store.campaign_create(planned, &radio(20_270_101, 20_270_102), head, NOW).await.unwrap();
        let list = store.campaigns(TODAY).await.unwrap();
        assert_eq!(list.iter().map(|one| one.campaign_id).collect::<Vec<_>>(), [planned, id]);
        assert_eq!((list[0].state, &list[0].effect), (State::Planned, &None));
        let effect = list[1].effect.as_ref().unwrap();
        let counted: Vec<_> =
            effect.windows.iter().map(|one| (one.key, one.counted, one.prank, one.ghost, one.real, one.offered)).collect();
        // 28 days of 6, 14 of 6, 27 of 2: 20 June is not zero.
        use WindowKey::{After, Before, During};
        assert_eq!(
            counted,
            [(Before, 28, 168, 28, 28, 252), (During, 14, 84, 14, 14, 126), (After, 27, 54, 27, 27, 135)]
        );
        let nuisance = effect.series.iter().find(|one| one.series == EffectSeries::Nuisance).unwrap();
        // 3 a day of 7.
        assert_eq!((nuisance.verdict, nuisance.after.unwrap().change_pct), (EffectVerdict::Fell, -57.1));
        assert_eq!(effect.cautions, [EffectCaution::NoComparisonYear, EffectCaution::DaysMissing]);
        assert_eq!(store.campaign(id, TODAY).await.unwrap().view, list[1]);

        let shown = store.campaign_effect(id, None, TODAY).await.unwrap();
        assert_eq!(shown.effect.as_ref(), Some(effect));
        assert_eq!((shown.days.len(), shown.days[0].day, shown.days[0].nuisance, shown.days[0].real), (69, LocalDay(20_200_504), 7, 1));
        assert_eq!(shown.others, []);
        let other = store.campaign_effect(id, Some(56), TODAY).await.unwrap();
        assert!(other.effect.unwrap().cautions.contains(&EffectCaution::OtherWindow));

        // Another campaign right after it leaves no after, until it is cancelled.
        let next = new_id();
        store.campaign_create(next, &radio(20_200_617, 20_200_618), head, NOW).await.unwrap();
        let shown = store.campaign_effect(id, None, TODAY).await.unwrap();
        assert_eq!(shown.others.iter().map(|one| one.campaign_id).collect::<Vec<_>>(), [next]);
        assert!(shown.effect.unwrap().cautions.contains(&EffectCaution::Shortened));
        store.campaign_cancel(next, "batal", head, NOW).await.unwrap();
        assert_eq!(store.campaign_effect(id, None, TODAY).await.unwrap().effect.as_ref(), Some(effect));
        // On the campaign's third day it runs, and the rest is not there yet.
        let early = store.campaign_effect(id, None, LocalDay(20_200_603)).await.unwrap();
        assert_eq!((early.days.len(), early.effect.unwrap().series[0].verdict), (30, EffectVerdict::Running));
        assert_eq!(store.campaign_effect(new_id(), None, TODAY).await, Err(StoreError::NotFound));
    }

    /// Somebody sat there and nobody called: that is a day of no calls.
    async fn a_staffed_day_without_a_call_is_counted(store: Store) {
        import(&store).await;
        let mut tx = store.begin().await.unwrap();
        let sql = "INSERT INTO day_sum (local_day, real_waited, waited_ms, staffed_ms, agencies) VALUES (20200620, 0, 0, 1000, '{}')";
        crate::tx::execute!(tx, sql).unwrap();
        tx.commit().await.unwrap();
        let head = Actor { user: UserId(Uuid::now_v7()), name: "Dewi" };
        store.campaign_create(new_id(), &radio(20_200_601, 20_200_614), head, NOW).await.unwrap();
        let effect = store.campaigns(TODAY).await.unwrap().remove(0).effect.unwrap();
        let after = effect.windows.iter().find(|one| one.key == WindowKey::After).unwrap();
        assert_eq!((after.counted, after.prank), (28, 54));
        assert_eq!(effect.cautions, [EffectCaution::NoComparisonYear]);
    }
}

#[test]
fn the_definitions_are_the_codes() {
    let document = include_str!("../../../../docs/definitions.md");
    let document = document.split_whitespace().collect::<Vec<_>>().join(" ");
    for sql in [daily::DAILY, daily::LEDGER, daily::OPEN] {
        assert!(document.contains(&format!("{sql};")), "docs/definitions.md has not:\n{sql};");
    }
    let version = format!("Definition version of campaigns: {}", effect::EFFECT_DEFINITION);
    assert!(document.contains(&version), "{version}");
}
