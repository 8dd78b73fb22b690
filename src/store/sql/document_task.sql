-- Tasks that leaders give, and files of work.

-- fragment task_seen
(t.person_id = $1 OR t.asked_by = $1
  OR EXISTS (SELECT 1 AS one FROM reach r WHERE r.person_id = $1 AND r.right_code = 'document.read' AND (r.unit_id = t.unit_id OR r.unit_id = t.asking_unit_id) AND r.valid_from <= $2 AND r.valid_to >= $2)
  OR EXISTS (SELECT 1 AS one FROM reach r WHERE r.person_id = $1 AND r.right_code = 'document.direct' AND r.unit_id = t.unit_id AND r.valid_from <= $2 AND r.valid_to >= $2))

-- fragment task_columns
t.id, t.document_id, d.code AS document_code, d.subject AS document_subject, t.unit_id, u.short_name AS unit_name, t.person_id, p.name AS person_name, t.role, t.content, t.asked_by, b.name AS asked_by_name, t.asking_unit_id, t.asked_at, t.asked_on, t.due_on, t.state, t.progress, t.done_at, t.done_on

-- fragment task_joins
FROM document_task t JOIN unit u ON u.id = t.unit_id JOIN person b ON b.id = t.asked_by LEFT JOIN person p ON p.id = t.person_id LEFT JOIN document d ON d.id = t.document_id

-- document_task_add(id int, no int, document int null, parent int null, unit int, person int null, role text, content text, asked_by int, asking_unit int, asked_at text, asked_on text, due_on text) exec
INSERT INTO document_task (id, no, document_id, parent_id, unit_id, person_id, role, content, asked_by, asking_unit_id, asked_at, asked_on, due_on, state, progress, done_at, done_on, reminded_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'open', 0, NULL, '9999-12-31', '9999-12-31');

-- document_task_set(id int, person int null, due_on text, state text, progress int, done_at text null, done_on text) exec
UPDATE document_task SET person_id = $2, due_on = $3, state = $4, progress = $5, done_at = $6, done_on = $7 WHERE id = $1;

-- document_task_reminded(id int, on_day text) exec
UPDATE document_task SET reminded_on = $2 WHERE id = $1;

-- document_task_by_id(id int) one: id int, document_id int null, document_code text null, document_subject text null, unit_id int, unit_name text, person_id int null, person_name text null, role text, content text, asked_by int, asked_by_name text, asking_unit_id int, asked_at text, asked_on text, due_on text, state text, progress int, done_at text null, done_on text, unit_code text, asking_unit_code text
SELECT @task_columns@, u.code AS unit_code, w.code AS asking_unit_code @task_joins@ JOIN unit w ON w.id = t.asking_unit_id WHERE t.id = $1;

-- document_task_visible(viewer int, today text, id int) one: n int
SELECT COUNT(*) AS n FROM document_task t WHERE t.id = $3 AND @task_seen@;

-- document_task_of(document int) many: id int, document_id int null, document_code text null, document_subject text null, unit_id int, unit_name text, person_id int null, person_name text null, role text, content text, asked_by int, asked_by_name text, asking_unit_id int, asked_at text, asked_on text, due_on text, state text, progress int, done_at text null, done_on text
SELECT @task_columns@ @task_joins@ WHERE t.document_id = $1 ORDER BY t.id;

-- document_task_open_leads(document int) one: n int
SELECT COUNT(*) AS n FROM document_task WHERE document_id = $1 AND role = 'lead' AND state IN ('open', 'reported');

-- document_task_list(viewer int, today text, unit int null, asking int null, mine int, state text null, due_before text null, before int, n int) many: id int, document_id int null, document_code text null, document_subject text null, unit_id int, unit_name text, person_id int null, person_name text null, role text, content text, asked_by int, asked_by_name text, asking_unit_id int, asked_at text, asked_on text, due_on text, state text, progress int, done_at text null, done_on text
SELECT @task_columns@ @task_joins@
WHERE @task_seen@ AND t.id < $8
  AND (CAST($3 AS BIGINT) IS NULL OR t.unit_id = $3) AND (CAST($4 AS BIGINT) IS NULL OR t.asking_unit_id = $4)
  AND ($5 = 0 OR t.person_id = $1 OR t.asked_by = $1)
  AND (CAST($6 AS TEXT) IS NULL OR t.state = $6) AND (CAST($7 AS TEXT) IS NULL OR (t.due_on < $7 AND t.state IN ('open', 'reported')))
ORDER BY t.id DESC LIMIT $9;

-- document_task_waiting(viewer int, today text, n int) many: id int, document_id int null, document_code text null, document_subject text null, unit_id int, unit_name text, person_id int null, person_name text null, role text, content text, asked_by int, asked_by_name text, asking_unit_id int, asked_at text, asked_on text, due_on text, state text, progress int, done_at text null, done_on text
SELECT @task_columns@ @task_joins@
WHERE ((t.state = 'open' AND t.role <> 'know' AND (t.person_id = $1
    OR (t.person_id IS NULL AND EXISTS (SELECT 1 AS one FROM reach r WHERE r.person_id = $1 AND r.right_code = 'document.direct' AND r.unit_id = t.unit_id AND r.valid_from <= $2 AND r.valid_to >= $2))))
  OR (t.state = 'reported' AND t.asked_by = $1))
ORDER BY t.due_on, t.id LIMIT $3;

-- document_task_to_remind(today text, limit_day text, n int) many: id int, unit_id int, person_id int null, due_on text
SELECT id, unit_id, person_id, due_on FROM document_task
WHERE state = 'open' AND role <> 'know' AND due_on <= $2 AND (reminded_on = '9999-12-31' OR (reminded_on < $1 AND due_on < $1)) ORDER BY due_on, id LIMIT $3;

-- document_task_report_add(task int, pos int, kind text, person int null, at text, progress int, text text) exec
INSERT INTO document_task_report (task_id, pos, kind, person_id, at, progress, text) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- document_task_report_list(task int) many: pos int, kind text, person_name text null, at text, progress int, text text
SELECT r.pos, r.kind, p.name AS person_name, r.at, r.progress, r.text FROM document_task_report r LEFT JOIN person p ON p.id = r.person_id WHERE r.task_id = $1 ORDER BY r.pos;

-- document_task_fact_last(task int) one: no int
SELECT no FROM document_task_fact WHERE task_id = $1 ORDER BY no DESC LIMIT 1;

-- document_task_fact_end(task int, no int, recorded_to text) exec
UPDATE document_task_fact SET recorded_to = $3 WHERE task_id = $1 AND no = $2;

-- document_task_fact_add(task int, no int, recorded_from text, unit int, asking_unit int, role text, asked_on text, due_on text, done_on text, is_dropped int) exec
INSERT INTO document_task_fact (task_id, no, recorded_from, recorded_to, unit_id, asking_unit_id, role, asked_on, due_on, done_on, is_dropped)
VALUES ($1, $2, $3, '9999-12-31T23:59:59.999Z', $4, $5, $6, $7, $8, $9, $10);

-- ---- figures: of a unit and all below it, in a period, as of a time ----

-- fragment scope
(SELECT k.descendant_id FROM unit_closure k WHERE k.ancestor_id = $3)

-- fragment may
EXISTS (SELECT 1 AS one FROM reach r WHERE r.person_id = $1 AND r.right_code = 'figure.read' AND r.unit_id = f.unit_id AND r.valid_from <= $2 AND r.valid_to >= $2)

-- document_exchanged(viewer int, today text, unit int, from_on text, to_on text, as_of text, way int) many: document_id int, no int, is_electronic int, on_day text, unit_id int
SELECT f.document_id, f.no, f.is_electronic, f.on_day, f.unit_id FROM document_fact f
WHERE f.way = $7 AND f.on_day >= $4 AND f.on_day <= $5 AND f.recorded_at <= $6 AND f.unit_id IN @scope@ AND @may@ ORDER BY f.document_id, f.no;

-- document_tasks_in(viewer int, today text, unit int, from_on text, to_on text, as_of text) many: task_id int, unit_id int, role text, asked_on text, due_on text, done_on text
SELECT f.task_id, f.unit_id, f.role, f.asked_on, f.due_on, f.done_on FROM document_task_fact f
WHERE f.recorded_from <= $6 AND f.recorded_to > $6 AND f.is_dropped = 0 AND f.role = 'lead' AND f.unit_id IN @scope@ AND @may@
  AND f.asked_on <= $5 AND (f.asked_on >= $4 OR f.done_on >= $4) ORDER BY f.task_id;

-- ---- files of work ----

-- work_file_add(id int, unit int, code text, title text, years int, basis text, keeper int, opened_on text, note text) exec
INSERT INTO work_file (id, unit_id, code, title, years, basis, keeper_id, opened_on, closed_on, archived_on, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '9999-12-31', '9999-12-31', $9);

-- work_file_set(id int, code text, title text, years int, basis text, keeper int, opened_on text, closed_on text, archived_on text, note text) exec
UPDATE work_file SET code = $2, title = $3, years = $4, basis = $5, keeper_id = $6, opened_on = $7, closed_on = $8, archived_on = $9, note = $10 WHERE id = $1;

-- work_file_by_id(id int) one: id int, unit_id int, unit_name text, unit_code text, code text, title text, years int, basis text, keeper_id int, keeper_name text, opened_on text, closed_on text, archived_on text, note text
SELECT w.id, w.unit_id, u.name AS unit_name, u.code AS unit_code, w.code, w.title, w.years, w.basis, w.keeper_id, p.name AS keeper_name, w.opened_on, w.closed_on, w.archived_on, w.note
FROM work_file w JOIN unit u ON u.id = w.unit_id JOIN person p ON p.id = w.keeper_id WHERE w.id = $1;

-- work_file_same(unit int, code text) one: id int
SELECT id FROM work_file WHERE unit_id = $1 AND code = $2;

-- work_file_list(viewer int, today text, unit int null, before int, n int) many: id int, unit_id int, unit_name text, code text, title text, years int, basis text, keeper_id int, keeper_name text, opened_on text, closed_on text, archived_on text, documents int
SELECT w.id, w.unit_id, u.short_name AS unit_name, w.code, w.title, w.years, w.basis, w.keeper_id, p.name AS keeper_name, w.opened_on, w.closed_on, w.archived_on,
  (SELECT COUNT(*) FROM document d WHERE d.work_file_id = w.id) AS documents
FROM work_file w JOIN unit u ON u.id = w.unit_id JOIN person p ON p.id = w.keeper_id
WHERE w.id < $4 AND (CAST($3 AS BIGINT) IS NULL OR w.unit_id = $3)
  AND (w.keeper_id = $1 OR EXISTS (SELECT 1 AS one FROM reach r WHERE r.person_id = $1 AND r.right_code = 'document.read' AND r.unit_id = w.unit_id AND r.valid_from <= $2 AND r.valid_to >= $2))
ORDER BY w.id DESC LIMIT $5;

-- document_task_units(unit int, today text) many: id int, name text
SELECT u.id, u.name FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
WHERE c.ancestor_id = $1 AND u.valid_from <= $2 AND u.valid_to >= $2 AND u.kind <> 'group'
  AND NOT EXISTS (SELECT 1 AS one FROM unit_closure k JOIN document_issuer i ON i.unit_id = k.ancestor_id AND i.body <> ''
                  WHERE k.descendant_id = u.id AND k.ancestor_id <> $1 AND k.ancestor_id IN (SELECT b.descendant_id FROM unit_closure b WHERE b.ancestor_id = $1))
ORDER BY c.depth, u.sort_no, u.id;
