-- The note of a change of shift. state: writing, given, taken; at most one is being written.
CREATE TABLE handover (
    handover_id UUID PRIMARY KEY,
    state TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    given_at BIGINT,
    given_by UUID,
    given_name TEXT,
    taken_at BIGINT,
    taken_by UUID,
    taken_name TEXT,
    -- JSON list of what was open when it was given.
    open_things TEXT NOT NULL
);
CREATE UNIQUE INDEX handover_writing ON handover (state) WHERE state = 'writing';
CREATE INDEX handover_given ON handover (state, given_at);

-- Lines are only added. The id comes from the page: a line sent twice is one.
CREATE TABLE handover_line (
    line_id UUID PRIMARY KEY,
    handover_id UUID NOT NULL REFERENCES handover (handover_id),
    at BIGINT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX handover_line_note ON handover_line (handover_id, at);

-- What a person began to write and has not put into the note yet.
CREATE TABLE handover_draft (
    user_id UUID PRIMARY KEY,
    revision BIGINT NOT NULL,
    at BIGINT NOT NULL,
    text TEXT NOT NULL
);
