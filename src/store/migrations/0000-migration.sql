-- Which migrations this store has seen. Run at every start, before the list is read.
CREATE TABLE IF NOT EXISTS migration (
    name       TEXT PRIMARY KEY,
    sha256     TEXT NOT NULL,
    applied_at TEXT NOT NULL
);
