//! Where the last callers can be reached when there is no trunk (demonstration): the Contact of their last INVITE.

use super::dialog::Flow;
use crate::suspects::key;
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
