-- The life of a periodic report: drafted, reviewed, frozen; what it said when it was frozen stays.

CREATE TABLE report_draft (
    id          BIGINT PRIMARY KEY,
    unit_id     BIGINT NOT NULL REFERENCES unit (id),
    report      TEXT   NOT NULL,         -- code
    edition     BIGINT NOT NULL,         -- of its template; 0: none
    period      TEXT   NOT NULL,
    from_on     TEXT   NOT NULL CHECK (length(from_on) = 10),
    to_on       TEXT   NOT NULL CHECK (length(to_on) = 10),
    ended       TEXT   NOT NULL,
    state       BIGINT NOT NULL,         -- rules/report_life.h
    content     TEXT   NOT NULL,         -- canonical JSON: "words" of its narratives, "reasons" of its changes
    version     BIGINT NOT NULL,
    actor_id    BIGINT NOT NULL REFERENCES person (id), -- who began it
    begun_at    TEXT   NOT NULL CHECK (length(begun_at) = 24),
    frozen_at   TEXT   CHECK (length(frozen_at) = 24),
    as_of       TEXT   CHECK (length(as_of) = 24),       -- what it was frozen as of
    definitions TEXT   NOT NULL,         -- SHA-256 of what its figures counted then
    files       TEXT   NOT NULL,         -- canonical JSON: suffix -> SHA-256 of the file kept
    document_id BIGINT REFERENCES document (id)
);
CREATE INDEX report_draft_unit ON report_draft (unit_id, report, to_on);

CREATE TABLE report_event (
    draft_id   BIGINT NOT NULL REFERENCES report_draft (id),
    pos        BIGINT NOT NULL,
    act        TEXT   NOT NULL,
    actor_id   BIGINT NOT NULL REFERENCES person (id),
    at         TEXT   NOT NULL CHECK (length(at) = 24),
    place      TEXT   NOT NULL,          -- of a comment or a changed text
    note       TEXT   NOT NULL,
    settled_at TEXT   CHECK (length(settled_at) = 24),
    PRIMARY KEY (draft_id, pos)
);

-- The numbers of a frozen report, each once: what later reports compare with what is known then.
CREATE TABLE report_number (
    draft_id     BIGINT   NOT NULL REFERENCES report_draft (id),
    no           BIGINT   NOT NULL,
    code         TEXT     NOT NULL,
    is_indicator SMALLINT NOT NULL CHECK (is_indicator IN (0, 1)),
    unit_id      BIGINT   NOT NULL REFERENCES unit (id),
    field_id     BIGINT   NOT NULL,      -- 0: all
    from_on      TEXT     NOT NULL CHECK (length(from_on) = 10),
    to_on        TEXT     NOT NULL CHECK (length(to_on) = 10),
    kind         BIGINT   NOT NULL,      -- enum report_cell_kind
    n            BIGINT   NOT NULL,
    whole        BIGINT   NOT NULL,
    PRIMARY KEY (draft_id, no)
);
