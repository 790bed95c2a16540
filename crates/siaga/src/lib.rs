//! The binary's rooms: command line, configuration, data folder, certificates, wiring. No decision of the product is here.

pub mod certificates;
pub mod commands;
pub mod config;
pub mod copy;
pub mod data_folder;
pub mod demo;
pub mod doctor;
pub mod local_addresses;
pub mod logs;
pub mod recording_key;
pub mod serve;
pub mod verify;
