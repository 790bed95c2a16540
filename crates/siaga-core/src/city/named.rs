//! Areas by the names that files of others give them; a name that two bear is never guessed.

use super::{City, District, Village, fold};

impl City {
    /// A kelurahan by name or alias, narrowed by the folded name of its kecamatan; or why none can be said.
    pub fn village_named(&self, name: &str, district: Option<&str>) -> Result<&Village, String> {
        let folded = fold(name);
        let named = |one: &&Village| {
            std::iter::once(&one.name).chain(&one.aliases).any(|own| fold(own) == folded)
                && district.is_none_or(|district| fold(&self.district_name(&one.code)) == district)
        };
        let mut all = self.villages.iter().filter(named);
        match (all.next(), all.next()) {
            (Some(one), None) => Ok(one),
            (Some(_), Some(_)) => Err(format!("dua kelurahan bernama {name}: tulis kode atau kecamatannya")),
            (None, _) => Err(format!("kelurahan \"{name}\" tidak ada dalam data kota")),
        }
    }

    /// A kecamatan by name or code.
    pub fn district_named(&self, name: &str) -> Result<&District, String> {
        let found = self.districts.iter().find(|one| one.code == name || fold(&one.name) == fold(name));
        found.ok_or_else(|| format!("kecamatan \"{name}\" tidak ada dalam data kota"))
    }
}
