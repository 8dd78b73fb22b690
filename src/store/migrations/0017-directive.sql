-- Directives from figures: a task that a leader gave with the very records that a figure counted.
CREATE TABLE directive (
    id           BIGINT PRIMARY KEY,
    task_id      BIGINT   NOT NULL UNIQUE REFERENCES document_task (id),
    code         TEXT     NOT NULL,        -- of the figure
    is_indicator SMALLINT NOT NULL CHECK (is_indicator IN (0, 1)),
    unit_id      BIGINT   NOT NULL REFERENCES unit (id),
    field_id     BIGINT   NOT NULL,        -- 0: all
    cohort       SMALLINT NOT NULL CHECK (cohort IN (0, 1)),
    from_on      TEXT     NOT NULL CHECK (length(from_on) = 10),
    to_on        TEXT     NOT NULL CHECK (length(to_on) = 10),
    as_of        TEXT     NOT NULL CHECK (length(as_of) = 24),
    given_at     TEXT     NOT NULL CHECK (length(given_at) = 24)
);
CREATE TABLE directive_record (
    directive_id BIGINT NOT NULL REFERENCES directive (id),
    no           BIGINT NOT NULL,
    kind         BIGINT NOT NULL,          -- enum indicator_record_kind
    record_id    BIGINT NOT NULL,
    title        TEXT   NOT NULL,
    unit         TEXT   NOT NULL,
    PRIMARY KEY (directive_id, no)
);
