-- Exchange of documents with agencies outside this store (trục liên thông văn bản): edXML, QCVN 102:2016/BTTTT.

-- Which agencies' documents come by this line: none; those that are named in exchange_partner; any, as from an axis.
ALTER TABLE peer ADD COLUMN documents TEXT NOT NULL DEFAULT 'none' CHECK (documents IN ('none', 'named', 'any'));
-- How the line works: 'peer', both sides bring what they have; 'axis', we bring and fetch.
ALTER TABLE peer ADD COLUMN line TEXT NOT NULL DEFAULT 'peer' CHECK (line IN ('peer', 'axis'));

-- An agency that documents can be exchanged with, and by which line.
CREATE TABLE exchange_partner (
    id        BIGINT   PRIMARY KEY,
    organ     TEXT     NOT NULL UNIQUE,         -- OrganId: 000.00.00.H19
    name      TEXT     NOT NULL,
    search    TEXT     NOT NULL,                -- the name, folded
    peer_id   BIGINT   NOT NULL REFERENCES peer (id),
    is_active SMALLINT NOT NULL CHECK (is_active IN (0, 1))
);
CREATE INDEX exchange_partner_search ON exchange_partner (search);
-- What is to be told: written with the act that says it, sent by a job.
CREATE TABLE exchange_out (
    pos         BIGINT PRIMARY KEY,             -- of the journal entry
    peer_id     BIGINT NOT NULL REFERENCES peer (id),
    document_id BIGINT NOT NULL REFERENCES document (id),
    kind        TEXT   NOT NULL CHECK (kind IN ('new', 'recall', 'replace', 'status')),
    code        TEXT   NOT NULL,                -- of a status: 01 02 03 04 05 06 15 16; empty otherwise
    note        TEXT   NOT NULL,
    person_id   BIGINT,
    made_at     TEXT   NOT NULL CHECK (length(made_at) = 24),
    sent_at     TEXT,                           -- when the other side had it, or said no for good
    receipt     TEXT   NOT NULL,
    refused     TEXT   NOT NULL                 -- why it said no
);
CREATE INDEX exchange_out_open ON exchange_out (sent_at, pos);
CREATE INDEX exchange_out_document ON exchange_out (document_id, pos);
-- What came, for each document that it is about.
CREATE TABLE exchange_in (
    document_id BIGINT NOT NULL REFERENCES document (id),
    pos         BIGINT NOT NULL,                -- of the journal entry
    peer_id     BIGINT NOT NULL REFERENCES peer (id),
    kind        TEXT   NOT NULL CHECK (kind IN ('new', 'recall', 'update', 'replace')),
    hash        TEXT   NOT NULL CHECK (length(hash) = 64), -- of the message as it came
    is_kept     SMALLINT NOT NULL CHECK (is_kept IN (0, 1)), -- its bytes are in file_content, because they are needed again
    defects     TEXT   NOT NULL,                -- where it departs from the standard, a line each
    signatures  TEXT   NOT NULL,                -- what was found of the signatures when it arrived: JSON
    at          TEXT   NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (document_id, pos)
);
CREATE INDEX document_came_as ON document (organ, foreign_id);
CREATE INDEX exchange_in_hash ON exchange_in (hash);

-- not projected ----------------------------------------------------------------------------------

-- How often it was tried; forgotten when it arrived.
CREATE TABLE exchange_try (
    pos     BIGINT PRIMARY KEY,
    tries   BIGINT NOT NULL,
    next_at TEXT   NOT NULL CHECK (length(next_at) = 24),
    why     TEXT   NOT NULL
);
