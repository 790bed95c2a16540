//! A backup made during work comes back whole, and a damaged one does not come back at all.

use super::{CopyError, backup::backup, manifest::MANIFEST, restore::restore};
use siaga_core::{ids::UserId, time::Timestamp};
use siaga_store::{
    Store, StoreConfig,
    events::{self, NewEvent},
    testing::{TestFolder, sqlite},
};
use std::{fs, path::Path};
use uuid::Uuid;

async fn event(store: &Store, n: i64) {
    let mut tx = store.begin().await.unwrap();
    let new = NewEvent { actor: Some(UserId(Uuid::nil())), ..NewEvent::new(Uuid::now_v7(), Timestamp(n), "CallStart") };
    events::append(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A data folder with something in each place.
async fn data() -> (Store, TestFolder) {
    let (store, folder) = sqlite().await;
    for n in 1..=5 {
        event(&store, n).await;
    }
    for (name, text) in [
        ("recordings/2026/05/a.rec", "voice"),
        ("recording.key", "secret"),
        ("spool/1.facts", "fact"),
        ("siaga.lock", ""),
    ] {
        write(folder.path(), name, text);
    }
    (store, folder)
}

#[tokio::test]
async fn what_is_backed_up_comes_back() {
    let (store, data) = data().await;
    // Somebody writes all the while.
    let writer = tokio::spawn({
        let store = store.clone();
        async move {
            for n in 6..=40 {
                event(&store, n).await;
            }
        }
    });
    let place = TestFolder::new();
    let (to, back) = (place.path().join("cadangan"), place.path().join("pulih"));
    let made = backup(&store, data.path(), &to).await.unwrap();
    writer.await.unwrap();
    assert_eq!(made.files, 4);
    assert!(!place.path().join("cadangan.partial").exists());
    assert!(!to.join("siaga.db-wal").exists() && !to.join("siaga.lock").exists());

    assert_eq!(restore(&to, &back).unwrap(), made);
    let restored = Store::open(&StoreConfig::Sqlite { path: back.join("siaga.db") }).await.unwrap();
    let report = restored.chain_verify().await.unwrap();
    assert_eq!(report.broken, None);
    assert!(report.events >= 5, "all that was committed before: {}", report.events);
    assert_eq!(fs::read_to_string(back.join("recordings/2026/05/a.rec")).unwrap(), "voice");
    assert_eq!(fs::read_to_string(back.join("spool/1.facts")).unwrap(), "fact");
}

#[tokio::test]
async fn a_backup_inside_the_data_folder_does_not_hold_itself() {
    let (store, data) = data().await;
    for n in 0..2 {
        let made = backup(&store, data.path(), &data.path().join(format!("backup-{n}"))).await.unwrap();
        // The first backup is an ordinary folder for the second.
        assert_eq!(made.files, 4 + n * 5);
    }
}

#[tokio::test]
async fn nothing_is_overwritten_and_nothing_damaged_comes_back() {
    let (store, data) = data().await;
    let place = TestFolder::new();
    let to = place.path().join("cadangan");
    assert!(matches!(backup(&store, place.path(), &to).await, Err(CopyError::NoData(_))));
    backup(&store, data.path(), &to).await.unwrap();
    assert!(matches!(backup(&store, data.path(), &to).await, Err(CopyError::NotEmpty(_))));
    assert!(matches!(restore(&to, data.path()), Err(CopyError::NotEmpty(_))));
    assert!(matches!(restore(data.path(), &place.path().join("x")), Err(CopyError::NoBackup(_))));

    let rows: [(&str, Box<dyn Fn(&Path)>); 5] = [
        ("recordings/2026/05/a.rec: content changed", Box::new(|to| write(to, "recordings/2026/05/a.rec", "vojce"))),
        ("recording.key: missing", Box::new(|to| fs::remove_file(to.join("recording.key")).unwrap())),
        ("more: not in the manifest", Box::new(|to| write(to, "more", ""))),
        ("siaga.db: content changed", Box::new(|to| write(to, "siaga.db", ""))),
        (
            "manifest.json: format 9 is not known to this version",
            Box::new(|to| {
                let text = fs::read_to_string(to.join(MANIFEST)).unwrap();
                fs::write(to.join(MANIFEST), text.replace("\"format\": 1", "\"format\": 9")).unwrap();
            }),
        ),
    ];
    for (index, (expected, damage)) in rows.into_iter().enumerate() {
        let broken = place.path().join(format!("rusak-{index}"));
        backup(&store, data.path(), &broken).await.unwrap();
        damage(&broken);
        let target = place.path().join(format!("pulih-{index}"));
        match restore(&broken, &target) {
            Err(CopyError::Damaged(faults)) => assert_eq!(faults, [expected]),
            other => panic!("{expected}: {other:?}"),
        }
        assert!(!target.exists(), "nothing is put back");
    }
}
