-- Nuisance calls drawn for a second class, given by somebody who knows nothing of the call but its sound.
CREATE TABLE coding (
    coding_id UUID PRIMARY KEY,
    call_id UUID NOT NULL UNIQUE,
    -- Monday of the call's week, yyyymmdd.
    week BIGINT NOT NULL,
    -- Keyed hash of the call's id: the lowest of a week are its sample.
    rank BIGINT NOT NULL,
    -- As it stood when it was drawn: who gave it, and who took the call, never code it again.
    first_class TEXT NOT NULL,
    first_by UUID,
    call_taker UUID,
    drawn_at BIGINT NOT NULL,
    class TEXT,
    sub TEXT,
    coded_by UUID,
    coded_at BIGINT,
    -- The second class is an emergency: until a person settles it, every shift lead is told.
    settled_at BIGINT,
    settled_by UUID,
    -- Whether it was a real call after all, and what was done.
    settled_real BOOLEAN,
    settled_words TEXT
);
CREATE INDEX coding_of_week ON coding (week, rank);
CREATE INDEX coding_open ON coding (rank) WHERE coded_at IS NULL;
CREATE INDEX coding_found ON coding (coded_at) WHERE class = 'emergency' AND settled_at IS NULL;

-- Weeks that are over and drawn: how many nuisance calls they had, and how many of these have no sound to hear again.
CREATE TABLE coding_week (
    week BIGINT PRIMARY KEY,
    calls BIGINT NOT NULL,
    unrecorded BIGINT NOT NULL,
    closed_at BIGINT NOT NULL
);

-- Answered calls drawn for a score form. Each keeps the form it was drawn with.
CREATE TABLE review (
    review_id UUID PRIMARY KEY,
    call_id UUID NOT NULL UNIQUE,
    call_taker UUID NOT NULL,
    -- The call's month, yyyymm.
    month BIGINT NOT NULL,
    offered_at BIGINT NOT NULL,
    -- two_percent, at_least_one
    why TEXT NOT NULL,
    drawn_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    -- Who shall fill it in; whoever finished it, once it is. NULL: nobody is free to.
    reviewer UUID,
    -- JSON of the form, of its marks.
    form TEXT NOT NULL,
    marks TEXT NOT NULL,
    remark TEXT NOT NULL,
    revision BIGINT NOT NULL,
    saved_at BIGINT,
    finished_at BIGINT,
    comment TEXT,
    commented_at BIGINT
);
CREATE INDEX review_due ON review (due_at) WHERE finished_at IS NULL;
CREATE INDEX review_month ON review (month);
CREATE INDEX review_taker ON review (call_taker, finished_at);
