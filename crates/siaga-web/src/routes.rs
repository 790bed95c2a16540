//! The table of contents: every route, who may use it, who serves it. The permission sweep walks this table.
//!
//! To add an endpoint: write `endpoints/<thing>/<verb>.rs`, add its row here.

use crate::{
    endpoints::{
        aml, answers, appeals, assignments, attachments, callbacks, calls, campaigns, city, codings, demo, desk,
        drafts, drills, dry_runs, feeds, figures, handovers, health, incidents, ledger, links, mailings, map, me,
        outbox, places, policies, policy, publications, recordings, report, reviews, roster, route, sanctions, seat,
        session, setup, supervision, tasks, users, what_ifs,
    },
    route::{
        Access::{Needs, Open},
        Route, delete, get, patch, post, put,
    },
};
use siaga_core::role::Permission as P;

/// A city's document, bytes: Kota Serang with its 67 kelurahan has under 100 kB, a province's largest city ten times that.
const CITY_MAX: usize = 2 * 1024 * 1024;

/// An uploaded ledger and the frame of its form, bytes.
const LEDGER_MAX: usize = siaga_core::ledger::LEDGER_BYTES_MAX + 64 * 1024;
const PUBLISHED_MAX: usize = siaga_core::ledger::PUBLISHED_BYTES_MAX + 64 * 1024;

/// An uploaded extract of places or boundaries, bytes.
const MAP_MAX: usize = siaga_core::places::import::IMPORT_BYTES_MAX;

/// All routes under `/api`.
#[must_use]
pub fn table() -> Vec<Route> {
    vec![
        get("/api/health", Open, health::get::health),
        // who is there
        get("/api/session", Needs(P::SignedIn), session::get::me),
        post("/api/session", Open, session::post::sign_in),
        delete("/api/session", Needs(P::SignedIn), session::delete::sign_out),
        post("/api/setup", Open, setup::post::first_start).upload(CITY_MAX),
        get("/api/me/lessons", Needs(P::TakeCalls), me::lessons_get::lessons),
        post("/api/me/lessons", Needs(P::TakeCalls), me::lessons_post::tell),
        post("/api/me/password", Needs(P::SignedIn), me::password::change),
        post("/api/me/totp", Needs(P::SignedIn), me::totp_post::offer),
        delete("/api/me/totp", Needs(P::SignedIn), me::totp_delete::remove),
        post("/api/me/totp/confirm", Needs(P::SignedIn), me::totp_confirm::confirm),
        get("/api/users", Needs(P::ManageUsers), users::get::users),
        post("/api/users", Needs(P::ManageUsers), users::post::create),
        patch("/api/users/{id}", Needs(P::ManageUsers), users::patch::change),
        // the live desk
        get("/api/desk", Needs(P::SeeDesk), desk::get::desk),
        get("/api/live", Needs(P::SeeDesk), desk::live::live),
        post("/api/seat", Needs(P::TakeCalls), seat::post::take),
        delete("/api/seat", Needs(P::TakeCalls), seat::delete::leave),
        post("/api/seat/pause", Needs(P::TakeCalls), seat::pause::pause),
        post("/api/seat/ready", Needs(P::TakeCalls), seat::ready::ready),
        post("/api/seat/station", Needs(P::TakeCalls), seat::station::bind),
        post("/api/seat/heartbeat", Needs(P::TakeCalls), seat::heartbeat::heartbeat),
        post("/api/calls/{id}/answer", Needs(P::TakeCalls), calls::answer::answer),
        post("/api/calls/{id}/claim", Needs(P::TakeCalls), calls::claim::claim),
        post("/api/calls/{id}/mute", Needs(P::TakeCalls), calls::mute::mute),
        post("/api/calls/{id}/hold", Needs(P::TakeCalls), calls::hold::hold),
        post("/api/calls/{id}/keypad", Needs(P::TakeCalls), calls::keypad::keypad),
        post("/api/calls/{id}/end", Needs(P::TakeCalls), calls::end::end),
        post("/api/calls/{id}/class", Needs(P::TakeCalls), calls::class::give),
        delete("/api/calls/{id}/class", Needs(P::TakeCalls), calls::class::undo),
        post("/api/calls/{id}/say", Needs(P::TakeCalls), calls::say::say),
        post("/api/calls/{id}/duress", Needs(P::TakeCalls), calls::duress::mark),
        post("/api/calls/{id}/hand-off", Needs(P::TakeCalls), calls::hand_off::hand_off),
        get("/api/calls/{id}/recall", Needs(P::TakeCalls), calls::recall::recall),
        post("/api/calls/{id}/supervision", Needs(P::Supervise), supervision::post::begin),
        put("/api/calls/{id}/supervision", Needs(P::Supervise), supervision::put::change),
        delete("/api/calls/{id}/supervision", Needs(P::Supervise), supervision::delete::end),
        get("/api/callbacks", Needs(P::TakeCalls), callbacks::list::list),
        post("/api/callbacks/{id}/call", Needs(P::TakeCalls), callbacks::call::call),
        delete("/api/callbacks/{id}", Needs(P::TakeCalls), callbacks::delete::cross_off),
        // the note of a change of shift
        get("/api/handovers", Needs(P::SeeDesk), handovers::get::page),
        put("/api/handovers/draft", Needs(P::TakeCalls), handovers::draft::save),
        post("/api/handovers/lines", Needs(P::TakeCalls), handovers::lines::add),
        post("/api/handovers/give", Needs(P::TakeCalls), handovers::give::give),
        post("/api/handovers/{id}/take", Needs(P::TakeCalls), handovers::take::take),
        // the roster
        get("/api/roster", Needs(P::SignedIn), roster::get::page),
        put("/api/roster", Needs(P::ManageCity), roster::put::put),
        get("/api/roster/advice", Needs(P::SeeReports), roster::advice::advice),
        post("/api/roster/swaps", Needs(P::TakeCalls), roster::swaps::ask),
        post("/api/roster/swaps/{id}/agree", Needs(P::ManageCity), roster::swaps::agree),
        post("/api/roster/swaps/{id}/refuse", Needs(P::ManageCity), roster::swaps::refuse),
        // drills
        get("/api/drills", Needs(P::SeeDesk), drills::get::page),
        post("/api/drills", Needs(P::RunDrills), drills::post::order),
        delete("/api/drills/running", Needs(P::RunDrills), drills::delete::end),
        // the demo's callers
        get("/api/demo/callers", Needs(P::RunDemo), demo::get::callers),
        post("/api/demo/callers", Needs(P::RunDemo), demo::post::set),
        // calls as records
        get("/api/calls", Needs(P::SeeDesk), calls::list::calls),
        get("/api/calls/{id}", Needs(P::SeeDesk), calls::get::call),
        get("/api/calls/{id}/history", Needs(P::SeeDesk), calls::history::history),
        // figures and old records
        get("/api/report", Needs(P::SeeReports), report::get::report),
        get("/api/report.csv", Needs(P::SeeReports), report::csv::table),
        post("/api/what-ifs", Needs(P::SeeReports), what_ifs::post::begin),
        get("/api/what-ifs/{id}", Needs(P::SeeReports), what_ifs::get::what_if),
        delete("/api/what-ifs/{id}", Needs(P::SeeReports), what_ifs::delete::cancel),
        get("/api/report/{form}", Needs(P::SeeReports), report::document::document).document(),
        get("/api/figures", Needs(P::SeeReports), figures::get::state),
        get("/api/publications", Needs(P::SeeReports), publications::list::publications),
        post("/api/publications", Needs(P::PublishReports), publications::post::publish),
        get("/api/publications/{id}/changes", Needs(P::SeeReports), publications::changes::changes),
        get("/api/publications/{id}/{form}", Needs(P::SeeReports), publications::document::document).document(),
        get("/api/feeds/ministry", Open, feeds::ministry::json),
        get("/api/feeds/ministry.csv", Open, feeds::ministry::csv),
        get("/api/mailings", Needs(P::ScheduleReports), mailings::list::mailings),
        put("/api/mailings/{rhythm}", Needs(P::ScheduleReports), mailings::put::put),
        post("/api/mailings/{rhythm}/trials", Needs(P::ScheduleReports), mailings::trial::send),
        post("/api/mailings/sent/{id}/retry", Needs(P::ScheduleReports), mailings::retry::retry),
        get("/api/campaigns", Needs(P::SeeReports), campaigns::list::campaigns),
        post("/api/campaigns", Needs(P::KeepCampaigns), campaigns::create::create),
        get("/api/campaigns/{id}", Needs(P::SeeReports), campaigns::get::campaign),
        put("/api/campaigns/{id}", Needs(P::KeepCampaigns), campaigns::correct::correct),
        post("/api/campaigns/{id}/cancel", Needs(P::KeepCampaigns), campaigns::cancel::cancel),
        get("/api/campaigns/{id}/effect", Needs(P::SeeReports), campaigns::effect::effect),
        post("/api/ledger", Needs(P::ManageCity), ledger::post::import).upload(LEDGER_MAX),
        post("/api/ledger/published", Needs(P::ManageCity), ledger::published::import).upload(PUBLISHED_MAX),
        post("/api/calls/{id}/playbacks", Needs(P::HearRecordings), calls::playbacks::play),
        get("/api/recordings/{token}", Needs(P::HearRecordings), recordings::get::sound),
        // calls heard and judged again
        get("/api/codings", Needs(P::ReviewCalls), codings::list::due),
        get("/api/codings/found", Needs(P::ReviewCalls), codings::found::found),
        get("/api/codings/figures", Needs(P::SeeReports), codings::figures::figures),
        post("/api/codings/{id}", Needs(P::ReviewCalls), codings::give::give),
        post("/api/codings/{id}/playbacks", Needs(P::ReviewCalls), codings::playbacks::play),
        post("/api/codings/{id}/settle", Needs(P::ReviewCalls), codings::settle::settle),
        get("/api/reviews", Needs(P::ReviewCalls), reviews::board::board),
        get("/api/reviews/mine", Needs(P::TakeCalls), reviews::mine::mine),
        get("/api/reviews/{id}", Needs(P::ReviewCalls), reviews::get::review),
        put("/api/reviews/{id}", Needs(P::ReviewCalls), reviews::save::save),
        post("/api/reviews/{id}/finish", Needs(P::ReviewCalls), reviews::finish::finish),
        post("/api/reviews/{id}/comment", Needs(P::TakeCalls), reviews::comment::comment),
        // the sheet of a call
        get("/api/calls/{id}/draft", Needs(P::SeeDesk), drafts::get::draft),
        put("/api/calls/{id}/draft", Needs(P::TakeCalls), drafts::put::save),
        post("/api/calls/{id}/draft/notes", Needs(P::TakeCalls), drafts::notes::add),
        get("/api/calls/{id}/answers", Needs(P::SeeDesk), answers::of_call::answers),
        post("/api/calls/{id}/answers", Needs(P::TakeCalls), answers::post::add),
        get("/api/calls/{id}/similar", Needs(P::SeeDesk), calls::similar::similar),
        // the location link: at the desk, and the caller's own page
        get("/api/links", Needs(P::SeeDesk), links::list::threads),
        get("/api/calls/{id}/link", Needs(P::SeeDesk), calls::link::threads),
        post("/api/calls/{id}/link", Needs(P::TakeCalls), calls::link::send),
        post("/api/calls/{id}/lines", Needs(P::TakeCalls), calls::lines::write),
        post("/api/calls/{id}/lines/read", Needs(P::TakeCalls), calls::lines::read),
        get("/api/links/{token}", Open, links::get::page),
        post("/api/links/{token}/positions", Open, links::positions::keep),
        post("/api/links/{token}/lines", Open, links::lines::say),
        post("/api/links/{token}/photos", Open, links::photos::keep).upload(tasks::photos::UPLOAD_MAX),
        // positions that telephones send by themselves
        post("/api/aml", Open, aml::post::take),
        // what happened, and who was sent
        get("/api/incidents", Needs(P::SeeDesk), incidents::list::incidents),
        post("/api/incidents", Needs(P::TakeCalls), incidents::post::send),
        get("/api/incidents/{id}", Needs(P::SeeDesk), incidents::get::incident),
        get("/api/incidents/{id}/info", Needs(P::SeeDesk), incidents::info::info),
        get("/api/incidents/{id}/answers", Needs(P::SeeDesk), answers::of_incident::answers),
        post("/api/incidents/{id}/notes", Needs(P::Dispatch), incidents::notes::add),
        post("/api/incidents/{id}/calls", Needs(P::Dispatch), incidents::calls::attach),
        post("/api/incidents/{id}/assignments", Needs(P::Dispatch), incidents::assignments::add),
        delete("/api/incidents/{id}/calls/{call}", Needs(P::Dispatch), incidents::detach::detach),
        post("/api/incidents/{id}/calls/{call}/split", Needs(P::Dispatch), incidents::split::split),
        post("/api/incidents/{id}/merge", Needs(P::Dispatch), incidents::merge::merge),
        delete("/api/incidents/{id}/merge", Needs(P::Dispatch), incidents::merge::unmerge),
        post("/api/incidents/{id}/links", Needs(P::Dispatch), incidents::links::link),
        delete("/api/incidents/{id}/links/{other}", Needs(P::Dispatch), incidents::links::unlink),
        post("/api/incidents/{id}/reopen", Needs(P::Dispatch), incidents::reopen::reopen),
        post("/api/incidents/{id}/major", Needs(P::Dispatch), incidents::major::declare),
        delete("/api/incidents/{id}/major", Needs(P::Dispatch), incidents::major::stand_down),
        post("/api/incidents/{id}/close", Needs(P::Dispatch), incidents::close::close),
        post("/api/assignments/{id}/steps", Needs(P::Dispatch), assignments::steps::step),
        get("/api/attachments/{id}", Needs(P::SeeDesk), attachments::get::photo),
        get("/api/outbox", Needs(P::SeeDesk), outbox::list::outbox),
        post("/api/outbox/{id}/retry", Needs(P::Dispatch), outbox::retry::retry),
        // the responder's page
        get("/api/tasks/{token}", Open, tasks::get::task),
        post("/api/tasks/{token}/steps", Open, tasks::steps::step),
        post("/api/tasks/{token}/photos", Open, tasks::photos::keep).upload(tasks::photos::UPLOAD_MAX),
        // sanctions, and the rules they follow
        get("/api/sanctions", Needs(P::SeeSanctions), sanctions::list::sanctions),
        post("/api/sanctions", Needs(P::DecideSanctions), sanctions::post::propose),
        get("/api/sanctions/{id}", Needs(P::SeeSanctions), sanctions::get::sanction),
        post("/api/sanctions/{id}/approve", Needs(P::DecideSanctions), sanctions::approve::approve),
        post("/api/sanctions/{id}/reject", Needs(P::DecideSanctions), sanctions::reject::reject),
        post("/api/sanctions/{id}/lift", Needs(P::DecideSanctions), sanctions::lift::lift),
        post("/api/sanctions/{id}/appeal", Needs(P::DecideSanctions), sanctions::appeal::answer),
        get("/api/sanctions/{id}/evidence", Needs(P::SeeSanctions), sanctions::evidence::file),
        get("/api/policies", Needs(P::SeeSanctions), policies::list::policies),
        post("/api/policies", Needs(P::DraftPolicy), policies::post::draft),
        post("/api/policies/{version}/dry-runs", Needs(P::DraftPolicy), policies::dry_run::begin),
        post("/api/policies/{version}/force", Needs(P::PutPolicy), policies::force::put),
        get("/api/dry-runs/{id}", Needs(P::DraftPolicy), dry_runs::get::dry_run),
        delete("/api/dry-runs/{id}", Needs(P::DraftPolicy), dry_runs::delete::cancel),
        // the number's user disagrees
        post("/api/appeals", Open, appeals::post::appeal),
        // the city
        get("/api/route", Needs(P::SeeDesk), route::get::plan),
        get("/api/places", Needs(P::SeeDesk), places::get::places),
        get("/api/map", Needs(P::SignedIn), map::get::map).packed(),
        get("/api/map/sources", Needs(P::ManageCity), map::sources::sources),
        post("/api/map/sources", Needs(P::ManageCity), map::upload::upload).upload(MAP_MAX),
        delete("/api/map/sources/{kind}/{name}", Needs(P::ManageCity), map::remove::remove),
        get("/api/city", Needs(P::SignedIn), city::get::city).packed(),
        put("/api/city", Needs(P::ManageCity), city::put::put).upload(CITY_MAX),
        get("/api/policy", Needs(P::SignedIn), policy::get::policy),
        get("/api/city/document", Needs(P::ManageCity), city::document::document),
        get("/api/city/template", Open, city::template::template),
        post("/api/city/cards/{key}/sign-off", Needs(P::ManageCity), city::sign_card::sign_off),
        post("/api/city/preview", Needs(P::ManageCity), city::preview::preview).upload(CITY_MAX),
    ]
}
