-- Tables for the tests of db/; run before each test.
DROP TABLE IF EXISTS probe_late_part;
DROP TABLE IF EXISTS probe_part;
DROP TABLE IF EXISTS probe_item;
DROP TABLE IF EXISTS probe_counter;
CREATE TABLE probe_counter (name TEXT PRIMARY KEY, n BIGINT NOT NULL, version BIGINT NOT NULL);
CREATE TABLE probe_item (
    id     BIGINT PRIMARY KEY,
    code   TEXT NOT NULL UNIQUE CHECK (length(code) > 0),
    label  TEXT,
    photo  BYTEA,
    number BIGINT
);
CREATE TABLE probe_part (id BIGINT PRIMARY KEY, item_id BIGINT NOT NULL REFERENCES probe_item (id));
CREATE TABLE probe_late_part (
    id      BIGINT PRIMARY KEY,
    item_id BIGINT NOT NULL REFERENCES probe_item (id) DEFERRABLE INITIALLY DEFERRED
);
-- only: sqlite
INSERT INTO probe_counter (name, n, version) VALUES ('engine', 1, 1);
-- end
-- only: postgres
INSERT INTO probe_counter (name, n, version) VALUES ('engine', 2, 1);
-- end
