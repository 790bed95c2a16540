-- Each try to call somebody back, and what it led to.
CREATE TABLE callback_attempt (
    callback_id UUID NOT NULL,
    -- The call it was made with, or in which the person called again.
    call_id UUID NOT NULL,
    at BIGINT NOT NULL,
    result TEXT NOT NULL,
    -- NULL: the machine called.
    by_user UUID,
    PRIMARY KEY (callback_id, call_id)
);
CREATE INDEX callback_since ON callback (since);
