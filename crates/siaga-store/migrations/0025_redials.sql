-- Who left last, newest first: PostgreSQL takes class and outcome as independent, and read every abandoned call of a period
-- to find the newest 2,000.
CREATE INDEX call_left ON call (offered_at, number)
    WHERE class = 'abandoned' AND outcome = 'abandoned' AND direction = 'incoming' AND number IS NOT NULL;
