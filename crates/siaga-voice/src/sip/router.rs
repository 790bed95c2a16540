//! Every request that has no transaction yet: to its call, to a new call, or answered here.

use super::{
    caller, guard, header,
    leg::{Input, incoming},
    stack::Stack,
};
use rsipstack::{
    sip::{Header, Method, StatusCode, headers::make_header},
    transaction::{TransactionReceiver, transaction::Transaction},
};
use std::{net::IpAddr, sync::Arc};
use tokio::sync::mpsc::error::TrySendError;

/// Until the stack ends.
pub async fn run(stack: Arc<Stack>, mut incoming: TransactionReceiver) {
    while let Some(transaction) = incoming.recv().await {
        route(&stack, transaction);
    }
}

fn route(stack: &Arc<Stack>, transaction: Transaction) {
    let request = &transaction.original;
    if let Some(tag) = header::tag(&request.headers, "To") {
        let sip_call_id = header::value(&request.headers, "Call-ID").unwrap_or_default();
        let far_tag = header::tag(&request.headers, "From").unwrap_or_default();
        return match stack.registry.inbox_of_dialog(sip_call_id, tag, far_tag) {
            // Who is neither a peer of the trunk nor whom this call came from has no say in it.
            Some((_, ip)) if !is_allowed(stack, &transaction, ip) => gone(transaction),
            Some((inbox, _)) => match inbox.try_send(Input::Request(Box::new(transaction))) {
                Ok(()) => {}
                // The leg ended between the look-up and now, or does not keep up: no such call, or try again.
                Err(TrySendError::Closed(Input::Request(transaction))) => gone(*transaction),
                Err(_) => tracing::error!("a call does not take its requests any more"),
            },
            None => gone(transaction),
        };
    }
    match request.method {
        Method::Invite => match incoming::flow_of(&transaction) {
            Some(flow) => {
                let caller = caller::of_request(request, flow.peer);
                incoming::take(stack, transaction, caller, flow);
            }
            None => tracing::error!("an INVITE without a peer address"),
        },
        Method::Options => answer(transaction, StatusCode::OK, options()),
        Method::Subscribe | Method::Publish => answer(transaction, StatusCode::BadEvent, allow()),
        Method::Bye | Method::Info | Method::Update | Method::PRack | Method::Notify => gone(transaction),
        _ => answer(transaction, StatusCode::MethodNotAllowed, allow()),
    }
}

fn is_allowed(stack: &Stack, transaction: &Transaction, far_end: IpAddr) -> bool {
    let peers = &stack.config.trunk_peers;
    peers.is_empty()
        || incoming::flow_of(transaction).is_none_or(|flow| {
            let ip = flow.peer.ip();
            ip == far_end || peers.contains(&ip)
        })
}

/// A request inside a dialog that is not there. An ACK gets no answer.
fn gone(transaction: Transaction) {
    if transaction.original.method != Method::Ack {
        answer(transaction, StatusCode::CallTransactionDoesNotExist, Vec::new());
    }
}

fn answer(mut transaction: Transaction, status: StatusCode, headers: Vec<Header>) {
    tokio::spawn(async move {
        if let Err(error) = transaction.reply_with(status, headers, None).await {
            tracing::debug!(%error, "an answer could not be sent");
        }
        // A refused INVITE still waits for its ACK.
        if transaction.original.method == Method::Invite {
            while transaction.receive().await.is_some() {}
        }
    });
}

fn allow() -> Vec<Header> {
    vec![make_header("Allow", guard::ALLOW.into())]
}

fn options() -> Vec<Header> {
    let mut headers = allow();
    headers.push(make_header("Accept", "application/sdp".into()));
    headers.push(make_header("Supported", "timer".into()));
    headers
}
