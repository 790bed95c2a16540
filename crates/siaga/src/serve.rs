//! Wiring: store, city, voice, engine, web, in this order; then wait for the end and take it down in the other order.

mod https;
mod listen;
mod ready;
mod stop;

pub use ready::Announce;

use crate::{
    commands::CommandError,
    config::Config,
    data_folder::{DataFolder, Purpose},
    demo,
};
use listen::Doors;
use ready::Ready;
use siaga_core::city::{City, serang};
use siaga_engine::city::LiveCity;
use siaga_store::Store;
use siaga_web::{Web, WebConfig};
use std::path::Path;

/// Runs a city until SIGTERM or SIGINT.
pub async fn run(data: &Path, config: &Config, purpose: Purpose, announce: Announce) -> Result<(), CommandError> {
    let folder = DataFolder::take(data)?;
    let store = Store::open(&config.store(data)).await?;
    folder.claim(purpose, !store.accounts_empty().await?)?;
    if purpose == Purpose::Demo {
        demo::ensure(&store).await?;
    }
    let city = LiveCity::new(city_of(&store).await?);
    let store = store.in_zone(city.now().time_zone().clone());

    let web_config = WebConfig {
        demo: (purpose == Purpose::Demo).then(demo::accounts),
        root_certificate: https::root_certificate(data),
    };
    let web = Web::new(store.clone(), city, web_config);
    let setup = if store.accounts_empty().await? { Some(web.setup.open().text()) } else { None };

    let doors = Doors::open(config, data, &siaga_web::router(web.clone())).await?;
    let accounts = web.config.demo.clone().unwrap_or_default();
    ready::announce(&Ready::new(&doors, setup.as_deref(), accounts), announce);

    stop::asked_to().await;
    tracing::info!("draining");
    doors.close().await;
    store.close().await;
    drop(folder);
    tracing::info!("stopped");
    Ok(())
}

/// The city's newest document, or Kota Serang where none was chosen.
async fn city_of(store: &Store) -> Result<City, CommandError> {
    let Some(version) = store.city_version().await? else { return Ok(serang()) };
    City::from_toml(&version.document).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        CommandError::Told(format!("the stored city document cannot be read:\n{}", lines.join("\n")))
    })
}
