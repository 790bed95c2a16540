//! Whatever leaves the house for an agency holds what the city allows it and nothing else: message, webhook, page.

use super::*;
use crate::calls::tests::live;
use siaga_core::call::live::Fact;

on_both! {
    async fn who_called_reaches_only_whom_the_city_names(store: Store) {
        let desk = Desk::new(store).await;
        let call = CallId(Uuid::now_v7());
        let fields = json!({"landmark": "depan rumah Pak Wiryo", "village_code": "36.73.01.1002", "incident_type": "electrical",
                            "reporter_name": "Wiryo", "reporter_number": "081211120001",
                            "situation": "kabel putus, telepon 0812 1112 0001"});
        let revision = desk.save(call, 0, fields).await.unwrap();
        let agencies = Some(vec!["pln".to_owned(), "damkar".to_owned()]);
        let incident = desk.send(call, revision, agencies).await.unwrap();
        desk.store.note_add(NotedOn::Incident(incident), "Wiryo menunggu di gang", BY, None, NOW).await.unwrap();
        // a correction, a reminder and the end go out too
        desk.save(call, revision, json!({"victims": 1})).await.unwrap();
        desk.store.assignments_silent(&desk.showing(70)).await.unwrap();
        let mut told: std::collections::BTreeMap<String, String> = Default::default();
        for one in desk.store.outbox_list().await.unwrap() {
            told.entry(one.target.to_lowercase()).or_default().push_str(&one.text);
        }
        for one in desk.store.outbox_lease(Uuid::now_v7(), 1_000, 50, siaga_core::outbox::Urgency::Dispatch, NOW.plus_ms(900_000)).await.unwrap() {
            told.entry(one.agency).or_default().push_str(&one.payload);
        }
        for one in desk.view(incident, 80).await.assignments {
            let page = desk.store.task(one.assignment_id, &desk.showing(80)).await.unwrap();
            told.entry(one.agency).or_default().push_str(&serde_json::to_string(&page).unwrap());
        }
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let (pln, damkar) = (&told["pln"], &told["damkar"]);
        assert!(!pln.contains("Wiryo") && !digits(pln).contains("081211120001"), "{pln}");
        assert!(pln.contains("Cipare") && pln.contains("kabel putus") && pln.contains("PERUBAHAN") && pln.contains("PENGINGAT"), "{pln}");
        assert!(damkar.contains("Wiryo, 081211120001") && damkar.contains("menunggu di gang"), "{damkar}");
    }

    async fn that_a_caller_cannot_speak_freely_goes_to_everybody_who_is_sent(store: Store) {
        let desk = Desk::new(store).await;
        let call = CallId(Uuid::now_v7());
        let mark = |on| live(5, Fact::Duress { call, by: BY.user, on });
        let sheet = json!({"landmark": "gang buntu", "incident_type": "electrical", "reporter_number": "081211120001"});
        let revision = desk.save(call, 0, sheet).await.unwrap();
        let incident = desk.send(call, revision, Some(vec!["pln".to_owned()])).await.unwrap();
        let task = desk.view(incident, 0).await.assignments[0].assignment_id;
        let page = async || desk.store.task(task, &desk.showing(80)).await.unwrap().duress;
        assert!(!desk.view(incident, 1).await.duress && !page().await);
        // marked after sending: board, page and a message of its own say so at once, and each later message does
        let marked = mark(true);
        for _ in 0..2 {
            // written twice after a doubtful commit
            desk.store.write_live_and_tell(std::slice::from_ref(&marked), &desk.showing(5)).await.unwrap();
        }
        desk.store.write_live_and_tell(&[mark(true)], &desk.showing(6)).await.unwrap();
        assert!(desk.view(incident, 10).await.duress && page().await);
        let changed: Vec<_> = desk.store.outbox_list().await.unwrap().into_iter().filter(|one| one.text.starts_with("PERUBAHAN: ")).collect();
        let [one] = changed.as_slice() else { panic!("once: {changed:?}") };
        assert!(one.text.contains("\nTERANCAM: ") && !one.text.contains("081211120001"), "{}", one.text);
        assert_eq!(one.next_at, Some(NOW.plus_ms(5_000)), "it waits for no further correction");
        desk.store.assignments_silent(&desk.showing(70)).await.unwrap();
        let texts: Vec<String> = desk.store.outbox_list().await.unwrap().into_iter().map(|one| one.text).collect();
        let (told, plain): (Vec<_>, Vec<_>) = texts.iter().partition(|text| text.contains("\nTERANCAM: "));
        assert!(told.iter().any(|text| text.starts_with("PENGINGAT")), "{texts:?}");
        assert!(plain.iter().all(|text| text.starts_with("SIAGA 112 #")) && !plain.is_empty(), "{texts:?}");
        desk.store.write_live_and_tell(&[mark(false)], &desk.showing(89)).await.unwrap();
        assert!(!desk.view(incident, 90).await.duress && !page().await);
        let warned = async || {
            let texts = desk.store.outbox_list().await.unwrap().into_iter().map(|one| one.text);
            texts.filter(|text| text.starts_with("PERUBAHAN: ") && text.contains("\nTERANCAM: ")).count()
        };
        assert_eq!(warned().await, 0, "what has not left yet says it no more");
        // a second caller who cannot speak freely joins
        let other = CallId(Uuid::now_v7());
        desk.store.write_live(&[live(91, Fact::Duress { call: other, by: BY.user, on: true })]).await.unwrap();
        desk.store.incident_attach(incident, other, &desk.showing(92), BY).await.unwrap();
        assert_eq!(warned().await, 1);
    }

    async fn who_joins_a_threatened_one_is_told(store: Store) {
        let desk = Desk::new(store).await;
        let sent = async |landmark: &str| {
            let call = CallId(Uuid::now_v7());
            let sheet = json!({"landmark": landmark, "incident_type": "electrical"});
            let revision = desk.save(call, 0, sheet).await.unwrap();
            (call, desk.send(call, revision, Some(vec!["pln".to_owned()])).await.unwrap())
        };
        let warned = async || {
            let outbox = desk.store.outbox_list().await.unwrap().into_iter();
            let told = outbox.filter(|one| one.text.starts_with("PERUBAHAN: ") && one.text.contains("\nTERANCAM: "));
            told.map(|one| one.text).collect::<Vec<_>>()
        };
        let (threatened, first) = sent("gang buntu").await;
        let (_, second) = sent("gang buntu, ujung").await;
        let (_, third) = sent("dekat gang buntu").await;
        let mark = live(5, Fact::Duress { call: threatened, by: BY.user, on: true });
        desk.store.write_live(&[mark]).await.unwrap();
        let of = |texts: &[String], number| {
            let head = format!("SIAGA 112 #{number}");
            texts.iter().filter(|text| text.lines().next().is_some_and(|line| line.contains(&head))).count()
        };
        // The one that stays did not know; then the one that gives way did not.
        desk.store.incident_merge(first, second, &desk.showing(20), BY).await.unwrap();
        let told = warned().await;
        assert_eq!((told.len(), of(&told, 2)), (1, 1), "{told:?}");
        desk.store.incident_merge(third, second, &desk.showing(30), BY).await.unwrap();
        let told = warned().await;
        assert_eq!((told.len(), of(&told, 2), of(&told, 3)), (2, 1, 1), "{told:?}");
    }

    async fn who_has_ended_hears_nothing_of_a_mark(store: Store) {
        let desk = Desk::new(store).await;
        let (call, _, assignment) = desk.fire().await;
        desk.step(assignment, S::Done, 60).await.unwrap();
        let before = desk.store.outbox_list().await.unwrap().len();
        let mark = live(70, Fact::Duress { call, by: BY.user, on: true });
        desk.store.write_live_and_tell(&[mark], &desk.showing(70)).await.unwrap();
        assert_eq!(desk.store.outbox_list().await.unwrap().len(), before);
    }
}
