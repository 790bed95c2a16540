-- Every version of the rules; none is changed. 0 is the preset that the program brings and has no row.
CREATE TABLE policy_version (
    version BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    -- JSON of siaga_core::policy::Policy, without a decree.
    document TEXT NOT NULL
);

-- Which version came into force when, by which decree. The newest counts.
CREATE TABLE policy_force (
    seq BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    decree TEXT NOT NULL,
    at BIGINT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL
);
