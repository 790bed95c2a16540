//! The one-time location link: who can get one, what the message says, how much may come back through it.

use crate::{city::City, phone::Number, time::Timestamp};
use serde::{Deserialize, Serialize};

/// A link lives this long (ms): longer than a rescue takes to begin, shorter than a telephone changes hands.
pub const LINK_VALID_MS: i64 = 2 * 3_600_000;
/// Two links for one caller are at least this far apart (ms): a key pressed twice is one message.
pub const LINK_AGAIN_MS: i64 = 15_000;
/// Links of one call: who got so many and opened none has a telephone that opens none.
pub const LINKS_MAX: i64 = 5;
/// Characters of one line of the chat: somebody types on a telephone.
pub const LINE_CHARS_MAX: usize = 500;
/// Lines of one caller that are kept: in two hours more than one every half minute.
pub const LINES_MAX: i64 = 300;
/// Photos of one caller: a link in wrong hands must not fill the disk.
pub const PHOTOS_MAX: i64 = 10;
/// Positions of one caller: one every fifteen seconds for as long as the link lives.
pub const POSITIONS_MAX: i64 = 480;
/// After so many calls of the machine that nobody took, the message with a link goes out by itself.
pub const CALL_BACKS_BEFORE_LINK: i64 = 2;
/// A position that a telephone sends by itself belongs to a call at most this far from it (ms): AML comes within
/// half a minute of the call, a slow network included.
pub const AML_MATCH_MS: i64 = 10 * 60_000;

/// Before the token, in every link.
const PATH: &str = "/lokasi/";
const HIDDEN: &str = "(disembunyikan)";

/// Why a caller can get no message, told in words beside the button.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum NoLink {
    /// The line gave none, or a dummy for many telephones.
    NoNumber,
    /// A telephone on a wire takes no messages.
    FixedLine,
    /// Many telephones stand behind it.
    SharedNumber,
    /// A simulated caller: nothing of a drill leaves the house.
    Drill,
}

/// Whether this number can get a message, as far as the number itself tells.
#[must_use]
pub fn refusal(number: Option<&Number>) -> Option<NoLink> {
    match number {
        None => Some(NoLink::NoNumber),
        Some(number) if number.is_fixed_line() => Some(NoLink::FixedLine),
        Some(_) => None,
    }
}

/// And as far as the city knows.
#[must_use]
pub fn refusal_in(city: &City, number: Option<&Number>) -> Option<NoLink> {
    refusal(number).or_else(|| number.is_some_and(|number| city.shares_number(number)).then_some(NoLink::SharedNumber))
}

/// `https://siaga.kota.go.id/lokasi/TOKEN`.
#[must_use]
pub fn url(base_url: &str, token: &str) -> String {
    format!("{base_url}{PATH}{token}")
}

/// One message of a telephone (160 characters with a usual address).
#[must_use]
pub fn message(city: &str, url: &str) -> String {
    format!("Siaga 112 {city}: kirim lokasi Anda, atau tulis bila tidak bisa bicara: {url} (berlaku 2 jam)")
}

/// The same words without the token: for a message that has left.
#[must_use]
pub fn masked(text: &str) -> String {
    let Some((before, rest)) = text.split_once(PATH) else { return text.to_owned() };
    let after = rest.find(|c: char| c.is_whitespace()).map_or("", |end| &rest[end..]);
    format!("{before}{PATH}{HIDDEN}{after}")
}

/// A line as it is kept; `None`: nothing is in it, or too much.
#[must_use]
pub fn line(text: &str) -> Option<String> {
    let text: String = text.trim().chars().filter(|c| !c.is_control() || *c == '\n').collect();
    (!text.is_empty() && text.chars().count() <= LINE_CHARS_MAX).then_some(text)
}

/// When something was done on a telephone that sends it only now: its own clock, moved by how far that is off. Never
/// in the future, never before the link was made.
#[must_use]
pub fn done_at(tapped: Option<Timestamp>, clock: Option<Timestamp>, made_at: Timestamp, now: Timestamp) -> Timestamp {
    let off = clock.map_or(0, |clock| now.0.saturating_sub(clock.0));
    tapped.map_or(now, |at| Timestamp(at.0.saturating_add(off))).min(now).max(made_at.min(now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{city::serang, phone::Caller};

    #[test]
    fn who_can_get_a_message() {
        for (raw, expected) in [
            ("081234567801", None),
            ("+6281234567801", None),
            ("0254201234", Some(NoLink::FixedLine)),
            ("anonymous", Some(NoLink::NoNumber)),
            ("", Some(NoLink::NoNumber)),
            ("080000000000", Some(NoLink::NoNumber)),
        ] {
            assert_eq!(refusal_in(&serang(), Caller::read(raw).number()), expected, "{raw}");
        }
    }

    #[test]
    fn a_message_is_short_and_loses_its_token() {
        let text = message("Kota Serang", &url("https://siaga112.serangkota.go.id", &"x".repeat(22)));
        assert!(text.chars().count() <= 160, "{}", text.chars().count());
        let hidden = masked(&text);
        assert!(hidden.contains("/lokasi/(disembunyikan) (berlaku 2 jam)") && !hidden.contains("xxx"), "{hidden}");
        assert_eq!(masked("tanpa tautan"), "tanpa tautan");
        assert_eq!(masked("https://a/lokasi/abc"), "https://a/lokasi/(disembunyikan)");
    }

    #[test]
    fn lines_are_words() {
        assert_eq!(line("  tolong \u{7} saya\n").as_deref(), Some("tolong  saya"));
        assert_eq!(line(" \n "), None);
        assert_eq!(line(&"a".repeat(LINE_CHARS_MAX + 1)), None);
    }

    #[test]
    fn a_late_line_has_its_own_time() {
        let s = |seconds: i64| Timestamp(seconds * 1_000_000);
        for (what, tapped, clock, expected) in [
            ("now", None, None, s(1_000)),
            ("a minute ago", Some(s(940)), Some(s(1_000)), s(940)),
            ("a clock that is wrong", Some(s(40)), Some(s(100)), s(940)),
            ("in the future", Some(s(5_000)), Some(s(1_000)), s(1_000)),
            ("before the link", Some(s(1)), Some(s(1_000)), s(500)),
        ] {
            assert_eq!(done_at(tapped, clock, s(500), s(1_000)), expected, "{what}");
        }
    }
}
