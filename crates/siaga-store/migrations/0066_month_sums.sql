-- What stands in day_sum and day_hour, added up by calendar month (yyyymm), so that three years are 36 rows. A month has its
-- row once all its days have theirs; what takes the row of one of its days away, or moves one of its calls, takes it away.
CREATE TABLE month_sum (
    month BIGINT PRIMARY KEY,
    days_with_calls BIGINT NOT NULL,
    real_waited BIGINT NOT NULL,
    waited_ms BIGINT NOT NULL,
    -- NULL: nothing is known of seats.
    staffed_ms BIGINT,
    -- JSON: [hour, calls, days], on how many days that hour had so many calls.
    hours TEXT NOT NULL,
    -- JSON of siaga_core::report::AgencySums.
    agencies TEXT NOT NULL
);
