use super::*;
use crate::class::Class;

#[test]
fn serang_is_whole() {
    let city = serang();
    assert_eq!(city.villages.len(), 67);
    assert_eq!(city.districts.len(), 6);
    assert_eq!(city.zone_label, "WIB");
    let sukawana: Vec<String> =
        city.villages.iter().filter(|one| one.name == "Sukawana").map(|one| city.district_name(&one.code)).collect();
    assert_eq!(sukawana, ["Serang", "Curug"]);
    assert_eq!(city.view().villages.len(), 67);
}

#[test]
fn names_lead_to_one_thing() {
    let city = serang();
    for (name, key) in [
        ("korsleting listrik", "electrical"),
        ("KECELAKAAN", "traffic_accident"),
        ("kebakaran", "fire"),
        (" Ambulans ", "ambulance"),
        ("pohon  tumbang", "fallen_tree"),
        ("banjir", "flood"),
        ("Bencana Alam Lain", "disaster"),
        ("hewan", "animal"),
        ("keamanan dan ketertiban", "public_order"),
        ("kebocoran gas", "gas_leak"),
        ("orang hilang / tenggelam", "missing_person"),
        ("orang hilang/tenggelam", "missing_person"),
        ("ODGJ", "mental_health"),
        ("gas_leak", "gas_leak"),
        ("kb", "fire"),
        ("lainnya", "other"),
    ] {
        assert_eq!(city.type_by_name(name).map(|one| one.key.as_str()), Ok(key), "{name}");
    }
    for (name, key) in [
        ("Damkar", "damkar"),
        ("PLN", "pln"),
        ("psc119", "psc119"),
        ("PSC 119", "psc119"),
        ("polresta serang kota", "polresta"),
        ("BPBD", "bpbd"),
        ("DLH", "dlh"),
        ("Dinsos", "dinsos"),
        ("Satpol PP", "satpol_pp"),
        ("Basarnas", "basarnas"),
        ("Dishub", "dishub"),
        ("PMI", "pmi"),
    ] {
        assert_eq!(city.agency_by_name(name).map(|one| one.key.as_str()), Ok(key), "{name}");
    }
    for (class, name, key) in [
        (Class::Prank, "anak", "child"),
        (Class::Prank, "abuse / harassment", "abuse"),
        (Class::Ghost, "Open silent line", "silent"),
        (Class::Information, "phone locked / SIM / credit / token", "phone_locked"),
    ] {
        assert_eq!(sub_by_name(class, name).map(|one| one.key), Ok(key), "{name}");
    }
}

#[test]
fn a_miss_names_the_nearest() {
    let city = serang();
    let miss = city.type_by_name("kebakarann").expect_err("misspelled");
    assert_eq!((miss.asked.as_str(), miss.nearest.as_str()), ("kebakarann", "Kebakaran"));
    assert_eq!(city.agency_by_name("Damkat").expect_err("misspelled").nearest, "Damkar");
    assert_eq!(sub_by_name(Class::Prank, "chidl").expect_err("misspelled").nearest, "Anak");
    // a sub-reason of another class is not one of this
    assert!(sub_by_name(Class::Ghost, "child").is_err());
    assert!(sub_by_name(Class::Emergency, "child").is_err());
    // empty and huge cells are misses too, and quick ones
    assert!(city.type_by_name("").is_err());
    // what is compared letter by letter is cut, however long the cell
    let miss = city.type_by_name(&"kebakaran".repeat(120_000)).expect_err("a megabyte");
    assert_eq!(miss.asked.chars().count(), 80);
}

#[test]
fn codes_lead_to_villages() {
    let city = serang();
    for (code, name) in [
        ("36.73.01.1002", Some("Cipare")),
        ("3673011002", Some("Cipare")),
        (" 36.73.04.1007 ", Some("Sukawana")),
        ("36.73.01.9999", None),
        ("", None),
        ("Cipare", None),
    ] {
        assert_eq!(city.village_by_code(code).map(|one| one.name.as_str()), name, "{code}");
    }
}

#[test]
fn nearest_village_is_told_with_its_distance() {
    let city = serang();
    let (village, metres) = city.nearest_village(-6.1255, 106.1627).expect("the city has villages");
    assert_eq!(village.name, "Cipare");
    assert!(metres < 100, "{metres}");
    let (_, metres) = city.nearest_village(-6.9, 107.6).expect("the city has villages");
    assert!(metres > 100_000, "{metres}");
}

#[test]
fn every_mistake_is_told_at_once_with_its_line() {
    let broken = SERANG_TOML
        .replace("zone = \"Asia/Jakarta\"", "zone = \"Asia/Serang\"")
        .replace("short = \"KB\"", "short = \"KBR\"")
        .replace(
            "{ agency = \"damkar\", reason = \"Kebakaran: Damkar memadamkan\" }",
            "{ agency = \"damkarr\", reason = \"\" }",
        )
        .replace("hours = \"8-16\"", "hours = \"8-25\"")
        .replace("{ code = \"36.73.02\", name = \"Kasemen\" }", "{ code = \"36.73.02\", nama = \"Kasemen\" }");
    let problems = City::from_toml(&broken).expect_err("broken in five places");
    let told = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    for part in ["zone: zona \"Asia/Serang\"", "incident_types[0].short", "\"damkarr\"", "8-16", "nama", "districts[1]"]
    {
        assert!(told.contains(part), "{part} is missing in:\n{told}");
    }
    let line = |part: &str| problems.iter().find(|one| one.to_string().contains(part)).and_then(|one| one.line);
    let wanted = broken.lines().position(|text| text.contains("nama = \"Kasemen\"")).map(|at| at as u32 + 1);
    assert_eq!(line("districts[1]"), wanted);
    assert!(City::from_toml("key = ").is_err());
    assert!(City::from_toml("").is_err());
}

#[test]
fn a_name_with_letters_that_nobody_sees_is_refused_at_its_place() {
    let hidden = SERANG_TOML.replace("name = \"Kasemen\"", "name = \"Kase\\u202Emen\"");
    let problems = City::from_toml(&hidden).expect_err("a turned name");
    assert!(problems.iter().any(|one| one.place == "districts[1].name" && one.line.is_some()), "{problems:?}");
    let city = SERANG_TOML.replacen("name = \"", "name = \"\\u0007", 1);
    let problems = City::from_toml(&city).expect_err("a bell in a name");
    assert!(problems.iter().any(|one| one.place == "name"), "{problems:?}");
}

#[test]
fn a_name_that_means_two_things_is_refused() {
    let twice = SERANG_TOML.replace("aliases = [\"genangan\"", "aliases = [\"kebakaran\"");
    let problems = City::from_toml(&twice).expect_err("one name, two types");
    assert!(problems[0].what.contains("kebakaran"), "{problems:?}");
}
