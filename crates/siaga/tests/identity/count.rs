//! Counts a ledger by plain loops over its CSV. It knows nothing of Siaga but the words of the city's file: what a report
//! must say is worked out here a second time, by other means.

use jiff::civil::{Date, DateTime};
use std::collections::BTreeMap;

/// One row of the ledger.
#[derive(Clone, Debug)]
pub struct Call {
    pub started: DateTime,
    pub answered: Option<DateTime>,
    pub ended: DateTime,
    pub class: String,
    /// As shown; empty where nobody filled it in.
    pub kind: String,
    pub agency: String,
    pub village: String,
    pub district: String,
    pub taker: String,
}

/// What the words of a ledger are called in a report.
pub struct Words {
    kinds: BTreeMap<String, String>,
    agencies: BTreeMap<String, String>,
    villages: BTreeMap<String, (String, String)>,
}

pub const NOT_FILLED: &str = "belum diisi";

impl Words {
    pub fn of_city(document: &str) -> Self {
        let city: toml::Table = document.parse().expect("the city's file is TOML");
        let list = |name: &str| city[name].as_array().expect(name).clone();
        let text = |one: &toml::Value, key: &str| one.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let named = |name: &str| {
            let mut words = BTreeMap::new();
            for one in list(name) {
                let aliases = one.get("aliases").and_then(|all| all.as_array()).cloned().unwrap_or_default();
                let aliases = aliases.iter().filter_map(|alias| alias.as_str().map(str::to_lowercase));
                for word in aliases.chain(["label", "key", "short"].map(|key| text(&one, key).to_lowercase())) {
                    words.entry(word).or_insert(text(&one, "label"));
                }
            }
            // A name of its own goes before another's alias.
            for one in list(name) {
                words.insert(text(&one, "label").to_lowercase(), text(&one, "label"));
            }
            words
        };
        let districts: BTreeMap<String, String> =
            list("districts").iter().map(|one| (text(one, "code"), text(one, "name"))).collect();
        let villages = list("villages")
            .iter()
            .map(|one| {
                let district = districts[&text(one, "code")[..8]].clone();
                (text(one, "code"), (format!("{} (Kec. {district})", text(one, "name")), district))
            })
            .collect();
        Self { kinds: named("incident_types"), agencies: named("agencies"), villages }
    }

    fn found(words: &BTreeMap<String, String>, word: &str) -> String {
        if word.is_empty() { NOT_FILLED.to_owned() } else { words[&word.to_lowercase()].clone() }
    }
}

/// The ledger's calls of these days; both belong to them.
pub fn calls(ledger: &str, words: &Words, from: Date, to: Date) -> Vec<Call> {
    let mut reader = csv::Reader::from_reader(ledger.as_bytes());
    let time = |text: &str| DateTime::strptime("%Y-%m-%d %H:%M:%S", text).expect("a time of the ledger");
    let mut found = Vec::new();
    for row in reader.deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("a row of the ledger");
        let started = time(&row["started_at"]);
        if started.date() < from || started.date() > to {
            continue;
        }
        let none = (NOT_FILLED.to_owned(), NOT_FILLED.to_owned());
        let (village, district) = words.villages.get(&row["village_code"]).cloned().unwrap_or(none);
        found.push(Call {
            started,
            answered: (!row["answered_at"].is_empty()).then(|| time(&row["answered_at"])),
            ended: time(&row["ended_at"]),
            class: row["class"].clone(),
            kind: Words::found(&words.kinds, &row["incident_type"]),
            agency: Words::found(&words.agencies, &row["agency"]),
            village,
            district,
            taker: row["call_taker"].clone(),
        });
    }
    found
}
