//! `GET /api/route?incident_type=&village_code=`: whom sending would ask now, with reasons.

use crate::{Answer, Problem, Web, input::QueryOf};
use axum::{Json, extract::State};
use serde::Deserialize;
use siaga_core::{dispatch, view::incident::PlannedAgency};
use siaga_engine::clock;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    incident_type: String,
    village_code: String,
}

pub async fn plan(State(web): State<Web>, QueryOf(asked): QueryOf<Asked>) -> Answer<Json<Vec<PlannedAgency>>> {
    let city = web.city.now();
    let kind = city
        .type_by_name(&asked.incident_type)
        .map_err(|unknown| Problem::invalid("Jenis kejadian tidak dikenal").detail(unknown.to_string()))?;
    let village = match asked.village_code.as_str() {
        "" => None,
        code => Some(city.village_by_code(code).ok_or_else(|| Problem::invalid("Kelurahan tidak dikenal"))?),
    };
    let hour = u8::try_from(clock::now().in_zone(city.time_zone()).hour()).unwrap_or(0);
    Ok(Json(dispatch::plan(&city, &kind.key, village.map(|one| one.code.as_str()), hour)))
}

#[cfg(test)]
mod tests {
    use crate::testing::House;
    use siaga_core::role::Role;

    #[tokio::test]
    async fn the_plan_is_told_with_its_reasons() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let plan = house.get("/api/route?incident_type=electrical&village_code=36.73.01.1002", &siti).await.json();
        let agencies: Vec<_> = plan.as_array().unwrap().iter().map(|one| one["agency"].as_str().unwrap()).collect();
        assert_eq!(agencies, ["pln", "damkar"]);
        assert!(!plan[0]["reason"].as_str().unwrap().is_empty());
        for query in ["incident_type=fyre", "", "incident_type=fire&village_code=1"] {
            assert_eq!(house.get(&format!("/api/route?{query}"), &siti).await.status, 422, "{query}");
        }
    }
}
