//! Which figures may go out under the city's name.

use super::{ReportPeriod, UNCLASSIFIED};
use crate::view::report::Report;
use jiff::civil::Date;

/// Why a report is not published yet, in words that say what to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotPublishable {
    #[error("periode belum selesai: terbitkan sesudah {0}, atau pilih hari terakhir yang sudah lewat")]
    NotOver(Date),
    #[error("{0} panggilan yang dijawab belum diberi kelas: beri kelas dahulu, lalu terbitkan")]
    Unclassified(u64),
}

/// # Errors
/// [`NotPublishable`].
pub fn publishable(report: &Report, period: &ReportPeriod, today: Date) -> Result<(), NotPublishable> {
    if period.to() >= today {
        return Err(NotPublishable::NotOver(period.to()));
    }
    match report.figures.classes.get(UNCLASSIFIED).copied().unwrap_or(0) {
        0 => Ok(()),
        calls => Err(NotPublishable::Unclassified(calls)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        city::serang,
        report::{Counted, compare, figures},
    };

    #[test]
    fn what_is_not_done_does_not_go_out() {
        let period = ReportPeriod::parse("2020-03-01", "2020-03-31").unwrap();
        let report = |class: &str| {
            let mut counted = Counted { offered: 3, answered: 3, ..Counted::default() };
            counted.answered_by_class.insert(class.to_owned(), 3);
            counted.by_month.insert(202_003, 3);
            compare(figures(&period, &counted, &serang()).unwrap(), None)
        };
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(publishable(&report("prank"), &period, day("2020-04-01")), Ok(()));
        assert_eq!(
            publishable(&report("prank"), &period, day("2020-03-31")),
            Err(NotPublishable::NotOver(day("2020-03-31")))
        );
        assert_eq!(publishable(&report(""), &period, day("2020-04-01")), Err(NotPublishable::Unclassified(3)));
    }
}
