-- What PostHog said last about one project, as one person sees it. All of it can be fetched again.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE server (
    id              TEXT PRIMARY KEY,           -- installation id: changes when a server is installed again
    url             TEXT NOT NULL,
    name            TEXT NOT NULL,
    description     TEXT NOT NULL,
    template_id     TEXT,
    auth_type       TEXT NOT NULL,
    is_enabled      INTEGER NOT NULL,
    needs_reauth    INTEGER NOT NULL,
    pending_oauth   INTEGER NOT NULL,
    shared          INTEGER NOT NULL,
    is_owner        INTEGER NOT NULL,
    tool_count      INTEGER NOT NULL,           -- live tools as PostHog counts them
    last_synced_at  TEXT,
    last_sync_error TEXT NOT NULL,
    created_at      TEXT,
    updated_at      TEXT,
    tools_digest    BLOB,                       -- SHA-256 of the last tools answer: equal bytes need no work
    tools_seen_at   INTEGER                     -- when this app last read them, ms
) STRICT;

CREATE TABLE tool (
    id          INTEGER PRIMARY KEY,
    server_id   TEXT NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    title       TEXT NOT NULL,
    description TEXT NOT NULL,
    schema      TEXT NOT NULL,
    state       TEXT NOT NULL,
    team_state  TEXT,
    locked      INTEGER NOT NULL,
    decided_by  TEXT NOT NULL,
    removed_at  TEXT,
    -- computed once, so that no keystroke joins or hashes anything
    fingerprint TEXT NOT NULL,
    tokens      INTEGER NOT NULL,
    changed     INTEGER NOT NULL,
    haystack    TEXT NOT NULL,                  -- lower-case name, title and description, for searching
    UNIQUE (server_id, name)
) STRICT;

CREATE INDEX tool_by_server ON tool (server_id, removed_at, state);

-- PostHog moves these at every refresh: apart, or every sync would rewrite every tool.
CREATE TABLE tool_time (
    tool_id      INTEGER PRIMARY KEY REFERENCES tool (id) ON DELETE CASCADE,
    last_seen_at TEXT
) STRICT;

CREATE TABLE template (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    url         TEXT NOT NULL,
    description TEXT NOT NULL,
    auth_type   TEXT NOT NULL,
    category    TEXT NOT NULL,
    coming_soon INTEGER NOT NULL
) STRICT;
