-- One row per call, live or from an old ledger. Rows are changed only by the facts that are also events.
CREATE TABLE call (
    call_id UUID PRIMARY KEY,
    direction TEXT NOT NULL,
    number TEXT,
    number_raw TEXT,
    display_name TEXT,
    sip_call_id TEXT,
    lane TEXT NOT NULL,
    suspicion BIGINT NOT NULL,
    -- JSON array of words.
    reasons TEXT NOT NULL,
    -- The entry of the call-back list that an outgoing call serves.
    callback_id UUID,
    -- FALSE: other facts came before the one that begins the call; offered_at is the earliest of them.
    offered BOOLEAN NOT NULL,
    offered_at BIGINT NOT NULL,
    answered_at BIGINT,
    ended_at BIGINT,
    ended_by TEXT,
    outcome TEXT,
    seat BIGINT,
    call_taker UUID,
    seat_at BIGINT,
    class TEXT,
    sub TEXT,
    -- NULL with a class: the program or a ledger gave it.
    class_by UUID,
    class_at BIGINT,
    incident_id UUID,
    incident_type TEXT,
    agency TEXT,
    village_code TEXT,
    -- The day of the city (yyyymmdd) of offered_at.
    local_day BIGINT NOT NULL,
    -- From an old ledger: which, who took it in its words, its remark.
    import_id UUID,
    call_taker_name TEXT,
    note TEXT
);
CREATE INDEX call_number ON call (number, offered_at, class, sub, incident_type);
CREATE INDEX call_day_at ON call (local_day, offered_at);
CREATE INDEX call_at ON call (offered_at);
CREATE INDEX call_class ON call (class, offered_at);
CREATE INDEX call_open ON call (offered_at) WHERE outcome IS NULL;
CREATE INDEX call_incident ON call (incident_id) WHERE incident_id IS NOT NULL;

CREATE TABLE recording (
    call_id UUID NOT NULL,
    file TEXT NOT NULL,
    at BIGINT NOT NULL,
    duration_ms BIGINT NOT NULL,
    segments BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (call_id, file)
);
CREATE INDEX recording_file ON recording (file);

-- Somebody who must be called back. number, reason and since are NULL while only a try is known.
CREATE TABLE callback (
    callback_id UUID PRIMARY KEY,
    call_id UUID NOT NULL,
    number TEXT,
    reason TEXT,
    since BIGINT,
    attempts BIGINT NOT NULL,
    reached BOOLEAN NOT NULL,
    closed_at BIGINT,
    closed_by UUID
);
CREATE INDEX callback_open ON callback (since) WHERE closed_at IS NULL;

-- Who may hear which recording until when, and why. The token itself is never stored.
CREATE TABLE playback (
    token_hash BYTEA PRIMARY KEY,
    call_id UUID NOT NULL,
    user_id UUID NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX playback_call ON playback (call_id, at);

-- The figures: ended incoming calls per day and cell. '' is "not given"; type, agency and village only of emergencies.
CREATE TABLE call_day (
    local_day BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    class TEXT NOT NULL,
    sub TEXT NOT NULL,
    incident_type TEXT NOT NULL,
    agency TEXT NOT NULL,
    village_code TEXT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (local_day, outcome, class, sub, incident_type, agency, village_code)
);
