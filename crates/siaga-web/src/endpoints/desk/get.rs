//! `GET /api/desk`: the live desk as it is now.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::desk::DeskView;
use siaga_engine::clock;

pub async fn desk(State(web): State<Web>) -> Answer<Json<DeskView>> {
    let mut desk = DeskView::clone(&web.engine.desk().borrow());
    // The picture may be as old as the last change; the page's clock goes by this.
    desk.now = clock::now();
    Ok(Json(desk))
}

#[cfg(test)]
mod tests {
    use crate::testing::House;
    use siaga_core::role::Role;
    use siaga_engine::clock;

    #[tokio::test]
    async fn the_clock_is_now_also_when_nothing_happens() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let asked = clock::now().0;
        let now = house.get("/api/desk", &siti).await.json()["now"].as_i64().unwrap();
        assert!((asked..=clock::now().0).contains(&now), "{asked} {now}");
    }
}
