-- Everything that happened, in one order, each line carrying the hash of the one before it.
CREATE TABLE event (
    seq BIGINT PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor UUID,
    call_id UUID,
    incident_id UUID,
    -- JSON. NULL once retention has taken it away: body_hash stays, and so does the chain.
    body TEXT,
    body_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL
);
CREATE INDEX event_call ON event (call_id, seq);
CREATE INDEX event_incident ON event (incident_id, seq);

-- The end of the chain, one row: who holds it may write.
CREATE TABLE chain (
    id BIGINT PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash BYTEA
);
INSERT INTO chain (id, seq, hash) VALUES (1, 0, NULL);

-- Answers already given to commands, by the key the client chose for the command.
CREATE TABLE idempotency (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    at BIGINT NOT NULL,
    request_hash BYTEA NOT NULL,
    answer TEXT,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_at ON idempotency (at);
