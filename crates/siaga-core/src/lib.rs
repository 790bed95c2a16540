//! Every decision of Siaga, and nothing else.
//!
//! This crate reads no clock, throws no dice, opens no socket, knows no SQL and is not async: time and identifiers
//! are arguments, results are plain data. Every other crate stands on it; it stands on none of them.
//!
//! In the order of a call: [`phone`] reads a number, [`screening`] says how it is met, [`desk`] holds seats and [`call`]s and
//! asks [`queue`] who rings where, [`intake`] and [`card`] take down what is said, [`places`] finds where, [`incident`] and
//! [`dispatch`] say what follows, [`sanction`] what becomes of pranks, [`report`] what it all adds up to, [`review`] what is
//! heard again. [`city`] and [`policy`] are what a city sets, [`view`] is what screens are told, [`limits`] what bounds the desk.

pub mod boundaries;
pub mod call;
pub mod campaign;
pub mod card;
pub mod city;
pub mod class;
pub mod desk;
pub mod dispatch;
pub mod drill;
pub mod handover;
pub mod ids;
pub mod incident;
pub mod intake;
pub mod ledger;
pub mod limits;
pub mod link;
pub mod location;
pub mod mailing;
pub mod outbox;
pub mod phone;
pub mod photo;
pub mod places;
pub mod policy;
pub mod queue;
pub mod report;
pub mod review;
pub mod role;
pub mod roster;
pub mod sanction;
pub mod screening;
pub mod text;
pub mod time;
pub mod timeline;
pub mod view;
