-- The sheet of a call: fields as JSON, and at which revision each field was last written.
CREATE TABLE draft (
    call_id UUID PRIMARY KEY,
    revision BIGINT NOT NULL,
    fields TEXT NOT NULL,
    written_at TEXT NOT NULL,
    saved_at BIGINT NOT NULL
);

-- One thing that happened in the city.
CREATE TABLE incident (
    incident_id UUID PRIMARY KEY,
    -- Running number of the city's year, as spoken.
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    incident_type TEXT NOT NULL,
    -- JSON of the sheet as sent, kept up to date while the incident is open.
    fields TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    opened_by UUID NOT NULL,
    opened_by_name TEXT NOT NULL,
    -- The call whose sheet this is.
    opened_call UUID NOT NULL,
    -- The first agency planned: what figures count.
    first_agency TEXT,
    closed_at BIGINT,
    outcome TEXT,
    revision BIGINT NOT NULL,
    UNIQUE (year, number)
);
CREATE INDEX incident_open ON incident (opened_at) WHERE closed_at IS NULL;
CREATE INDEX incident_closed ON incident (closed_at);

-- A call belongs to one incident at most; an incident takes many.
CREATE TABLE incident_call (
    call_id UUID PRIMARY KEY,
    incident_id UUID NOT NULL REFERENCES incident (incident_id),
    at BIGINT NOT NULL
);
CREATE INDEX incident_call_incident ON incident_call (incident_id, at);

CREATE TABLE assignment (
    assignment_id UUID PRIMARY KEY,
    incident_id UUID NOT NULL REFERENCES incident (incident_id),
    agency TEXT NOT NULL,
    agency_label TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    acknowledge_by BIGINT NOT NULL,
    acknowledged_at BIGINT,
    en_route_at BIGINT,
    on_scene_at BIGINT,
    done_at BIGINT,
    -- The level of silence that was written down and reminded of, 0 to 3.
    reminded_level BIGINT NOT NULL
);
CREATE INDEX assignment_incident ON assignment (incident_id, sent_at);
CREATE INDEX assignment_silent ON assignment (sent_at) WHERE state = 'sent';

-- Lines that are only added: on a call's sheet, on an incident, on an assignment.
CREATE TABLE note (
    note_id UUID PRIMARY KEY,
    call_id UUID,
    incident_id UUID,
    assignment_id UUID,
    at BIGINT NOT NULL,
    by_user UUID,
    by_name TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX note_call ON note (call_id, at) WHERE call_id IS NOT NULL;
CREATE INDEX note_incident ON note (incident_id, at) WHERE incident_id IS NOT NULL;
CREATE INDEX note_assignment ON note (assignment_id, at) WHERE assignment_id IS NOT NULL;

-- What must leave the house, written in the transaction that decided it.
CREATE TABLE outbox (
    outbox_id UUID PRIMARY KEY,
    incident_id UUID NOT NULL,
    assignment_id UUID NOT NULL,
    -- dispatch, reminder, cancelled
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
    error TEXT
);
CREATE INDEX outbox_due ON outbox (next_at) WHERE state = 'waiting';
CREATE INDEX outbox_created ON outbox (created_at);
CREATE INDEX outbox_assignment ON outbox (assignment_id);

-- Photos of responders. The bytes are a file named by the id.
CREATE TABLE attachment (
    attachment_id UUID PRIMARY KEY,
    assignment_id UUID NOT NULL REFERENCES assignment (assignment_id),
    incident_id UUID NOT NULL,
    at BIGINT NOT NULL,
    mime TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    file TEXT NOT NULL
);
CREATE INDEX attachment_assignment ON attachment (assignment_id, at);

-- Keys of this house, made once: what signs the links of responders.
CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    value BYTEA NOT NULL
);
