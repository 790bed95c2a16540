//! `DELETE /api/session`: sign out.

use crate::{Answer, Person, Web, accounts::cookie};
use axum::{
    extract::State,
    http::{Extensions, HeaderValue, StatusCode, header},
    response::AppendHeaders,
};
use siaga_engine::clock;

type SetCookie = AppendHeaders<[(header::HeaderName, HeaderValue); 1]>;

pub async fn sign_out(
    State(web): State<Web>,
    person: Person,
    extensions: Extensions,
) -> Answer<(StatusCode, SetCookie)> {
    web.remembered.forget(person.session());
    web.store.session_end(&person.session().0, person.user_id, clock::now()).await?;
    web.dismiss_lead(person.user_id).await;
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie::take(&extensions))])))
}
