//! A database that cannot for a while, and can again.

use crate::{
    Store, StoreError,
    events::{self, NewEvent},
    testing,
};
use siaga_core::time::Timestamp;
use std::fs;
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

async fn write(store: &Store) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    let body = "x".repeat(3_000).into();
    events::append(&mut tx, NewEvent { body, ..NewEvent::new(Uuid::now_v7(), NOW, "Test") }).await?;
    tx.commit().await
}

#[tokio::test]
async fn one_full_disk_does_not_end_all_writing() {
    let (store, _folder) = testing::sqlite().await;
    let mut written = 0;
    for _ in 0..3 {
        testing::fill(&store).await;
        let refused = loop {
            match write(&store).await {
                Ok(()) => written += 1,
                Err(error) => break error,
            }
        };
        assert!(matches!(&refused, StoreError::Gone(cause) if cause.contains("full")), "{refused}");
        // The limit went with its connection, as a disk is freed.
        for _ in 0..5 {
            write(&store).await.unwrap();
            written += 1;
        }
    }
    let chain = store.chain_verify().await.unwrap();
    assert_eq!((chain.events, chain.broken), (written, None));
}

#[tokio::test]
async fn nothing_is_written_into_a_file_that_is_not_there() {
    let (store, folder) = testing::sqlite().await;
    let (path, aside) = (folder.path().join("siaga.db"), folder.path().join("aside"));
    write(&store).await.unwrap();
    fs::rename(&path, &aside).unwrap();
    let gone = write(&store).await.unwrap_err();
    assert!(matches!(&gone, StoreError::Gone(cause) if cause.contains("deleted")), "{gone}");
    fs::write(&path, b"").unwrap();
    let other = write(&store).await.unwrap_err();
    assert!(matches!(&other, StoreError::Gone(cause) if cause.contains("replaced")), "{other}");
    assert_eq!(fs::metadata(&path).unwrap().len(), 0, "no second database is begun");
    fs::rename(&aside, &path).unwrap();
    write(&store).await.unwrap();
    assert_eq!(store.chain_verify().await.unwrap().events, 2);
}
