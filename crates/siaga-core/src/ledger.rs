//! Old records of a centre: rows of a CSV read strictly.
