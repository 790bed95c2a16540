//! What stands behind the sums of the test's report, one of each.

use siaga_core::{
    time::Timestamp,
    view::report::{
        detail::{AnswerTimes, Detail, Exposure, Harm, HourCount, MonthClasses, Screening, TakerCount},
        proceedings::{AgencyTimes, AppealCount, Correction, Handled, Proceedings, Published, StepCount, StepTime},
        staffing::{HourAdvice, Staffing},
    },
};

pub fn detail(taker: &str) -> Detail {
    let hour = |weekday, hour, offered| HourCount { weekday, hour, offered, emergency: 1, nuisance: offered - 1 };
    let seats = TakerCount {
        key: "u1".to_owned(),
        label: taker.to_owned(),
        source: "live".to_owned(),
        normal: 162,
        prank: 10_100,
        ghost: 13_472,
        information: 0,
        test: 3,
        unclassified: 0,
        total: 23_737,
    };
    Detail {
        exposure: Exposure { days_with_calls: 31, staffed_hours: Some(2_232.0), from_ledger: 0 },
        months: vec![MonthClasses {
            key: "2020-01".to_owned(),
            label: "Januari 2020".to_owned(),
            counts: [("emergency".to_owned(), 162), ("prank".to_owned(), 23_572)].into(),
        }],
        hours: vec![hour(1, 0, 7), hour(1, 20, 40), hour(7, 20, 41)],
        answer_times: vec![AnswerTimes {
            key: "all".to_owned(),
            answered: 23_000,
            left: 734,
            unknown: 0,
            within_10_s: 22_900,
            p50_ms: Some(2_000),
            p90_ms: Some(4_500),
            p95_ms: Some(6_000),
            p99_ms: Some(12_000),
            longest_ms: None,
        }],
        by_taker: vec![
            TakerCount {
                key: String::new(),
                label: String::new(),
                source: "ledger".to_owned(),
                total: 1,
                ..seats.clone()
            },
            seats,
        ],
        screening: Screening {
            real: 162,
            real_lane_b: 2,
            real_lost: 0,
            lane_b: 9_000,
            lane_b_left_unknown: 11,
            slower_at_most_pct: Some(3.8),
            lost_at_most_pct: Some(1.8),
        },
        harm: Harm {
            real_waited: 4,
            real_waited_s: 61,
            seat_s: 240_000,
            nuisance_seat_s: 170_000,
            rupiah_per_seat_hour: None,
            rupiah: None,
        },
    }
}

pub fn proceedings(word: &str) -> Proceedings {
    let step =
        |key: &str| StepTime { key: key.to_owned(), known: 20, missing: 2, median_s: Some(95), p90_s: Some(610) };
    Proceedings {
        agency_times: vec![AgencyTimes {
            key: "damkar".to_owned(),
            label: word.to_owned(),
            assignments: 22,
            steps: ["acknowledge", "arrive", "response"].map(step).to_vec(),
        }],
        handled: vec![Handled {
            // 3 January 2020 00:30 in Serang: still the 2nd in London.
            at: Timestamp(1_577_986_200_000_000),
            type_label: "Kebakaran".to_owned(),
            village_label: word.to_owned(),
            agency_label: "Damkar".to_owned(),
            incident: Some("2020/17".to_owned()),
            closed_at: None,
            outcome: None,
        }],
        sanctions: vec![StepCount {
            key: "educate".to_owned(),
            label: "Pembinaan".to_owned(),
            proposed: 10,
            approved: 6,
            rejected: 2,
            withdrawn: 1,
            waiting: 1,
        }],
        appeals: AppealCount { made: 3, upheld: 1, lifted: 1, waiting: 1 },
        corrections: vec![Correction {
            day: "2020-02-03".to_owned(),
            from_class: "prank".to_owned(),
            to_class: "emergency".to_owned(),
            calls: 2,
        }],
        published: vec![Published {
            from: "2020-01-01".to_owned(),
            to: "2020-09-30".to_owned(),
            measure: "prank_or_ghost".to_owned(),
            value: 23_572,
            approximate: true,
            source: word.to_owned(),
            ours: None,
            change_pct: None,
        }],
        staffing: Some(Staffing {
            goal_pct: 99.0,
            goal_s: 10.0,
            wrap_s: 5.0,
            hold_s: 12.5,
            patience_s: None,
            redial_pct: None,
            redial_of: 0,
            days: 31,
            calls: 23_734,
            hours: vec![HourAdvice {
                hour: 20,
                calls_per_h: 40.5,
                low_per_h: 39.0,
                high_per_h: 42.1,
                busy_calls: 61,
                hold_s: 12.5,
                seats: 2,
                seats_high: 2,
                seats_busy: 3,
                within_pct: 99.4,
                one_less_within_pct: None,
                left_pct: None,
            }],
        }),
    }
}
