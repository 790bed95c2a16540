-- Reports that a person published; none is changed. A period may be published again after corrections: version 2, 3 ...
CREATE TABLE published_report (
    publication_id UUID PRIMARY KEY,
    period_from BIGINT NOT NULL,
    period_to BIGINT NOT NULL,
    compared BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    as_of_seq BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    -- JSON of siaga_core::view::signed_report::SignedReport.
    document TEXT NOT NULL,
    UNIQUE (period_from, period_to, compared, version)
);
