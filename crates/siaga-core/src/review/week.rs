//! Weeks of the city: Monday to Sunday, named by their Monday.

use crate::time::LocalDay;
use jiff::{ToSpan, civil::Date};

/// A week by its Monday.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Week(Date);

impl Week {
    /// The week a day lies in; `None` where the number names no day.
    #[must_use]
    pub fn of(day: LocalDay) -> Option<Self> {
        let date = day.date()?;
        let since_monday = date.weekday().to_monday_zero_offset();
        date.checked_sub(i64::from(since_monday).days()).ok().map(Self)
    }

    #[must_use]
    pub fn monday(self) -> LocalDay {
        LocalDay::from_date(self.0)
    }

    #[must_use]
    pub fn sunday(self) -> LocalDay {
        LocalDay::from_date(self.0.saturating_add(6.days()))
    }

    /// This many weeks earlier.
    #[must_use]
    pub fn back(self, weeks: u8) -> Self {
        Self(self.0.saturating_sub((i64::from(weeks) * 7).days()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_monday_to_sunday_over_months_and_years() {
        for (day, monday, sunday) in [
            (20_260_503, 20_260_427, 20_260_503),
            (20_260_504, 20_260_504, 20_260_510),
            (20_270_101, 20_261_228, 20_270_103),
            (20_240_229, 20_240_226, 20_240_303),
        ] {
            let week = Week::of(LocalDay(day)).unwrap();
            assert_eq!((week.monday(), week.sunday()), (LocalDay(monday), LocalDay(sunday)), "{day}");
            assert_eq!(week.back(1).sunday(), LocalDay::from_date(week.0.yesterday().unwrap()));
        }
        assert_eq!(Week::of(LocalDay(20_260_230)), None);
    }
}
