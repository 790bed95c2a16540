use super::*;
use crate::{
    Store,
    events::Event,
    incidents::{Actor, Showing, TaskKey},
    on_both,
    outbox::Attempt,
};
use siaga_core::{
    call::live::LiveFact,
    city::{City, serang},
    desk::Position,
    ids::{CallId, CallbackId, LineId, LinkId, OutboxId, UserId},
    link::{LINES_MAX, LINK_AGAIN_MS, LINK_VALID_MS, NoLink},
    photo::PhotoKind,
    view::{
        callback::CallbackResult,
        desk::{CallbackReason, Direction, Lane},
        outbox::DeliveryState,
    },
};

const NOW: Timestamp = Timestamp(1_800_000_000_000_000);
const NUMBER: &str = "+6281234567801";
const CHANCE: [u8; LINK_CHANCE_BYTES] = [7; LINK_CHANCE_BYTES];
const PLACE: Position = Position { latitude: -6.12, longitude: 106.15, radius_m: 18.0 };

struct House {
    store: Store,
    city: City,
    key: TaskKey,
}

impl House {
    async fn new(store: Store) -> Self {
        let key = store.task_key([1; 32]).await.unwrap();
        Self { store, city: serang(), key }
    }

    fn at(&self, now: Timestamp) -> Showing<'_> {
        Showing { city: &self.city, key: &self.key, base_url: "https://siaga.test", now }
    }

    async fn fact(&self, at: Timestamp, fact: Fact) {
        self.store.write_live(&[LiveFact { id: Uuid::now_v7(), at, fact }]).await.unwrap();
    }

    async fn call(&self, at: Timestamp, number: Option<&str>) -> CallId {
        let call = CallId(Uuid::now_v7());
        let number = number.map(str::to_owned);
        self.fact(
            at,
            Fact::Offered {
                call,
                direction: Direction::Incoming,
                number_raw: number.clone(),
                number,
                display_name: None,
                sip_call_id: None,
                lane: Lane::A,
                suspicion: 50,
                reasons: Vec::new(),
                callback: None,
            },
        )
        .await;
        call
    }

    async fn make(&self, call: CallId, now: Timestamp) -> Result<LinkId, LinkError> {
        self.store.link_make(NewLink { call, chance: CHANCE, by: Some(rina()) }, &self.at(now)).await
    }

    async fn open(&self, now: Timestamp) -> Option<OpenLink> {
        self.store.link_open(&LinkToken::of(CHANCE), now).await.unwrap()
    }

    async fn thread(&self, now: Timestamp) -> siaga_core::view::link::LinkThread {
        let threads = self.store.link_threads(ThreadsOf::Now, &self.city, now).await.unwrap();
        let [one] = threads.try_into().expect("one caller");
        one
    }

    async fn events(&self) -> Vec<Event> {
        self.store.events_after(0, 1_000).await.unwrap()
    }
}

fn rina() -> Actor<'static> {
    Actor { user: UserId(Uuid::nil()), name: "Rina" }
}

fn told(now: Timestamp) -> Told {
    Told { at: now, now }
}

on_both! {
    async fn a_link_goes_out_with_its_message_and_lives_two_hours(store: Store) {
        let house = House::new(store).await;
        let call = house.call(NOW, Some(NUMBER)).await;
        house.make(call, NOW).await.unwrap();
        let [message] = house.store.outbox_list().await.unwrap().try_into().expect("one message");
        let token = LinkToken::of(CHANCE).text();
        assert!(message.text.contains(&format!("https://siaga.test/lokasi/{token}")), "{}", message.text);
        assert_eq!((message.channel.as_str(), message.target.as_str()), ("page", "0812-3456-7801"));
        let link = house.open(NOW.plus_ms(LINK_VALID_MS - 1)).await.expect("it lives");
        assert_eq!((link.call, link.number.as_str()), (call, NUMBER));
        assert_eq!(house.open(NOW.plus_ms(LINK_VALID_MS)).await, None, "over");
        assert_eq!(house.store.link_open(&LinkToken::of([8; LINK_CHANCE_BYTES]), NOW).await, Ok(None), "unknown");
        // the key twice, and a telephone that opens none
        assert_eq!(house.make(call, NOW.plus_ms(1_000)).await, Err(LinkError::JustSent));
        for n in 1..5 {
            let new = NewLink { call, chance: [n; LINK_CHANCE_BYTES], by: Some(rina()) };
            house.store.link_make(new, &house.at(NOW.plus_ms(i64::from(n) * 20_000))).await.unwrap();
        }
        assert_eq!(house.make(call, NOW.plus_ms(10 * LINK_AGAIN_MS)).await, Err(LinkError::TooMany));
        assert!(house.store.link_opened(&link, NOW).await.unwrap());
        assert!(!house.store.link_opened(&link, NOW).await.unwrap(), "once");
        let events = house.events().await;
        assert_eq!(events.iter().filter(|one| one.kind == "LocationLinkSent").count(), 5);
        assert!(events.iter().all(|one| !one.body.as_deref().unwrap_or_default().contains(&token)), "the token is in no event");
        assert_eq!(house.store.chain_verify().await.unwrap().broken, None);
    }

    async fn who_can_get_no_message_is_told_why(store: Store) {
        let house = House::new(store).await;
        for (number, expected) in [(None, NoLink::NoNumber), (Some("+62254201234"), NoLink::FixedLine)] {
            let call = house.call(NOW, number).await;
            assert_eq!(house.make(call, NOW).await, Err(LinkError::NoLink(expected)));
        }
        let unknown = house.make(CallId(Uuid::now_v7()), NOW).await;
        assert_eq!(unknown, Err(LinkError::Store(StoreError::NotFound)));
        assert!(house.store.outbox_list().await.unwrap().is_empty());
    }

    async fn a_message_that_left_by_the_gateway_shows_no_token(store: Store) {
        let mut house = House::new(store).await;
        let toml = siaga_core::city::SERANG_TOML.to_owned();
        let gateway = "message_gateway = { url = \"https://sms.test/siaga\", secret = \"0123456789abcdef\" }\n";
        house.city = City::from_toml(&(gateway.to_owned() + &toml)).unwrap();
        let call = house.call(NOW, Some(NUMBER)).await;
        house.make(call, NOW).await.unwrap();
        let lease = Uuid::now_v7();
        let [leased] = house.store.outbox_lease(lease, 30_000, 10, siaga_core::outbox::Urgency::Dispatch, NOW).await.unwrap().try_into().expect("one");
        assert_eq!((leased.channel.as_str(), leased.agency.as_str(), leased.incident_id), ("webhook", "", None));
        assert!(leased.payload.contains(NUMBER) && leased.text.contains(&LinkToken::of(CHANCE).text()));
        assert!(house.store.outbox_settle(OutboxId(leased.outbox_id), lease, &Attempt::Delivered, NOW).await.unwrap());
        let [shown] = house.store.outbox_list().await.unwrap().try_into().expect("one");
        assert!(!shown.text.contains(&LinkToken::of(CHANCE).text()) && shown.task_url.is_none(), "{}", shown.text);
        assert_eq!(house.thread(NOW).await.link.map(|link| link.delivery), Some(DeliveryState::Delivered));
    }

    async fn what_comes_stands_with_its_caller(store: Store) {
        let house = House::new(store).await;
        let folder = crate::testing::TestFolder::new();
        let call = house.call(NOW, Some(NUMBER)).await;
        house.make(call, NOW).await.unwrap();
        let link = house.open(NOW).await.unwrap();
        let rough = Position { radius_m: 900.0, ..PLACE };
        house.store.link_located(&link, &rough, told(NOW.plus_ms(1_000))).await.unwrap();
        house.store.link_located(&link, &PLACE, told(NOW.plus_ms(5_000))).await.unwrap();
        let line = LineId(Uuid::now_v7());
        assert!(house.store.link_said(&link, line, "Saya tidak bisa bicara", told(NOW.plus_ms(6_000))).await.unwrap());
        assert!(!house.store.link_said(&link, line, "Saya tidak bisa bicara", told(NOW.plus_ms(7_000))).await.unwrap(), "sent again");
        assert_eq!(house.store.link_said(&link, LineId(Uuid::now_v7()), " ", told(NOW)).await, Err(LinkError::Line));
        let photo = b"\xff\xd8\xff\xe0 a small picture";
        assert!(house.store.link_photo(folder.path(), &link, PhotoKind::Jpeg, photo, NOW.plus_ms(8_000)).await.unwrap());
        assert!(!house.store.link_photo(folder.path(), &link, PhotoKind::Jpeg, photo, NOW.plus_ms(9_000)).await.unwrap(), "sent again");
        house.store.line_write(call, "Kami datang", rina(), NOW.plus_ms(10_000)).await.unwrap();

        let thread = house.thread(NOW.plus_ms(11_000)).await;
        assert_eq!((thread.call_id, thread.unread, thread.lines.len()), (call, 2, 3));
        let position = thread.position.expect("a position");
        assert_eq!((position.radius_m, position.source), (18.0, PositionSource::Link));
        assert_eq!(thread.lines[2].by.as_deref(), Some("Rina"));
        let photo_id = thread.lines[1].photo.expect("a photo");
        assert_eq!(tokio::fs::read(house.store.photo(folder.path(), photo_id).await.unwrap().file).await.unwrap(), photo);
        let page = house.store.link_page(&link, NOW.plus_ms(11_000)).await.unwrap();
        assert_eq!((page.lines.len(), page.radius_m, page.lines[2].mine), (3, Some(18.0), false));

        assert_eq!(house.store.lines_read(call, rina(), NOW.plus_ms(12_000)).await, Ok(2));
        assert_eq!(house.store.lines_read(call, rina(), NOW.plus_ms(13_000)).await, Ok(0));
        assert_eq!(house.thread(NOW.plus_ms(13_000)).await.unread, 0);
        // the chain knows that it came, and not what it says
        for event in house.events().await {
            let body = event.body.unwrap_or_default();
            for told in ["106.15", "-6.12", "bisa bicara", "Kami datang"] {
                assert!(!body.contains(told), "{}: {body}", event.kind);
            }
        }
        // two hours later it is in nobody's way, and still with its call
        let later = NOW.plus_ms(LINK_VALID_MS + 20_000);
        assert!(house.store.link_threads(ThreadsOf::Now, &house.city, later).await.unwrap().is_empty());
        let of_call = house.store.link_threads(ThreadsOf::Call(call), &house.city, later).await.unwrap();
        assert_eq!(of_call[0].lines.len(), 3);
        assert_eq!(house.store.line_write(call, "?", rina(), later).await, Err(LinkError::NoOpenLink));
        // and all of it goes with the call
        let files = house.store.call_forget_sent(call, folder.path(), later).await.unwrap();
        assert_eq!(files.len(), 1);
        assert!(house.store.link_threads(ThreadsOf::Call(call), &house.city, later).await.unwrap().is_empty());
        assert_eq!(house.open(NOW).await, None);
        assert_eq!(house.store.chain_verify().await.unwrap().broken, None);
    }

    async fn a_caller_cannot_fill_the_disk(store: Store) {
        let house = House::new(store).await;
        let call = house.call(NOW, Some(NUMBER)).await;
        house.make(call, NOW).await.unwrap();
        let link = house.open(NOW).await.unwrap();
        for _ in 0..LINES_MAX {
            house.store.link_said(&link, LineId(Uuid::now_v7()), "halo", told(NOW.plus_ms(1_000))).await.unwrap();
        }
        let more = house.store.link_said(&link, LineId(Uuid::now_v7()), "halo", told(NOW.plus_ms(1_000))).await;
        assert_eq!(more, Err(LinkError::TooMany));
    }

    async fn what_a_telephone_tells_finds_its_call_before_and_after(store: Store) {
        let house = House::new(store).await;
        // before
        assert_eq!(house.store.aml_located(NUMBER, &PLACE, told(NOW)).await, Ok(None));
        assert!(house.store.link_threads(ThreadsOf::Now, &house.city, NOW).await.unwrap().is_empty(), "nobody called");
        let call = house.call(NOW.plus_ms(20_000), Some(NUMBER)).await;
        let thread = house.thread(NOW.plus_ms(21_000)).await;
        assert_eq!((thread.call_id, thread.position.map(|one| one.source)), (call, Some(PositionSource::Aml)));
        // and after: the more accurate of the two counts
        let better = Position { radius_m: 6.0, ..PLACE };
        let found = house.store.aml_located(NUMBER, &better, told(NOW.plus_ms(40_000))).await;
        assert_eq!(found, Ok(Some(call)));
        assert_eq!(house.thread(NOW.plus_ms(41_000)).await.position.map(|one| one.radius_m), Some(6.0));
        let stranger = house.store.aml_located("+6281234567899", &better, told(NOW.plus_ms(40_000))).await;
        assert_eq!(stranger, Ok(None));
        // the INVITE's own
        let other = house.call(NOW, None).await;
        house.fact(NOW, Fact::Located { call: other, position: PLACE }).await;
        let of_call = house.store.link_threads(ThreadsOf::Call(other), &house.city, NOW).await.unwrap();
        assert_eq!(of_call[0].position.map(|one| one.source), Some(PositionSource::Invite));
        assert_eq!(of_call[0].no_link, Some(NoLink::NoNumber));
    }

    async fn the_machine_sends_one_after_two_calls_in_vain(store: Store) {
        let house = House::new(store).await;
        let call = house.call(NOW, Some(NUMBER)).await;
        let callback = CallbackId(Uuid::now_v7());
        let due = Fact::CallbackDue { callback, call, number: NUMBER.to_owned(), reason: CallbackReason::Abandoned };
        house.fact(NOW, due).await;
        let tried = |result| Fact::CallbackTried { callback, call: CallId(Uuid::now_v7()), result, by: None };
        house.fact(NOW.plus_ms(60_000), tried(CallbackResult::NoAnswer)).await;
        assert!(house.store.links_due(NOW.plus_ms(61_000)).await.unwrap().is_empty(), "once is not twice");
        house.fact(NOW.plus_ms(120_000), tried(CallbackResult::Busy)).await;
        let at = NOW.plus_ms(121_000);
        assert_eq!(house.store.links_due(at).await.unwrap(), [(call, NUMBER.to_owned())]);
        let new = NewLink { call, chance: CHANCE, by: None };
        house.store.link_make(new, &house.at(at)).await.unwrap();
        assert!(house.store.links_due(at).await.unwrap().is_empty(), "one");
        assert_eq!(house.store.link_make(new, &house.at(at.plus_ms(60_000))).await, Err(LinkError::JustSent));
        assert_eq!(house.thread(at).await.link.map(|link| link.sent_by), Some(None), "the machine's");
        house.fact(at, tried(CallbackResult::Mistake)).await;
        assert!(house.store.links_due(at.plus_ms(LINK_VALID_MS)).await.unwrap().is_empty(), "salah tekan: left in peace");
    }
}
