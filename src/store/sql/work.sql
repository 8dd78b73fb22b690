-- What comes by itself, and what people are told: timers, notices, absences, codes of partners.

-- timer_add(dossier int, token int, node text, kind text, fires_at text) exec
INSERT INTO timer (dossier_id, token, node, kind, fires_at) VALUES ($1, $2, $3, $4, $5);

-- timer_set(dossier int, token int, node text, kind text, fires_at text) exec
UPDATE timer SET fires_at = $5 WHERE dossier_id = $1 AND token = $2 AND node = $3 AND kind = $4;

-- timer_drop(dossier int, token int, node text, kind text) exec
DELETE FROM timer WHERE dossier_id = $1 AND token = $2 AND node = $3 AND kind = $4;

-- timer_drop_token(dossier int, token int) exec
DELETE FROM timer WHERE dossier_id = $1 AND token = $2;

-- timer_drop_all(dossier int) exec
DELETE FROM timer WHERE dossier_id = $1;

-- timer_of(dossier int) many: token int, node text, kind text, fires_at text
SELECT token, node, kind, fires_at FROM timer WHERE dossier_id = $1 ORDER BY token, node, kind;

-- timer_due(now text, n int) many: dossier_id int, token int, node text, kind text, fires_at text
SELECT t.dossier_id, t.token, t.node, t.kind, t.fires_at FROM timer t JOIN dossier d ON d.id = t.dossier_id
WHERE t.fires_at <= $1 AND d.suspended_at IS NULL ORDER BY t.fires_at, t.dossier_id, t.token, t.node, t.kind LIMIT $2;

-- notice_add(pos int, person int, dossier int, task int, kind text, at text) exec
INSERT INTO notice (pos, person_id, dossier_id, task_no, kind, at, seen_at) VALUES ($1, $2, $3, $4, $5, $6, NULL)
ON CONFLICT (pos, person_id) DO NOTHING;

-- notice_seen(person int, upto int, at text) exec
UPDATE notice SET seen_at = $3 WHERE person_id = $1 AND pos <= $2 AND seen_at IS NULL;

-- notice_of(person int, n int) many: pos int, dossier_id int, code text, procedure_name text, step_name text, step_due_at text, done_at text null, kind text, at text, seen_at text null, unit_id int, holder_name text null
SELECT n.pos, n.dossier_id, d.code, v.name AS procedure_name, t.step_name, t.step_due_at, t.done_at, n.kind, n.at, n.seen_at, t.unit_id, p.name AS holder_name
FROM notice n JOIN dossier d ON d.id = n.dossier_id JOIN procedure_version v ON v.id = d.version_id JOIN task t ON t.dossier_id = n.dossier_id AND t.no = n.task_no
LEFT JOIN person p ON p.id = t.person_id
WHERE n.person_id = $1 ORDER BY n.pos DESC LIMIT $2;

-- notice_new(person int) one: n int
SELECT COUNT(*) AS n FROM notice WHERE person_id = $1 AND seen_at IS NULL;

-- child_set(dossier int, task int, unit int, code text, note text, person int, recorded_at text) exec
INSERT INTO child (dossier_id, task_no, unit_id, code, note, person_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (dossier_id, task_no) DO UPDATE SET code = excluded.code, note = excluded.note, person_id = excluded.person_id, recorded_at = excluded.recorded_at;

-- child_of(dossier int) many: task_no int, unit_id int, unit_name text, code text, note text, person_name text, recorded_at text, step_name text, done_at text null
SELECT c.task_no, c.unit_id, u.name AS unit_name, c.code, c.note, p.name AS person_name, c.recorded_at, t.step_name, t.done_at
FROM child c JOIN unit u ON u.id = c.unit_id JOIN person p ON p.id = c.person_id JOIN task t ON t.dossier_id = c.dossier_id AND t.no = c.task_no
WHERE c.dossier_id = $1 ORDER BY c.task_no;

-- absence_add(id int, person int, cover int, from_on text, to_on text, reason text) exec
INSERT INTO absence (id, person_id, cover_id, from_on, to_on, reason) VALUES ($1, $2, $3, $4, $5, $6);

-- absence_end(id int, to_on text) exec
UPDATE absence SET to_on = $2 WHERE id = $1;

-- absence_by_id(id int) one: id int, person_id int, cover_id int, from_on text, to_on text, unit_id int
SELECT a.id, a.person_id, a.cover_id, a.from_on, a.to_on, p.unit_id FROM absence a JOIN person p ON p.id = a.person_id WHERE a.id = $1;

-- absence_cover(person int, on_day text) one: cover_id int
SELECT cover_id FROM absence WHERE person_id = $1 AND from_on <= $2 AND to_on >= $2 ORDER BY id DESC LIMIT 1;

-- absence_overlap(person int, from_on text, to_on text) one: n int
SELECT COUNT(*) AS n FROM absence WHERE person_id = $1 AND from_on <= $3 AND to_on >= $2;

-- absence_list(unit int, from_on text) many: id int, person_id int, person_name text, cover_name text, unit_name text, from_on text, to_on text, reason text
SELECT a.id, a.person_id, p.name AS person_name, c.name AS cover_name, u.name AS unit_name, a.from_on, a.to_on, a.reason
FROM absence a JOIN person p ON p.id = a.person_id JOIN person c ON c.id = a.cover_id JOIN unit u ON u.id = p.unit_id
WHERE p.unit_id IN (SELECT k.descendant_id FROM unit_closure k WHERE k.ancestor_id = $1) AND a.to_on >= $2 ORDER BY a.from_on, a.id;

-- absence_covers(person int, from_on text, to_on text) one: n int
SELECT COUNT(*) AS n FROM absence WHERE cover_id = $1 AND from_on <= $3 AND to_on >= $2;

-- absence_in_hand(today text, n int) many: dossier_id int, no int, unit_id int, person_id int, cover_id int
SELECT t.dossier_id, t.no, t.unit_id, t.person_id, a.cover_id
FROM absence a JOIN task t ON t.person_id = a.person_id AND t.done_at IS NULL JOIN dossier d ON d.id = t.dossier_id
WHERE a.from_on <= $1 AND a.to_on >= $1
  AND EXISTS (SELECT 1 AS one FROM reach r WHERE r.person_id = a.cover_id AND r.unit_id = t.unit_id AND r.field_id = d.field_id AND r.right_code = 'dossier.process' AND r.valid_from <= $1 AND r.valid_to >= $1)
ORDER BY t.dossier_id, t.no LIMIT $2;

-- able_by_load(unit int, field int, right_code text, today text) many: person_id int, open int
SELECT p.id AS person_id, (SELECT COUNT(*) FROM task t WHERE t.person_id = p.id AND t.done_at IS NULL) AS open
FROM person p WHERE p.is_active = 1 AND p.unit_id = $1 AND p.id IN (SELECT r.person_id FROM reach r WHERE r.unit_id = $1 AND r.field_id = $2 AND r.right_code = $3 AND r.valid_from <= $4 AND r.valid_to >= $4)
ORDER BY open, p.id;

-- role_holders(unit int, role text, today text) many: person_id int
SELECT DISTINCT g.person_id FROM person_grant g JOIN person p ON p.id = g.person_id JOIN unit_closure c ON c.ancestor_id = g.unit_id
WHERE g.role = $2 AND c.descendant_id = $1 AND (c.depth = 0 OR g.is_subtree = 1) AND p.is_active = 1 AND g.valid_from <= $3 AND g.valid_to >= $3
ORDER BY g.person_id;

-- handed_over(unit int, from_at text, to_at text, viewer int, today text) many: code text, applicant text, procedure_name text, step_name text, sets int, since_at text, to_unit int, to_name text
SELECT d.code, d.applicant, v.name AS procedure_name, t.step_name, d.sets, t.since_at, t.unit_id AS to_unit, u.name AS to_name
FROM task t JOIN dossier d ON d.id = t.dossier_id JOIN procedure_version v ON v.id = d.version_id JOIN unit u ON u.id = t.unit_id
WHERE t.done_at IS NULL AND t.from_unit_id = $1 AND t.unit_id <> $1 AND t.since_at >= $2 AND t.since_at < $3
  AND d.field_id IN (SELECT r.field_id FROM reach r WHERE r.person_id = $4 AND r.right_code = 'dossier.search' AND r.unit_id = $1 AND r.valid_from <= $5 AND r.valid_to >= $5)
ORDER BY u.sort_no, t.unit_id, t.since_at, d.code LIMIT 1000;
