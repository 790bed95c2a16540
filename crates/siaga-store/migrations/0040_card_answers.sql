-- What was asked of a caller, line by line; only added. Words are kept as they stood on the screen: the card may change.
CREATE TABLE card_answer (
    answer_id UUID PRIMARY KEY,
    call_id UUID NOT NULL,
    -- Place of its event in the chain: the order in which answers were given.
    seq BIGINT NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    card TEXT NOT NULL,
    title TEXT NOT NULL,
    -- Which words the card had.
    fingerprint TEXT NOT NULL,
    step TEXT NOT NULL,
    asked TEXT NOT NULL,
    -- JSON: answered with digit and words, told, skipped.
    choice TEXT NOT NULL
);
CREATE INDEX card_answer_call ON card_answer (call_id, seq);
