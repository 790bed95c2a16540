//! What the tables of figures are called and which columns make a cell.

/// A table of figures. The first four are counted from calls; the next five follow from these; the last holds, per day,
/// what is read from several calls together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Table {
    Day,
    Hour,
    Wait,
    Taker,
    DayHour,
    Month,
    HourMonth,
    WaitMonth,
    TakerMonth,
    Sums,
}

/// A column of a cell's key.
#[derive(Clone, Copy, Debug)]
pub(super) enum Column {
    Text(&'static str),
    Number(&'static str),
}

impl Column {
    pub fn name(self) -> &'static str {
        match self {
            Column::Text(name) | Column::Number(name) => name,
        }
    }
}

use Column::{Number, Text};

impl Table {
    /// Those that are moved cell by cell.
    pub(super) const CELLS: [Table; 9] = [
        Table::Day,
        Table::Hour,
        Table::Wait,
        Table::Taker,
        Table::DayHour,
        Table::Month,
        Table::HourMonth,
        Table::WaitMonth,
        Table::TakerMonth,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Table::Day => "call_day",
            Table::Hour => "call_hour",
            Table::Wait => "call_wait",
            Table::Taker => "taker_day",
            Table::DayHour => "day_hour",
            Table::Month => "call_month",
            Table::HourMonth => "call_hour_month",
            Table::WaitMonth => "call_wait_month",
            Table::TakerMonth => "taker_month",
            Table::Sums => "day_sum",
        }
    }

    /// The same by month.
    pub(super) fn by_month(self) -> Option<Table> {
        match self {
            Table::Day => Some(Table::Month),
            Table::Hour => Some(Table::HourMonth),
            Table::Wait => Some(Table::WaitMonth),
            Table::Taker => Some(Table::TakerMonth),
            _ => None,
        }
    }

    /// The column of the day or the month.
    pub(super) fn time(self) -> &'static str {
        match self {
            Table::Month | Table::HourMonth | Table::WaitMonth | Table::TakerMonth => "month",
            _ => "local_day",
        }
    }

    pub(super) fn key(self) -> &'static [Column] {
        match self {
            Table::Day | Table::Month => &[
                Text("outcome"),
                Text("class"),
                Text("sub"),
                Text("incident_type"),
                Text("agency"),
                Text("village_code"),
            ],
            Table::Hour | Table::HourMonth => &[Number("weekday"), Number("hour"), Text("outcome"), Text("class")],
            Table::Wait | Table::WaitMonth => &[Text("lane"), Text("outcome"), Text("class"), Number("bin")],
            Table::Taker | Table::TakerMonth => &[Text("source"), Text("taker"), Text("outcome"), Text("class")],
            Table::DayHour => &[Number("hour")],
            Table::Sums => &[],
        }
    }

    /// Also sums how long calls talked.
    pub(super) fn has_talk(self) -> bool {
        matches!(self, Table::Hour | Table::HourMonth)
    }

    /// Which part of a cell is a person's name or account.
    pub(super) fn person(self) -> Option<usize> {
        matches!(self, Table::Taker | Table::TakerMonth).then_some(1)
    }
}
