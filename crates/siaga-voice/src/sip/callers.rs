//! Where the last callers can be reached when there is no trunk (demonstration): the Contact of their last INVITE.

use super::dialog::Flow;
use rsipstack::sip::Uri;
use std::collections::{HashMap, VecDeque};

/// Callers remembered.
const CALLERS_MAX: usize = 1_024;

/// By number, the oldest forgotten first.
#[derive(Default)]
pub struct RecentCallers {
    known: HashMap<String, (Uri, Flow)>,
    order: VecDeque<String>,
}

impl RecentCallers {
    pub fn remember(&mut self, number: &str, contact: Uri, flow: Flow) {
        let key = key(number);
        if self.known.insert(key.clone(), (contact, flow)).is_some() {
            return;
        }
        self.order.push_back(key);
        if self.order.len() > CALLERS_MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
    }

    pub fn find(&self, number: &str) -> Option<(Uri, Flow)> {
        self.known.get(&key(number)).cloned()
    }
}

/// `+62812…`, `62812…`, `0812…` and `812…` are one number; names are kept as they are.
fn key(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return number.to_string();
    }
    let national = digits.strip_prefix("62").unwrap_or(&digits);
    national.strip_prefix('0').unwrap_or(national).to_string()
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn one_number_in_its_usual_spellings() {
        for spelling in ["+62812345", "62812345", "0812345", "812345", "+62 812-345"] {
            assert_eq!(key(spelling), "812345", "{spelling}");
        }
        assert_eq!(key("budi"), "budi");
        assert_ne!(key("0812345"), key("0812346"));
    }
}
