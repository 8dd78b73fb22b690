-- The stamp of the reference data: the position of the last journal entry that is not about a dossier,
-- a figure or a report. What is remembered of units, rights and calendars holds as long as it stands.
CREATE TABLE reference (
    id  SMALLINT PRIMARY KEY CHECK (id = 1),
    pos BIGINT   NOT NULL
);
INSERT INTO reference (id, pos)
SELECT 1, COALESCE(MAX(pos), 0) FROM journal WHERE act NOT LIKE 'dossier.%' AND act NOT LIKE 'figure.%' AND act NOT LIKE 'report.%';
