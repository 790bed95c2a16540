//! What a killed program left behind is on the record after the next start, once.

use super::*;
use siaga_core::{ids::CallId, time::Timestamp};
use siaga_store::testing::{TestFolder, sqlite};
use siaga_voice::record::testing::record as record_tones;

const KEY: [u8; 32] = [7; 32];
const T0: Timestamp = Timestamp(1_777_770_000_000_000);

#[tokio::test]
async fn a_recording_without_a_row_gets_one() {
    let (store, _data) = sqlite().await;
    let folder = TestFolder::new();
    assert_eq!(adopt_recordings(&store, &folder.path().join("not there"), KEY).await, Ok(0));

    let (torn, whole) = (CallId(Uuid::now_v7()), CallId(Uuid::now_v7()));
    let known = record_tones(folder.path(), KEY, whole, T0, 1).await;
    store.write_live(&[LiveFact { id: Uuid::now_v7(), at: T0, fact: known }]).await.unwrap();
    let Fact::Recorded { file, .. } = record_tones(folder.path(), KEY, torn, T0, 3).await else {
        panic!("a recording")
    };
    // Killed while its last half second was written.
    let path = folder.path().join(&file);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() - 1_000]).unwrap();
    std::fs::write(folder.path().join("broken.siarec"), "no recording").unwrap();
    std::fs::write(folder.path().join("notes.txt"), "no recording").unwrap();

    assert_eq!(adopt_recordings(&store, folder.path(), KEY).await, Ok(1));
    let rows = store.recordings_of(torn).await.unwrap();
    assert_eq!((rows.len(), rows[0].duration_ms, rows[0].segments), (1, 2_500, 5));
    assert_eq!(rows[0].hash, record::verify(&path, &KEY).unwrap().hash, "the proof holds from now on");
    assert_eq!(adopt_recordings(&store, folder.path(), KEY).await, Ok(0), "once");
}
