//! Answers to question cards: only added, and with their call.

use super::*;
use siaga_core::view::card::{CardChoice, NewCardAnswer};

/// An answer to a step of the medical card.
fn answer(id: u128, step: &str, digit: u8) -> NewCardAnswer {
    let city = serang();
    let card = city.cards.card("medical").unwrap();
    NewCardAnswer {
        answer_id: Uuid::from_u128(id),
        card: card.key.clone(),
        title: card.title.clone(),
        fingerprint: card.fingerprint.clone(),
        step: step.into(),
        asked: String::new(),
        choice: CardChoice::Answered { digit, say: String::new() },
    }
}

on_both! {
    async fn answers_are_only_added_and_go_with_the_call(store: Store) {
        let desk = Desk::new(store).await;
        let call = CallId(Uuid::now_v7());
        let add = async |new: &NewCardAnswer, by: Actor<'static>| desk.store.card_answer_add(call, new, &desk.showing(0), by).await;
        const OTHER: Actor<'_> = Actor { user: UserId(Uuid::from_u128(8)), name: "Budi" };
        add(&answer(1, "awake", 1), BY).await.unwrap();
        // the same answer sent again is one line
        add(&answer(1, "awake", 1), BY).await.unwrap();
        // another seat corrects it, and goes on
        add(&answer(2, "awake", 2), OTHER).await.unwrap();
        let skipped = NewCardAnswer { choice: CardChoice::Skipped, ..answer(3, "breathing", 1) };
        let held = add(&skipped, BY).await.unwrap();
        let told: Vec<_> = held.lines.iter().map(|one| (one.by.as_str(), one.corrected, one.choice.clone())).collect();
        let answered = |digit, say: &str| CardChoice::Answered { digit, say: say.into() };
        assert_eq!(told, [("Sari", true, answered(1, "Ya")), ("Budi", false, answered(2, "Tidak")), ("Sari", false, CardChoice::Skipped)]);
        assert_eq!(held.open.iter().map(|one| one.asked.as_str()).collect::<Vec<_>>(), ["Lihat dadanya sepuluh detik: naik turun dengan teratur?"]);
        assert!(matches!(add(&answer(4, "awake", 9), BY).await, Err(IncidentError::Field(_))));
        let other_call = desk.store.card_answer_add(CallId(Uuid::now_v7()), &answer(1, "awake", 1), &desk.showing(0), BY).await;
        assert_eq!(other_call, Err(IncidentError::OtherCommand), "an id belongs to one call");
        assert_eq!(desk.kinds().await, ["CardAnswered", "CardAnswered", "CardAnswered"]);
        assert_eq!(desk.store.chain_verify().await.unwrap().broken, None);

        let revision = desk.save(call, 0, json!({"landmark": "pasar", "incident_type": "ambulance"})).await.unwrap();
        let incident = desk.send(call, revision, None).await.unwrap();
        assert_eq!(desk.store.incident_card_answers(incident, &desk.showing(0)).await.unwrap(), held);
        let crew = desk.view(incident, 0).await.assignments[0].assignment_id;
        let task = desk.store.task(crew, &desk.showing(0)).await.unwrap();
        assert_eq!(task.answers.iter().map(|one| one.choice.clone()).collect::<Vec<_>>(), [answered(2, "Tidak")]);
        // what is asked after sending belongs to it too
        add(&answer(5, "look", 2), BY).await.unwrap();
        let after = desk.store.incident_card_answers(incident, &desk.showing(0)).await.unwrap();
        assert_eq!((after.lines.len(), after.open[0].title.as_str()), (4, "RJP dewasa"));
        let events = desk.store.events_after(0, 100).await.unwrap();
        assert_eq!(events.last().unwrap().incident_id, Some(incident.0));
        let unknown = desk.store.incident_card_answers(IncidentId(Uuid::now_v7()), &desk.showing(0)).await;
        assert_eq!(unknown, Err(StoreError::NotFound));
    }

    async fn answers_of_two_seats_at_once_are_all_kept(store: Store) {
        let desk = std::sync::Arc::new(Desk::new(store).await);
        let call = CallId(Uuid::now_v7());
        let seats = (0..8_u128).map(|n| {
            let desk = desk.clone();
            tokio::spawn(async move {
                desk.store.card_answer_add(call, &answer(10 + n, "awake", 1), &desk.showing(0), BY).await.unwrap();
            })
        });
        for seat in seats.collect::<Vec<_>>() {
            seat.await.unwrap();
        }
        let held = desk.store.card_answers(call, &desk.showing(0)).await.unwrap();
        assert_eq!((held.lines.len(), held.lines.iter().filter(|one| !one.corrected).count()), (8, 1));
    }
}
