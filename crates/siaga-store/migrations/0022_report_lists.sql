-- What a report lists is found by time.
CREATE INDEX incident_opened ON incident (opened_at);
CREATE INDEX event_reclassed ON event (at) WHERE kind = 'CallReclassed';

-- Figures that somebody published: kept apart, never counted with ours.
CREATE TABLE published_figure (
    -- yyyy-mm-dd
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    measure TEXT NOT NULL,
    source TEXT NOT NULL,
    value BIGINT NOT NULL,
    approximate BOOLEAN NOT NULL,
    PRIMARY KEY (from_day, to_day, measure, source)
);
