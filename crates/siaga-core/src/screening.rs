//! What is measured and decided about a caller. Its verdict cannot say "drop".
