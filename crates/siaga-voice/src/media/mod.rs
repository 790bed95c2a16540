//! The media thread and its handle. One OS thread ticks every few milliseconds, drains all RTP sockets and browser
//! stations, copies payloads untouched, rewrites headers by one mapper per outgoing line, and decodes on the side.
