-- The register of digital certificates (chứng thư số). Law: NĐ 130/2018/NĐ-CP, today NĐ 68/2024/NĐ-CP; TT 08/2016/TT-BQP,
-- TT 185/2019/TT-BQP.

-- One certificate, from the request on. What the law calls "ends soon" and "has ended" follows from ends_on.
CREATE TABLE certificate (
    id           BIGINT   PRIMARY KEY,          -- of the journal entry of its request and its place in the list
    request_id   BIGINT   NOT NULL,
    no           BIGINT   NOT NULL,
    unit_id      BIGINT   NOT NULL REFERENCES unit (id), -- in whose register it stands
    unit_name    TEXT     NOT NULL,             -- when it was asked for
    kind         SMALLINT NOT NULL CHECK (kind IN (1, 2, 3)),    -- enum certificate_kind
    purpose      SMALLINT NOT NULL CHECK (purpose IN (1, 2, 3)), -- enum certificate_purpose
    replaces_id  BIGINT   REFERENCES certificate (id),
    person_id    BIGINT   REFERENCES person (id), -- the owner; of an organisation or a device: who keeps the token
    name         TEXT     NOT NULL,             -- as it is to stand in the certificate
    title        TEXT     NOT NULL,
    birth        TEXT     NOT NULL,             -- as the request form asks; empty: of no person
    id_no        TEXT     NOT NULL,
    email        TEXT     NOT NULL,
    is_leader    SMALLINT NOT NULL CHECK (is_leader IN (0, 1)),
    request_no   TEXT     NOT NULL,             -- the document that asked
    request_on   TEXT     NOT NULL CHECK (length(request_on) = 10),
    state        SMALLINT NOT NULL,             -- enum certificate_state
    token        TEXT     NOT NULL,             -- what is printed on it; empty: none yet
    serial       TEXT     NOT NULL,             -- hexadecimal
    subject      TEXT     NOT NULL,
    issuer       TEXT     NOT NULL,
    is_public_service SMALLINT NOT NULL CHECK (is_public_service IN (0, 1)), -- of the government's own authority
    not_before   TEXT     CHECK (length(not_before) = 24),
    not_after    TEXT     CHECK (length(not_after) = 24),
    ends_on      TEXT     NOT NULL CHECK (length(ends_on) = 10), -- last day; 9999-12-31: not issued yet
    hash         TEXT     NOT NULL,             -- SHA-256 of its DER; empty: entered without its file
    issue_no     TEXT     NOT NULL,             -- the document of issue
    minutes_no   TEXT     NOT NULL,             -- the minutes of the hand-over
    returned_on  TEXT     NOT NULL CHECK (length(returned_on) = 10), -- the token came back; 9999-12-31: no
    post_unit_id BIGINT   REFERENCES unit (id), -- position for which it was issued, or kept after a review
    post_title   TEXT     NOT NULL,
    search       TEXT     NOT NULL,
    version      BIGINT   NOT NULL
);
CREATE INDEX certificate_unit ON certificate (unit_id, id);
CREATE INDEX certificate_person ON certificate (person_id);
CREATE INDEX certificate_request ON certificate (request_id, no);
CREATE INDEX certificate_replaces ON certificate (replaces_id);
CREATE INDEX certificate_hash ON certificate (hash);
CREATE UNIQUE INDEX certificate_serial ON certificate (issuer, serial) WHERE serial <> '';

-- What happened to it, in order: nothing here is ever changed.
CREATE TABLE certificate_event (
    certificate_id BIGINT   NOT NULL REFERENCES certificate (id),
    pos            BIGINT   NOT NULL,           -- of the journal entry
    act            SMALLINT NOT NULL,           -- enum certificate_act
    state          SMALLINT NOT NULL,           -- after it
    actor_id       BIGINT   REFERENCES person (id),
    at             TEXT     NOT NULL CHECK (length(at) = 24),
    on_day         TEXT     NOT NULL CHECK (length(on_day) = 10),
    recorded_at    TEXT     NOT NULL CHECK (length(recorded_at) = 24),
    reason         SMALLINT NOT NULL,           -- enum certificate_reason
    note           TEXT     NOT NULL,
    document       TEXT     NOT NULL,
    PRIMARY KEY (certificate_id, pos)
);

-- The owner got another unit, title or name, or left: somebody must decide (rà soát chữ ký số).
CREATE TABLE certificate_review (
    certificate_id BIGINT   NOT NULL REFERENCES certificate (id),
    pos            BIGINT   NOT NULL,           -- of the entry about the person
    opened_at      TEXT     NOT NULL CHECK (length(opened_at) = 24),
    before_unit_id BIGINT   NOT NULL REFERENCES unit (id),
    before_title   TEXT     NOT NULL,
    after_unit_id  BIGINT   NOT NULL REFERENCES unit (id),
    after_title    TEXT     NOT NULL,
    is_active      SMALLINT NOT NULL CHECK (is_active IN (0, 1)),
    closed_at      TEXT     CHECK (length(closed_at) = 24),
    closed_by      BIGINT   REFERENCES person (id),
    decision       SMALLINT NOT NULL,           -- enum certificate_decision; 0: open
    reason         TEXT     NOT NULL,
    PRIMARY KEY (certificate_id, pos)
);
CREATE INDEX certificate_review_open ON certificate_review (closed_at, pos);

-- It signed something: a document that the journal entry is about.
CREATE TABLE certificate_use (
    certificate_id BIGINT NOT NULL REFERENCES certificate (id),
    pos            BIGINT NOT NULL,
    subject        TEXT   NOT NULL,             -- "document/12"
    on_day         TEXT   NOT NULL CHECK (length(on_day) = 10),
    recorded_at    TEXT   NOT NULL CHECK (length(recorded_at) = 24),
    PRIMARY KEY (certificate_id, pos)
);

-- Owner and keeper were told that it ends in so many days.
CREATE TABLE certificate_warning (
    certificate_id BIGINT NOT NULL REFERENCES certificate (id),
    pos            BIGINT NOT NULL,
    days           BIGINT NOT NULL,
    at             TEXT   NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (certificate_id, pos)
);

-- Units, and all below them, whose register was declared complete: from then on nothing else signs there.
CREATE TABLE certificate_register (
    unit_id BIGINT PRIMARY KEY REFERENCES unit (id),
    since   TEXT   NOT NULL CHECK (length(since) = 10) -- 9999-12-31: not any more
);
