-- A drill that a shift lead ordered. callers: JSON list of who calls, in order: what each call truly is.
CREATE TABLE drill (
    drill_id UUID PRIMARY KEY,
    at BIGINT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    scenario TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    callers TEXT NOT NULL,
    ended_at BIGINT,
    ended TEXT
);
CREATE INDEX drill_at ON drill (at);
-- One drill runs at a time.
CREATE UNIQUE INDEX drill_running ON drill ((ended_at IS NULL)) WHERE ended_at IS NULL;

-- The call's own row has the direction 'drill', which no figure counts; here stands whose it is.
CREATE TABLE drill_call (
    call_id UUID PRIMARY KEY,
    drill_id UUID NOT NULL,
    nth BIGINT NOT NULL
);
CREATE INDEX drill_call_drill ON drill_call (drill_id, nth);

-- An incident that a call of a drill opened. Its messages go to the channel 'drill' alone.
ALTER TABLE incident ADD COLUMN drill BOOLEAN NOT NULL DEFAULT false;
