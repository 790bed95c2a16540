-- People who may sign in.
CREATE TABLE account (
    user_id UUID PRIMARY KEY,
    -- Sign-in name, lower case.
    name TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    role TEXT NOT NULL,
    -- PHC text of argon2id.
    password_hash TEXT NOT NULL,
    -- Second factor in force; NULL without one.
    totp_secret BYTEA,
    -- Offered and not yet confirmed by a code.
    totp_pending BYTEA,
    -- Last 30 s step whose code was used: no code works twice.
    totp_step BIGINT NOT NULL,
    disabled BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

-- Who is signed in. The token itself is only in the browser.
CREATE TABLE session (
    token_hash BYTEA PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES account (user_id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX session_of_user ON session (user_id);
