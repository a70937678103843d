-- A conversation belongs to one owner: the SHA-256 of a secret that the browser, or the login, brings.
CREATE TABLE conversation (
    id      TEXT PRIMARY KEY,
    owner   TEXT NOT NULL,
    title   TEXT NOT NULL,
    created REAL NOT NULL,          -- seconds since 1970
    updated REAL NOT NULL
) WITHOUT ROWID;

CREATE INDEX conversation_of_owner ON conversation (owner, updated);

CREATE TABLE exchange (
    number       INTEGER PRIMARY KEY,   -- in the order of asking
    key          TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    question     TEXT NOT NULL,         -- without personal identifiers
    audience     TEXT NOT NULL,
    answer       TEXT,                  -- JSON; NULL when answering failed
    words        TEXT NOT NULL          -- question and answer as they are searched: folded, lower case
);

CREATE INDEX exchange_of_conversation ON exchange (conversation, number);
