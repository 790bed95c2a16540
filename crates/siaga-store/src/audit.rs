//! Proof that the tables say what the events say. The chain is walked once, in one snapshot, page by page; what is kept
//! meanwhile is small: roles, imports, tries of call-backs. Then the calls are replayed (`calls.rs`).

mod calls;

use crate::{
    Store, StoreError, Tx,
    events::{self, ChainReport, Event},
    tx::{fetch_all, fetch_optional},
};
use serde_json::Value;
use siaga_core::ids::CallId;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Faults that are told one by one; the rest are counted.
const TOLD_MAX: usize = 20;
/// The event that retention leaves: `{"through": seq}`, up to which bodies may be gone.
pub const BODIES_REMOVED: &str = "BodiesRemoved";

/// What the tables are, measured by the events.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditReport {
    pub chain: ChainReport,
    /// Calls whose row is what their events make it.
    pub calls: u64,
    /// Calls with events that an older program wrote in another form: not compared.
    pub calls_unread: u64,
    pub accounts: usize,
    /// Ends of the chain that were kept elsewhere and are not in it.
    pub heads_missing: Vec<String>,
    pub faults: Faults,
}

/// What does not hold, in words without personal data.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Faults {
    pub told: Vec<String>,
    pub untold: u64,
}

impl Faults {
    fn add(&mut self, fault: String) {
        if self.told.len() < TOLD_MAX {
            self.told.push(fault);
        } else {
            self.untold += 1;
        }
    }
}

/// What an import brought, as its event tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Imported {
    added: i64,
    /// Absent from events of older programs.
    rows: Option<String>,
}

/// What became of an entry of the call-back list.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Tries {
    attempts: i64,
    closed: bool,
}

/// What the walk over the chain gathers.
#[derive(Default)]
struct Gathered {
    roles: BTreeMap<Uuid, (String, bool)>,
    imports: BTreeMap<Uuid, Imported>,
    tries: HashMap<Uuid, Tries>,
    bodies_removed_through: i64,
    last_without_body: i64,
    heads: BTreeSet<String>,
}

impl Gathered {
    fn take(&mut self, event: &Event) {
        if !self.heads.is_empty() {
            self.heads.remove(&hex::encode(&event.hash));
        }
        let Some(body) = &event.body else {
            self.last_without_body = event.seq;
            return;
        };
        let read = || serde_json::from_str::<Value>(body).unwrap_or_default();
        let id = |value: &Value| value.as_str().and_then(|text| Uuid::parse_str(text).ok()).unwrap_or_default();
        match event.kind.as_str() {
            "AccountCreated" | "AccountChanged" => {
                let body = read();
                let account = self.roles.entry(id(&body["account"])).or_default();
                if let Some(role) = body["role"].as_str() {
                    role.clone_into(&mut account.0);
                }
                account.1 = body["disabled"].as_bool().unwrap_or(account.1);
            }
            "LedgerImported" => {
                let body = read();
                let rows = body["rows_sha256"].as_str().map(str::to_owned);
                let added = body["added"].as_i64().unwrap_or_default();
                self.imports.insert(id(&body["import"]), Imported { added, rows });
            }
            "CallbackTried" | "CallbackDropped" => {
                let body = read();
                let entry = self.tries.entry(id(&body["callback"])).or_default();
                if event.kind == "CallbackDropped" {
                    entry.closed = true;
                } else {
                    entry.attempts += 1;
                    entry.closed |= calls::closes(&body);
                }
            }
            BODIES_REMOVED => {
                let through = read()["through"].as_i64().unwrap_or_default();
                self.bodies_removed_through = self.bodies_removed_through.max(through);
            }
            _ => {}
        }
    }
}

impl Store {
    /// Walks the chain and measures the tables by it, in one snapshot. `heads`: ends of the chain (hexadecimal) that
    /// were kept elsewhere; each must be in it.
    ///
    /// # Errors
    /// [`StoreError::Gone`]; what does not hold is no error but an answer.
    pub async fn audit(&self, heads: &[String]) -> Result<AuditReport, StoreError> {
        let mut tx = self.read().await?;
        let mut gathered = Gathered { heads: heads.iter().cloned().collect(), ..Gathered::default() };
        let chain = events::walk(&mut tx, |event| gathered.take(event)).await?;
        let mut report = AuditReport {
            chain,
            calls: 0,
            calls_unread: 0,
            accounts: gathered.roles.len(),
            heads_missing: gathered.heads.iter().cloned().collect(),
            faults: Faults::default(),
        };
        // Behind a broken link nothing was gathered: everything would be a fault.
        if report.chain.broken.is_some() {
            return Ok(report);
        }
        if gathered.last_without_body > gathered.bodies_removed_through {
            let seq = gathered.last_without_body;
            report.faults.add(format!("event {seq}: its content is gone, and no retention took it"));
        }
        accounts(&mut tx, &gathered, &mut report.faults).await?;
        calls::replay(self, &mut tx, &gathered, &mut report).await?;
        Ok(report)
    }

    /// Whether any event tells of a call.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn call_is_on_record(&self, call: CallId) -> Result<bool, StoreError> {
        let mut tx = self.read().await?;
        Ok(fetch_optional!(tx, (i64,), "SELECT seq FROM event WHERE call_id = $1 LIMIT 1", call.0)?.is_some())
    }
}

/// Who may sign in with which role.
async fn accounts(tx: &mut Tx, gathered: &Gathered, faults: &mut Faults) -> Result<(), StoreError> {
    let sql = "SELECT user_id, role, disabled FROM account ORDER BY user_id";
    let rows = fetch_all!(*tx, (Uuid, String, bool), sql)?;
    let mut expected = gathered.roles.clone();
    for (user, role, disabled) in rows {
        match expected.remove(&user) {
            None => faults.add(format!("account {user}: no event made it")),
            Some((known, _)) if known != role => {
                faults.add(format!("account {user}: its role is {role}, the events say {known}"));
            }
            Some((_, known)) if known != disabled => {
                faults.add(format!("account {user}: disabled is {disabled}, the events say {known}"));
            }
            Some(_) => {}
        }
    }
    for user in expected.keys() {
        faults.add(format!("account {user}: is on record and not there"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
