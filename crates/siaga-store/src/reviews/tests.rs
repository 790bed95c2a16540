//! Drawn by the system, filled in by somebody else, seen by who took the call; on both databases.

use super::*;
use crate::{
    accounts::NewAccount,
    calls::tests::{T0, TAKER, live, past_call},
    on_both,
};
use siaga_core::{call::live::Fact, class::Class, review::Seed, role::Role};

const SEED: Seed = Seed([4; 32]);
const DAY_MS: i64 = 86_400_000;
/// 22 May: whoever has no drawn call by now gets one.
const LATE_MAY: Timestamp = Timestamp(T0.0 + 19 * DAY_MS * 1_000);

async fn lead(store: &Store, name: &str) -> UserId {
    let user_id = UserId(Uuid::now_v7());
    let (name, role) = (name.to_owned(), Role::ShiftLead);
    let new = NewAccount { user_id, display_name: name.clone(), name, role, password_hash: "x".into() };
    store.account_create(&new, None, T0).await.unwrap();
    user_id
}

/// An answered and recorded call of [`TAKER`].
async fn recorded(store: &Store, seconds: i64) -> CallId {
    let call = past_call(store, seconds, Class::Information, None).await;
    let fact = Fact::Recorded { call, file: format!("{call}.rec"), duration_ms: 8_000, segments: 16, hash: [1; 32] };
    store.write_live(&[live(seconds + 11, fact)]).await.unwrap();
    call
}

fn save(base_revision: u32, mark: ReviewMark, items: usize) -> SaveReview {
    let marks = ReviewForm::usual().items.into_iter().take(items).map(|one| (one.key, mark)).collect();
    SaveReview { base_revision, marks, remark: "tempat terlambat ditanyakan".into() }
}

on_both! {
    async fn one_of_each_call_taker_is_drawn_and_given_to_somebody_else(store: Store) {
        let form = ReviewForm::usual();
        let (first, second) = (lead(&store, "ani").await, lead(&store, "budi").await);
        let nineteen = 19 * 86_400;
        let call = recorded(&store, nineteen - 3_600).await;
        assert_eq!(store.reviews_draw(&SEED, &form, LATE_MAY.plus_ms(-2 * DAY_MS)).await.unwrap(), 0, "chance has its time");
        assert_eq!(store.reviews_draw(&SEED, &form, LATE_MAY).await.unwrap(), 1);
        assert_eq!(store.reviews_draw(&SEED, &form, LATE_MAY).await.unwrap(), 0, "looking again changes nothing");
        let board = store.review_board(first, LATE_MAY).await.unwrap();
        let row = &board.due[0];
        assert_eq!((row.mine || store.review_board(second, LATE_MAY).await.unwrap().due[0].mine, row.own_call, row.begun), (true, false, false));
        assert!(store.review_board(TAKER, LATE_MAY).await.unwrap().due[0].own_call);
        let id = row.review_id;
        let view = store.review(id, first).await.unwrap();
        assert_eq!((view.call_id, view.due_at.ms_since(view.offered_at) / DAY_MS, &view.form), (call, 5, &form));
        assert_eq!(store.review(id, TAKER).await, Err(ReviewError::OwnCall), "nobody reads their own before it is finished");

        assert_eq!(store.reviews_overdue(LATE_MAY).await.unwrap(), 0);
        let late = LATE_MAY.plus_ms(6 * DAY_MS);
        assert_eq!(store.reviews_overdue(late).await.unwrap(), 1);
        assert!(store.review_board(first, late).await.unwrap().due[0].overdue);
        assert_eq!(store.review_board(first, late).await.unwrap().months[0].overdue, 1);
    }

    async fn a_form_is_saved_by_revision_finished_whole_and_answered_once(store: Store) {
        let form = ReviewForm::usual();
        let ani = lead(&store, "ani").await;
        recorded(&store, 19 * 86_400 - 3_600).await;
        store.reviews_draw(&SEED, &form, LATE_MAY).await.unwrap();
        let id = store.review_board(ani, LATE_MAY).await.unwrap().due[0].review_id;
        let at = LATE_MAY.plus_ms(60_000);
        assert_eq!(store.review_save(id, &save(0, ReviewMark::Yes, 3), TAKER, at).await, Err(ReviewError::OwnCall));
        let kept = store.review_save(id, &save(0, ReviewMark::Yes, 3), ani, at).await.unwrap();
        assert_eq!((kept.revision, kept.marks.len(), kept.saved_at), (1, 3, Some(at)));
        assert_eq!(store.review_save(id, &save(0, ReviewMark::No, 8), ani, at).await, Err(ReviewError::Overtaken));
        assert_eq!(store.review_finish(id, ani, at).await, Err(ReviewError::Form(FormProblem::Unmarked(5))));
        store.review_save(id, &save(1, ReviewMark::No, 8), ani, at).await.unwrap();
        assert_eq!(store.review_comment(id, "terlalu cepat", TAKER, at).await, Err(ReviewError::NoComment));
        assert!(store.reviews_of(TAKER).await.unwrap().is_empty(), "not finished: not shown");
        store.review_finish(id, ani, at).await.unwrap();
        assert_eq!(store.review_save(id, &save(2, ReviewMark::Yes, 8), ani, at).await, Err(ReviewError::Finished));

        let own = store.reviews_of(TAKER).await.unwrap();
        assert_eq!((own.len(), own[0].reviewer.as_deref(), own[0].marks.len()), (1, Some("ani"), 8));
        assert_eq!(store.review_comment(id, "setuju", ani, at).await, Err(ReviewError::NoComment));
        let answered = store.review_comment(id, " setuju ", TAKER, at).await.unwrap();
        assert_eq!(answered.comment.as_deref(), Some("setuju"));
        assert_eq!(store.review_comment(id, "sekali lagi", TAKER, at).await, Err(ReviewError::NoComment));
        let board = store.review_board(ani, at).await.unwrap();
        assert_eq!((board.due.len(), board.done.len(), board.done[0].commented), (0, 1, true));
        assert_eq!((board.months[0].month, board.months[0].drawn, board.months[0].finished, board.months[0].late), (202_605, 1, 1, 0));
        assert!(board.months[0].items.is_empty(), "one form of one month would be one person's");
        assert!(store.chain_verify().await.unwrap().broken.is_none());
        assert_eq!(store.audit(&[]).await.unwrap().faults.told, Vec::<String>::new());
    }
}
