//! Every limit of the core: name, unit, reason.
