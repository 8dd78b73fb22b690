-- Other installations of this program, to which steps are handed and from which answers come.
CREATE TABLE peer (
    id        BIGINT PRIMARY KEY,
    code      TEXT   NOT NULL UNIQUE,          -- how it signs what it sends
    own_code  TEXT   NOT NULL,                 -- how it knows us
    name      TEXT   NOT NULL,
    unit_id    BIGINT REFERENCES unit (id),    -- whose steps go there; null: none
    counter_id BIGINT REFERENCES unit (id),    -- who takes in what comes from there; null: nothing may
    address   TEXT   NOT NULL,                 -- http(s)://…; empty: it only sends
    is_active SMALLINT NOT NULL CHECK (is_active IN (0, 1))
);
-- The shared secret of both; not in the journal.
CREATE TABLE peer_secret (
    peer_id BIGINT PRIMARY KEY REFERENCES peer (id),
    secret  TEXT   NOT NULL
);
-- What is to be told to another installation: written with the act that says it, sent by a job.
CREATE TABLE outbox (
    pos        BIGINT NOT NULL,                -- of the journal entry
    no         BIGINT NOT NULL,
    peer_id    BIGINT NOT NULL REFERENCES peer (id),
    dossier_id BIGINT NOT NULL REFERENCES dossier (id),
    task_no    BIGINT NOT NULL,
    kind       TEXT   NOT NULL CHECK (kind IN ('case', 'answer')),
    body       TEXT   NOT NULL,
    made_at    TEXT   NOT NULL CHECK (length(made_at) = 24),
    sent_at    TEXT,
    receipt    TEXT   NOT NULL,                -- what the other side calls it
    PRIMARY KEY (pos, no)
);
CREATE INDEX outbox_open ON outbox (sent_at, pos);
-- How often it was tried; forgotten when it arrived. Not in the journal.
CREATE TABLE outbox_try (
    pos     BIGINT NOT NULL,
    no      BIGINT NOT NULL,
    tries   BIGINT NOT NULL,
    next_at TEXT   NOT NULL CHECK (length(next_at) = 24),
    why     TEXT   NOT NULL,
    PRIMARY KEY (pos, no)
);
-- What came from another installation, so that nothing is taken in twice.
CREATE TABLE inbox (
    peer_id    BIGINT NOT NULL REFERENCES peer (id),
    message    TEXT   NOT NULL,                -- the other side's key
    dossier_id BIGINT NOT NULL REFERENCES dossier (id),
    at         TEXT   NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (peer_id, message)
);
CREATE INDEX inbox_dossier ON inbox (dossier_id);
