//! How far each person is with the lessons. It follows them to another machine, and is nobody else's to read.

use crate::{
    Store, StoreError,
    tx::{execute, fetch_all},
    words::Word,
};
use siaga_core::{
    ids::UserId,
    time::Timestamp,
    view::lesson::{Lesson, LessonWord, LessonsView},
};

/// Stands among the lessons: the offer was answered.
const OFFER: &str = "offer";

impl Word for Lesson {
    const ALL: &'static [Self] = &Lesson::ALL;
    fn word(self) -> &'static str {
        self.key()
    }
}

impl Store {
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn lessons(&self, user: UserId) -> Result<LessonsView, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(tx, (String,), "SELECT lesson FROM lesson_done WHERE user_id = $1", user.0)?;
        let mut view = LessonsView::default();
        for (word,) in rows {
            if word == OFFER {
                view.answered = true;
            } else {
                view.done.push(Lesson::read(&word)?);
            }
        }
        view.done.sort();
        Ok(view)
    }

    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn lesson_told(&self, user: UserId, word: LessonWord, now: Timestamp) -> Result<(), StoreError> {
        let lesson = match word {
            LessonWord::Answered => OFFER,
            LessonWord::Done { lesson } => lesson.key(),
        };
        let mut tx = self.begin().await?;
        execute!(
            tx,
            "INSERT INTO lesson_done (user_id, lesson, at) VALUES ($1, $2, $3) ON CONFLICT (user_id, lesson) DO NOTHING",
            user.0,
            lesson,
            now.0
        )?;
        tx.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::on_both;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

    on_both! {
        async fn lessons_are_kept_by_person_and_told_twice_change_nothing(store: Store) {
            let (siti, budi) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
            assert_eq!(store.lessons(siti).await.unwrap(), LessonsView::default());
            let done = |lesson| LessonWord::Done { lesson };
            for word in [done(Lesson::Nuisance), done(Lesson::Seat), LessonWord::Answered, done(Lesson::Seat)] {
                store.lesson_told(siti, word, NOW).await.unwrap();
            }
            let view = LessonsView { answered: true, done: vec![Lesson::Seat, Lesson::Nuisance] };
            assert_eq!(store.lessons(siti).await.unwrap(), view);
            assert_eq!(store.lessons(budi).await.unwrap(), LessonsView::default());
        }
    }
}
