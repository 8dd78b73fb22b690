-- Content of files, by what it is: a file with the same bytes is kept once. Not projected: the journal names
-- each file by its hash, and `motcua verify` looks whether the bytes are there and have it.
CREATE TABLE file_content (
    hash  TEXT   PRIMARY KEY CHECK (length(hash) = 64), -- SHA-256, lower-case hex
    size  BIGINT NOT NULL,
    bytes BYTEA  NOT NULL
);
