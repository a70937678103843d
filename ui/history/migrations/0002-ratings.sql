-- What readers think of an answer stays with it and goes with it.
CREATE TABLE rating (
    exchange TEXT PRIMARY KEY REFERENCES exchange (key) ON DELETE CASCADE,
    good     INTEGER NOT NULL,          -- 1 or 0
    reason   TEXT NOT NULL,
    comment  TEXT NOT NULL,             -- without personal identifiers
    given    REAL NOT NULL              -- seconds since 1970
) WITHOUT ROWID;
