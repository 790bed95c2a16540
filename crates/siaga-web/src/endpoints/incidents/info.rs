//! `GET /api/incidents/{id}/info`: *INFO KEJADIAN* as text to forward.

use crate::{Answer, Web, input::PathId};
use axum::extract::State;
use siaga_core::{ids::IncidentId, incident::info_kejadian};
use siaga_store::StoreError;

pub async fn info(State(web): State<Web>, PathId(id): PathId<IncidentId>) -> Answer<String> {
    let scene = web.scene();
    let incident = super::view(&web, &scene, id).await?;
    let mut received_at = None;
    for call in &incident.calls {
        match web.store.call_row(*call).await {
            // A call that is not over has no row yet; the incident's own time stands for it.
            Err(StoreError::NotFound) => {}
            row => received_at = [received_at, Some(row?.offered_at)].into_iter().flatten().min(),
        }
    }
    Ok(info_kejadian(&incident, received_at, &web.city.now()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::send_fire;
    use crate::testing::House;
    use siaga_core::role::Role;

    #[tokio::test]
    async fn the_text_has_the_times_of_the_record_and_no_caller() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let incident = send_fire(&house, &siti).await;
        let path = format!("/api/incidents/{}/info", incident["incident_id"].as_str().unwrap());
        let reply = house.get(&path, &siti).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
        let text = reply.text();
        for words in
            ["*INFO KEJADIAN*", "1. Wali Kota Serang", "Jenis: Kebakaran", "Kel. Cipare", "- Damkar: diteruskan "]
        {
            assert!(text.contains(words), "{words}:\n{text}");
        }
        assert!(!text.contains("0812"), "{text}");
        assert_eq!(house.get("/api/incidents/01890000-0000-7000-8000-000000000000/info", &siti).await.status, 404);
    }
}
