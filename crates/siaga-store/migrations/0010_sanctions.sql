-- What was proposed and decided about a number. The whole of it is the JSON of siaga_core::sanction::Sanction; the other
-- columns are what is searched.
CREATE TABLE sanction (
    sanction_id UUID PRIMARY KEY,
    -- E.164
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- Until when the number comes through the slower door; NULL where it does not.
    blocked_until BIGINT,
    -- For the person who answers a blocked call.
    reason TEXT NOT NULL,
    -- SHA-256 of the code in the notice; the code itself is nowhere.
    appeal_hash BYTEA,
    body TEXT NOT NULL
);
CREATE INDEX sanction_number ON sanction (number, blocked_until);
CREATE INDEX sanction_state ON sanction (state, changed_at);
CREATE UNIQUE INDEX sanction_open ON sanction (number) WHERE state IN ('proposed', 'awaiting_second');
CREATE UNIQUE INDEX sanction_appeal ON sanction (appeal_hash);

-- The events of a sanction, for its evidence file.
CREATE TABLE sanction_event (
    sanction_id UUID NOT NULL REFERENCES sanction (sanction_id),
    seq BIGINT NOT NULL,
    PRIMARY KEY (sanction_id, seq)
);

-- Set on a notice to a number; incident and assignment are the nil id there.
ALTER TABLE outbox ADD COLUMN sanction_id UUID;
CREATE INDEX outbox_sanction ON outbox (sanction_id) WHERE sanction_id IS NOT NULL;

-- Pranks that a person classed, by when: what the ladder looks at.
CREATE INDEX call_pranked ON call (class_at) WHERE class = 'prank' AND class_by IS NOT NULL;
