-- Computed from the ledger whenever the tool or its pin moves, so that opening Review joins nothing.
ALTER TABLE tool ADD COLUMN review INTEGER;             -- the group's number, in the order of the screen; null: nothing waits
ALTER TABLE tool ADD COLUMN later INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tool ADD COLUMN noticed_at INTEGER;         -- ms
ALTER TABLE tool ADD COLUMN gone_at INTEGER;            -- ms
ALTER TABLE tool ADD COLUMN base TEXT;                  -- fingerprint it is compared with; null: nothing to compare

CREATE INDEX tool_in_review ON tool (review, later, server_id, name) WHERE review IS NOT NULL;

-- Old rows know nothing of this: the digests go, and the next sync works everything out.
UPDATE server SET tools_digest = NULL;
