//! `POST /api/what-ifs`: plays the hours of a period with other seats, beside the advised ones.

use crate::{
    Answer, JsonBody, Problem, Web,
    endpoints::report::get::{period, refused},
};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::{
    limits::SEATS_MAX,
    view::report::what_if::{NewWhatIf, WhatIfView},
};
use siaga_store::reports::Compare;

const HOURS: usize = 24;

pub async fn begin(
    State(web): State<Web>,
    JsonBody(new): JsonBody<NewWhatIf>,
) -> Answer<(StatusCode, Json<WhatIfView>)> {
    if new.seats.len() != HOURS || new.seats.iter().any(|seats| !(1..=SEATS_MAX).contains(seats)) {
        return Err(Problem::invalid("Jumlah petugas ini tidak dapat dicoba")
            .detail(format!("Untuk setiap jam dari 24 jam isilah 1 sampai {SEATS_MAX} petugas.")));
    }
    let Some(program) = web.config.simulator.clone() else {
        return Err(Problem::conflict("Server ini tidak mempunyai simulator"));
    };
    let period = period(&new.from, &new.to)?;
    let report = web.store.report(&period, Compare::Nothing, &web.city.now()).await.map_err(refused)?;
    if report.proceedings.as_ref().is_none_or(|proceedings| proceedings.staffing.is_none()) {
        return Err(Problem::invalid("Periode ini tidak dapat disimulasikan")
            .detail("Belum ada panggilan yang dijawab di dalamnya. Pilih periode yang lebih panjang."));
    }
    let begun = web.what_ifs.begin(program, report, &new.seats, web.policy.now());
    let view = begun.ok_or_else(|| {
        Problem::conflict("Simulasi lain masih berjalan").detail("Tunggu sampai selesai, atau batalkan dahulu.")
    })?;
    Ok((StatusCode::ACCEPTED, Json(view)))
}
