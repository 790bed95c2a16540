//! Imported places and boundaries on their way from the store into the live city.

use crate::city::LiveCity;
use siaga_core::{
    boundaries::{Boundaries, Shape},
    places::Known,
    view::map::MapSourceKind,
};
use siaga_store::{Store, StoreError};

/// Reads all sources and puts them beside the city's own places. A source that cannot be read is told and left out:
/// the city works without it.
///
/// # Errors
/// [`StoreError::Gone`].
pub async fn load(store: &Store, city: &LiveCity) -> Result<(), StoreError> {
    let documents = store.map_documents().await?;
    let city = city.clone();
    let made = tokio::task::spawn_blocking(move || {
        let (mut places, mut shapes): (Vec<Known>, Vec<Shape>) = (Vec::new(), Vec::new());
        for one in documents {
            let read = if one.kind == MapSourceKind::Places.key() {
                serde_json::from_str::<Vec<Known>>(&one.document).map(|read| {
                    let source = Some(one.attribution).filter(|text| !text.is_empty());
                    places.extend(read.into_iter().map(|place| Known { source: source.clone(), ..place }));
                })
            } else {
                serde_json::from_str::<Vec<Shape>>(&one.document).map(|read| shapes.extend(read))
            };
            if let Err(error) = read {
                tracing::error!(kind = one.kind, %error, "an imported source cannot be read; import it again");
            }
        }
        city.draw(places.into(), Boundaries::of(shapes).into());
    });
    made.await.map_err(|error| StoreError::Bug(error.to_string()))
}
