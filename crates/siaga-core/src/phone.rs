//! A caller's number as the trunk gives it, and as E.164.
