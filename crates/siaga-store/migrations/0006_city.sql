-- Every version of the city's document. The newest is in force; none is changed.
CREATE TABLE city_version (
    version BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    by_user UUID,
    by_name TEXT NOT NULL,
    document TEXT NOT NULL
);
