-- Who is on duty when: versions of a plan as JSON; the newest is in force.
CREATE TABLE roster_version (
    version BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    plan TEXT NOT NULL
);

-- Two people swap one shift. state: asked, agreed, refused.
CREATE TABLE roster_swap (
    swap_id UUID PRIMARY KEY,
    day BIGINT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    asked_by UUID NOT NULL,
    asked_name TEXT NOT NULL,
    decided_at BIGINT,
    decided_name TEXT
);
CREATE INDEX roster_swap_day ON roster_swap (day);
