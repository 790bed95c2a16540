//! What the tables of figures are called and which columns make a cell.

/// A table of figures. The first four are counted from calls; the next eight follow from these; the last two hold, per
/// day and per month, what is read from several calls together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Table {
    Day,
    Hour,
    Wait,
    Taker,
    DayHour,
    ClassMonth,
    TypeMonth,
    AgencyMonth,
    VillageMonth,
    HourMonth,
    WaitMonth,
    TakerMonth,
    Sums,
    MonthSums,
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
    pub(super) const CELLS: [Table; 12] = [
        Table::Day,
        Table::Hour,
        Table::Wait,
        Table::Taker,
        Table::DayHour,
        Table::ClassMonth,
        Table::TypeMonth,
        Table::AgencyMonth,
        Table::VillageMonth,
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
            Table::ClassMonth => "class_month",
            Table::TypeMonth => "type_month",
            Table::AgencyMonth => "agency_month",
            Table::VillageMonth => "village_month",
            Table::HourMonth => "call_hour_month",
            Table::WaitMonth => "call_wait_month",
            Table::TakerMonth => "taker_month",
            Table::Sums => "day_sum",
            Table::MonthSums => "month_sum",
        }
    }

    /// The tables by month that follow from this one, each with the parts of a cell that it keeps. Emergencies differ in
    /// type, agency and kelurahan, so that nearly each is a cell of its own: by month these stand apart.
    pub(super) fn by_month(self) -> &'static [(Table, &'static [usize])] {
        match self {
            Table::Day => &[
                (Table::ClassMonth, &[0, 1]),
                (Table::TypeMonth, &[0, 1, 3]),
                (Table::AgencyMonth, &[0, 1, 4]),
                (Table::VillageMonth, &[0, 1, 5]),
            ],
            Table::Hour => &[(Table::HourMonth, &[0, 1, 2, 3])],
            Table::Wait => &[(Table::WaitMonth, &[0, 1, 2, 3])],
            Table::Taker => &[(Table::TakerMonth, &[0, 1, 2, 3])],
            _ => &[],
        }
    }

    /// The column of the day or the month.
    pub(super) fn time(self) -> &'static str {
        match self {
            Table::ClassMonth
            | Table::TypeMonth
            | Table::AgencyMonth
            | Table::VillageMonth
            | Table::HourMonth
            | Table::WaitMonth
            | Table::TakerMonth
            | Table::MonthSums => "month",
            Table::Day | Table::Hour | Table::Wait | Table::Taker | Table::DayHour | Table::Sums => "local_day",
        }
    }

    pub(super) fn key(self) -> &'static [Column] {
        match self {
            Table::Day => &[
                Text("outcome"),
                Text("class"),
                Text("sub"),
                Text("incident_type"),
                Text("agency"),
                Text("village_code"),
            ],
            Table::ClassMonth => &[Text("outcome"), Text("class")],
            Table::TypeMonth => &[Text("outcome"), Text("class"), Text("incident_type")],
            Table::AgencyMonth => &[Text("outcome"), Text("class"), Text("agency")],
            Table::VillageMonth => &[Text("outcome"), Text("class"), Text("village_code")],
            Table::Hour | Table::HourMonth => &[Number("weekday"), Number("hour"), Text("outcome"), Text("class")],
            Table::Wait | Table::WaitMonth => &[Text("lane"), Text("outcome"), Text("class"), Number("bin")],
            Table::Taker | Table::TakerMonth => &[Text("source"), Text("taker"), Text("outcome"), Text("class")],
            Table::DayHour => &[Number("hour")],
            Table::Sums | Table::MonthSums => &[],
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
