//! What is live: one loop over one closed event enum, its effects, and the jobs that must happen.

pub mod changes;
pub mod city;
pub mod clock;
pub mod jobs;
pub mod notify;
