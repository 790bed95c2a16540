-- An incident that gave way to another. Nothing of it moves: `merged_into` says to which, `root` at which it stands now
-- when that one gave way too. Both are NULL for one that stands by itself.
ALTER TABLE incident ADD COLUMN merged_into UUID;
ALTER TABLE incident ADD COLUMN root UUID;
CREATE INDEX incident_root ON incident (root) WHERE root IS NOT NULL;

-- A major incident: since when, by whom, why. The mark that was taken off stands in the events.
ALTER TABLE incident ADD COLUMN major_at BIGINT;
ALTER TABLE incident ADD COLUMN major_by TEXT;
ALTER TABLE incident ADD COLUMN major_reason TEXT;

-- When attaching also gave the call its class: taken back with it. 0: it did not.
ALTER TABLE incident_call ADD COLUMN classed_at BIGINT NOT NULL DEFAULT 0;

-- agency: ours to send. neighbour: asked to take the incident over.
ALTER TABLE assignment ADD COLUMN kind TEXT NOT NULL DEFAULT 'agency';

-- Two incidents that are related and not the same; the smaller id first.
CREATE TABLE incident_link (
    one UUID NOT NULL REFERENCES incident (incident_id),
    other UUID NOT NULL REFERENCES incident (incident_id),
    at BIGINT NOT NULL,
    by_user UUID NOT NULL,
    PRIMARY KEY (one, other)
);
CREATE INDEX incident_link_other ON incident_link (other);
