use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(raw: &str, expected: &str) {
    let seen = match Caller::read(raw) {
        Caller::Known(number) => number.e164().to_owned(),
        Caller::Withheld => "withheld".to_owned(),
        Caller::Unreadable => "unreadable".to_owned(),
    };
    assert_eq!(seen, expected, "reading {raw:?}");
}

#[test]
fn reads_every_writing_of_a_trunk() {
    for raw in [
        "081234567890",
        "81234567890",
        "6281234567890",
        "+6281234567890",
        "006281234567890",
        "+62 812-3456-7890",
        "+62 (0)812 3456 7890",
        "0812.3456.7890",
        "sip:+6281234567890@10.0.0.1;user=phone",
        "\"Budi\" <sip:081234567890@ims.example>;tag=1",
        "tel:+62-812-3456-7890",
        " 0812 3456 7890 ",
    ] {
        check(raw, "+6281234567890");
    }
}

#[test]
fn keeps_lengths_of_mobile_and_fixed_numbers() {
    check("0811234567", "+62811234567");
    check("081123456", "unreadable");
    check("0812345678901", "+62812345678901");
    check("08123456789012", "withheld");
    check("0254201234", "+62254201234");
    check("254201234", "+62254201234");
    check("+6225420123456", "+6225420123456");
    check("025420123", "unreadable");
    check("0215551234", "+62215551234");
    check("+6561234567", "+6561234567");
    check("006561234567", "+6561234567");
}

#[test]
fn a_line_without_a_number_is_withheld() {
    for raw in [
        "",
        "   ",
        "-",
        "anonymous",
        "Anonymous",
        "sip:anonymous@anonymous.invalid",
        "\"Anonymous\" <sip:anonymous@anonymous.invalid>",
        "unavailable",
        "UNKNOWN",
        "tanpa nomor",
        "0000000000",
        "1234567890",
        "888888888888",
        "6280000000000",
        "08100000000",
        "354912345678901",
    ] {
        check(raw, "withheld");
    }
}

#[test]
fn what_is_no_number_is_unreadable() {
    for raw in ["0", "000", "112", "12345", "Budi", "0812x3456789", "abc@host", "08*12#", "+62", "+999123456789"] {
        check(raw, "unreadable");
    }
    check(&"8".repeat(300), "unreadable");
}

#[test]
fn only_112_itself_is_112() {
    assert!(is_emergency_number("112"));
    for other in ["1120", "0112", "+62112", "62112", " 112", "112 ", "11", "0112112", "１１２", ""] {
        assert!(!is_emergency_number(other), "{other:?} is not 112");
    }
}

#[test]
fn shows_numbers_as_people_write_them() {
    for (e164, shown) in [
        ("+6281234567890", "0812-3456-7890"),
        ("+62811234567", "0811-234-567"),
        ("+628112345678", "0811-2345-678"),
        ("+62812345678901", "0812-3456-78901"),
        ("+62254201234", "0254-201234"),
        ("+6561234567", "+65 6123 4567"),
        ("no number", "no number"),
        ("+62é", "+62é"),
    ] {
        assert_eq!(show_e164(e164), shown);
    }
}

#[test]
fn the_machine_dials_telephones_of_this_country_only() {
    for (number, domestic) in
        [("+6281234567890", true), ("+62254123456", true), ("+628091234567", false), ("+6598765432", false)]
    {
        assert_eq!(Number::from_e164(number).map(|number| number.is_domestic()), Some(domestic), "{number}");
    }
}

#[test]
fn debug_shows_nothing_of_the_number() {
    let caller = Caller::read("081234567890");
    let text = format!("{caller:?} {:?}", caller.number());
    assert!(!text.chars().any(|c| c.is_ascii_digit()), "{text}");
}

#[test]
fn only_e164_comes_back_from_the_database() {
    assert!(Number::from_e164("+6281234567890").is_some());
    for text in ["6281234567890", "+0812345678", "+62", "+62812345678901234", "+62812x456789", "", "+"] {
        assert!(Number::from_e164(text).is_none(), "{text:?}");
    }
}

proptest! {
    #[test]
    fn never_panics_and_known_is_e164(raw in "\\PC{0,40}|[0-9+ ().-]{0,24}") {
        if let Caller::Known(number) = Caller::read(&raw) {
            prop_assert!(Number::from_e164(number.e164()).is_some());
            prop_assert!(!number.show().is_empty());
        }
    }

    #[test]
    fn reading_again_changes_nothing(raw in "(0|62|\\+62|0062|)8[1-9][0-9]{7,10}") {
        if let Caller::Known(number) = Caller::read(&raw) {
            prop_assert_eq!(Caller::read(number.e164()), Caller::Known(number.clone()));
            prop_assert_eq!(Caller::read(&number.show()), Caller::Known(number));
        }
    }

    #[test]
    fn all_writings_are_one_number(national in "8[1-9][0-9]{7,10}") {
        let known = Caller::read(&format!("+62{national}"));
        for prefix in ["0", "62", "0062", "+620", ""] {
            prop_assert_eq!(Caller::read(&format!("{prefix}{national}")), known.clone());
        }
    }
}
