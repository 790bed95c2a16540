//! Photos of a crew: kept once, found again, none after the end.

use super::*;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nnot much of a picture";

on_both! {
    async fn a_photo_is_kept_once_and_found_again(store: Store) {
        use crate::attachments::PhotoError;
        use siaga_core::photo::PhotoKind;
        let desk = Desk::new(store).await;
        let folder = crate::testing::TestFolder::new();
        let (_, incident, assignment) = desk.fire().await;
        let keep = async |bytes: &'static [u8]| desk.store.photo_keep(folder.path(), assignment, PhotoKind::Png, bytes, NOW).await;
        let (id, of) = keep(PNG).await.unwrap();
        assert_eq!(of, incident);
        assert_eq!(keep(PNG).await, Ok((id, incident)), "sent again after a lost answer");
        assert_eq!(desk.view(incident, 1).await.assignments[0].photos, [id]);
        let photo = desk.store.photo(folder.path(), id).await.unwrap();
        assert_eq!((photo.mime.as_str(), std::fs::read(&photo.file).unwrap().as_slice()), ("image/png", PNG));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "the second file is gone");
        desk.close(incident, Some("selesai")).await.unwrap();
        assert_eq!(keep(b"\x89PNG\r\n\x1a\nlate").await, Err(PhotoError::Closed));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let unknown = AssignmentId(Uuid::now_v7());
        assert_eq!(desk.store.photo_keep(folder.path(), unknown, PhotoKind::Png, PNG, NOW).await, Err(StoreError::NotFound.into()));
    }
}
