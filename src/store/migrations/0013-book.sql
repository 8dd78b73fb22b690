-- Books: the registers that a city keeps of its reform (plans, inspections, staff, courses, …), whose fields are data.

CREATE TABLE book (
    id      BIGINT PRIMARY KEY,
    code    TEXT   NOT NULL UNIQUE,
    name    TEXT   NOT NULL,             -- Vietnamese
    part    TEXT   NOT NULL,             -- under which heading lists show it
    edition BIGINT NOT NULL,             -- of its fields, now
    content TEXT   NOT NULL,             -- the fields: what acts/book_schema.c reads, canonical JSON
    sort_no BIGINT NOT NULL
);
-- How its fields were before: an entry stays readable under those it was written with.
CREATE TABLE book_edition (
    book_id     BIGINT NOT NULL REFERENCES book (id),
    edition     BIGINT NOT NULL,
    recorded_at TEXT   NOT NULL CHECK (length(recorded_at) = 24),
    content     TEXT   NOT NULL,
    PRIMARY KEY (book_id, edition)
);

-- One entry as it stands now.
CREATE TABLE book_entry (
    id        BIGINT   PRIMARY KEY,
    book_id   BIGINT   NOT NULL REFERENCES book (id),
    unit_id   BIGINT   NOT NULL REFERENCES unit (id), -- whose entry it is
    day       TEXT     NOT NULL CHECK (length(day) = 10),       -- when it happened, or began
    until_day TEXT     NOT NULL CHECK (length(until_day) = 10), -- its last day; 9999-12-31: not ended
    title     TEXT     NOT NULL,
    search    TEXT     NOT NULL,         -- folded
    data      TEXT     NOT NULL,         -- canonical JSON: code of a field -> text, or rows of a group
    is_struck SMALLINT NOT NULL CHECK (is_struck IN (0, 1)),
    version   BIGINT   NOT NULL
);
CREATE INDEX book_entry_list ON book_entry (book_id, is_struck, day, id);

-- Every version it ever had, with when we knew it: figures as of a time read these.
CREATE TABLE book_version (
    entry_id      BIGINT   NOT NULL REFERENCES book_entry (id),
    version       BIGINT   NOT NULL,
    book_id       BIGINT   NOT NULL REFERENCES book (id),
    edition       BIGINT   NOT NULL,
    unit_id       BIGINT   NOT NULL REFERENCES unit (id),
    day           TEXT     NOT NULL CHECK (length(day) = 10),
    until_day     TEXT     NOT NULL CHECK (length(until_day) = 10),
    title         TEXT     NOT NULL,
    data          TEXT     NOT NULL,
    is_struck     SMALLINT NOT NULL CHECK (is_struck IN (0, 1)),
    reason        TEXT     NOT NULL,     -- why it was changed or struck
    actor_id      BIGINT   REFERENCES person (id),
    happened_at   TEXT     NOT NULL CHECK (length(happened_at) = 24),
    recorded_from TEXT     NOT NULL CHECK (length(recorded_from) = 24),
    recorded_to   TEXT     NOT NULL CHECK (length(recorded_to) = 24), -- 9999-…: still believed
    PRIMARY KEY (entry_id, version)
);
CREATE INDEX book_version_known ON book_version (book_id, recorded_to, recorded_from);

-- What no two living entries of a book share.
CREATE TABLE book_key (
    book_id  BIGINT NOT NULL REFERENCES book (id),
    key_text TEXT   NOT NULL,
    entry_id BIGINT NOT NULL REFERENCES book_entry (id),
    PRIMARY KEY (book_id, key_text)
);
CREATE INDEX book_key_entry ON book_key (entry_id);

-- A unit says that its book is complete for a period: only then nothing in it means 0.
CREATE TABLE book_declaration (
    id            BIGINT PRIMARY KEY,
    book_id       BIGINT NOT NULL REFERENCES book (id),
    unit_id       BIGINT NOT NULL REFERENCES unit (id), -- with all below it
    from_on       TEXT   NOT NULL CHECK (length(from_on) = 10),
    to_on         TEXT   NOT NULL CHECK (length(to_on) = 10),
    note          TEXT   NOT NULL,       -- the evidence
    actor_id      BIGINT REFERENCES person (id),
    recorded_from TEXT   NOT NULL CHECK (length(recorded_from) = 24),
    recorded_to   TEXT   NOT NULL CHECK (length(recorded_to) = 24) -- taken back
);
CREATE INDEX book_declaration_book ON book_declaration (book_id, unit_id);
