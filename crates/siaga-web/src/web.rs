//! What every endpoint can reach.

use crate::{
    accounts::{remembered::Remembered, sealed::Sealer, setup::SetupLink, throttle::Throttle},
    demo_callers::DemoCallers,
    documents::Documents,
    drills::Drills,
    dry_runs::DryRuns,
    endpoints::{appeals::AppealLimit, desk::live::Picture, links::LinkLimit, tasks::TaskLimit},
    what_ifs::WhatIfs,
};
use siaga_core::{
    class::Class,
    desk::{DeskCommand, Press},
    ids::{CallId, IncidentId, UserId},
    view::{
        desk::{ClassChoice, Topic},
        session::DemoAccount,
    },
};
use siaga_engine::{Engine, changes::Changes, city::LiveCity, policy::LivePolicy};
use siaga_report::Edition;
use siaga_store::{Store, incidents::TaskKey};
use std::{path::PathBuf, sync::Arc};

/// The state of the HTTP side. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Web {
    pub store: Store,
    /// What is live: asked by every request that touches a line.
    pub engine: Engine,
    /// The rules in force.
    pub policy: LivePolicy,
    pub city: LiveCity,
    /// Told after each commit that a list on some screen shows.
    pub changes: Changes,
    pub task_links: Arc<TaskLinks>,
    pub recordings: Arc<Recordings>,
    /// Opens and seals the secrets of the second factor.
    pub sealer: Arc<Sealer>,
    pub config: Arc<WebConfig>,
    pub throttle: Arc<Throttle>,
    /// Who was signed in when the database was last heard.
    pub remembered: Arc<Remembered>,
    /// The one-time link of the first start.
    pub setup: Arc<SetupLink>,
    /// How often responders' pages may ask.
    pub tasks: Arc<TaskLimit>,
    /// How often callers' pages may ask.
    pub links: Arc<LinkLimit>,
    /// The live desk as text, for all consoles.
    pub picture: Arc<Picture>,
    /// How often the public page's form may be sent.
    pub appeals: Arc<AppealLimit>,
    /// Rules being tried on last year's calls.
    pub dry_runs: Arc<DryRuns>,
    /// A centre's own day with other seats.
    pub what_ifs: Arc<WhatIfs>,
    /// How many documents are set at once.
    pub documents: Arc<Documents>,
}

/// How responders' links are made and read.
pub struct TaskLinks {
    pub key: TaskKey,
    /// In front of `/tugas/...`: `https://siaga.kota.go.id`.
    pub base_url: String,
}

/// Where recordings are and what opens them. No `Debug`: it holds the key.
pub struct Recordings {
    pub folder: PathBuf,
    pub key: [u8; 32],
}

/// What the HTTP side stands on, put together by the binary.
pub struct Parts {
    pub store: Store,
    pub engine: Engine,
    pub policy: LivePolicy,
    pub city: LiveCity,
    pub changes: Changes,
    pub task_links: TaskLinks,
    pub recordings: Recordings,
}

/// What the binary decides before the first request.
#[derive(Clone, Debug, Default)]
pub struct WebConfig {
    /// The demo's known accounts; `None`: this is a real city.
    pub demo: Option<Vec<DemoAccount>>,
    /// The demo's callers; `None`: this is a real city.
    pub demo_callers: Option<Arc<DemoCallers>>,
    /// Simulated callers that a lead may order; `None`: this machine has none.
    pub drills: Option<Arc<Drills>>,
    /// This program's own file, which is also the simulator; `None`: it cannot be started.
    pub simulator: Option<PathBuf>,
    /// The city's own root certificate in PEM, for `/sertifikat`; `None`: plain HTTP or a bought certificate.
    pub root_certificate: Option<String>,
    /// The key that senders of AML know; `None`: nobody may send positions of telephones.
    pub aml_key: Option<String>,
    /// The token of who fetches figures by themselves; `None`: nobody may.
    pub feed_token: Option<String>,
    /// Who reports by e-mail come from; `None`: no mail server is set.
    pub mail_sender: Option<String>,
    /// The folder of crews' and callers' photos.
    pub attachments: PathBuf,
}

impl WebConfig {
    /// What the documents of this server are.
    #[must_use]
    pub fn edition(&self) -> Edition {
        if self.demo.is_some() { Edition::Demo } else { Edition::City }
    }
}

impl Web {
    #[must_use]
    pub fn new(parts: Parts, config: WebConfig) -> Self {
        Self {
            store: parts.store,
            engine: parts.engine,
            policy: parts.policy,
            city: parts.city,
            changes: parts.changes,
            task_links: Arc::new(parts.task_links),
            sealer: Arc::new(Sealer::new(&parts.recordings.key)),
            recordings: Arc::new(parts.recordings),
            config: Arc::new(config),
            throttle: Arc::default(),
            remembered: Arc::default(),
            setup: Arc::default(),
            tasks: Arc::default(),
            links: Arc::default(),
            picture: Arc::default(),
            appeals: Arc::default(),
            dry_runs: Arc::default(),
            what_ifs: Arc::default(),
            documents: Arc::default(),
        }
    }

    /// The city as shown: "Kota Serang".
    #[must_use]
    pub fn city_name(&self) -> String {
        self.city.now().name.clone()
    }

    /// Nobody has an account yet, so whose city it is was not said. Asks the database only while the one-time link waits.
    pub async fn waits_for_setup(&self) -> bool {
        if !self.setup.waits() {
            return false;
        }
        // A database that does not answer takes no page away.
        let empty = self.store.accounts_empty().await.unwrap_or(false);
        if !empty {
            self.setup.close();
        }
        empty
    }

    /// The program runs with demo data and known passwords.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.config.demo.is_some()
    }

    /// What the documents of this server are.
    #[must_use]
    pub fn edition(&self) -> Edition {
        self.config.edition()
    }

    /// Whoever is changed or signed out hears no conversation any more; a lead who still may comes again by hand.
    pub async fn dismiss_lead(&self, user: UserId) {
        if let Err(refusal) = self.engine.ask(DeskCommand::DismissLead { user }).await {
            tracing::error!(?refusal, "a lead whose account changed may still be on a call");
        }
    }

    /// The desk forgets the incident of a call that left it. Its class there stays: the call-taker says what it is.
    pub async fn incident_unlinked(&self, call: CallId) {
        if let Err(refusal) = self.engine.ask(DeskCommand::UnlinkIncident { call }).await {
            tracing::warn!(%call, ?refusal, "the desk keeps an incident that a call has left");
        }
        self.changes.tell(Topic::Calls, Some(call.to_string()));
    }

    /// A call's sheet became, or joined, an incident. The record has it already; the desk shows it, and takes the class
    /// of a real report where nobody gave one. A desk without this call has nothing to show.
    pub async fn incident_linked(&self, by: UserId, call: CallId, incident: IncidentId) {
        if let Err(refusal) = self.engine.ask(DeskCommand::LinkIncident { call, incident }).await {
            tracing::warn!(%call, ?refusal, "the desk did not take the incident of a call");
        }
        let unclassed =
            self.engine.desk().borrow().calls.iter().any(|card| card.call_id == call && card.class.is_none());
        if unclassed {
            let choice = ClassChoice { class: Class::Emergency, sub: None };
            let command = DeskCommand::Class { user: by, call, choice, press: Press::Tap };
            // who is not at this call may not class it: its own call-taker does
            if let Err(refusal) = self.engine.ask(command).await {
                tracing::info!(%call, ?refusal, "the desk keeps a reporting call unclassed");
            }
        }
        self.changes.tell(Topic::Calls, Some(call.to_string()));
    }
}
