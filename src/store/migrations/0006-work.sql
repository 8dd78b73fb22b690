-- What the program does by itself when its time comes: a timer of a drawn process, a reminder before the
-- end of a step, word to somebody above. Rows leave when the token does.
CREATE TABLE timer (
    dossier_id BIGINT NOT NULL REFERENCES dossier (id),
    token      BIGINT NOT NULL,                -- rules/flow.h; of an activity: the number of its task
    node       TEXT   NOT NULL,                -- id of the event, or of the activity that is reminded of
    kind       TEXT   NOT NULL CHECK (kind IN ('event', 'remind', 'escalate')),
    fires_at   TEXT   NOT NULL CHECK (length(fires_at) = 24),
    PRIMARY KEY (dossier_id, token, node, kind)
);
CREATE INDEX timer_fires ON timer (fires_at);
-- Word to a person about a dossier: reminders, escalations, absences.
CREATE TABLE notice (
    pos        BIGINT NOT NULL,                -- of the journal entry that says it
    person_id  BIGINT NOT NULL REFERENCES person (id),
    dossier_id BIGINT NOT NULL REFERENCES dossier (id),
    task_no    BIGINT NOT NULL,
    kind       TEXT   NOT NULL CHECK (kind IN ('remind', 'escalate')),
    at         TEXT   NOT NULL CHECK (length(at) = 24),
    seen_at    TEXT,
    PRIMARY KEY (pos, person_id)
);
CREATE INDEX notice_person ON notice (person_id, pos);
-- The code that a partner gave to its share of a dossier: one dossier of ours, a child of theirs.
CREATE TABLE child (
    dossier_id  BIGINT NOT NULL REFERENCES dossier (id),
    task_no     BIGINT NOT NULL,
    unit_id     BIGINT NOT NULL REFERENCES unit (id),
    code        TEXT   NOT NULL,
    note        TEXT   NOT NULL,
    person_id   BIGINT NOT NULL REFERENCES person (id),
    recorded_at TEXT   NOT NULL CHECK (length(recorded_at) = 24),
    PRIMARY KEY (dossier_id, task_no)
);
-- Who is away, and who does the work meanwhile.
CREATE TABLE absence (
    id        BIGINT PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    cover_id  BIGINT NOT NULL REFERENCES person (id),
    from_on   TEXT   NOT NULL CHECK (length(from_on) = 10),
    to_on     TEXT   NOT NULL CHECK (length(to_on) = 10),
    reason    TEXT   NOT NULL
);
CREATE INDEX absence_person ON absence (person_id, to_on);
-- Signed rules of cooperation between agencies (quy chế phối hợp).
CREATE TABLE cooperation_rule (
    id         BIGINT PRIMARY KEY,
    number     TEXT   NOT NULL,                -- số, ký hiệu
    title      TEXT   NOT NULL,                -- trích yếu
    signed_on  TEXT   NOT NULL CHECK (length(signed_on) = 10),
    signer     TEXT   NOT NULL,                -- who signed, with the office
    agencies   TEXT   NOT NULL,                -- codes of units, spaces between
    procedures TEXT   NOT NULL,                -- codes of procedures, spaces between
    valid_from TEXT   NOT NULL CHECK (length(valid_from) = 10),
    valid_to   TEXT   NOT NULL CHECK (length(valid_to) = 10),
    note       TEXT   NOT NULL
);
