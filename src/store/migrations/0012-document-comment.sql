-- What is said about a draft while it is on its way to the signature (góp ý dự thảo).
CREATE TABLE document_comment (
    pos         BIGINT PRIMARY KEY,             -- of the journal entry
    document_id BIGINT NOT NULL REFERENCES document (id),
    version_no  BIGINT NOT NULL,                -- of the text that was read
    person_id   BIGINT NOT NULL REFERENCES person (id),
    at          TEXT   NOT NULL CHECK (length(at) = 24),
    text        TEXT   NOT NULL
);
CREATE INDEX document_comment_document ON document_comment (document_id, pos);
