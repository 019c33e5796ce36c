-- What servers claim about their tools (contract 3.17). Beside the tools: PostHog tells it in another answer, which
-- leaves out what is off or blocked. Null: the server does not say.
CREATE TABLE claim (
    server      TEXT NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    tool        TEXT NOT NULL,                  -- upstream name
    read_only   INTEGER,
    destructive INTEGER,
    idempotent  INTEGER,
    open_world  INTEGER,
    PRIMARY KEY (server, tool)
) STRICT, WITHOUT ROWID;
