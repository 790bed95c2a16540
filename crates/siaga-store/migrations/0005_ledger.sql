-- Files of old records that were taken in. The same bytes may come again when rows of them were bad the first time.
CREATE TABLE ledger_import (
    import_id UUID PRIMARY KEY,
    file_hash BYTEA NOT NULL,
    at BIGINT NOT NULL,
    by_user UUID,
    added BIGINT NOT NULL,
    known BIGINT NOT NULL,
    bad BIGINT NOT NULL
);
CREATE INDEX ledger_import_file ON ledger_import (file_hash);

-- What makes a row of a file the row it is, so that an overlapping file counts nothing twice.
CREATE TABLE ledger_row (
    fingerprint BYTEA PRIMARY KEY,
    call_id UUID NOT NULL,
    import_id UUID NOT NULL
);
