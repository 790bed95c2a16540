//! Wiring: store, city, voice, engine, web, in this order; then wait for the end and take it down in the other order.

mod https;
mod listen;
mod places;
mod ready;
mod stop;
mod telephone;

pub use ready::Announce;
pub use stop::asked_to as asked_to_stop;

use crate::{
    commands::CommandError,
    config::Config,
    data_folder::{DataFolder, Purpose, may_open},
    demo,
};
use listen::Doors;
use ready::Ready;
use siaga_core::city::{City, serang};
use siaga_engine::{
    Engine, EngineConfig,
    adopt::adopt_recordings,
    changes::Changes,
    city::LiveCity,
    jobs::{self, JobContext},
    notify::Notifier,
    policy::{LivePolicy, read_policy},
};
use siaga_store::{Store, rollup::Rebuilt};
use siaga_voice::Voice;
use siaga_web::{
    Web, WebConfig,
    demo_callers::DemoCallers,
    drills::Drills,
    web::{Parts, TaskLinks},
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio_util::sync::CancellationToken;

/// How long open calls may go on after the word to stop. Who still talks then is called back after the restart.
const DRAIN: Duration = Duration::from_secs(5);

/// How long the counting of figures leaves a database alone that did not let it write.
const COUNT_AGAIN: Duration = Duration::from_secs(10);

/// Live facts go here before they go to the database.
pub(crate) const SPOOL: &str = "spool.jsonl";

/// The city's own rules of screening, queue and sanctions; without it the preset holds.
const POLICY: &str = "policy.toml";

/// Runs a city until SIGTERM or SIGINT.
pub async fn run(data: &Path, config: &Config, purpose: Purpose, announce: Announce) -> Result<(), CommandError> {
    let folder = DataFolder::take(data)?;
    may_open(data, &config.store(data))?;
    let store = Store::open(&config.store(data)).await?;
    folder.claim(purpose, !store.accounts_empty().await?)?;
    if purpose == Purpose::Demo {
        demo::ensure(&store).await?;
    }
    store.drill_broken_off(siaga_engine::clock::now()).await?;
    let city = LiveCity::new(city_of(&store).await?);
    let store = store.in_zone(city.now().time_zone().clone()).marked(purpose.edition().mark());
    let rules = read_policy(&folder.join(POLICY)).map_err(|error| CommandError::Told(error.to_string()))?;
    // What a decree put into force counts before the file the city started with.
    let policy = LivePolicy::new(store.policy_in_force().await?.unwrap_or(rules));
    let mut doors = Doors::bind(config, data).await?;
    let recordings = telephone::recordings(&folder, &store).await?;
    adopt_recordings(&store, &recordings.folder, recordings.key).await?;
    let (voice, events) = telephone::start(config, data, &recordings).await?;
    if purpose == Purpose::City && config.trunk_peers.is_empty() {
        tracing::warn!(
            "sip.trunk_peers is empty: whoever reaches the port can call, under any number. Set it to the telco's addresses"
        );
    }

    let changes = Changes::default();
    let lines = Arc::new(voice.clone());
    let base_url = config.public_url.clone().unwrap_or_else(|| doors.base_url());
    let config_of = EngineConfig {
        spool: folder.join(SPOOL),
        policy: policy.clone(),
        task_key: store.task_key(rand::random()).await?,
        base_url: base_url.clone(),
    };
    let engine = Engine::start(config_of, lines, events, store.clone(), city.clone(), changes.clone())
        .map_err(|error| CommandError::Told(error.to_string()))?;
    let jobs = JobContext {
        store: store.clone(),
        city: city.clone(),
        changes: changes.clone(),
        key: store.task_key(rand::random()).await?,
        base_url: base_url.clone(),
        policy: policy.clone(),
        review_seed: store.review_seed(rand::random()).await?,
        notifier: notifier(config, purpose)?,
    };
    tokio::spawn(bring_figures_up_to_date(store.clone()));
    let stop_jobs = CancellationToken::new();
    let running = jobs::start(&jobs, &stop_jobs);

    let web_config = WebConfig {
        demo: (purpose == Purpose::Demo).then(demo::accounts),
        demo_callers: demo_callers(purpose, &voice)?,
        drills: Some(Arc::new(Drills::new(own_file()?, own_telephone(&voice)))),
        simulator: Some(own_file()?),
        root_certificate: https::root_certificate(data),
        feed_token: config.feed_token.as_ref().map(|token| token.0.clone()),
        mail_sender: config.mail().map(|mail| mail.from),
        aml_key: config.aml_key.as_ref().map(|key| key.0.clone()),
        attachments: data.join("attachments"),
    };
    let task_links = TaskLinks { key: jobs.key, base_url };
    let web = Web::new(
        Parts { store: store.clone(), engine: engine.clone(), policy, city, changes, task_links, recordings },
        web_config,
    );
    tokio::spawn(siaga_web::leads::watch(web.clone()));
    let setup = if store.accounts_empty().await? { Some(web.setup.open().text()) } else { None };
    doors.open(&siaga_web::router(web.clone())).map_err(|error| CommandError::Told(error.to_string()))?;
    let accounts = web.config.demo.clone().unwrap_or_default();
    ready::announce(&Ready::new(&doors, voice.bound(), setup.as_deref(), accounts), announce);

    stop::asked_to().await;
    tracing::info!("draining");
    voice.drain(DRAIN).await;
    // Before the doors: the consoles' streams end with the engine, and nobody waits for them.
    engine.stop(stop::END_WAIT).await;
    doors.close().await;
    stop_jobs.cancel();
    stop::in_time("jobs", running.join_all()).await;
    store.close().await;
    drop(folder);
    tracing::info!("stopped");
    Ok(())
}

/// Every channel that is set.
fn notifier(config: &Config, purpose: Purpose) -> Result<Notifier, CommandError> {
    let notifier = Notifier::new().and_then(|notifier| match config.mail() {
        Some(mail) => notifier.with_mail(&mail, purpose.edition()),
        None => Ok(notifier),
    });
    notifier.map_err(|error| CommandError::Told(error.to_string()))
}

/// The page's callers ring this very program; only the demo has them.
fn demo_callers(purpose: Purpose, voice: &Voice) -> Result<Option<Arc<DemoCallers>>, CommandError> {
    if purpose != Purpose::Demo {
        return Ok(None);
    }
    Ok(Some(Arc::new(DemoCallers::new(own_file()?, own_telephone(voice)))))
}

fn own_file() -> Result<PathBuf, CommandError> {
    std::env::current_exe().map_err(|error| CommandError::Told(format!("cannot find my own file: {error}")))
}

/// Where this program answers SIP, for who rings from the same machine.
fn own_telephone(voice: &Voice) -> SocketAddr {
    let mut target = voice.bound().sip_udp;
    if target.ip().is_unspecified() {
        target.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    target
}

/// Beside the calls: an update of a large city's tables takes minutes, and nobody who rings waits for them.
async fn bring_figures_up_to_date(store: Store) {
    let tell = |Rebuilt { done, all }: Rebuilt| tracing::info!(done, all, "months counted anew");
    while let Err(error) = store.rollups_up_to_date(tell).await {
        if error.is_final() {
            tracing::error!(%error, "the figures could not be counted anew; the next start tries again");
            return;
        }
        // An import holds the writer for longer than a transaction waits: what is done stays done.
        tracing::warn!(%error, "counting the figures anew waits for the database");
        tokio::time::sleep(COUNT_AGAIN).await;
    }
}

/// The city's newest document, or Kota Serang where none was chosen.
pub(crate) async fn city_of(store: &Store) -> Result<City, CommandError> {
    let Some(version) = store.city_version().await? else { return Ok(serang()) };
    City::from_toml(&version.document).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        CommandError::Told(format!("the stored city document cannot be read:\n{}", lines.join("\n")))
    })
}
