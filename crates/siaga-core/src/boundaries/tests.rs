use super::*;
use crate::city::serang;
use std::{fs, path::PathBuf};

/// A square around a point, in degrees.
fn square(lng: f64, lat: f64, half: f64) -> String {
    let (w, e, s, n) = (lng - half, lng + half, lat - half, lat + half);
    format!("[[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]]")
}

fn feature(properties: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":{coordinates}}}}}"#
    )
}

fn file(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

#[test]
fn a_point_lies_inside_near_or_nowhere() {
    let city = serang();
    let text = file(&[
        feature(r#""code":"3673011002","district":"Kasemen""#, &square(106.1627, -6.1255, 0.005)),
        feature(r#""KODE":"36.73.01.1003""#, &square(106.1787, -6.1237, 0.005)),
    ]);
    let (boundaries, report) = read(&text, &city).unwrap();
    assert_eq!((report.taken, report.skipped), (2, 0));
    assert!(report.warnings[0].starts_with("65 kelurahan tanpa batas"), "{:?}", report.warnings);
    let city = city.with_map(Vec::new().into(), boundaries.into());
    for (lat, lng, expected) in [
        (-6.1255, 106.1627, Some(("Cipare", Within::Inside))),
        (-6.1237, 106.1787, Some(("Sumur Pecung", Within::Inside))),
        // in the gap, 111 m east of Cipare
        (-6.1255, 106.1687, Some(("Cipare", Within::Near(111)))),
        // more than a kilometre away from both
        (-6.2, 106.17, None),
        (0.0, 0.0, None),
        (f64::NAN, 106.0, None),
    ] {
        let found = city.village_at(lat, lng).map(|(village, within)| (village.name.as_str(), within));
        assert_eq!(found, expected, "{lat} {lng}");
    }
    // what the file says of the district is not believed
    let (cipare, _) = city.village_at(-6.1255, 106.1627).unwrap();
    assert_eq!(city.district_name(&cipare.code), "Serang");
}

#[test]
fn without_boundaries_the_nearest_middle_counts() {
    let city = serang();
    let (village, within) = city.village_at(-6.1255, 106.1627).unwrap();
    assert_eq!(village.name, "Cipare");
    assert!(matches!(within, Within::Near(metres) if metres < 100));
}

#[test]
fn what_cannot_be_used_is_told() {
    let city = serang();
    let good = feature(r#""code":"36.73.01.1002""#, &square(106.1627, -6.1255, 0.005));
    for (properties, coordinates, reason) in [
        (r#""code":"36.73.99.1""#, square(106.16, -6.12, 0.01), "bukan kelurahan kota ini"),
        (r#""name":"Sukawana""#, square(106.19, -6.10, 0.01), "dua kelurahan"),
        (r#""x":1"#, square(106.19, -6.10, 0.01), "tanpa kode"),
        (r#""name":"Lopang""#, square(-6.10, 60.0, 0.01), "urutan koordinat"),
        (r#""name":"Lopang""#, "[[[106.1,-6.1],[106.2,-6.1]]]".to_owned(), "kurang dari tiga titik"),
        (r#""name":"Lopang""#, "[[[106.1,-96.1],[106.2,-6.1],[1,1]]]".to_owned(), "bukan derajat"),
    ] {
        let (_, report) = read(&file(&[good.clone(), feature(properties, &coordinates)]), &city).unwrap();
        assert_eq!((report.taken, report.skipped, report.notes[0].at.as_str()), (1, 1, "fitur 2"));
        assert!(report.notes[0].reason.contains(reason), "{:?}", report.notes);
    }
    let by_name = feature(r#""name":"Sukawana","district":"Curug""#, &square(106.164, -6.188, 0.005));
    let (boundaries, _) = read(&file(&[by_name]), &city).unwrap();
    assert_eq!(boundaries.shapes().next().unwrap().code, "36.73.04.1007");
    for broken in ["", "{", "[]", "{\"features\":[]}", "<osm/>"] {
        assert!(read(broken, &city).is_err(), "{broken}");
    }
}

#[test]
fn a_name_stands_inside_also_where_the_middle_does_not() {
    // a U: its centre of gravity lies between its arms
    let u = vec![
        (0.0, 0.0),
        (0.05, 0.0),
        (0.05, 0.05),
        (0.04, 0.05),
        (0.04, 0.01),
        (0.01, 0.01),
        (0.01, 0.05),
        (0.0, 0.05),
    ];
    let shape = Shape { code: "36.73.01.1002".into(), pieces: vec![vec![u]] };
    let view = outline::view(&shape);
    assert!(shape.holds((view.lng, view.lat)), "{view:?}");
    assert!(!shape.holds((0.025, 0.025)));
    let hole = Shape {
        pieces: vec![vec![
            vec![(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)],
            vec![(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0)],
        ]],
        ..shape
    };
    assert!(hole.holds((0.5, 0.5)) && !hole.holds((2.0, 2.0)));
}

#[test]
fn the_real_boundaries_are_survived() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let beside = path.ancestors().map(|folder| folder.join("shared/data/kelurahan-36.73.geojson"));
    let Some(path) = beside.into_iter().find(|path| path.exists()) else {
        eprintln!("skipped: no shared/data/kelurahan-36.73.geojson beside the repository");
        return;
    };
    let city = serang();
    let (boundaries, report) = read(&fs::read_to_string(path).unwrap(), &city).unwrap();
    assert_eq!((report.taken, report.skipped), (67, 0), "{report:?}");
    let drawn = boundaries.view();
    let points: usize = drawn.iter().flat_map(|one| &one.rings).map(Vec::len).sum();
    let bytes = serde_json::to_string(&drawn).unwrap().len();
    println!("{points} points, {bytes} bytes; {:?}", report.warnings);
    assert!(bytes < 100_000, "{bytes}");
    let shapes: Vec<&Shape> = boundaries.shapes().collect();
    for one in &drawn {
        let shape = shapes.iter().find(|shape| shape.code == one.code).unwrap();
        assert!(shape.holds((one.lng, one.lat)), "the name of {} stands outside", one.code);
    }
    let city = city.with_map(Vec::new().into(), boundaries.into());
    // middles lie in their kelurahan, but for those the report names
    let elsewhere = city
        .villages
        .iter()
        .filter(|one| city.village_at(one.lat, one.lng).is_none_or(|(found, _)| found.code != one.code));
    assert!(elsewhere.count() <= 3);
    assert!(city.village_at(-6.3, 106.4).is_none(), "far outside is nowhere");
}
