use super::*;
use crate::on_both;
use crate::{
    Store,
    sanctions::tests::{ground_of, pranks, propose_block},
};

/// A block with its file.
async fn file(store: &Store) -> Vec<u8> {
    let (city, policy) = (siaga_core::city::serang(), siaga_core::policy::Policy::default());
    pranks(store, 6).await;
    let id = propose_block(store, &ground_of(&city, &policy)).await;
    let key = store.evidence_key([3; 32]).await.unwrap();
    store.sanction_evidence(id, &key, &ground_of(&city, &policy)).await.unwrap()
}

on_both! {
    async fn a_file_proves_itself(store: Store) {
        let file = file(&store).await;
        let found = verify(&file);
        assert_eq!(found.faults, [] as [String; 0]);
        assert_eq!(found.key, key_hex(&store).await.unwrap());
        assert!(found.holds.iter().any(|line| line == "calls: 6 are told by events"), "{:?}", found.holds);
        assert_eq!(store.evidence_key([4; 32]).await.unwrap().public_hex(), found.key.unwrap(), "made once");
        assert!(!String::from_utf8(file).unwrap().contains("Kode keberatan: 0"), "no code leaves with it");
    }
}

#[tokio::test]
async fn every_changed_byte_is_named() {
    let (store, _folder) = crate::testing::sqlite().await;
    let file = file(&store).await;
    let step = 1 + file.len() / 1_500;
    for at in (0..file.len()).step_by(step) {
        for flip in [1, 0x20] {
            let mut changed = file.clone();
            changed[at] ^= flip;
            let found = verify(&changed);
            assert!(!found.faults.is_empty(), "byte {at} of {} flipped by {flip}", file.len());
        }
    }
    let text = String::from_utf8(file.clone()).unwrap();
    let rows = [
        (text.replacen("\"class\": \"prank\"", "\"class\": \"ghost\"", 1), "call "),
        (text.replacen("Kota Serang", "Kota Cilegon", 1), "head"),
        (text.replacen("\"kind\": \"SanctionApproved\"", "\"kind\": \"SanctionRejected\"", 1), "event "),
        (text.replacen("  ", " ", 1), "byte "),
        (text.replacen("\"signature\": \"", "\"signature\": \"0", 1), "signature"),
        (text[..text.len() / 2].to_owned(), "line "),
    ];
    for (changed, name) in rows {
        assert_ne!(changed, text, "{name}");
        let found = verify(changed.as_bytes());
        assert!(found.faults.iter().any(|fault| fault.starts_with(name)), "{name}: {:?}", found.faults);
    }
    // Whoever signs anew has another key, and it shows.
    let mut forged: Evidence = serde_json::from_str(&text).unwrap();
    forged.calls.clear();
    let Evidence { head, sanction, calls, notices, events, .. } = forged;
    let other = EvidenceKey::from_seed(&[9; 32]).unwrap();
    let found = verify(&Content { head, sanction, calls, notices, events }.sign(&other));
    assert!(found.key.is_some_and(|key| key == other.public_hex() && !text.contains(&key)));
}
