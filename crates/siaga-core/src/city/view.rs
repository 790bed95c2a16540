//! The city as the screens are told it. Secrets of webhooks stay behind.

use super::{City, District, Village};
use crate::{
    class::SUB_REASONS,
    view::city::{AgencyView, CityView, DistrictView, SubReasonView, TypeView, VillageView},
};

impl City {
    /// `GET /api/city`.
    #[must_use]
    pub fn view(&self) -> CityView {
        CityView {
            key: self.key.clone(),
            name: self.name.clone(),
            zone: self.zone.clone(),
            zone_label: self.zone_label.clone(),
            incident_types: self
                .incident_types
                .iter()
                .map(|one| TypeView {
                    key: one.key.clone(),
                    short: one.short.clone(),
                    label: one.label.clone(),
                    aliases: one.aliases.clone(),
                })
                .collect(),
            agencies: self
                .agencies
                .iter()
                .map(|one| AgencyView { key: one.key.clone(), label: one.label.clone(), name: one.name.clone() })
                .collect(),
            districts: self.districts.iter().map(district_view).collect(),
            villages: self.villages.iter().map(|one| self.village_view(one)).collect(),
            sub_reasons: SUB_REASONS
                .iter()
                .map(|one| SubReasonView { class: one.class, key: one.key.to_owned(), label: one.label.to_owned() })
                .collect(),
            cards: self.cards.view(),
        }
    }

    fn village_view(&self, village: &Village) -> VillageView {
        VillageView {
            code: village.code.clone(),
            name: village.name.clone(),
            district: self.district_name(&village.code),
            lat: village.lat,
            lng: village.lng,
        }
    }

    /// The name of the district a code lies in; empty where the city has none.
    #[must_use]
    pub fn district_name(&self, code: &str) -> String {
        self.district_of(code).map(|one| one.name.clone()).unwrap_or_default()
    }
}

fn district_view(district: &District) -> DistrictView {
    DistrictView { code: district.code.clone(), name: district.name.clone() }
}
