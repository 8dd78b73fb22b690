-- Drawn processes of procedures, in revisions: a draft until it is published, then in force between two
-- days. Dossiers stay on the one under which they were received.
CREATE TABLE process (
    id           BIGINT PRIMARY KEY,
    procedure_id BIGINT NOT NULL REFERENCES procedure (id),
    no           BIGINT NOT NULL,              -- lần ban hành
    name         TEXT   NOT NULL,
    xml          TEXT   NOT NULL,              -- BPMN 2.0
    is_published SMALLINT NOT NULL CHECK (is_published IN (0, 1)),
    valid_from   TEXT   NOT NULL CHECK (length(valid_from) = 10),
    valid_to     TEXT   NOT NULL CHECK (length(valid_to) = 10),
    decision     TEXT   NOT NULL,              -- số quyết định ban hành
    rule         TEXT   NOT NULL,              -- quy chế phối hợp; empty: none is signed
    note         TEXT   NOT NULL,              -- what changed
    author       BIGINT NOT NULL,
    saved_at     TEXT   NOT NULL CHECK (length(saved_at) = 24),
    UNIQUE (procedure_id, no)
);
