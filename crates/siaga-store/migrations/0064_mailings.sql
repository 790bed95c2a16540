-- When reports go out by e-mail, and to whom: one row per rhythm, none before anybody chose.
CREATE TABLE report_schedule (
    -- weekly, monthly
    rhythm TEXT PRIMARY KEY,
    active BOOLEAN NOT NULL,
    day BIGINT NOT NULL,
    minute BIGINT NOT NULL,
    -- JSON: e-mail addresses.
    recipients TEXT NOT NULL,
    -- What was due before is not sent.
    since BIGINT NOT NULL
);

-- A report as it was signed for its recipients. One per period, however often somebody looks; a trial has a moment of its own.
CREATE TABLE report_mailing (
    mailing_id UUID PRIMARY KEY,
    rhythm TEXT NOT NULL,
    period_from BIGINT NOT NULL,
    period_to BIGINT NOT NULL,
    -- 0: by the schedule.
    trial_at BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    -- JSON of siaga_core::view::signed_report::SignedReport.
    document TEXT NOT NULL,
    UNIQUE (rhythm, period_from, period_to, trial_at)
);

-- A message is about exactly one thing: an assignment of an incident, a sanction, a location link, or a report.
CREATE TABLE outbox_about (
    outbox_id UUID PRIMARY KEY,
    incident_id UUID,
    assignment_id UUID,
    sanction_id UUID,
    link_id UUID,
    mailing_id UUID,
    -- dispatch, reminder, changed, cancelled; sanction; location_link; report
    kind TEXT NOT NULL,
    agency TEXT NOT NULL,
    target TEXT NOT NULL,
    channel TEXT NOT NULL,
    text TEXT NOT NULL,
    task_url TEXT,
    -- JSON for another program.
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT,
    -- Who sends it now, and until when nobody else tries.
    lease UUID,
    lease_until BIGINT,
    delivered_at BIGINT,
    error TEXT,
    CHECK ((incident_id IS NULL) = (assignment_id IS NULL)),
    CHECK (CASE WHEN assignment_id IS NULL THEN 0 ELSE 1 END + CASE WHEN sanction_id IS NULL THEN 0 ELSE 1 END
         + CASE WHEN link_id IS NULL THEN 0 ELSE 1 END + CASE WHEN mailing_id IS NULL THEN 0 ELSE 1 END = 1)
);
INSERT INTO outbox_about (outbox_id, incident_id, assignment_id, sanction_id, link_id, kind, agency, target, channel, text,
    task_url, payload, created_at, state, attempts, next_at, lease, lease_until, delivered_at, error)
SELECT outbox_id, incident_id, assignment_id, sanction_id, link_id, kind, agency, target, channel, text,
    task_url, payload, created_at, state, attempts, next_at, lease, lease_until, delivered_at, error
FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_about RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (next_at) WHERE state = 'waiting';
CREATE INDEX outbox_created ON outbox (created_at);
CREATE INDEX outbox_assignment ON outbox (assignment_id) WHERE assignment_id IS NOT NULL;
CREATE INDEX outbox_sanction ON outbox (sanction_id) WHERE sanction_id IS NOT NULL;
CREATE INDEX outbox_link ON outbox (link_id) WHERE link_id IS NOT NULL;
CREATE INDEX outbox_mailing ON outbox (mailing_id) WHERE mailing_id IS NOT NULL;
