-- Campaigns of public education: versions of what was written down, the newest in force.
CREATE TABLE campaign (
    campaign_id UUID PRIMARY KEY,
    version BIGINT NOT NULL,
    entered_at BIGINT NOT NULL,
    -- Set together: it did not happen.
    cancelled_at BIGINT,
    cancelled_by UUID,
    cancelled_name TEXT,
    cancelled_reason TEXT
);

CREATE TABLE campaign_version (
    campaign_id UUID NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    -- Of a correction; '' of the first.
    reason TEXT NOT NULL,
    -- JSON of siaga_core::campaign::Campaign.
    body TEXT NOT NULL,
    PRIMARY KEY (campaign_id, version)
);
