-- The one place where the engines need two texts: each has its own full-text index, both fed with
-- the same folded words. Newest first, never by rank: ranking a common word reads everything.

-- search_add(id int, search text) exec
-- only: sqlite
INSERT INTO dossier_search (rowid, search) VALUES ($1, $2);
-- only: postgres
INSERT INTO dossier_search (rowid, search) VALUES ($1, to_tsvector('simple', $2));
-- end

-- search_remove(id int, search text) exec
-- only: sqlite
INSERT INTO dossier_search (dossier_search, rowid, search) VALUES ('delete', $1, $2);
-- only: postgres
DELETE FROM dossier_search WHERE rowid = $1 AND CAST($2 AS TEXT) IS NOT NULL;
-- end

-- fragment seen
((d.unit_id, d.field_id) IN (SELECT r.unit_id, r.field_id FROM reach r WHERE r.person_id = $3 AND r.right_code = 'dossier.search' AND r.valid_from <= $4 AND r.valid_to >= $4)
  OR EXISTS (SELECT 1 FROM task t WHERE t.dossier_id = d.id AND (t.unit_id, d.field_id) IN
       (SELECT r.unit_id, r.field_id FROM reach r WHERE r.person_id = $3 AND r.right_code = 'dossier.search' AND r.valid_from <= $4 AND r.valid_to >= $4)))

-- search_dossiers(words text, before int, viewer int, today text, n int) many: id int, code text, applicant text, state int, channel int, received_on text, due_at text, finished_at text null, is_open int, suspended_at text null, procedure_name text, unit_name text
-- only: sqlite
SELECT d.id, d.code, d.applicant, d.state, d.channel, d.received_on, d.due_at, d.finished_at, d.is_open, d.suspended_at, v.name AS procedure_name, u.name AS unit_name
FROM dossier_search x JOIN dossier d ON d.id = x.rowid JOIN procedure_version v ON v.id = d.version_id JOIN unit u ON u.id = d.unit_id
WHERE x.search MATCH $1 AND x.rowid < $2 AND @seen@
ORDER BY x.rowid DESC LIMIT $5;
-- only: postgres
SELECT d.id, d.code, d.applicant, d.state, d.channel, d.received_on, d.due_at, d.finished_at, d.is_open, d.suspended_at, v.name AS procedure_name, u.name AS unit_name
FROM dossier_search x JOIN dossier d ON d.id = x.rowid JOIN procedure_version v ON v.id = d.version_id JOIN unit u ON u.id = d.unit_id
WHERE x.search @@ to_tsquery('simple', $1) AND x.rowid < $2 AND @seen@
ORDER BY x.rowid DESC LIMIT $5;
-- end
