use super::*;
use crate::{
    Store,
    incidents::{Actor, Once},
    on_both,
};
use siaga_core::{
    ids::{HandoverLineId, UserId},
    time::Timestamp,
    view::handover::{OpenKind, OpenThing},
};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

fn person(name: &'static str) -> Actor<'static> {
    Actor { user: UserId(Uuid::now_v7()), name }
}

fn line() -> HandoverLineId {
    HandoverLineId(Uuid::now_v7())
}

fn late(minutes: i64) -> Timestamp {
    NOW.plus_ms(minutes * 60_000)
}

fn things() -> Vec<OpenThing> {
    vec![OpenThing {
        kind: OpenKind::Incident,
        id: "1".to_owned(),
        title: "231 Kebakaran".to_owned(),
        detail: "Kel. Cipare".to_owned(),
        since: Some(NOW),
        until: None,
        late: false,
    }]
}

async fn since(store: &Store) -> Option<Timestamp> {
    store.world(NOW).await.unwrap().handover_since
}

on_both! {
    async fn a_note_is_written_given_and_taken(store: Store) {
        let (siti, budi, ani) = (person("Siti"), person("Budi"), person("Ani"));
        let first = line();
        store.handover_line_add(first, " Hidran di Cipare rusak ", siti, NOW).await.unwrap();
        store.handover_line_add(first, "Hidran di Cipare rusak", siti, late(1)).await.unwrap();
        store.handover_line_add(line(), "Tetangga sudah diberi tahu", budi, late(2)).await.unwrap();
        assert!(matches!(store.handover_line_add(line(), "  ", siti, NOW).await, Err(HandoverError::Text(_))));
        let page = store.handovers(siti.user, things()).await.unwrap();
        let writing = page.writing.unwrap();
        let said: Vec<_> = writing.lines.iter().map(|one| (one.by.as_str(), one.text.as_str())).collect();
        assert_eq!(said, [("Siti", "Hidran di Cipare rusak"), ("Budi", "Tetangga sudah diberi tahu")]);
        assert_eq!((writing.given, page.open.len(), since(&store).await), (None, 1, None));

        store.handover_give(&things(), siti, None, late(3)).await.unwrap();
        let note = store.handovers(siti.user, Vec::new()).await.unwrap().waiting[0].handover_id;
        assert_eq!(since(&store).await, Some(late(3)), "it is loud until somebody takes it");
        assert!(matches!(store.handover_take(note, siti, late(4)).await, Err(HandoverError::Refused(Refused::OwnNote))));
        // the shift that comes may begin its own note before it has read this one
        store.handover_line_add(line(), "Hujan deras", ani, late(4)).await.unwrap();
        store.handover_take(note, ani, late(5)).await.unwrap();
        store.handover_take(note, ani, late(6)).await.unwrap();
        let taken = Refused::AlreadyTaken { by: "Ani".to_owned() };
        assert_eq!(store.handover_take(note, budi, late(6)).await, Err(HandoverError::Refused(taken)));
        assert_eq!(since(&store).await, None);
        let page = store.handovers(ani.user, Vec::new()).await.unwrap();
        assert_eq!((page.waiting.len(), page.history.len()), (0, 1));
        let past = &page.history[0];
        assert_eq!(past.taken.as_ref().map(|one| (one.name.as_str(), one.at)), Some(("Ani", late(5))));
        assert_eq!(past.open, things(), "what was open then, not what is open now");
        assert_eq!(page.writing.unwrap().lines.len(), 1);
        let unknown = siaga_core::ids::HandoverId(Uuid::now_v7());
        assert_eq!(store.handover_take(unknown, ani, NOW).await, Err(StoreError::NotFound.into()));
        let kinds: Vec<_> = store.events_after(0, 20).await.unwrap().into_iter().map(|one| one.kind).collect();
        assert_eq!(
            kinds,
            ["HandoverNoted", "HandoverNoted", "HandoverGiven", "HandoverNoted", "HandoverAcknowledged"]
        );
    }

    async fn what_is_begun_is_not_lost(store: Store) {
        let siti = person("Siti");
        let one = store.handover_draft_save(0, "Genset ", siti, NOW).await.unwrap();
        assert_eq!(one.revision, 1);
        let two = store.handover_draft_save(1, "Genset solar tinggal seperempat", siti, late(1)).await.unwrap();
        assert_eq!(store.handover_draft_save(1, &two.text, siti, late(2)).await.unwrap(), two, "a second try");
        let other = store.handover_draft_save(1, "dari tab lain", siti, late(2)).await;
        assert!(matches!(other, Err(HandoverError::Store(StoreError::Conflict(_)))), "{other:?}");
        assert_eq!(store.handovers(siti.user, Vec::new()).await.unwrap().draft, two);
        let endless = "x".repeat(siaga_core::intake::NOTE_CHARS_MAX + 1);
        assert!(matches!(store.handover_draft_save(2, &endless, siti, NOW).await, Err(HandoverError::Text(_))));

        // signed before it was put into the note: it is the last line
        let again = Once { scope: "siti give", key: "1", command: b"" };
        store.handover_give(&[], siti, Some(again), late(3)).await.unwrap();
        store.handover_give(&[], siti, Some(again), late(3)).await.unwrap();
        let page = store.handovers(siti.user, Vec::new()).await.unwrap();
        let waiting = &page.waiting[0];
        assert_eq!((page.waiting.len(), waiting.lines[0].text.as_str()), (1, two.text.as_str()));
        assert_eq!((page.draft.text.as_str(), page.draft.revision), ("", 3));
        // an older page of the same person cannot bring it back
        assert!(store.handover_draft_save(2, "Genset", siti, late(4)).await.is_err());
    }

    async fn a_shift_without_a_word_gives_what_is_open(store: Store) {
        let siti = person("Siti");
        store.handover_give(&things(), siti, None, NOW).await.unwrap();
        store.handover_give(&[], siti, None, late(1)).await.unwrap();
        let page = store.handovers(siti.user, Vec::new()).await.unwrap();
        assert_eq!(page.waiting.iter().map(|one| one.open.len()).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(since(&store).await, Some(NOW), "the oldest");
    }
}
