//! What only the database knows and every console shows or screening asks: overdue assignments, the last real emergency, where
//! open incidents are.

use crate::{changes::Changes, city::LiveCity, clock, desk_loop::Wake, limits::WORLD_EVERY};
use siaga_core::desk::World;
use siaga_store::Store;
use tokio::{
    sync::mpsc,
    time::{MissedTickBehavior, interval},
};

/// Looks every second and after each change; ends with the loop. With the database away the last word stands.
pub(crate) async fn watch(store: Store, city: LiveCity, changes: Changes, wakes: mpsc::Sender<Wake>) {
    let mut timer = interval(WORLD_EVERY);
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut changed = changes.listen();
    let mut last = None;
    loop {
        tokio::select! {
            _ = timer.tick() => {}
            // Lagging means that much changed: look.
            _ = changed.recv() => {}
            () = wakes.closed() => return,
        }
        let Ok(known) = store.world(clock::now()).await else { continue };
        let world = World { region: city.now().region(), ..known };
        if last.as_ref() != Some(&world) && wakes.send(Wake::World(world.clone())).await.is_ok() {
            last = Some(world);
        }
    }
}
