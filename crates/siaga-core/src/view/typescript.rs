//! Writes the contract for the interface: `ui/src/api/types.ts` is made from these types and must equal them.
//!
//! Run the test with `SIAGA_WRITE_TYPES=1` after a change of the contract.

use crate::{class, ids, role, time, view};
use std::{fs, path::PathBuf};
use ts_rs::{Config, TS};

const HEAD: &str = "// Generated from crates/siaga-core/src/view by its test; do not edit.\n\
    // Times are microseconds since 1970-01-01 UTC.\n\n";

macro_rules! declare {
    ($config:expr; $($type:ty),+ $(,)?) => {
        [$(format!("export {}\n", <$type as TS>::decl($config))),+].concat()
    };
}

/// Every type a screen may meet. A type that another one names and that is missing here fails `svelte-check`.
fn contract() -> String {
    let config = &Config::new();
    let ground = declare! { config;
        ids::UserId, ids::CallId, ids::IncidentId, ids::AssignmentId, ids::OutboxId, ids::CallbackId,
        ids::AttachmentId, ids::CodingId, ids::ReviewId, ids::LinkId, ids::LineId, ids::SeatId, time::Timestamp, class::Class, role::Role,
    };
    let desk = declare! { config;
        view::desk::DeskView, view::desk::Links, view::desk::Link, view::desk::Direction, view::desk::CallPhase,
        view::desk::CallCard, view::desk::HandOffView, view::desk::Lane, view::desk::Speech, view::desk::ClassChoice, view::desk::SeatView,
        view::desk::SeatState, view::desk::CallbackView, view::desk::CallbackReason, view::desk::Changed,
        view::desk::Topic, view::desk::TakeSeat, view::desk::Sdp, view::desk::GiveClass, view::desk::Switch,
        view::desk::Keypad, view::desk::SeatTaken, view::desk::CallAtSeat, view::desk::Say, view::desk::SayPrompt,
        view::desk::ClaimCall, crate::call::Supervision, view::supervision::SupervisionView,
        view::supervision::Supervise, view::supervision::SuperviseAs, view::callback::CallbackRow, view::callback::CallbackTry, view::callback::CallbackResult,
        view::policy::PolicyView, view::policy::PolicyRule,
        crate::location::PositionSource, crate::link::NoLink, view::link::PositionView, view::link::LinkThread,
        view::link::LinkView, view::link::CallerLine, view::link::WriteLine,
    };
    let calls = declare! { config;
        view::call::CallOutcome, view::call::EndedBy, view::call::CallRow, view::call::NumberHistory,
        view::call::PlaybackRequest, view::call::Playback, view::timeline::TimelineLine, view::timeline::TimelineEvent,
        crate::call::Prompt, crate::screening::Heard,
    };
    let incidents = declare! { config;
        view::incident::IntakeFields, view::incident::NoteLine, view::incident::DraftView, view::incident::DraftChange,
        view::incident::NewNote, view::incident::PlannedAgency, view::incident::SendIncident,
        view::incident::IncidentStatus, view::incident::IncidentOutcome, view::incident::AssignmentState,
        view::incident::AssignmentView, view::incident::IncidentView, view::incident::AttachCall,
        view::incident::NewAssignment, view::incident::CloseIncident, view::incident::IncidentRef,
        view::incident::MajorMark, view::incident::OtherIncident, view::incident::SplitCall, view::incident::GivenReason,
        view::incident::Step, view::task::TaskView,
        view::outbox::DeliveryState, view::outbox::OutboxView, view::similar::SimilarView, view::similar::SimilarReason,
    };
    let city = declare! { config;
        view::city::CityView, view::city::CityDocument, view::city::TypeView, view::city::AgencyView, view::city::DistrictView,
        view::city::VillageView, view::city::SubReasonView, view::map::MapView, view::map::BoundaryView, view::map::MapSourceKind, view::map::MapSourceView,
        view::map::ImportReport, view::map::ImportNote, view::map::ImportAnswer, view::map::ImportOutcome,
        view::city::PlaceAnswer, view::city::RtRwSaid, view::city::PlaceHit, view::city::PlaceKind,
    };
    let cards = declare! { config;
        view::card::CardView, view::card::SignOffView, view::card::CardSignOff, view::card::CardStepView, view::card::CardAnswerView,
        view::card::CardPlace, view::card::CardChoice, view::card::NewCardAnswer, view::card::CardAnswerLine,
        view::card::OpenQuestion, view::card::CardAnswers,
    };
    let figures = declare! { config;
        view::report::Report, view::report::Figures, view::report::Period, view::report::Count,
        view::report::Identity, view::report::Comparison, view::report::Change, view::report::Mark,
        view::report::detail::Detail, view::report::detail::Exposure, view::report::detail::MonthClasses,
        view::report::detail::HourCount, view::report::detail::AnswerTimes, view::report::detail::TakerCount,
        view::report::detail::Screening, view::report::detail::Harm, view::report::proceedings::Proceedings,
        view::report::proceedings::AgencyTimes, view::report::proceedings::StepTime, view::report::proceedings::Handled,
        view::report::proceedings::StepCount, view::report::proceedings::AppealCount,
        view::report::proceedings::Correction, view::report::proceedings::Published, view::report::staffing::Staffing,
        view::report::staffing::HourAdvice, view::report::what_if::NewWhatIf, view::report::what_if::WhatIfView,
        view::report::what_if::WhatIfFindings, view::report::what_if::Tried, view::report::what_if::Seen, view::ledger::LedgerAnswer, view::ledger::LedgerOutcome,
        view::ledger::RowProblem,
        view::figures::FiguresState, view::figures::RebuildState, view::figures::DayCheck, view::figures::FigureDifference,
        view::signed_report::Publication, view::signed_report::NewPublication,
        view::signed_report::SinceThen, view::signed_report::FigureChange, crate::mailing::Rhythm, crate::mailing::Schedule,
        view::mailing::MailingList, view::mailing::MailingView, view::mailing::SentMail, view::mailing::PutSchedule,
        view::mailing::NewTrial,
    };
    let reviews = declare! { config;
        view::coding::CodingDue, view::coding::CodingQueue, view::coding::SecondClass, view::coding::FoundReal,
        view::coding::SettleFound, view::coding::CodingFigures, view::coding::CodingWeek, view::coding::CodingCount,
        crate::review::form::ReviewItem, crate::review::form::ReviewForm, crate::review::form::ReviewMark,
        view::review::ReviewView, view::review::ReviewBoard, view::review::ReviewRow, view::review::ReviewMonth,
        view::review::ReviewItemCount, view::review::SaveReview, view::review::CommentReview,
    };
    let sanctions = declare! { config;
        ids::SanctionId, crate::sanction::Step, crate::sanction::Addressee, crate::sanction::SanctionState,
        crate::sanction::AppealOutcome, view::sanction::SanctionList, view::sanction::SanctionView,
        view::sanction::DecisionView, view::sanction::AppealView, view::sanction::SanctionDetail,
        view::sanction::NewSanction, view::sanction::Reasoned, view::sanction::AnswerAppeal, view::policies::PolicyText,
        view::policies::PolicyVersion, view::policies::PolicyList, view::policies::NewPolicy, view::policies::PutInForce,
        view::policies::ForceView, view::policies::Door, view::policies::StepCounts, view::policies::ClassShift,
        view::policies::SlowerCall, view::policies::DryRunFindings, view::run::RunState, view::policies::DryRunView,
    };
    let shifts = declare! { config;
        ids::HandoverId, ids::HandoverLineId, view::handover::OpenKind, view::handover::OpenThing, view::handover::SignedBy,
        view::handover::HandoverLine, view::handover::HandoverView, view::handover::HandoverDraft,
        view::handover::HandoverPage, view::handover::SaveHandoverDraft, view::handover::NewHandoverLine,
        ids::SwapId, time::LocalDay, crate::roster::Pattern, crate::roster::Slot, crate::roster::Crew, crate::roster::Plan,
        crate::roster::Duty, crate::roster::Swap, view::roster::RosterVersion, view::roster::SwapState,
        view::roster::SwapView, view::roster::RosterPage, view::roster::PutRoster, view::roster::ShortHour,
        ids::DrillId, crate::drill::Scenario, view::drill::NewDrill, view::drill::DrillEnd, view::drill::DrillResult,
        view::drill::DrillView, view::drill::DrillPage,
        view::lesson::Lesson, view::lesson::LessonsView, view::lesson::LessonWord,
    };
    let campaigns = declare! { config;
        ids::CampaignId, crate::campaign::Kind, crate::campaign::Organiser, crate::campaign::Reached, crate::campaign::Campaign,
        crate::campaign::State, view::campaign::CampaignView, view::campaign::CampaignCancelled,
        view::campaign::CampaignVersion, view::campaign::CampaignDetail, view::campaign::CampaignEffect,
        view::campaign::DayPoint, view::campaign::CampaignMark, view::campaign::Effect, view::campaign::EffectWindow,
        view::campaign::WindowKey, view::campaign::EffectSeries, view::campaign::EffectVerdict, view::campaign::SeriesEffect,
        view::campaign::EffectRatio, view::campaign::EffectCaution, view::campaign::NewCampaign, view::campaign::CorrectCampaign,
        view::campaign::CancelCampaign,
    };
    let session = declare! { config;
        view::session::SignIn, view::session::Me, view::session::Account, view::session::NewAccount,
        view::session::AccountChange, view::session::TotpOffer, view::session::Health, view::session::DemoAccount,
        view::session::Setup, view::session::Problem,
    };
    [
        HEAD, &ground, &desk, &calls, &incidents, &city, &cards, &figures, &reviews, &sanctions, &shifts, &campaigns,
        &session,
    ]
    .concat()
}

#[test]
fn the_interface_has_the_types_of_today() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/api/types.ts");
    let wanted = contract();
    if std::env::var_os("SIAGA_WRITE_TYPES").is_some() {
        fs::write(&path, &wanted).expect("ui/src/api can be written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "ui/src/api/types.ts is stale. Run:\n  SIAGA_WRITE_TYPES=1 cargo test --workspace the_interface_has_the_types_of_today"
    );
}
