-- What only this machine knows and nobody can give back: never thrown away, backed up before a migration.
-- Instants are milliseconds since the Unix epoch by this machine's clock, unless a comment says otherwise.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE account (
    id        TEXT PRIMARY KEY,                 -- derived from origin and user, so that signing in again finds it
    origin    TEXT NOT NULL,
    user_uuid TEXT NOT NULL,
    email     TEXT NOT NULL,
    projects  TEXT NOT NULL,                    -- JSON [{id, name, organization}]
    in_keyring INTEGER NOT NULL,                -- 0: the key was for one run only
    added_at  INTEGER NOT NULL,
    UNIQUE (origin, user_uuid)
) STRICT;

-- One person's view of one project.
CREATE TABLE scope (
    id         INTEGER PRIMARY KEY,
    origin     TEXT NOT NULL,
    user_uuid  TEXT NOT NULL,
    project_id INTEGER NOT NULL,
    UNIQUE (origin, user_uuid, project_id)
) STRICT;

-- A tool is known by the server's address and its name; installation ids change when a server is installed again.
CREATE TABLE tool (
    id         INTEGER PRIMARY KEY,
    scope_id   INTEGER NOT NULL REFERENCES scope (id),
    server_url TEXT NOT NULL,
    name       TEXT NOT NULL,
    UNIQUE (scope_id, server_url, name)
) STRICT;

CREATE TABLE definition (
    fingerprint TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    title       TEXT NOT NULL,
    description TEXT NOT NULL,
    schema      TEXT NOT NULL,                  -- as it came
    canonical   TEXT,                           -- RFC 8785 form; null when it has none
    first_at    INTEGER NOT NULL
) STRICT;

-- A definition stood at a tool from then to then; `until_at` is null while it stands.
CREATE TABLE observation (
    id          INTEGER PRIMARY KEY,
    tool_id     INTEGER NOT NULL REFERENCES tool (id),
    fingerprint TEXT NOT NULL REFERENCES definition (fingerprint),
    from_at     INTEGER NOT NULL,
    until_at    INTEGER
) STRICT;

CREATE UNIQUE INDEX observation_standing ON observation (tool_id) WHERE until_at IS NULL;
CREATE INDEX observation_by_tool ON observation (tool_id, from_at);

-- The journal: written before PostHog is asked, completed with what it answered.
CREATE TABLE decision (
    id                 INTEGER PRIMARY KEY,
    tool_id            INTEGER NOT NULL REFERENCES tool (id),
    batch              TEXT,                    -- decisions applied together share one
    before             TEXT NOT NULL,
    asked              TEXT NOT NULL,
    fingerprint_seen   TEXT NOT NULL,
    asked_at           INTEGER NOT NULL,
    answered           TEXT,
    decided_by         TEXT,
    fingerprint_pinned TEXT,
    result             TEXT NOT NULL DEFAULT 'open'
        CHECK (result IN ('open', 'as_asked', 'kept_otherwise', 'definition_changed', 'refused', 'unknown')),
    answered_at        INTEGER
) STRICT;

CREATE INDEX decision_by_tool ON decision (tool_id, asked_at);

-- The definition a tool had when it was last decided on.
CREATE TABLE pin (
    tool_id     INTEGER PRIMARY KEY REFERENCES tool (id),
    fingerprint TEXT NOT NULL,
    state       TEXT NOT NULL,
    decision_id INTEGER REFERENCES decision (id),
    at          INTEGER NOT NULL
) STRICT;

-- A connection flow. The nonce itself is never stored: a link is matched by its hash, also after a restart.
CREATE TABLE flow (
    id           TEXT PRIMARY KEY,
    scope_id     INTEGER NOT NULL REFERENCES scope (id),
    account      TEXT NOT NULL,
    nonce_hash   TEXT NOT NULL UNIQUE,
    title        TEXT NOT NULL,
    server_url   TEXT NOT NULL,
    server_id    TEXT,                          -- once PostHog has a row
    template_id  TEXT,                          -- null for a login to a known server
    login_host   TEXT,
    moved_before TEXT,                          -- the row's updated_at when the login began: server time
    started_at   INTEGER NOT NULL,
    deadline_at  INTEGER NOT NULL,
    ending       TEXT,                          -- null while it runs
    ended_at     INTEGER
) STRICT;

-- Calls against the budget PostHog keeps for a person over all keys and projects (contract 1.7).
CREATE TABLE spend (
    id        INTEGER PRIMARY KEY,
    origin    TEXT NOT NULL,
    user_uuid TEXT NOT NULL,
    at        INTEGER NOT NULL,
    what      TEXT NOT NULL
) STRICT;

CREATE INDEX spend_by_person ON spend (origin, user_uuid, at);
