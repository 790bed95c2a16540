//! Which calls are open, and where their inboxes are. The only state that the network side and the calls share.

use super::leg::Input;
use crate::suspects::Suspects;
use siaga_core::ids::CallId;
use std::{
    collections::HashMap,
    hash::Hash,
    net::{IpAddr, SocketAddr},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::{Notify, mpsc};

/// The INVITE that opened a call: equal ones on another branch are the same call, forked on its way (RFC 3261 8.2.2.2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    pub sip_call_id: String,
    pub from_tag: String,
    /// The caller's number as [`crate::suspects::key`] makes it; `None` when it is hidden.
    pub number: Option<String>,
}

/// An INVITE that has not become a call after this never will: it was refused for its form.
const EXPECTED_MAX: Duration = Duration::from_secs(1);

/// How the machine stands to one caller who wants a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Lines in use by anybody.
    pub open: usize,
    /// Lines in use by suspects.
    pub suspects_open: usize,
    /// Lines in use by this very number, or under this very Call-ID if these are more: a Call-ID is one caller's (RFC 3261
    /// 8.1.1.4).
    pub own_open: usize,
    /// Lines in use by calls from the same address and port.
    pub source_open: usize,
    pub is_suspect: bool,
    /// This INVITE belongs to a call that is open already.
    pub is_known: bool,
}

/// Whose dialog it is.
#[derive(Clone)]
struct Known {
    call: CallId,
    far_end: FarEnd,
}

/// Who may speak in a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FarEnd {
    /// Its tag; `None` while several may answer our INVITE, and for one of RFC 2543 without a tag.
    pub tag: Option<String>,
    /// Where its messages come from.
    pub ip: IpAddr,
}

#[derive(Clone)]
struct Entry {
    inbox: mpsc::Sender<Input>,
    origin: Option<Origin>,
    /// Where its INVITE came from; `None` for our own calls.
    source: Option<SocketAddr>,
    dialogs: Vec<(String, String)>,
    is_suspect: bool,
}

/// An INVITE on its way through the stack.
#[derive(Clone, Copy)]
struct Expected {
    at: Instant,
    source: SocketAddr,
}

#[derive(Default)]
struct Maps {
    calls: HashMap<CallId, Entry>,
    /// SIP Call-ID and our tag.
    dialogs: HashMap<(String, String), Known>,
    origins: HashMap<Origin, CallId>,
    /// Let in at the gate and not yet a call: on its way through the stack.
    expected: HashMap<Origin, Expected>,
    /// How many calls share a SIP Call-ID.
    sip_calls: HashMap<String, usize>,
    /// How many calls one number has open.
    numbers: HashMap<String, usize>,
    /// How many calls came from one address and port.
    sources: HashMap<SocketAddr, usize>,
    suspects: Suspects,
    suspects_open: usize,
}

/// All open calls.
#[derive(Default)]
pub struct Registry {
    maps: Mutex<Maps>,
    changed: Notify,
}

impl Registry {
    fn maps(&self) -> MutexGuard<'_, Maps> {
        self.maps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn len(&self) -> usize {
        self.maps().calls.len()
    }

    pub fn standing(&self, origin: &Origin, source: SocketAddr) -> Standing {
        let maps = self.maps();
        let expected = maps.expected.values().filter(|one| one.source == source).count();
        let coming = maps.expected.keys().filter(|one| one.sip_call_id == origin.sip_call_id).count();
        let same_call_id = maps.sip_calls.get(&origin.sip_call_id).copied().unwrap_or(0) + coming;
        let same_number = origin.number.as_ref().and_then(|number| maps.numbers.get(number)).copied().unwrap_or(0);
        Standing {
            open: maps.calls.len() + maps.expected.len(),
            suspects_open: maps.suspects_open,
            own_open: same_number.max(same_call_id),
            source_open: maps.sources.get(&source).copied().unwrap_or(0) + expected,
            is_suspect: is_suspect(&maps.suspects, Some(origin)),
            is_known: maps.origins.contains_key(origin) || maps.expected.contains_key(origin),
        }
    }

    /// A line is kept for this INVITE until it is a call, or for [`EXPECTED_MAX`]: a burst must not slip past the limit
    /// on its way through the stack.
    pub fn expect(&self, origin: Origin, source: SocketAddr, now: Instant) {
        let mut maps = self.maps();
        maps.expected.retain(|_, one| now.saturating_duration_since(one.at) < EXPECTED_MAX);
        maps.expected.insert(origin, Expected { at: now, source });
    }

    /// The set in place of the one before; open calls are counted anew by it.
    pub fn suspect(&self, suspects: Suspects) {
        let mut maps = self.maps();
        let mut open = 0;
        for entry in maps.calls.values_mut() {
            entry.is_suspect = is_suspect(&suspects, entry.origin.as_ref());
            open += usize::from(entry.is_suspect);
        }
        (maps.suspects, maps.suspects_open) = (suspects, open);
    }

    /// A call of ours begins.
    pub fn open_own(&self, call: CallId, inbox: mpsc::Sender<Input>) {
        let entry = Entry { inbox, origin: None, source: None, dialogs: Vec::new(), is_suspect: false };
        self.maps().calls.insert(call, entry);
    }

    /// False when this very INVITE is a call already.
    pub fn open(&self, call: CallId, inbox: mpsc::Sender<Input>, origin: Origin, source: SocketAddr) -> bool {
        let mut maps = self.maps();
        maps.expected.remove(&origin);
        if maps.origins.contains_key(&origin) {
            return false;
        }
        maps.origins.insert(origin.clone(), call);
        *maps.sources.entry(source).or_insert(0) += 1;
        *maps.sip_calls.entry(origin.sip_call_id.clone()).or_insert(0) += 1;
        if let Some(number) = &origin.number {
            *maps.numbers.entry(number.clone()).or_insert(0) += 1;
        }
        let is_suspect = is_suspect(&maps.suspects, Some(&origin));
        maps.suspects_open += usize::from(is_suspect);
        let entry = Entry { inbox, origin: Some(origin), source: Some(source), dialogs: Vec::new(), is_suspect };
        maps.calls.insert(call, entry);
        true
    }

    /// In-dialog requests with this SIP Call-ID, tag of ours and far end belong to `call`. Told again when the far end
    /// is known better.
    pub fn dialog(&self, call: CallId, sip_call_id: &str, local_tag: &str, far_end: FarEnd) {
        let key = (sip_call_id.to_string(), local_tag.to_string());
        let mut maps = self.maps();
        if let Some(entry) = maps.calls.get_mut(&call) {
            if !entry.dialogs.contains(&key) {
                entry.dialogs.push(key.clone());
            }
            maps.dialogs.insert(key, Known { call, far_end });
        }
    }

    pub fn close(&self, call: CallId) {
        let mut maps = self.maps();
        if let Some(entry) = maps.calls.remove(&call) {
            for key in &entry.dialogs {
                maps.dialogs.remove(key);
            }
            if let Some(origin) = &entry.origin {
                maps.origins.remove(origin);
                one_less(&mut maps.sip_calls, &origin.sip_call_id);
                if let Some(number) = &origin.number {
                    one_less(&mut maps.numbers, number);
                }
            }
            if let Some(source) = &entry.source {
                one_less(&mut maps.sources, source);
            }
            maps.suspects_open -= usize::from(entry.is_suspect);
        }
        drop(maps);
        self.changed.notify_waiters();
    }

    pub fn inbox(&self, call: CallId) -> Option<mpsc::Sender<Input>> {
        self.maps().calls.get(&call).map(|entry| entry.inbox.clone())
    }

    /// By SIP Call-ID and both tags (RFC 3261 12.2.2), with the address that the dialog's messages come from.
    pub fn inbox_of_dialog(
        &self,
        sip_call_id: &str,
        local_tag: &str,
        remote_tag: &str,
    ) -> Option<(mpsc::Sender<Input>, IpAddr)> {
        let maps = self.maps();
        let known = maps.dialogs.get(&(sip_call_id.to_string(), local_tag.to_string()))?;
        if known.far_end.tag.as_deref().is_some_and(|tag| tag != remote_tag) {
            return None;
        }
        maps.calls.get(&known.call).map(|entry| (entry.inbox.clone(), known.far_end.ip))
    }

    pub fn all(&self) -> Vec<mpsc::Sender<Input>> {
        self.maps().calls.values().map(|entry| entry.inbox.clone()).collect()
    }

    /// Until no call is open.
    pub async fn empty(&self) {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if self.len() == 0 {
                return;
            }
            changed.await;
        }
    }
}

fn is_suspect(suspects: &Suspects, origin: Option<&Origin>) -> bool {
    origin.and_then(|origin| origin.number.as_deref()).is_some_and(|number| suspects.holds(number))
}

fn one_less<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}
