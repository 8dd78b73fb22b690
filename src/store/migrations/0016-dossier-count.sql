-- How many facts are alike, day by day of when they were believed: figures add up groups, not dossiers. A group is
-- known as of a time whose day lies wholly inside from_day..to_day; what was recorded on that day itself is counted
-- from the facts. Days are those of UTC, as the instants are.
CREATE TABLE dossier_count (
    unit_id     BIGINT   NOT NULL,
    received_on TEXT     NOT NULL,
    finished_on TEXT     NOT NULL,
    field_id    BIGINT   NOT NULL,
    channel     SMALLINT NOT NULL,
    due_on      TEXT     NOT NULL,
    outcome     SMALLINT NOT NULL,
    from_day    TEXT     NOT NULL CHECK (length(from_day) = 10),
    to_day      TEXT     NOT NULL CHECK (length(to_day) = 10), -- 9999-12-31: still believed
    n           BIGINT   NOT NULL,
    PRIMARY KEY (unit_id, to_day, received_on, finished_on, field_id, channel, due_on, outcome, from_day)
);
INSERT INTO dossier_count (unit_id, received_on, finished_on, field_id, channel, due_on, outcome, from_day, to_day, n)
SELECT unit_id, received_on, finished_on, field_id, channel, due_on, outcome, substr(recorded_from, 1, 10), substr(recorded_to, 1, 10), COUNT(*)
FROM dossier_fact GROUP BY unit_id, received_on, finished_on, field_id, channel, due_on, outcome, substr(recorded_from, 1, 10), substr(recorded_to, 1, 10);
CREATE INDEX dossier_count_finished ON dossier_count (unit_id, to_day, finished_on, received_on);

-- Lists read the rows; nothing counts from these indexes any more.
DROP INDEX dossier_fact_received;
DROP INDEX dossier_fact_finished;
CREATE INDEX dossier_fact_received ON dossier_fact (unit_id, received_on);
CREATE INDEX dossier_fact_finished ON dossier_fact (unit_id, finished_on, received_on);
CREATE INDEX dossier_fact_from ON dossier_fact (recorded_from);
-- Only of what was superseded: equality with "still believed" must not look like a use of it.
CREATE INDEX dossier_fact_to ON dossier_fact (recorded_to) WHERE recorded_to < '9999-12-31';
