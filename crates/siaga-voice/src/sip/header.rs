//! Reading header values by name from the stack's messages.

use rsipstack::sip::{Header, Headers, Request, headers::make_header};

/// All values of a header; compact names included for those the stack does not know.
pub fn values<'a>(headers: &'a Headers, name: &'a str) -> impl Iterator<Item = &'a str> {
    headers.iter().filter(move |header| header.name().eq_ignore_ascii_case(name)).map(Header::value)
}

pub fn value<'a>(headers: &'a Headers, name: &'a str) -> Option<&'a str> {
    values(headers, name).next()
}

/// The tag of From or To.
pub fn tag<'a>(headers: &'a Headers, name: &'a str) -> Option<&'a str> {
    super::guard::lexis::parameter(value(headers, name)?, "tag")
}

/// Gives the request's To our tag, so that every response to it bears the same one.
pub fn set_to_tag(request: &mut Request, tag: &str) {
    let to = value(&request.headers, "To").unwrap_or_default().to_string();
    request.headers.retain(|header| !matches!(header, Header::To(_)));
    request.headers.push(make_header("To", format!("{to};tag={tag}")));
}
