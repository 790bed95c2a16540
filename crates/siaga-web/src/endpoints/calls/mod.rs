//! `/api/calls`: the calls as records, and what people do with a live one.

pub mod answer;
pub mod claim;
pub mod class;
pub mod duress;
pub mod end;
pub mod get;
pub mod hand_off;
pub mod history;
pub mod hold;
pub mod keypad;
pub mod lines;
pub mod link;
pub mod list;
pub mod mute;
pub mod playbacks;
pub mod recall;
pub mod say;
pub mod similar;

#[cfg(test)]
pub(crate) mod testing;
