-- More figures per day, moved with call_day. Hours and weekdays (1 is Monday) are the city's; '' is "not given".
CREATE TABLE call_hour (
    local_day BIGINT NOT NULL,
    weekday BIGINT NOT NULL,
    hour BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    class TEXT NOT NULL,
    calls BIGINT NOT NULL,
    -- From answer to end of the answered calls.
    talk_ms BIGINT NOT NULL,
    PRIMARY KEY (local_day, weekday, hour, outcome, class)
);

-- How long answered and abandoned calls waited, in the bins of siaga_core::report::wait_bin; -1 is "not on record".
CREATE TABLE call_wait (
    local_day BIGINT NOT NULL,
    lane TEXT NOT NULL,
    outcome TEXT NOT NULL,
    class TEXT NOT NULL,
    bin BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (local_day, lane, outcome, class, bin)
);

-- Who took them: the id of an account (source live) or a name as written (source ledger).
CREATE TABLE taker_day (
    local_day BIGINT NOT NULL,
    source TEXT NOT NULL,
    taker TEXT NOT NULL,
    outcome TEXT NOT NULL,
    class TEXT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (local_day, source, taker, outcome, class)
);

-- Who sat down, left, paused and came back: what staffed hours are counted from.
CREATE TABLE seat_change (
    seat BIGINT NOT NULL,
    at BIGINT NOT NULL,
    change TEXT NOT NULL,
    PRIMARY KEY (at, seat, change)
);

-- Which shape the figures have; an older one is counted anew at the next start. Without a call there is nothing to count.
CREATE TABLE rollup_shape (
    id BIGINT PRIMARY KEY,
    shape BIGINT NOT NULL
);
INSERT INTO rollup_shape (id, shape) SELECT 1, CASE WHEN EXISTS (SELECT 1 FROM call) THEN 1 ELSE 2 END;
