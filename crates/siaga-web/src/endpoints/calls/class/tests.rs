use crate::{
    endpoints::calls::testing::{NUMBER, T0, write_call, write_call_by},
    testing::House,
};
use serde_json::json;
use siaga_core::{
    call::{
        Prompt,
        live::{Fact, LiveFact},
    },
    class::Class,
    ids::{CallId, SeatId, UserId},
    role::Role,
    view::{
        call::{CallOutcome, EndedBy},
        desk::{ClassChoice, Direction, Lane},
    },
};
use uuid::Uuid;

/// A caller who went while it rang.
async fn write_abandoned(house: &House) -> CallId {
    let call = CallId(Uuid::now_v7());
    let offered = Fact::Offered {
        call,
        direction: Direction::Incoming,
        number: Some(NUMBER.to_owned()),
        number_raw: None,
        display_name: None,
        sip_call_id: None,
        lane: Lane::A,
        suspicion: 0,
        reasons: vec![],
        callback: None,
    };
    let facts = [offered, Fact::Ended { call, outcome: CallOutcome::Abandoned, by: EndedBy::Caller }]
        .map(|fact| LiveFact { id: Uuid::now_v7(), at: T0, fact });
    house.store.write_live(&facts).await.unwrap();
    call
}

/// A silent line that a person ended from the panel, as the desk tells it: answered by them at that moment.
async fn write_silent_line(house: &House, direction: Direction, by: UserId) -> CallId {
    let call = CallId(Uuid::now_v7());
    let offered = Fact::Offered {
        call,
        direction,
        number: Some(NUMBER.to_owned()),
        number_raw: None,
        display_name: None,
        sip_call_id: None,
        lane: Lane::A,
        suspicion: 0,
        reasons: vec![],
        callback: None,
    };
    let ghost = ClassChoice { class: Class::Ghost, sub: Some("silent".to_owned()) };
    let facts = [
        offered,
        Fact::Greeted { call, prompt: Prompt::Greeting },
        Fact::EndedUnheard { call, by, asked_ms: None },
        Fact::Answered { call, seat: SeatId(1), call_taker: by },
        Fact::Classed { call, by, choice: Some(ghost) },
        Fact::Ended { call, outcome: CallOutcome::Answered, by: EndedBy::CallTaker },
    ]
    .map(|fact| LiveFact { id: Uuid::now_v7(), at: T0, fact });
    house.store.write_live(&facts).await.unwrap();
    call
}

#[tokio::test]
async fn a_silent_line_that_somebody_ended_is_corrected_and_put_back() {
    let house = House::new().await;
    let siti = house.account("siti", Role::CallTaker).await;
    house.account("budi", Role::CallTaker).await;
    let lines = [
        write_silent_line(&house, Direction::Incoming, siti).await,
        write_silent_line(&house, Direction::CallBack, siti).await,
    ];
    let [siti, budi] = [house.sign_in_as("siti").await, house.sign_in_as("budi").await];
    for call in lines {
        let path = format!("/api/calls/{call}/class");
        let reason = "suara lirih terdengar di rekaman";
        let wrong = house.post(&path, &budi, json!({ "class": "information", "reason": reason })).await;
        assert_eq!(wrong.status, 403, "{}", wrong.text());
        for (class, sub) in [("information", None), ("ghost", Some("silent"))] {
            let given = house.post(&path, &siti, json!({ "class": class, "sub": sub, "reason": reason })).await;
            assert_eq!(given.status, 204, "{call} {class}: {}", given.text());
        }
        assert_eq!(house.store.call_row(call).await.unwrap().class, Some(Class::Ghost));
    }
}

#[tokio::test]
async fn a_class_is_corrected_where_a_person_heard_the_call_and_by_who_may() {
    let house = House::new().await;
    let siti = house.account("siti", Role::CallTaker).await;
    let own = write_call_by(&house, 0, Some(NUMBER), Class::Information, siti).await;
    let other = write_call(&house, 60, Some(NUMBER), Class::Information).await;
    let lost = write_abandoned(&house).await;
    let (siti, lead) = (house.sign_in_as("siti").await, house.sign_in(Role::ShiftLead).await);
    let rows = [
        ("own", own, &siti, 204, ""),
        ("another's", other, &siti, 403, "not_your_call"),
        ("another's, by a lead", other, &lead, 204, ""),
        ("nobody heard it", lost, &siti, 409, "nobody_answered"),
        ("nobody heard it, lead", lost, &lead, 409, "nobody_answered"),
        ("no call", CallId(Uuid::now_v7()), &lead, 404, "not_found"),
    ];
    for (what, call, cookie, status, kind) in rows {
        let reply =
            house.post(&format!("/api/calls/{call}/class"), cookie, json!({ "class": "prank", "sub": "abuse" })).await;
        assert_eq!(reply.status, status, "{what}: {}", reply.text());
        if status != 204 {
            assert_eq!(reply.json()["type"], kind, "{what}");
        }
    }
    assert_eq!(house.store.call_row(lost).await.unwrap().class, Some(Class::Abandoned));
}
