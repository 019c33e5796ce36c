-- Every step that moves a pin is a row of the journal, of one of these kinds, and remembers what it replaced, so that it
-- can be taken back. Only `decided`, `undone`, `imported` and `automatic` ask PostHog for anything.
ALTER TABLE decision ADD COLUMN kind TEXT NOT NULL DEFAULT 'decided'
    CHECK (kind IN ('decided', 'accepted', 'baseline', 'imported', 'undone', 'automatic'));
-- Who had decided before, as PostHog said it: a preset that ruled cannot be given back (contract 4.2).
ALTER TABLE decision ADD COLUMN before_by TEXT NOT NULL DEFAULT '';
ALTER TABLE decision ADD COLUMN undoes INTEGER REFERENCES decision (id);
-- It moved the pin: set it, gave an older one back, or took it away.
ALTER TABLE decision ADD COLUMN moved_pin INTEGER NOT NULL DEFAULT 0;
-- The pin there was when it did; null when there was none.
ALTER TABLE decision ADD COLUMN pin_before TEXT;
ALTER TABLE decision ADD COLUMN pin_before_state TEXT;
ALTER TABLE decision ADD COLUMN pin_before_decision INTEGER REFERENCES decision (id);
ALTER TABLE decision ADD COLUMN pin_before_at INTEGER;
-- PostHog's words where it refused.
ALTER TABLE decision ADD COLUMN words TEXT NOT NULL DEFAULT '';

CREATE INDEX decision_by_batch ON decision (batch) WHERE batch IS NOT NULL;
CREATE INDEX decision_by_undoes ON decision (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX decision_by_time ON decision (asked_at);

-- Until now only decisions moved pins, and never took one away: what each replaced is what the one before it had set.
UPDATE decision SET moved_pin = 1 WHERE fingerprint_pinned IS NOT NULL;
UPDATE decision SET (pin_before, pin_before_state, pin_before_decision, pin_before_at) =
    (SELECT older.fingerprint_pinned, coalesce(older.answered, older.asked), older.id, older.answered_at
     FROM decision AS older
     WHERE older.tool_id = decision.tool_id AND older.id < decision.id AND older.fingerprint_pinned IS NOT NULL
     ORDER BY older.id DESC LIMIT 1)
WHERE moved_pin;

-- Decisions on many tools: the plan, written before the first request. `decision.batch` holds the id as text.
CREATE TABLE batch (
    id         INTEGER PRIMARY KEY,
    scope_id   INTEGER NOT NULL REFERENCES scope (id),
    kind       TEXT NOT NULL CHECK (kind IN ('decide', 'undo', 'import', 'automatic', 'accept')),
    asked      TEXT,                            -- null when it differs from tool to tool
    undoes     INTEGER REFERENCES batch (id),
    state      TEXT NOT NULL CHECK (state IN ('running', 'paused', 'stopped', 'interrupted', 'done')),
    began_at   INTEGER NOT NULL,
    ended_at   INTEGER,
    problem    TEXT,                            -- why it was interrupted: a code
    words      TEXT NOT NULL DEFAULT ''         -- and somebody's words
) STRICT;

CREATE INDEX batch_by_scope ON batch (scope_id, id);

CREATE TABLE batch_item (
    batch_id    INTEGER NOT NULL REFERENCES batch (id),
    position    INTEGER NOT NULL,
    tool_id     INTEGER NOT NULL REFERENCES tool (id),
    server_id   TEXT NOT NULL,                  -- the installation that is asked: two may share an address
    asked       TEXT NOT NULL,
    before      TEXT NOT NULL,
    before_by   TEXT NOT NULL,
    fingerprint TEXT NOT NULL,                  -- the definition the plan was made for
    pin         INTEGER NOT NULL DEFAULT 1,     -- 0: nobody has seen it, so it is asked for and not pinned
    undoes      INTEGER REFERENCES decision (id),
    result      TEXT NOT NULL DEFAULT 'waiting' CHECK (result IN ('waiting', 'sent', 'as_asked', 'kept_otherwise',
                    'definition_changed', 'refused', 'unknown', 'skipped')),
    decision_id INTEGER REFERENCES decision (id),
    problem     TEXT,                           -- why it was refused or skipped: a code
    PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX batch_item_by_result ON batch_item (batch_id, result);
CREATE INDEX batch_item_by_decision ON batch_item (decision_id) WHERE decision_id IS NOT NULL;

-- What a person said about an entry of Review without deciding. It holds for one definition, or one removal.
CREATE TABLE mark (
    tool_id     INTEGER NOT NULL REFERENCES tool (id),
    what        TEXT NOT NULL CHECK (what IN ('later', 'removal_noted')),
    fingerprint TEXT NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (tool_id, what)
) STRICT, WITHOUT ROWID;

-- Evidence in a tool's text that the person knows.
CREATE TABLE known_finding (
    tool_id INTEGER NOT NULL REFERENCES tool (id),
    finding TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (tool_id, finding)
) STRICT, WITHOUT ROWID;

-- What was noticed here. `at` is when it was noticed, not when it happened.
CREATE TABLE event (
    id         INTEGER PRIMARY KEY,
    scope_id   INTEGER NOT NULL REFERENCES scope (id),
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    server_url TEXT NOT NULL,
    tool       TEXT,                            -- upstream name; null for what concerns a server
    words      TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX event_by_time ON event (scope_id, at);
CREATE INDEX event_of_tools ON event (scope_id, at) WHERE tool IS NOT NULL;
CREATE INDEX event_of_servers ON event (scope_id, at) WHERE tool IS NULL;
CREATE INDEX event_by_server ON event (scope_id, server_url, kind);
