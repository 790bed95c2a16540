use super::*;
use crate::city::serang;
use std::sync::Arc;

#[test]
fn rows_are_taken_or_told() {
    let city = serang();
    let csv = "name,kind,aliases,village,district,lat,lng\n\
        Warung Bu Tati,patokan,Warteg Tati;Bu Tati,Cipare,,-6.1255,106.1627\n\
        Jl. Mawar,jalan,,36.73.01.1007,,,\n\
        Jl. Mawar,jalan,,Sukawana,Curug,,\n\
        Kp. Dua,kampung,,Sukawana,,,\n\
        Toko X,toko,,Cipare,,,\n\
        Pos,patokan,,Cipare,,-96,106\n\
        ,patokan,,Cipare,,,\n";
    let (places, report) = read(csv.as_bytes(), &city).unwrap();
    assert_eq!(
        places.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["Warung Bu Tati", "Jl. Mawar", "Jl. Mawar"]
    );
    assert_eq!((report.taken, report.skipped), (3, 4));
    let told: Vec<_> = report.notes.iter().map(|note| (note.at.as_str(), note.reason.as_str())).collect();
    for (nth, (at, reason)) in
        [("baris 5", "dua kelurahan"), ("baris 6", "kind"), ("baris 7", "titik"), ("baris 8", "tanpa nama")]
            .iter()
            .enumerate()
    {
        assert!(told[nth].0 == *at && told[nth].1.contains(reason), "{told:?}");
    }
    let city = city.with_map(places.into(), Arc::default());
    let hits = city.places("warteg tati").hits;
    assert_eq!(
        (hits[0].name.as_str(), hits[0].village.as_deref(), hits[0].approximate),
        ("Warung Bu Tati", Some("Cipare"), false)
    );
    let mawar = city.places("jln mawar").hits;
    assert!(mawar[0].same_name && mawar[1].same_name && !mawar[0].sure, "{mawar:?}");
}

#[test]
fn extracts_of_openstreetmap_are_read_in_both_forms() {
    let city = serang();
    let xml = r#"<?xml version="1.0"?><osm version="0.6">
        <node id="1" lat="-6.12" lon="106.16"/><node id="2" lat="-6.121" lon="106.161"/><node id="3" lat="-6.122" lon="106.162"/>
        <node id="4" lat="-6.125" lon="106.165"><tag k="amenity" v="pharmacy"/><tag k="name" v="Apotek A &amp; B"/><tag k="alt_name" v="Apotek AB;Apotik AB"/></node>
        <way id="7"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="name" v="Jalan Melati"/></way>
        <way id="8"><nd ref="3"/><nd ref="2"/><tag k="highway" v="residential"/><tag k="name" v="Jalan Melati"/></way>
        <way id="9"><nd ref="99"/><tag k="highway" v="residential"/><tag k="name" v="Jalan Hilang"/></way>
        <way id="10"><nd ref="1"/><tag k="power" v="line"/><tag k="name" v="SUTET"/></way></osm>"#;
    let (places, report) = read(xml.as_bytes(), &city).unwrap();
    assert_eq!(
        places.iter().map(|one| (one.kind, one.name.as_str())).collect::<Vec<_>>(),
        [(PlaceKind::Landmark, "Apotek A & B"), (PlaceKind::Street, "Jalan Melati")]
    );
    assert_eq!(places[0].aliases, ["Apotek AB", "Apotik AB"]);
    assert_eq!(report.notes.iter().map(|note| note.at.as_str()).collect::<Vec<_>>(), ["way 9", "way 10"]);
    let json = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"name":"Kampung Baru","place":"hamlet"},"geometry":{"type":"Point","coordinates":[106.16,-6.12]}},
        {"type":"Feature","properties":{"name":"Jalan Melati","highway":"service"},"geometry":{"type":"LineString","coordinates":[[106.1,-6.1],[106.16,-6.12],[106.2,-6.2]]}},
        {"type":"Feature","properties":{"highway":"service"},"geometry":null}]}"#;
    let (places, report) = read(json.as_bytes(), &city).unwrap();
    assert_eq!(
        places.iter().map(|one| (one.kind, one.point)).collect::<Vec<_>>(),
        [(PlaceKind::Neighbourhood, Some((-6.12, 106.16))), (PlaceKind::Street, Some((-6.12, 106.16)))]
    );
    assert_eq!((report.skipped, report.notes[0].at.as_str()), (1, "fitur 3"));
}

#[test]
fn a_file_that_cannot_be_read_is_refused_as_a_whole() {
    let city = serang();
    for broken in [
        &b""[..],
        b"\xff\xfe\0",
        b"name\nx\n",
        b"name,kind\n",
        b"name,kind\n\"a,jalan\n",
        b"{",
        b"{}",
        b"<html/>",
        b"<osm><node id=\"1\"",
        b"<osm><way></osm>",
    ] {
        assert!(read(broken, &city).is_err(), "{}", String::from_utf8_lossy(broken));
    }
}
