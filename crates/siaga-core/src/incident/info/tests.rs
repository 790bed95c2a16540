use super::*;
use crate::{
    city::serang,
    ids::{AssignmentId, CallId, IncidentId},
    view::incident::{IncidentStatus, IntakeFields},
};
use uuid::Uuid;

/// 5 March 2020 16:58:10 UTC: a minute and some before midnight in Serang.
const RECEIVED: Timestamp = Timestamp(1_583_427_490_000_000);

fn at(minutes: i64) -> Timestamp {
    RECEIVED.plus_ms(minutes * 60_000)
}

fn note(minutes: i64, text: &str) -> NoteLine {
    NoteLine { at: at(minutes), by: "Ani".to_owned(), text: text.to_owned() }
}

fn task(agency_label: &str, state: AssignmentState) -> AssignmentView {
    AssignmentView {
        assignment_id: AssignmentId(Uuid::nil()),
        incident_id: IncidentId(Uuid::nil()),
        agency: "x".to_owned(),
        agency_label: agency_label.to_owned(),
        reason: String::new(),
        hand_over: false,
        state,
        sent_at: at(1),
        acknowledge_by: at(2),
        overdue_level: 0,
        acknowledged_at: None,
        en_route_at: None,
        on_scene_at: None,
        done_at: None,
        delivered: true,
        by_hand: false,
        notes: Vec::new(),
        photos: Vec::new(),
        task_url: String::new(),
    }
}

fn incident() -> IncidentView {
    let mut fire = task("Damkar", AssignmentState::Done);
    fire.en_route_at = Some(at(4));
    fire.on_scene_at = Some(at(12));
    fire.done_at = Some(at(50));
    fire.notes = vec![note(14, "*api* dua rumah,\nkorban hubungi 0812-3456-789 segera")];
    IncidentView {
        drill: false,
        duress: false,
        incident_id: IncidentId(Uuid::nil()),
        number: 231,
        status: IncidentStatus::Open,
        outcome: None,
        incident_type: "fire".to_owned(),
        type_label: "Kebakaran".to_owned(),
        fields: IntakeFields {
            situation: Some("api di dapur, RT 03 RW 12".to_owned()),
            reporter_name: Some("Siti Pelapor".to_owned()),
            reporter_number: Some("+6281234567890".to_owned()),
            victims: Some(2),
            ..IntakeFields::default()
        },
        place: "depan Masjid Agung, Kel. Cipare, Kec. Serang".to_owned(),
        opened_at: at(1),
        closed_at: None,
        opened_by: "Ani".to_owned(),
        opened_call: CallId(Uuid::nil()),
        calls: vec![CallId(Uuid::nil()); 3],
        assignments: vec![fire, task("PMI", AssignmentState::Cancelled)],
        notes: vec![note(2, "warga menunggu di gapura")],
        merged_into: None,
        merged: Vec::new(),
        links: Vec::new(),
        major: None,
        revision: 1,
    }
}

#[test]
fn it_is_the_layout_in_use_with_the_times_of_the_record() {
    let text = info_kejadian(&incident(), Some(RECEIVED), &serang());
    let expected = "*INFO KEJADIAN*\n\
        Nomor 231 tahun 2020\n\n\
        Kepada Yth.\n\
        1. Wali Kota Serang\n\
        2. Wakil Wali Kota Serang\n\
        3. Sekretaris Daerah Kota Serang\n\
        4. Kepala Pelaksana BPBD Kota Serang\n\
        Dari: Layanan 112 Kota Serang\n\n\
        *I. KETERANGAN KEJADIAN*\n\
        Jenis: Kebakaran\n\
        Hari, tanggal: Kamis, 5 Maret 2020\n\
        Jam: 23.58 WIB\n\
        Lokasi: depan Masjid Agung, Kel. Cipare, Kec. Serang\n\
        Sumber informasi: 3 panggilan ke 112\n\
        Sebab: ....................\n\
        Kronologi: api di dapur, RT 03 RW 12\n\
        Dampak: .................... rumah, .................... KK, .................... jiwa\n\
        Korban menurut pelapor: 2 orang\n\n\
        *II. UPAYA*\n\
        Informasi diterima: 23.58 WIB\n\
        - Damkar: diteruskan 23.59 WIB, berangkat 6 Maret 2020 00.02 WIB, tiba 6 Maret 2020 00.10 WIB, \
        selesai 6 Maret 2020 00.48 WIB\n\
        - PMI: diteruskan 23.59 WIB\n\n\
        *III. KONDISI TERKINI*\n\
        Masih ditangani.\n\
        - 6 Maret 2020 00.00 WIB: warga menunggu di gapura\n\
        - 6 Maret 2020 00.12 WIB: api dua rumah, korban hubungi (nomor) segera\n\n\
        *UNSUR YANG TERLIBAT*\n\
        - Damkar: .................... personel\n\n\
        TRC Kota Serang\n\
        (nama, jabatan) ....................\n";
    assert_eq!(text, expected);
}

#[test]
fn who_called_is_not_in_it() {
    let mut one = incident();
    one.fields.situation = Some("pelapor 081234567890, tetangga +62 812 3456 7890.".to_owned());
    one.closed_at = Some(at(60));
    one.outcome = Some(IncidentOutcome::Resolved);
    let text = info_kejadian(&one, None, &serang());
    assert!(!text.contains("Siti") && !text.contains("12345") && !text.contains("7890"), "{text}");
    assert!(text.contains("Kronologi: pelapor (nomor), tetangga (nomor)."), "{text}");
    assert!(
        text.contains("Ditutup 00.58 WIB: selesai ditangani.") || text.contains("Ditutup 6 Maret 2020 00.58 WIB"),
        "{text}"
    );
}

#[test]
fn house_numbers_and_hours_stay() {
    for (text, expected) in [
        ("Blok C2 no. 14, jam 02.30", "Blok C2 no. 14, jam 02.30"),
        ("3 rumah - 12 KK", "3 rumah - 12 KK"),
        ("1 2 3 4 5 6 7 hitungan", "(nomor) hitungan"),
        ("", ""),
    ] {
        assert_eq!(plain(text), expected, "{text}");
    }
}
