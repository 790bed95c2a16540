//! Recordings: two channels in the original codec, written and fsynced each second, hashed per segment, encrypted at rest.
