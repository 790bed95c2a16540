//! The desk: seats, live calls and the queue; one `handle(now, input)`, effects drained by the engine.
