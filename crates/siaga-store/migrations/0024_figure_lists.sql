-- By month the emergencies stand once by type, once by agency, once by kelurahan: all three together were nearly a row for
-- each emergency, and every sum of a report had to read them.
CREATE TABLE class_month (
    month BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    class TEXT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (month, outcome, class)
);
CREATE TABLE type_month (
    month BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    class TEXT NOT NULL,
    incident_type TEXT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (month, outcome, class, incident_type)
);
CREATE TABLE agency_month (
    month BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    class TEXT NOT NULL,
    agency TEXT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (month, outcome, class, agency)
);
CREATE TABLE village_month (
    month BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    class TEXT NOT NULL,
    village_code TEXT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (month, outcome, class, village_code)
);
INSERT INTO class_month (month, outcome, class, calls)
    SELECT month, outcome, class, CAST(SUM(calls) AS BIGINT) FROM call_month GROUP BY month, outcome, class;
INSERT INTO type_month (month, outcome, class, incident_type, calls)
    SELECT month, outcome, class, incident_type, CAST(SUM(calls) AS BIGINT) FROM call_month
    GROUP BY month, outcome, class, incident_type;
INSERT INTO agency_month (month, outcome, class, agency, calls)
    SELECT month, outcome, class, agency, CAST(SUM(calls) AS BIGINT) FROM call_month
    GROUP BY month, outcome, class, agency;
INSERT INTO village_month (month, outcome, class, village_code, calls)
    SELECT month, outcome, class, village_code, CAST(SUM(calls) AS BIGINT) FROM call_month
    GROUP BY month, outcome, class, village_code;
DROP TABLE call_month;

-- How long agencies took, by the day on which the incident was opened: JSON of siaga_core::report::AgencySums. The job adds
-- the days up again.
DELETE FROM day_sum;
ALTER TABLE day_sum ADD COLUMN agencies TEXT NOT NULL DEFAULT '{}';

-- Sanctions of a period are found by time.
CREATE INDEX sanction_proposed ON sanction (proposed_at);
