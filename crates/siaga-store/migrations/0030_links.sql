-- A message is about exactly one thing: an assignment of an incident, a sanction, or a location link.
CREATE TABLE outbox_about (
    outbox_id UUID PRIMARY KEY,
    incident_id UUID,
    assignment_id UUID,
    sanction_id UUID,
    link_id UUID,
    -- dispatch, reminder, changed, cancelled; sanction; location_link
    kind TEXT NOT NULL,
    agency TEXT NOT NULL,
    target TEXT NOT NULL,
    channel TEXT NOT NULL,
    text TEXT NOT NULL,
    task_url TEXT,
    -- JSON for another program.
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT,
    -- Who sends it now, and until when nobody else tries.
    lease UUID,
    lease_until BIGINT,
    delivered_at BIGINT,
    error TEXT,
    CHECK ((incident_id IS NULL) = (assignment_id IS NULL)),
    CHECK (CASE WHEN assignment_id IS NULL THEN 0 ELSE 1 END + CASE WHEN sanction_id IS NULL THEN 0 ELSE 1 END
         + CASE WHEN link_id IS NULL THEN 0 ELSE 1 END = 1)
);
-- A notice to a number stood there with the nil id in both columns.
INSERT INTO outbox_about (outbox_id, incident_id, assignment_id, sanction_id, kind, agency, target, channel, text,
    task_url, payload, created_at, state, attempts, next_at, lease, lease_until, delivered_at, error)
SELECT outbox_id, CASE WHEN sanction_id IS NULL THEN incident_id END,
    CASE WHEN sanction_id IS NULL THEN assignment_id END, sanction_id, kind, agency, target, channel, text,
    task_url, payload, created_at, state, attempts, next_at, lease, lease_until, delivered_at, error
FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_about RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (next_at) WHERE state = 'waiting';
CREATE INDEX outbox_created ON outbox (created_at);
CREATE INDEX outbox_assignment ON outbox (assignment_id) WHERE assignment_id IS NOT NULL;
CREATE INDEX outbox_sanction ON outbox (sanction_id) WHERE sanction_id IS NOT NULL;
CREATE INDEX outbox_link ON outbox (link_id) WHERE link_id IS NOT NULL;

-- A location link that went out. The token itself is only in the message.
CREATE TABLE location_link (
    link_id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    call_id UUID NOT NULL,
    -- E.164
    number TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- NULL: the machine, after its call-backs.
    made_by UUID,
    opened_at BIGINT
);
CREATE INDEX location_link_call ON location_link (call_id);
CREATE INDEX location_link_number ON location_link (number, made_at);
CREATE INDEX location_link_made ON location_link (made_at);

-- Where a caller is, whatever told it.
CREATE TABLE caller_position (
    position_id UUID PRIMARY KEY,
    -- NULL: sent by the telephone itself before its call arrived.
    call_id UUID,
    -- E.164
    number TEXT,
    -- invite, aml, link
    source TEXT NOT NULL,
    lat DOUBLE PRECISION NOT NULL,
    lng DOUBLE PRECISION NOT NULL,
    radius_m DOUBLE PRECISION NOT NULL,
    -- Measured and received.
    at BIGINT NOT NULL,
    received_at BIGINT NOT NULL
);
CREATE INDEX caller_position_call ON caller_position (call_id, received_at);
CREATE INDEX caller_position_received ON caller_position (received_at);
CREATE INDEX caller_position_early ON caller_position (number, received_at) WHERE call_id IS NULL;

-- The chat with a caller over the link; a photo is a line whose bytes are a file.
CREATE TABLE caller_line (
    line_id UUID PRIMARY KEY,
    call_id UUID NOT NULL,
    -- E.164
    number TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- NULL: the caller.
    by_user UUID,
    by_name TEXT NOT NULL,
    text TEXT NOT NULL,
    photo_id UUID,
    photo_mime TEXT,
    photo_hash BYTEA,
    photo_file TEXT,
    -- A caller's line: when somebody here read it.
    read_at BIGINT
);
CREATE INDEX caller_line_number ON caller_line (number, at);
CREATE INDEX caller_line_call ON caller_line (call_id, at);
CREATE INDEX caller_line_unread ON caller_line (at) WHERE by_user IS NULL AND read_at IS NULL;
CREATE UNIQUE INDEX caller_line_photo ON caller_line (photo_id) WHERE photo_id IS NOT NULL;
