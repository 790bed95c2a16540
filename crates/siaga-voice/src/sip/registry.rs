//! Which calls are open, and where their inboxes are. The only state that the network side and the calls share.

use super::leg::Input;
use siaga_core::ids::CallId;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{Notify, mpsc};

/// The INVITE that opened a call: equal ones on another branch are the same call, forked on its way (RFC 3261 8.2.2.2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    pub sip_call_id: String,
    pub from_tag: String,
}

#[derive(Clone)]
struct Entry {
    inbox: mpsc::Sender<Input>,
    origin: Option<Origin>,
    dialogs: Vec<(String, String)>,
}

#[derive(Default)]
struct Maps {
    calls: HashMap<CallId, Entry>,
    /// SIP Call-ID and our tag.
    dialogs: HashMap<(String, String), CallId>,
    origins: HashMap<Origin, CallId>,
    /// How many calls share a SIP Call-ID.
    sip_calls: HashMap<String, usize>,
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

    pub fn holds_sip_call(&self, sip_call_id: &str) -> bool {
        self.maps().sip_calls.contains_key(sip_call_id)
    }

    /// False when this very INVITE is a call already.
    pub fn open(&self, call: CallId, inbox: mpsc::Sender<Input>, origin: Option<Origin>) -> bool {
        let mut maps = self.maps();
        if let Some(origin) = &origin {
            if maps.origins.contains_key(origin) {
                return false;
            }
            maps.origins.insert(origin.clone(), call);
            *maps.sip_calls.entry(origin.sip_call_id.clone()).or_insert(0) += 1;
        }
        maps.calls.insert(call, Entry { inbox, origin, dialogs: Vec::new() });
        true
    }

    /// In-dialog requests with this SIP Call-ID and tag of ours belong to `call`.
    pub fn dialog(&self, call: CallId, sip_call_id: &str, local_tag: &str) {
        let key = (sip_call_id.to_string(), local_tag.to_string());
        let mut maps = self.maps();
        if let Some(entry) = maps.calls.get_mut(&call) {
            entry.dialogs.push(key.clone());
            maps.dialogs.insert(key, call);
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
                if let Some(count) = maps.sip_calls.get_mut(&origin.sip_call_id) {
                    *count -= 1;
                    if *count == 0 {
                        maps.sip_calls.remove(&origin.sip_call_id);
                    }
                }
            }
        }
        drop(maps);
        self.changed.notify_waiters();
    }

    pub fn inbox(&self, call: CallId) -> Option<mpsc::Sender<Input>> {
        self.maps().calls.get(&call).map(|entry| entry.inbox.clone())
    }

    pub fn inbox_of_dialog(&self, sip_call_id: &str, local_tag: &str) -> Option<mpsc::Sender<Input>> {
        let maps = self.maps();
        let call = maps.dialogs.get(&(sip_call_id.to_string(), local_tag.to_string()))?;
        maps.calls.get(call).map(|entry| entry.inbox.clone())
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
