-- Official documents (văn bản): registers of what goes out and comes in, numbers, the chain to the
-- signature, direction and tasks, files of work. Law: NĐ 30/2020/NĐ-CP, before it NĐ 110/2004/NĐ-CP.

-- Kinds of documents and how they are abbreviated (NĐ 30/2020, phụ lục III). Reference data.
CREATE TABLE document_type (
    code     TEXT     PRIMARY KEY,
    name     TEXT     NOT NULL,
    symbol   TEXT     NOT NULL,                 -- in the notation; empty: named after the issuer alone (công văn)
    is_law   SMALLINT NOT NULL CHECK (is_law IN (0, 1)), -- VBQPPL: the year stands in its number
    sort_no  BIGINT   NOT NULL
);
-- Which types share a row of numbers in a year. Of a unit, or (null) of every unit that has none of its own.
CREATE TABLE document_series (
    id       BIGINT PRIMARY KEY,
    unit_id  BIGINT REFERENCES unit (id),
    code     TEXT   NOT NULL,
    name     TEXT   NOT NULL,
    types    TEXT   NOT NULL,                   -- codes of types, a space around each; "*": all that no other has
    valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
    valid_to   TEXT NOT NULL CHECK (length(valid_to) = 10)
);
-- How an agency signs and is addressed: only who stands here has a register of its own.
CREATE TABLE document_issuer (
    unit_id   BIGINT PRIMARY KEY REFERENCES unit (id),
    above     TEXT   NOT NULL,                  -- cơ quan chủ quản, as it stands in the head; may be empty
    name      TEXT   NOT NULL,                  -- in the head
    symbol    TEXT   NOT NULL,                  -- in notations: UBND
    body      TEXT   NOT NULL,                  -- whom its head signs for: ỦY BAN NHÂN DÂN (TM.); empty: a head alone
    place     TEXT   NOT NULL,                  -- địa danh
    organ     TEXT   NOT NULL                   -- code on the document axis (QCVN 102:2016); empty: none
);
CREATE INDEX document_issuer_organ ON document_issuer (organ);
-- A file of work (hồ sơ công việc), to be handed to the archive when it is closed.
CREATE TABLE work_file (
    id        BIGINT PRIMARY KEY,
    unit_id   BIGINT NOT NULL REFERENCES unit (id),
    code      TEXT   NOT NULL,                  -- số và ký hiệu hồ sơ
    title     TEXT   NOT NULL,
    years     BIGINT NOT NULL,                  -- to be kept; 0: for ever
    basis     TEXT   NOT NULL,                  -- of that time limit
    keeper_id BIGINT NOT NULL REFERENCES person (id),
    opened_on TEXT   NOT NULL CHECK (length(opened_on) = 10),
    closed_on TEXT   NOT NULL CHECK (length(closed_on) = 10),
    archived_on TEXT NOT NULL CHECK (length(archived_on) = 10), -- nộp lưu
    note      TEXT   NOT NULL,
    UNIQUE (unit_id, code)
);

CREATE TABLE document (
    id          BIGINT   PRIMARY KEY,
    unit_id     BIGINT   NOT NULL REFERENCES unit (id), -- in whose register it stands
    way         SMALLINT NOT NULL,              -- enum document_way
    state       SMALLINT NOT NULL,              -- enum document_state
    type        TEXT     NOT NULL REFERENCES document_type (code),
    subject     TEXT     NOT NULL,              -- trích yếu
    urgency     SMALLINT NOT NULL,              -- enum document_urgency
    deliver_by  TEXT     CHECK (length(deliver_by) = 24), -- hỏa tốc hẹn giờ
    code        TEXT     NOT NULL,              -- số, ký hiệu: "76/BC-UBND"; empty: no number yet
    dated_on    TEXT     NOT NULL CHECK (length(dated_on) = 10), -- 9999-12-31: none yet
    notation    TEXT     NOT NULL,              -- going out: what follows the number
    series      TEXT     NOT NULL,              -- whose number it has, and which
    number      BIGINT   NOT NULL,
    author      TEXT     NOT NULL,              -- coming in: who issued it
    organ       TEXT     NOT NULL,              -- its code on the document axis (edXML OrganId); empty: none
    foreign_id  TEXT     NOT NULL,              -- its DocumentId there
    arrival_no  BIGINT   NOT NULL,              -- số đến; 0: not registered
    arrived_at  TEXT     CHECK (length(arrived_at) = 24),
    arrived_on  TEXT     NOT NULL CHECK (length(arrived_on) = 10),
    is_electronic SMALLINT NOT NULL CHECK (is_electronic IN (0, 1)), -- how it came
    signer      TEXT     NOT NULL,
    signer_title TEXT    NOT NULL,
    signer_id   BIGINT   REFERENCES person (id),
    authority   TEXT     NOT NULL,              -- "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"
    addressee   TEXT     NOT NULL,              -- Kính gửi, lines
    body        TEXT     NOT NULL,              -- going out: the text of the newest version
    version_no  BIGINT   NOT NULL,
    drafter_id  BIGINT   REFERENCES person (id),
    drafting_unit_id BIGINT REFERENCES unit (id),
    holder_id   BIGINT   REFERENCES person (id), -- who must act; null: the registry of the unit, or nobody
    due_on      TEXT     NOT NULL CHECK (length(due_on) = 10),
    dossier_id  BIGINT   REFERENCES dossier (id), -- the result of which it is
    reply_to_id BIGINT   REFERENCES document (id),
    replaces_id BIGINT   REFERENCES document (id),
    work_file_id BIGINT  REFERENCES work_file (id),
    places      TEXT     NOT NULL,              -- where on its PDF the signature, number and date belong (JSON)
    recall      TEXT     NOT NULL,              -- coming in: what the sender asks now: '', withdraw, update, replace
    recall_note TEXT     NOT NULL,
    copies      BIGINT   NOT NULL,
    pages       BIGINT   NOT NULL,
    note        TEXT     NOT NULL,
    made_at     TEXT     NOT NULL CHECK (length(made_at) = 24),
    ended_at    TEXT     CHECK (length(ended_at) = 24),
    search      TEXT     NOT NULL,              -- folded: code, subject, author, signer
    version     BIGINT   NOT NULL
);
CREATE INDEX document_register ON document (unit_id, way, id);
CREATE INDEX document_holder ON document (holder_id, id) WHERE ended_at IS NULL;
CREATE INDEX document_state ON document (unit_id, state, id) WHERE ended_at IS NULL;
CREATE INDEX document_series_number ON document (series, number);
CREATE INDEX document_foreign ON document (unit_id, organ, foreign_id);
CREATE INDEX document_dossier ON document (dossier_id);
CREATE INDEX document_work_file ON document (work_file_id);

-- Every text that a draft had.
CREATE TABLE document_version (
    document_id BIGINT NOT NULL REFERENCES document (id),
    no          BIGINT NOT NULL,
    subject     TEXT   NOT NULL,
    body        TEXT   NOT NULL,
    person_id   BIGINT NOT NULL REFERENCES person (id),
    at          TEXT   NOT NULL CHECK (length(at) = 24),
    PRIMARY KEY (document_id, no)
);
CREATE TABLE document_file (
    document_id BIGINT NOT NULL REFERENCES document (id),
    no          BIGINT NOT NULL,
    kind        TEXT   NOT NULL CHECK (kind IN ('main', 'attachment')), -- main: the document itself, newest last
    name        TEXT   NOT NULL,
    media       TEXT   NOT NULL,
    size        BIGINT NOT NULL,
    hash        TEXT   NOT NULL CHECK (length(hash) = 64),
    person_id   BIGINT REFERENCES person (id),
    at          TEXT   NOT NULL CHECK (length(at) = 24),
    is_dropped  SMALLINT NOT NULL CHECK (is_dropped IN (0, 1)),
    PRIMARY KEY (document_id, no)
);
CREATE INDEX document_file_hash ON document_file (hash);
-- The way to the signature (trình ký): who initials, who signs; and how each answered.
CREATE TABLE document_step (
    document_id BIGINT NOT NULL REFERENCES document (id),
    no          BIGINT NOT NULL,
    kind        TEXT   NOT NULL CHECK (kind IN ('initial', 'sign', 'number', 'seal')),
    person_id   BIGINT REFERENCES person (id),  -- null: the registry of the unit
    asked_at    TEXT   CHECK (length(asked_at) = 24), -- null: its turn has not come
    done_at     TEXT   CHECK (length(done_at) = 24),
    done_by     BIGINT REFERENCES person (id),
    decision    TEXT   NOT NULL CHECK (decision IN ('', 'yes', 'back')),
    note        TEXT   NOT NULL,
    certificate TEXT   NOT NULL,                -- serial of what signed; empty: none
    PRIMARY KEY (document_id, no)
);
CREATE TABLE document_recipient (
    document_id BIGINT NOT NULL REFERENCES document (id),
    no          BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    unit_id     BIGINT REFERENCES unit (id),    -- of this store: it arrives in its register
    organ       TEXT   NOT NULL,                -- code on the document axis; empty: none
    purpose     TEXT   NOT NULL CHECK (purpose IN ('act', 'know')), -- to act on; nơi nhận to know
    is_paper    SMALLINT NOT NULL CHECK (is_paper IN (0, 1)),
    sent_at     TEXT   CHECK (length(sent_at) = 24),
    status      TEXT   NOT NULL,                -- of edXML: 01 03 04 05 06 02 13 15 16; empty: nothing came back
    status_at   TEXT   CHECK (length(status_at) = 24),
    status_note TEXT   NOT NULL,
    arrived_id  BIGINT REFERENCES document (id), -- in the register of a unit of this store
    PRIMARY KEY (document_id, no)
);
CREATE INDEX document_recipient_arrived ON document_recipient (arrived_id);
-- What a leader directs: who leads, who helps, until when (ý kiến chỉ đạo: chủ trì, phối hợp, thời hạn).
CREATE TABLE document_task (
    id          BIGINT PRIMARY KEY,
    no          BIGINT NOT NULL,                -- among those of one direction
    document_id BIGINT REFERENCES document (id), -- null: a task without a document
    parent_id   BIGINT REFERENCES document_task (id),
    unit_id     BIGINT NOT NULL REFERENCES unit (id), -- whose task it is
    person_id   BIGINT REFERENCES person (id),  -- null: the unit; its head gives it to somebody
    role        TEXT   NOT NULL CHECK (role IN ('lead', 'support', 'know')),
    content     TEXT   NOT NULL,
    asked_by    BIGINT NOT NULL REFERENCES person (id),
    asking_unit_id BIGINT NOT NULL REFERENCES unit (id),
    asked_at    TEXT   NOT NULL CHECK (length(asked_at) = 24),
    asked_on    TEXT   NOT NULL CHECK (length(asked_on) = 10),
    due_on      TEXT   NOT NULL CHECK (length(due_on) = 10), -- 9999-12-31: no day was set
    state       TEXT   NOT NULL CHECK (state IN ('open', 'reported', 'done', 'dropped')),
    progress    BIGINT NOT NULL CHECK (progress BETWEEN 0 AND 100),
    done_at     TEXT   CHECK (length(done_at) = 24), -- when it was reported as done and that was accepted
    done_on     TEXT   NOT NULL CHECK (length(done_on) = 10),
    reminded_on TEXT   NOT NULL CHECK (length(reminded_on) = 10) -- 9999-12-31: never
);
CREATE INDEX document_task_document ON document_task (document_id);
CREATE INDEX document_task_unit ON document_task (unit_id, state, due_on);
CREATE INDEX document_task_person ON document_task (person_id, state, due_on);
CREATE INDEX document_task_asked ON document_task (asking_unit_id, state, due_on);
CREATE TABLE document_task_report (
    task_id   BIGINT NOT NULL REFERENCES document_task (id),
    pos       BIGINT NOT NULL,                  -- of the journal entry
    kind      TEXT   NOT NULL CHECK (kind IN ('progress', 'done', 'accepted', 'sent_back', 'due', 'given', 'remind', 'dropped')),
    person_id BIGINT REFERENCES person (id),
    at        TEXT   NOT NULL CHECK (length(at) = 24),
    progress  BIGINT NOT NULL,
    text      TEXT   NOT NULL,
    PRIMARY KEY (task_id, pos)
);
-- What was believed of a task, from when until when: figures read only this, as of a time.
CREATE TABLE document_task_fact (
    task_id       BIGINT NOT NULL REFERENCES document_task (id),
    no            BIGINT NOT NULL,
    recorded_from TEXT   NOT NULL CHECK (length(recorded_from) = 24),
    recorded_to   TEXT   NOT NULL CHECK (length(recorded_to) = 24),
    unit_id       BIGINT NOT NULL,
    asking_unit_id BIGINT NOT NULL,
    role          TEXT   NOT NULL,
    asked_on      TEXT   NOT NULL CHECK (length(asked_on) = 10),
    due_on        TEXT   NOT NULL CHECK (length(due_on) = 10),
    done_on       TEXT   NOT NULL CHECK (length(done_on) = 10),
    is_dropped    SMALLINT NOT NULL CHECK (is_dropped IN (0, 1)),
    PRIMARY KEY (task_id, no)
);
CREATE INDEX document_task_fact_unit ON document_task_fact (unit_id, asked_on);
-- What was exchanged, once: a document sent to a recipient, or arrived; never changed. As of a time by recorded_at.
CREATE TABLE document_fact (
    document_id BIGINT   NOT NULL REFERENCES document (id),
    no          BIGINT   NOT NULL,              -- of the recipient; 0: it arrived
    unit_id     BIGINT   NOT NULL,
    way         SMALLINT NOT NULL,
    on_day      TEXT     NOT NULL CHECK (length(on_day) = 10),
    is_electronic SMALLINT NOT NULL CHECK (is_electronic IN (0, 1)),
    recorded_at TEXT     NOT NULL CHECK (length(recorded_at) = 24),
    PRIMARY KEY (document_id, no)
);
CREATE INDEX document_fact_unit ON document_fact (unit_id, way, on_day);
-- Numbers that were taken without a document yet: kept with the reason (NĐ 30/2020, Điều 15).
CREATE TABLE document_number (
    series      TEXT   NOT NULL,                -- "vb-di/12/2018/chung"
    number      BIGINT NOT NULL,
    unit_id     BIGINT NOT NULL REFERENCES unit (id),
    document_id BIGINT REFERENCES document (id), -- null: kept
    reason      TEXT   NOT NULL,
    at          TEXT   NOT NULL CHECK (length(at) = 24),
    person_id   BIGINT,
    PRIMARY KEY (series, number)
);
CREATE INDEX document_number_unit ON document_number (unit_id, series);

-- not projected ----------------------------------------------------------------------------------

-- Between the moment when a file was prepared for somebody's key and the signature that comes back.
CREATE TABLE document_signing (
    document_id BIGINT NOT NULL,
    person_id   BIGINT NOT NULL,
    kind        TEXT   NOT NULL,                -- of the step
    version     BIGINT NOT NULL,                -- of the document when it was prepared
    hash        TEXT   NOT NULL,                -- of what was prepared, in file_content
    certificate BYTEA  NOT NULL,
    made_at     TEXT   NOT NULL,
    PRIMARY KEY (document_id, person_id, kind)
);
-- Which files have been read for their words.
CREATE TABLE document_words (
    hash    TEXT PRIMARY KEY,
    words   TEXT NOT NULL,                      -- folded
    why     TEXT NOT NULL                       -- if it has none
);
-- only: sqlite
CREATE VIRTUAL TABLE document_search USING fts5 (search, words, tokenize = 'unicode61');
-- end
-- only: postgres
CREATE TABLE document_search (rowid BIGINT PRIMARY KEY, search TSVECTOR NOT NULL, words TSVECTOR NOT NULL);
CREATE INDEX document_search_words ON document_search USING gin ((search || words));
-- end
