-- What is defined as data beside the books: figures ("indicator") and reports ("report"), in editions.
CREATE TABLE definition (
    kind        TEXT   NOT NULL,
    code        TEXT   NOT NULL,
    edition     BIGINT NOT NULL,
    sort_no     BIGINT NOT NULL,
    recorded_at TEXT   NOT NULL CHECK (length(recorded_at) = 24),
    content     TEXT   NOT NULL,         -- canonical JSON
    PRIMARY KEY (kind, code, edition)
);
