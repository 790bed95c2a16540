use super::*;
use crate::ids::fresh;
use siaga_core::{
    call::live::Fact,
    ids::{SeatId, UserId},
    time::Timestamp,
};
use siaga_store::testing::TestFolder;

fn fact(seat: u16) -> LiveFact {
    let fact = Fact::SeatTaken { seat: SeatId(seat), user: UserId(fresh()) };
    LiveFact { id: fresh(), at: Timestamp(i64::from(seat)), fact }
}

#[test]
fn facts_come_back_in_order_and_once_also_after_a_crash() {
    let folder = TestFolder::new();
    let path = folder.path().join("spool.jsonl");
    let facts: Vec<_> = (1..=5).map(fact).collect();
    let mut spool = Spool::open(&path).unwrap();
    assert!(spool.is_empty() && spool.inherited_is_done());
    spool.append(facts[..2].to_vec()).unwrap();
    spool.append(facts[2..].to_vec()).unwrap();
    drop(spool);
    // The process died in the middle of a line.
    let mut text = std::fs::read(&path).unwrap();
    text.extend_from_slice(b"{\"id\":\"0189");
    std::fs::write(&path, text).unwrap();

    let mut spool = Spool::open(&path).unwrap();
    let first = spool.oldest(3).unwrap();
    assert_eq!(first.facts, facts[..3]);
    spool.done(first.end).unwrap();
    assert!(!spool.is_empty());
    let new = fact(6);
    spool.append(vec![new.clone()]).unwrap();
    let rest = spool.oldest(10).unwrap();
    assert_eq!(rest.facts, facts[3..], "the old ones by themselves");
    spool.done(rest.end).unwrap();
    assert!(spool.inherited_is_done() && !spool.is_empty());
    let last = spool.oldest(10).unwrap();
    assert_eq!(last.facts, [new]);
    spool.done(last.end).unwrap();
    assert!(spool.is_empty());
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
    assert!(!path.with_extension("rejected").exists(), "nothing was unreadable");
}

#[test]
fn an_unreadable_line_is_set_aside_and_holds_nobody_up() {
    let folder = TestFolder::new();
    let path = folder.path().join("spool.jsonl");
    std::fs::write(&path, b"not a fact\n").unwrap();
    let mut spool = Spool::open(&path).unwrap();
    let good = fact(1);
    spool.append(vec![good.clone()]).unwrap();
    let unreadable = spool.oldest(10).unwrap();
    assert_eq!(unreadable.facts, []);
    spool.done(unreadable.end).unwrap();
    assert_eq!(spool.oldest(10).unwrap().facts, [good]);
    assert_eq!(std::fs::read(path.with_extension("rejected")).unwrap(), b"not a fact\n");
    assert_eq!((spool.set_aside_count(), facts_set_aside(&path).unwrap()), (1, 1));
}

#[test]
fn what_was_refused_is_tried_again_at_the_next_start() {
    let folder = TestFolder::new();
    let path = folder.path().join("spool.jsonl");
    let (refused, waiting) = (fact(1), fact(2));
    let mut spool = Spool::open(&path).unwrap();
    spool.append(vec![waiting.clone()]).unwrap();
    spool.set_aside(&serde_json::to_vec(&refused).unwrap()).unwrap();
    spool.set_aside(b"not a fact").unwrap();
    assert_eq!(facts_set_aside(&path).unwrap(), 2);
    drop(spool);

    let mut spool = Spool::open(&path).unwrap();
    assert_eq!(spool.oldest(10).unwrap().facts, [waiting, refused]);
    assert_eq!((spool.set_aside_count(), facts_set_aside(&path).unwrap()), (1, 1));
    assert_eq!(std::fs::read(path.with_extension("rejected")).unwrap(), b"not a fact\n");
}

#[test]
fn what_no_disk_takes_is_held_until_the_database_or_the_disk_takes_it() {
    let folder = TestFolder::new();
    let path = folder.path().join("spool.jsonl");
    let mut spool = Spool::open(&path).unwrap();
    // A file that cannot be written stands for a full disk.
    let writable = std::mem::replace(&mut spool.file, File::open(&path).unwrap());
    let facts: Vec<_> = (1..=4).map(fact).collect();
    spool.append(facts[..2].to_vec()).unwrap_err();
    let held = spool.oldest(1).unwrap();
    assert_eq!((spool.unkept(), &held.facts[..]), (2, &facts[..1]));
    spool.append(facts[2..].to_vec()).unwrap_err();
    spool.done(held.end).unwrap();
    assert_eq!(spool.unkept(), 3);
    let held = spool.oldest(2).unwrap();
    assert_eq!(held.facts, facts[1..3]);
    spool.file = writable;
    spool.flush().unwrap();
    // The database took two of them meanwhile; they are in the file too, and written once.
    spool.done(held.end).unwrap();
    assert_eq!((spool.unkept(), spool.oldest(9).unwrap().facts), (0, facts[1..].to_vec()));
}
