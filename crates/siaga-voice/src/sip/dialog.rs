//! A dialog (RFC 3261 12): tags, sequence numbers, route and target, and the requests made inside it.
//!
//! Ours and not the stack's, because the stack's swallows requests silently while another one is being handled.

use super::{guard::lexis, header, stack::Face};
use crate::config::Transport;
use rsipstack::{
    sip::{Header, Method, Request, Response, Uri, Version, headers::make_header, uri::parse_uri},
    transport::SipConnection,
};
use std::net::SocketAddr;

/// Where the first message came from or went to: the way back when nothing better is known.
#[derive(Clone)]
pub struct Flow {
    pub connection: SipConnection,
    pub peer: SocketAddr,
}

/// One side of a SIP call.
#[derive(Clone)]
pub struct Dialog {
    sip_call_id: String,
    /// From (of our requests) with tag.
    local: String,
    /// To (of our requests) with tag.
    remote: String,
    local_seq: u32,
    /// How far apart our requests are: two where each may have to be sent again with a password.
    pub stride: u32,
    remote_seq: u32,
    target: Uri,
    routes: Vec<String>,
    pub flow: Flow,
    /// The far end's Allow has UPDATE.
    pub knows_update: bool,
}

/// What a request carries beside the dialog.
#[derive(Default)]
pub struct Content {
    pub headers: Vec<Header>,
    pub description: Option<String>,
}

impl Dialog {
    /// We are called. `request` already bears our tag in To.
    pub fn of_invite(request: &Request, flow: Flow) -> Self {
        let routes = header::values(&request.headers, "Record-Route")
            .flat_map(|value| lexis::split(value, ','))
            .map(str::to_string);
        Self {
            sip_call_id: header::value(&request.headers, "Call-ID").unwrap_or_default().to_string(),
            local: header::value(&request.headers, "To").unwrap_or_default().to_string(),
            remote: header::value(&request.headers, "From").unwrap_or_default().to_string(),
            local_seq: 0,
            stride: 1,
            remote_seq: sequence(request),
            target: contact(&request.headers).unwrap_or_else(|| address_uri(flow.peer)),
            routes: routes.collect(),
            flow,
            knows_update: allows_update(&request.headers),
        }
    }

    /// We call and were answered.
    pub fn of_answer(request: &Request, response: &Response, flow: Flow) -> Self {
        let mut routes: Vec<String> = header::values(&response.headers, "Record-Route")
            .flat_map(|value| lexis::split(value, ','))
            .map(str::to_string)
            .collect();
        routes.reverse();
        Self {
            sip_call_id: header::value(&request.headers, "Call-ID").unwrap_or_default().to_string(),
            local: header::value(&response.headers, "From").unwrap_or_default().to_string(),
            remote: header::value(&response.headers, "To").unwrap_or_default().to_string(),
            local_seq: sequence(request),
            stride: 1,
            remote_seq: 0,
            target: contact(&response.headers).unwrap_or_else(|| request.uri.clone()),
            routes,
            flow,
            knows_update: allows_update(&response.headers),
        }
    }

    /// False for a request that is older than one already seen (RFC 3261 12.2.2).
    pub fn take_sequence(&mut self, request: &Request) -> bool {
        let sequence = sequence(request);
        if sequence < self.remote_seq {
            return false;
        }
        self.remote_seq = sequence;
        true
    }

    /// A re-INVITE or UPDATE, or the 2xx to ours, may move the far end.
    pub fn move_target(&mut self, headers: &rsipstack::sip::Headers) {
        if let Some(target) = contact(headers) {
            self.target = target;
        }
    }

    /// The next request of ours.
    pub fn request(&mut self, method: Method, face: &Face, content: Content) -> Request {
        self.local_seq += self.stride;
        let mut headers = vec![
            make_header("Via", face.via()),
            make_header("From", self.local.clone()),
            make_header("To", self.remote.clone()),
            make_header("Call-ID", self.sip_call_id.clone()),
            make_header("CSeq", format!("{} {method}", self.local_seq)),
            make_header("Max-Forwards", "70".into()),
            make_header("Contact", face.contact()),
        ];
        headers.extend(self.routes.iter().map(|route| make_header("Route", route.clone())));
        build(method, self.target.clone(), headers, content)
    }

    /// Address of the next hop where it is written as one: the first route, else the target.
    pub fn next_hop(&self) -> (Option<SocketAddr>, Option<Transport>) {
        let uri = match self.routes.first() {
            Some(route) => route_uri(route),
            None => Some(self.target.clone()),
        };
        uri.map_or((None, None), |uri| (socket_address(&uri), stream_of(&uri)))
    }
}

/// A request from its parts, with Content-Type where there is a description.
pub fn build(method: Method, uri: Uri, mut headers: Vec<Header>, content: Content) -> Request {
    headers.extend(content.headers);
    let body = content.description.map(String::into_bytes).unwrap_or_default();
    if !body.is_empty() {
        headers.push(make_header("Content-Type", "application/sdp".into()));
    }
    headers.push(make_header("Content-Length", body.len().to_string()));
    Request { method, uri, version: Version::V2, headers: headers.into(), body }
}

pub fn sequence(request: &Request) -> u32 {
    header::value(&request.headers, "CSeq").and_then(|value| value.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// The CSeq number of the request that a response answers.
pub fn answered_sequence(response: &Response) -> u32 {
    header::value(&response.headers, "CSeq")
        .and_then(|value| value.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

/// The URI of the first Contact.
pub fn contact(headers: &rsipstack::sip::Headers) -> Option<Uri> {
    let value = header::value(headers, "Contact")?;
    route_uri(lexis::split(value, ',').next()?)
}

fn route_uri(value: &str) -> Option<Uri> {
    let text = match lexis::angled(value) {
        Some((from, to)) => &value[from..to],
        None => value.split(';').next()?,
    };
    parse_uri(text).ok()
}

/// `sip:192.0.2.1:5060` for a peer that gave no Contact.
pub fn address_uri(address: SocketAddr) -> Uri {
    parse_uri(&format!("sip:{address}")).unwrap_or_else(|_| rsipstack::transport::SipAddr::from(address).into())
}

pub fn socket_address(uri: &Uri) -> Option<SocketAddr> {
    rsipstack::transport::SipAddr { r#type: None, addr: uri.host_with_port.clone() }.get_socketaddr().ok()
}

/// The stream that a URI asks for; `None`: UDP.
fn stream_of(uri: &Uri) -> Option<Transport> {
    let text = uri.to_string().to_ascii_lowercase();
    if text.starts_with("sips:") || text.contains(";transport=tls") {
        Some(Transport::Tls)
    } else {
        text.contains(";transport=tcp").then_some(Transport::Tcp)
    }
}

fn allows_update(headers: &rsipstack::sip::Headers) -> bool {
    header::values(headers, "Allow")
        .any(|value| value.split(',').any(|method| method.trim().eq_ignore_ascii_case("UPDATE")))
}
