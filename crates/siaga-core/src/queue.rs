//! Who is offered to whom.
