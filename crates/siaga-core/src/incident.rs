//! Incidents and assignments: states whose transitions consume.
