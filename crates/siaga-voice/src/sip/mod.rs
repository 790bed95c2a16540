//! SIP: ingress guard, transport, legs, trunk, timers.
