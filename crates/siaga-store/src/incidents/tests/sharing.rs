//! Whatever leaves the house for an agency holds what the city allows it and nothing else: message, webhook, page.

use super::*;

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
}
