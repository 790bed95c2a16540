-- The figures once more, added up by calendar month (yyyymm): a report reads whole months here and only the days at its
-- edges from the tables per day. Moved with them.
CREATE TABLE call_month (
    month BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    class TEXT NOT NULL,
    sub TEXT NOT NULL,
    incident_type TEXT NOT NULL,
    agency TEXT NOT NULL,
    village_code TEXT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (month, outcome, class, sub, incident_type, agency, village_code)
);

CREATE TABLE call_hour_month (
    month BIGINT NOT NULL,
    weekday BIGINT NOT NULL,
    hour BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    class TEXT NOT NULL,
    calls BIGINT NOT NULL,
    talk_ms BIGINT NOT NULL,
    PRIMARY KEY (month, weekday, hour, outcome, class)
);

CREATE TABLE call_wait_month (
    month BIGINT NOT NULL,
    lane TEXT NOT NULL,
    outcome TEXT NOT NULL,
    class TEXT NOT NULL,
    bin BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (month, lane, outcome, class, bin)
);

CREATE TABLE taker_month (
    month BIGINT NOT NULL,
    source TEXT NOT NULL,
    taker TEXT NOT NULL,
    outcome TEXT NOT NULL,
    class TEXT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (month, source, taker, outcome, class)
);

-- All calls of an hour of a day: how many hours had so many calls is asked of days, whatever the calls were.
CREATE TABLE day_hour (
    local_day BIGINT NOT NULL,
    hour BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (local_day, hour)
);

-- What is read from several rows together, added up per day: real callers who waited while nuisance held a seat, and how
-- long seats were staffed (NULL: nothing is known of seats). A day without a row is counted when it is asked for: what
-- changes later takes the rows around it away, and a job fills them again.
CREATE TABLE day_sum (
    local_day BIGINT PRIMARY KEY,
    real_waited BIGINT NOT NULL,
    waited_ms BIGINT NOT NULL,
    staffed_ms BIGINT
);

-- One row while the figures are made anew: which month comes next, how many are done of all.
CREATE TABLE rollup_rebuild (
    id BIGINT PRIMARY KEY,
    next_month BIGINT NOT NULL,
    done BIGINT NOT NULL,
    months BIGINT NOT NULL
);

-- What the nightly check of random days found. told: JSON of the first differences, without anybody's name.
CREATE TABLE figure_check (
    night BIGINT NOT NULL,
    local_day BIGINT NOT NULL,
    at BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    differences BIGINT NOT NULL,
    told TEXT NOT NULL,
    PRIMARY KEY (night, local_day)
);

-- Where no call is there is nothing to count.
UPDATE rollup_shape SET shape = 3 WHERE shape = 2 AND NOT EXISTS (SELECT 1 FROM call);
