-- Imported places and boundaries, one row per source. Nobody asks for one place by SQL: the search works in memory, so a
-- source is one document that is replaced in one statement and never half there.
CREATE TABLE map_source (
    kind        TEXT   NOT NULL, -- places, boundaries
    name        TEXT   NOT NULL,
    attribution TEXT   NOT NULL,
    file        TEXT   NOT NULL,
    sha256      TEXT   NOT NULL, -- of the document and its attribution
    at          BIGINT NOT NULL,
    by_name     TEXT   NOT NULL,
    taken       BIGINT NOT NULL,
    skipped     BIGINT NOT NULL,
    document    TEXT   NOT NULL, -- JSON
    PRIMARY KEY (kind, name)
);
