-- The journal is the truth. Every table between the marks "projections" and "not projected" is
-- written only by replaying journal entries (store/project*.c) and can be rebuilt from them.
-- Dates are local dates of the receiving unit, YYYY-MM-DD, 9999-12-31 for "not yet"; instants are
-- UTC, YYYY-MM-DDTHH:MM:SS.mmmZ, 24 characters, so that text order is time order.

CREATE TABLE journal (
    pos         BIGINT PRIMARY KEY,             -- order over all units; also the id of what it creates
    unit        TEXT   NOT NULL,                -- whose chain: the code of the unit
    seq         BIGINT NOT NULL,                -- 1, 2, 3 … in that chain, no gap
    happened_at TEXT   NOT NULL CHECK (length(happened_at) = 24),
    recorded_at TEXT   NOT NULL CHECK (length(recorded_at) = 24),
    actor       BIGINT NOT NULL,                -- person, or 0: the system itself
    act         TEXT   NOT NULL,                -- "dossier.receive"
    subject     TEXT   NOT NULL,                -- "dossier/1234"
    payload     TEXT   NOT NULL,                -- canonical JSON
    prev_hash   BYTEA  NOT NULL,
    hash        BYTEA  NOT NULL,
    UNIQUE (unit, seq)
);
CREATE INDEX journal_subject ON journal (subject, pos);
CREATE INDEX journal_recorded ON journal (recorded_at);

-- projections ------------------------------------------------------------------------------------

CREATE TABLE journal_head (
    unit TEXT PRIMARY KEY,
    seq  BIGINT NOT NULL,
    pos  BIGINT NOT NULL,
    hash BYTEA NOT NULL
);

-- Gap-free numbers: dossier codes per agency and day, register lines, document numbers.
CREATE TABLE series (
    name TEXT PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE calendar (
    id      BIGINT PRIMARY KEY,
    code    TEXT   NOT NULL UNIQUE,
    name    TEXT   NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE calendar_day (
    calendar_id BIGINT NOT NULL REFERENCES calendar (id),
    day         TEXT   NOT NULL CHECK (length(day) = 10),
    kind        SMALLINT NOT NULL,              -- enum day_kind
    name        TEXT   NOT NULL,
    basis       TEXT   NOT NULL,
    PRIMARY KEY (calendar_id, day)
);
CREATE TABLE calendar_hours (
    calendar_id BIGINT NOT NULL REFERENCES calendar (id),
    valid_from  TEXT   NOT NULL CHECK (length(valid_from) = 10),
    cut_off     SMALLINT NOT NULL,              -- minute of the day
    work        TEXT   NOT NULL,                -- "mon 07:30-11:30 13:00-16:30; …", see store/calendar.c
    intake      TEXT   NOT NULL,
    PRIMARY KEY (calendar_id, valid_from)
);

CREATE TABLE unit (
    id          BIGINT PRIMARY KEY,
    code        TEXT   NOT NULL,
    agency_code TEXT   NOT NULL,                -- stands in dossier codes
    name        TEXT   NOT NULL,
    short_name  TEXT   NOT NULL,
    kind        TEXT   NOT NULL,                -- root city counter group ward department agency
    parent_id   BIGINT REFERENCES unit (id),
    calendar_id BIGINT NOT NULL REFERENCES calendar (id),
    zone        TEXT   NOT NULL,
    address     TEXT   NOT NULL,
    phone       TEXT   NOT NULL,
    valid_from  TEXT   NOT NULL CHECK (length(valid_from) = 10),
    valid_to    TEXT   NOT NULL CHECK (length(valid_to) = 10), -- last day, or 9999-12-31
    sort_no     BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    UNIQUE (code, valid_from)                   -- codes are reused for other places
);
CREATE INDEX unit_parent ON unit (parent_id);
CREATE TABLE unit_successor (
    unit_id      BIGINT NOT NULL REFERENCES unit (id),
    successor_id BIGINT NOT NULL REFERENCES unit (id),
    since        TEXT   NOT NULL CHECK (length(since) = 10),
    PRIMARY KEY (unit_id, successor_id)
);
CREATE TABLE unit_closure (
    ancestor_id   BIGINT NOT NULL REFERENCES unit (id),
    descendant_id BIGINT NOT NULL REFERENCES unit (id),
    depth         SMALLINT NOT NULL,
    PRIMARY KEY (ancestor_id, descendant_id)
);
CREATE INDEX unit_closure_up ON unit_closure (descendant_id, ancestor_id);

CREATE TABLE field (
    id      BIGINT PRIMARY KEY,
    code    TEXT   NOT NULL UNIQUE,
    name    TEXT   NOT NULL,
    sort_no BIGINT NOT NULL
);

CREATE TABLE reason (
    id    BIGINT PRIMARY KEY,
    kind  TEXT   NOT NULL,                      -- suspension, lateness, refusal
    code  TEXT   NOT NULL,
    name  TEXT   NOT NULL,
    owner SMALLINT NOT NULL,                    -- enum pause_owner
    basis TEXT   NOT NULL,
    UNIQUE (kind, code)
);

CREATE TABLE person (
    id        BIGINT PRIMARY KEY,
    login     TEXT   NOT NULL UNIQUE,
    name      TEXT   NOT NULL,
    name_key  TEXT   NOT NULL,
    title     TEXT   NOT NULL,                  -- chức vụ
    unit_id   BIGINT NOT NULL REFERENCES unit (id),
    email     TEXT   NOT NULL,
    phone     TEXT   NOT NULL,
    is_active SMALLINT NOT NULL CHECK (is_active IN (0, 1)),
    version   BIGINT NOT NULL
);
CREATE INDEX person_unit ON person (unit_id);

CREATE TABLE role (
    code    TEXT PRIMARY KEY,
    name    TEXT   NOT NULL,
    sort_no BIGINT NOT NULL
);
CREATE TABLE role_right (
    role       TEXT NOT NULL REFERENCES role (code),
    right_code TEXT NOT NULL,                   -- enum right by name: "dossier.receive"
    PRIMARY KEY (role, right_code)
);
CREATE TABLE person_grant (
    id         BIGINT PRIMARY KEY,
    person_id  BIGINT NOT NULL REFERENCES person (id),
    role       TEXT   NOT NULL REFERENCES role (code),
    unit_id    BIGINT NOT NULL REFERENCES unit (id),
    is_subtree SMALLINT NOT NULL CHECK (is_subtree IN (0, 1)),
    field_id   BIGINT REFERENCES field (id),    -- null: every field
    valid_from TEXT   NOT NULL CHECK (length(valid_from) = 10),
    valid_to   TEXT   NOT NULL CHECK (length(valid_to) = 10)
);
CREATE INDEX person_grant_person ON person_grant (person_id);
-- What `grant_id` gives, `to_person_id` may use too, between the dates.
CREATE TABLE delegation (
    id           BIGINT PRIMARY KEY,
    grant_id     BIGINT NOT NULL REFERENCES person_grant (id),
    to_person_id BIGINT NOT NULL REFERENCES person (id),
    valid_from   TEXT   NOT NULL CHECK (length(valid_from) = 10),
    valid_to     TEXT   NOT NULL CHECK (length(valid_to) = 10),
    reason       TEXT   NOT NULL
);
CREATE INDEX delegation_person ON delegation (to_person_id);

-- Who may do what where: the one source of every scoped list, search, figure and export.
CREATE VIEW reach AS
SELECT g.person_id AS person_id, rr.right_code AS right_code, c.descendant_id AS unit_id,
       f.id AS field_id, g.valid_from AS valid_from, g.valid_to AS valid_to
FROM person_grant g
JOIN role_right rr ON rr.role = g.role
JOIN unit_closure c ON c.ancestor_id = g.unit_id AND (c.depth = 0 OR g.is_subtree = 1)
JOIN field f ON g.field_id IS NULL OR f.id = g.field_id
UNION ALL
SELECT d.to_person_id, rr.right_code, c.descendant_id, f.id,
       CASE WHEN d.valid_from > g.valid_from THEN d.valid_from ELSE g.valid_from END,
       CASE WHEN d.valid_to < g.valid_to THEN d.valid_to ELSE g.valid_to END
FROM delegation d
JOIN person_grant g ON g.id = d.grant_id
JOIN role_right rr ON rr.role = g.role
JOIN unit_closure c ON c.ancestor_id = g.unit_id AND (c.depth = 0 OR g.is_subtree = 1)
JOIN field f ON g.field_id IS NULL OR f.id = g.field_id;

CREATE TABLE procedure (
    id       BIGINT PRIMARY KEY,
    code     TEXT   NOT NULL UNIQUE,
    field_id BIGINT NOT NULL REFERENCES field (id),
    name     TEXT   NOT NULL,                   -- of the newest version
    search   TEXT   NOT NULL,                   -- folded name, code, key words
    level    TEXT   NOT NULL,                   -- xa, huyen, tinh
    row_no   BIGINT NOT NULL,                   -- place in the published list; 0: none
    sort_key TEXT   NOT NULL
);
CREATE TABLE procedure_version (
    id            BIGINT PRIMARY KEY,
    procedure_id  BIGINT NOT NULL REFERENCES procedure (id),
    no            BIGINT NOT NULL,
    name          TEXT   NOT NULL,
    valid_from    TEXT   NOT NULL CHECK (length(valid_from) = 10),
    valid_to      TEXT   NOT NULL CHECK (length(valid_to) = 10),
    decision_no   TEXT   NOT NULL,              -- quyết định công bố
    decision_on   TEXT   NOT NULL,              -- may be empty
    legal_basis   TEXT   NOT NULL,
    requirements  TEXT   NOT NULL,
    result        TEXT   NOT NULL,
    subjects      TEXT   NOT NULL,              -- đối tượng
    online_level  TEXT   NOT NULL,              -- none, partial, full
    by_post       SMALLINT NOT NULL CHECK (by_post IN (0, 1)),
    UNIQUE (procedure_id, no)
);
CREATE TABLE procedure_case (                   -- trường hợp
    version_id   BIGINT NOT NULL REFERENCES procedure_version (id),
    no           BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    limit_unit   SMALLINT NOT NULL,             -- enum limit_unit
    limit_length BIGINT NOT NULL,
    fee          BIGINT NOT NULL,               -- đồng
    fee_text     TEXT   NOT NULL,
    PRIMARY KEY (version_id, no)
);
CREATE TABLE procedure_paper (                  -- thành phần hồ sơ
    version_id  BIGINT NOT NULL REFERENCES procedure_version (id),
    case_no     BIGINT NOT NULL,
    no          BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    originals   BIGINT NOT NULL,
    copies      BIGINT NOT NULL,
    is_required SMALLINT NOT NULL CHECK (is_required IN (0, 1)),
    PRIMARY KEY (version_id, case_no, no)
);
-- The process of a version: today an ordered list, each step an activity with its own id, so that a
-- drawn process can take its place and running dossiers stay on theirs.
CREATE TABLE process_step (
    version_id BIGINT NOT NULL REFERENCES procedure_version (id),
    no         BIGINT NOT NULL,
    code       TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    place      TEXT   NOT NULL,                 -- counter, or the code of a unit
    minutes    BIGINT NOT NULL,                 -- budget in working minutes
    PRIMARY KEY (version_id, no)
);
CREATE TABLE procedure_unit (                   -- who performs it
    procedure_id BIGINT NOT NULL REFERENCES procedure (id),
    unit_id      BIGINT NOT NULL REFERENCES unit (id),
    PRIMARY KEY (procedure_id, unit_id)
);
CREATE TABLE procedure_posting (                -- niêm yết
    id           BIGINT PRIMARY KEY,
    version_id   BIGINT NOT NULL REFERENCES procedure_version (id),
    unit_id      BIGINT NOT NULL REFERENCES unit (id),
    form         TEXT   NOT NULL,               -- board, kiosk, qr, site
    posted_on    TEXT   NOT NULL CHECK (length(posted_on) = 10),
    removed_on   TEXT   NOT NULL CHECK (length(removed_on) = 10)
);
CREATE INDEX procedure_posting_version ON procedure_posting (version_id);

CREATE TABLE dossier (
    id            BIGINT PRIMARY KEY,
    code          TEXT   NOT NULL UNIQUE,
    secret        TEXT   NOT NULL,              -- mã tra cứu
    unit_id       BIGINT NOT NULL REFERENCES unit (id), -- the counter that received it
    procedure_id  BIGINT NOT NULL REFERENCES procedure (id),
    version_id    BIGINT NOT NULL REFERENCES procedure_version (id),
    case_no       BIGINT NOT NULL,
    field_id      BIGINT NOT NULL REFERENCES field (id),
    channel       SMALLINT NOT NULL,            -- enum dossier_channel
    state         SMALLINT NOT NULL,            -- enum dossier_state
    is_open       SMALLINT NOT NULL CHECK (is_open IN (0, 1)), -- clock may still run
    applicant     TEXT   NOT NULL,
    applicant_kind SMALLINT NOT NULL,
    id_no         TEXT   NOT NULL,
    birth         TEXT   NOT NULL,
    phone         TEXT   NOT NULL,
    email         TEXT   NOT NULL,
    address       TEXT   NOT NULL,
    submitter     TEXT   NOT NULL,              -- người nộp, when not the applicant
    summary       TEXT   NOT NULL,
    sets          BIGINT NOT NULL,              -- số bộ
    delivery      SMALLINT NOT NULL,            -- enum dossier_delivery
    delivery_address TEXT NOT NULL,
    fee           BIGINT NOT NULL,
    fee_paid      SMALLINT NOT NULL CHECK (fee_paid IN (0, 1)),
    received_by   BIGINT NOT NULL,
    received_at   TEXT   NOT NULL CHECK (length(received_at) = 24),
    effective_at  TEXT   NOT NULL CHECK (length(effective_at) = 24),
    received_on   TEXT   NOT NULL CHECK (length(received_on) = 10),
    limit_unit    SMALLINT NOT NULL,
    limit_length  BIGINT NOT NULL,
    due_first_at  TEXT   NOT NULL CHECK (length(due_first_at) = 24), -- as the receipt promised
    due_at        TEXT   NOT NULL CHECK (length(due_at) = 24),       -- moved only by legal pauses
    due_on        TEXT   NOT NULL CHECK (length(due_on) = 10),
    due_given     SMALLINT NOT NULL CHECK (due_given IN (0, 1)),     -- not derived: came with an import
    promised_at   TEXT   NOT NULL CHECK (length(promised_at) = 24),  -- after an apology
    suspended_at  TEXT   CHECK (length(suspended_at) = 24),
    finished_at   TEXT   CHECK (length(finished_at) = 24),
    finished_on   TEXT   NOT NULL CHECK (length(finished_on) = 10),
    outcome       SMALLINT NOT NULL,            -- enum dossier_outcome
    result_no     TEXT   NOT NULL,
    returned_at   TEXT   CHECK (length(returned_at) = 24),
    supplements   BIGINT NOT NULL,
    extensions    BIGINT NOT NULL,
    batch         TEXT   NOT NULL,
    origin_id     BIGINT,                       -- hồ sơ gốc
    register_no   BIGINT NOT NULL,              -- line in the register of the unit and year
    search        TEXT   NOT NULL,              -- folded: code, names, numbers
    version       BIGINT NOT NULL
);
CREATE INDEX dossier_unit ON dossier (unit_id, received_on, id);
CREATE INDEX dossier_person ON dossier (id_no, procedure_id) WHERE is_open = 1;
CREATE INDEX dossier_open_due ON dossier (unit_id, due_at, id) WHERE is_open = 1;
CREATE INDEX dossier_to_return ON dossier (unit_id, finished_at, id) WHERE state = 9;

CREATE TABLE dossier_paper (
    dossier_id BIGINT NOT NULL REFERENCES dossier (id),
    no         BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    kind       SMALLINT NOT NULL,               -- enum paper_kind
    quantity   BIGINT NOT NULL,
    state      SMALLINT NOT NULL,               -- enum paper_state
    note       TEXT   NOT NULL,
    PRIMARY KEY (dossier_id, no)
);

-- Who holds what: one open row per activity that waits for somebody.
CREATE TABLE task (
    dossier_id BIGINT NOT NULL REFERENCES dossier (id),
    no         BIGINT NOT NULL,
    step_no    BIGINT NOT NULL,
    step_code  TEXT   NOT NULL,
    step_name  TEXT   NOT NULL,
    unit_id    BIGINT NOT NULL REFERENCES unit (id),
    person_id  BIGINT,                          -- null: anybody of the unit
    from_unit_id BIGINT,
    from_person_id BIGINT,
    since_at   TEXT   NOT NULL CHECK (length(since_at) = 24),
    taken_at   TEXT   CHECK (length(taken_at) = 24), -- receipt confirmed
    step_due_at TEXT  NOT NULL CHECK (length(step_due_at) = 24),
    due_at     TEXT   NOT NULL CHECK (length(due_at) = 24), -- the dossier's, for one index scan
    is_suspended SMALLINT NOT NULL CHECK (is_suspended IN (0, 1)),
    done_at    TEXT   CHECK (length(done_at) = 24),
    done_by    BIGINT,
    timing     SMALLINT NOT NULL,               -- enum step_timing
    note       TEXT   NOT NULL,
    PRIMARY KEY (dossier_id, no)
);
CREATE INDEX task_unit_due ON task (unit_id, is_suspended, due_at, dossier_id) WHERE done_at IS NULL;
CREATE INDEX task_person_due ON task (person_id, is_suspended, due_at, dossier_id) WHERE done_at IS NULL;

CREATE TABLE suspension (
    dossier_id  BIGINT NOT NULL REFERENCES dossier (id),
    no          BIGINT NOT NULL,
    reason      TEXT   NOT NULL,
    owner       SMALLINT NOT NULL,
    detail      TEXT   NOT NULL,
    from_at     TEXT   NOT NULL CHECK (length(from_at) = 24),
    from_on     TEXT   NOT NULL CHECK (length(from_on) = 10),
    to_at       TEXT   NOT NULL CHECK (length(to_at) = 24), -- 9999… while the clock stands
    to_on       TEXT   NOT NULL CHECK (length(to_on) = 10),
    from_recorded TEXT NOT NULL CHECK (length(from_recorded) = 24),
    to_recorded TEXT   NOT NULL CHECK (length(to_recorded) = 24),
    PRIMARY KEY (dossier_id, no)
);

CREATE TABLE extension (                        -- xin lỗi và hẹn lại, at most one
    dossier_id  BIGINT PRIMARY KEY REFERENCES dossier (id),
    at          TEXT   NOT NULL CHECK (length(at) = 24),
    old_due_at  TEXT   NOT NULL CHECK (length(old_due_at) = 24),
    new_due_at  TEXT   NOT NULL CHECK (length(new_due_at) = 24),
    reason      TEXT   NOT NULL,
    cause       TEXT   NOT NULL                 -- code of II.07a
);

-- One row for each thing that was believed of a dossier, from when until when: figures read only
-- this, as of a time. The last row of a dossier has recorded_to 9999….
CREATE TABLE dossier_fact (
    dossier_id    BIGINT NOT NULL REFERENCES dossier (id),
    no            BIGINT NOT NULL,
    recorded_from TEXT   NOT NULL CHECK (length(recorded_from) = 24),
    recorded_to   TEXT   NOT NULL CHECK (length(recorded_to) = 24),
    unit_id       BIGINT NOT NULL,
    procedure_id  BIGINT NOT NULL,
    field_id      BIGINT NOT NULL,
    channel       SMALLINT NOT NULL,
    received_on   TEXT   NOT NULL CHECK (length(received_on) = 10),
    due_on        TEXT   NOT NULL CHECK (length(due_on) = 10),
    finished_on   TEXT   NOT NULL CHECK (length(finished_on) = 10),
    outcome       SMALLINT NOT NULL,
    PRIMARY KEY (dossier_id, no)
);
CREATE INDEX dossier_fact_received ON dossier_fact (unit_id, received_on);
CREATE INDEX dossier_fact_finished ON dossier_fact (unit_id, finished_on, received_on);

-- Who looked at whose dossier.
CREATE TABLE dossier_read (
    dossier_id BIGINT NOT NULL REFERENCES dossier (id),
    person_id  BIGINT NOT NULL,
    last_at    TEXT   NOT NULL CHECK (length(last_at) = 24),
    times      BIGINT NOT NULL,
    PRIMARY KEY (dossier_id, person_id)
);

-- not projected ----------------------------------------------------------------------------------

CREATE TABLE credential (
    person_id BIGINT PRIMARY KEY,
    hash      TEXT NOT NULL,
    set_at    TEXT NOT NULL
);
CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    person_id  BIGINT NOT NULL,
    csrf       TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at    TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
CREATE INDEX session_expiry ON session (expires_at);
CREATE TABLE throttle (
    name    TEXT PRIMARY KEY,                   -- login/… or peer/… or lookup/…
    count   BIGINT NOT NULL,
    since   TEXT NOT NULL,
    until   TEXT NOT NULL
);

-- Search by words: full text on each engine's own index, fed with text folded by us.
-- only: sqlite
CREATE VIRTUAL TABLE dossier_search USING fts5 (search, content = '', tokenize = 'unicode61');
-- end
-- only: postgres
CREATE TABLE dossier_search (rowid BIGINT PRIMARY KEY, search TSVECTOR NOT NULL);
CREATE INDEX dossier_search_words ON dossier_search USING gin (search);
-- end
