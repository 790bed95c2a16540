//! Whom an incident goes to, and why.
