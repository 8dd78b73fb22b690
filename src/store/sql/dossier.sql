-- dossier_add(id int, code text, secret text, unit int, procedure int, version_id int, case_no int, field int, channel int, applicant text, applicant_kind int, id_no text, birth text, phone text, email text, address text, submitter text, summary text, sets int, delivery int, delivery_address text, fee int, fee_paid int, received_by int, received_at text, effective_at text, received_on text, limit_unit int, limit_length int, due_at text, due_on text, due_given int, batch text, origin int null, register_no int, search text) exec
INSERT INTO dossier (id, code, secret, unit_id, procedure_id, version_id, case_no, field_id, channel, state, is_open, applicant, applicant_kind, id_no, birth, phone, email,
  address, submitter, summary, sets, delivery, delivery_address, fee, fee_paid, received_by, received_at, effective_at, received_on, limit_unit, limit_length,
  due_first_at, due_at, due_on, due_given, promised_at, suspended_at, finished_at, finished_on, outcome, result_no, returned_at, supplements, extensions, batch, origin_id,
  register_no, search, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 2, 1, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29,
  $30, $30, $31, $32, $30, NULL, NULL, '9999-12-31', 0, '', NULL, 0, 0, $33, $34, $35, $36, 1);

-- dossier_set_state(id int, state int, is_open int) exec
UPDATE dossier SET state = $2, is_open = $3, version = version + 1 WHERE id = $1;

-- dossier_set_clock(id int, state int, suspended_at text null, due_at text, due_on text, supplements int) exec
UPDATE dossier SET state = $2, suspended_at = $3, due_at = $4, due_on = $5, supplements = $6, version = version + 1 WHERE id = $1;

-- dossier_set_promise(id int, promised_at text, extensions int) exec
UPDATE dossier SET promised_at = $2, extensions = $3, version = version + 1 WHERE id = $1;

-- dossier_set_end(id int, state int, is_open int, suspended_at text null, finished_at text null, finished_on text, outcome int, result_no text) exec
UPDATE dossier SET state = $2, is_open = $3, suspended_at = $4, finished_at = $5, finished_on = $6, outcome = $7, result_no = $8, version = version + 1 WHERE id = $1;

-- dossier_set_returned(id int, state int, returned_at text null, fee_paid int) exec
UPDATE dossier SET state = $2, returned_at = $3, fee_paid = $4, version = version + 1 WHERE id = $1;

-- dossier_correct(id int, applicant text, id_no text, birth text, phone text, email text, address text, submitter text, summary text, search text) exec
UPDATE dossier SET applicant = $2, id_no = $3, birth = $4, phone = $5, email = $6, address = $7, submitter = $8, summary = $9, search = $10, version = version + 1 WHERE id = $1;

-- dossier_by_id(id int) one: id int, code text, secret text, unit_id int, procedure_id int, version_id int, case_no int, field_id int, channel int, state int, is_open int, applicant text, applicant_kind int, id_no text, birth text, phone text, email text, address text, submitter text, summary text, sets int, delivery int, delivery_address text, fee int, fee_paid int, received_by int, received_at text, effective_at text, received_on text, limit_unit int, limit_length int, due_first_at text, due_at text, due_on text, due_given int, promised_at text, suspended_at text null, finished_at text null, finished_on text, outcome int, result_no text, returned_at text null, supplements int, extensions int, batch text, origin_id int null, register_no int, search text, version int
SELECT id, code, secret, unit_id, procedure_id, version_id, case_no, field_id, channel, state, is_open, applicant, applicant_kind, id_no, birth, phone, email, address,
  submitter, summary, sets, delivery, delivery_address, fee, fee_paid, received_by, received_at, effective_at, received_on, limit_unit, limit_length, due_first_at, due_at,
  due_on, due_given, promised_at, suspended_at, finished_at, finished_on, outcome, result_no, returned_at, supplements, extensions, batch, origin_id, register_no, search, version
FROM dossier WHERE id = $1;

-- dossier_id_of_code(code text) one: id int
SELECT id FROM dossier WHERE code = $1;

-- dossier_names(id int) one: unit_name text, unit_code text, procedure_code text, procedure_name text, case_name text, field_name text, received_by_name text null
SELECT u.name AS unit_name, u.code AS unit_code, p.code AS procedure_code, v.name AS procedure_name, COALESCE(c.name, '') AS case_name, f.name AS field_name, rp.name AS received_by_name
FROM dossier d JOIN unit u ON u.id = d.unit_id JOIN procedure p ON p.id = d.procedure_id JOIN procedure_version v ON v.id = d.version_id
LEFT JOIN procedure_case c ON c.version_id = d.version_id AND c.no = d.case_no
JOIN field f ON f.id = d.field_id LEFT JOIN person rp ON rp.id = d.received_by
WHERE d.id = $1;

-- dossier_set_search(id int, search text) exec
UPDATE dossier SET search = $2, version = version + 1 WHERE id = $1;

-- dossier_paper_add(dossier int, no int, name text, kind int, quantity int, state int, note text) exec
INSERT INTO dossier_paper (dossier_id, no, name, kind, quantity, state, note) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- dossier_paper_set(dossier int, no int, state int, note text) exec
UPDATE dossier_paper SET state = $3, note = $4 WHERE dossier_id = $1 AND no = $2;

-- dossier_papers(dossier int) many: no int, name text, kind int, quantity int, state int, note text
SELECT no, name, kind, quantity, state, note FROM dossier_paper WHERE dossier_id = $1 ORDER BY no;

-- task_add(dossier int, no int, step_no int, step_code text, step_name text, unit int, person int null, from_unit int null, from_person int null, since_at text, taken_at text null, step_due_at text, due_at text, is_suspended int) exec
INSERT INTO task (dossier_id, no, step_no, step_code, step_name, unit_id, person_id, from_unit_id, from_person_id, since_at, taken_at, step_due_at, due_at, is_suspended, done_at, done_by, timing, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, NULL, NULL, 0, '');

-- task_done(dossier int, no int, done_at text, done_by int, timing int, note text) exec
UPDATE task SET done_at = $3, done_by = $4, timing = $5, note = $6 WHERE dossier_id = $1 AND no = $2;

-- task_take(dossier int, no int, person int null, taken_at text null) exec
UPDATE task SET person_id = $3, taken_at = $4 WHERE dossier_id = $1 AND no = $2;

-- task_set_clock(dossier int, is_suspended int, due_at text) exec
UPDATE task SET is_suspended = $2, due_at = $3 WHERE dossier_id = $1 AND done_at IS NULL;

-- task_open(dossier int) one: no int, step_no int, step_code text, step_name text, unit_id int, person_id int null, since_at text, taken_at text null, step_due_at text
SELECT no, step_no, step_code, step_name, unit_id, person_id, since_at, taken_at, step_due_at FROM task
WHERE dossier_id = $1 AND done_at IS NULL ORDER BY no DESC LIMIT 1;

-- task_open_all(dossier int) many: no int, step_no int, step_code text, step_name text, unit_id int, person_id int null, since_at text, taken_at text null, step_due_at text
SELECT no, step_no, step_code, step_name, unit_id, person_id, since_at, taken_at, step_due_at FROM task
WHERE dossier_id = $1 AND done_at IS NULL ORDER BY no;

-- task_last_person(dossier int, unit int) one: person_id int
SELECT person_id FROM task WHERE dossier_id = $1 AND unit_id = $2 AND person_id IS NOT NULL ORDER BY no DESC LIMIT 1;

-- task_restep(dossier int, no int, step_no int, step_name text) exec
UPDATE task SET step_no = $3, step_name = $4 WHERE dossier_id = $1 AND no = $2;

-- task_step_due(dossier int, no int, step_due_at text) exec
UPDATE task SET step_due_at = $3 WHERE dossier_id = $1 AND no = $2;

-- task_list(dossier int) many: no int, step_no int, step_code text, step_name text, unit_id int, unit_name text, person_id int null, person_name text null, from_unit_name text null, from_person_name text null, since_at text, taken_at text null, step_due_at text, done_at text null, done_by_name text null, timing int, note text
SELECT t.no, t.step_no, t.step_code, t.step_name, t.unit_id, u.name AS unit_name, t.person_id, p.name AS person_name, fu.name AS from_unit_name, fp.name AS from_person_name,
  t.since_at, t.taken_at, t.step_due_at, t.done_at, dp.name AS done_by_name, t.timing, t.note
FROM task t JOIN unit u ON u.id = t.unit_id LEFT JOIN person p ON p.id = t.person_id LEFT JOIN unit fu ON fu.id = t.from_unit_id
LEFT JOIN person fp ON fp.id = t.from_person_id LEFT JOIN person dp ON dp.id = t.done_by
WHERE t.dossier_id = $1 ORDER BY t.no;

-- suspension_add(dossier int, no int, reason text, owner int, detail text, from_at text, from_on text, recorded text) exec
INSERT INTO suspension (dossier_id, no, reason, owner, detail, from_at, from_on, to_at, to_on, from_recorded, to_recorded)
VALUES ($1, $2, $3, $4, $5, $6, $7, '9999-12-31T23:59:59.999Z', '9999-12-31', $8, '9999-12-31T23:59:59.999Z');

-- suspension_end(dossier int, no int, to_at text, to_on text, recorded text) exec
UPDATE suspension SET to_at = $3, to_on = $4, to_recorded = $5 WHERE dossier_id = $1 AND no = $2;

-- suspension_list(dossier int) many: no int, reason text, owner int, detail text, from_at text, to_at text, reason_name text null
SELECT s.no, s.reason, s.owner, s.detail, s.from_at, s.to_at, r.name AS reason_name
FROM suspension s LEFT JOIN reason r ON r.kind = 'suspension' AND r.code = s.reason
WHERE s.dossier_id = $1 ORDER BY s.no;

-- extension_add(dossier int, at text, old_due_at text, new_due_at text, reason text, cause text) exec
INSERT INTO extension (dossier_id, at, old_due_at, new_due_at, reason, cause) VALUES ($1, $2, $3, $4, $5, $6);

-- extension_of(dossier int) one: at text, old_due_at text, new_due_at text, reason text, cause text
SELECT at, old_due_at, new_due_at, reason, cause FROM extension WHERE dossier_id = $1;

-- fact_add(dossier int, no int, recorded_from text, unit int, procedure int, field int, channel int, received_on text, due_on text, finished_on text, outcome int) exec
INSERT INTO dossier_fact (dossier_id, no, recorded_from, recorded_to, unit_id, procedure_id, field_id, channel, received_on, due_on, finished_on, outcome)
VALUES ($1, $2, $3, '9999-12-31T23:59:59.999Z', $4, $5, $6, $7, $8, $9, $10, $11);

-- fact_supersede(dossier int, recorded text, due_on text, finished_on text, outcome int) exec
INSERT INTO dossier_fact (dossier_id, no, recorded_from, recorded_to, unit_id, procedure_id, field_id, channel, received_on, due_on, finished_on, outcome)
SELECT f.dossier_id, f.no + 1, CAST($2 AS TEXT), '9999-12-31T23:59:59.999Z', f.unit_id, f.procedure_id, f.field_id, f.channel, f.received_on, CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS SMALLINT)
FROM dossier_fact f WHERE f.dossier_id = $1 AND f.recorded_to = '9999-12-31T23:59:59.999Z';

-- fact_close(dossier int, recorded text) exec
UPDATE dossier_fact SET recorded_to = $2 WHERE dossier_id = $1 AND recorded_to = '9999-12-31T23:59:59.999Z'
  AND no < (SELECT MAX(f.no) FROM dossier_fact f WHERE f.dossier_id = $1);

-- A fact enters (1) or leaves (-1) the group of those that are like it.
-- fact_count(unit int, received_on text, finished_on text, field int, channel int, due_on text, outcome int, from_day text, to_day text, n int) exec
INSERT INTO dossier_count (unit_id, received_on, finished_on, field_id, channel, due_on, outcome, from_day, to_day, n) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (unit_id, to_day, received_on, finished_on, field_id, channel, due_on, outcome, from_day) DO UPDATE SET n = dossier_count.n + excluded.n;

-- fact_count_clear(unit int, received_on text, finished_on text, field int, channel int, due_on text, outcome int, from_day text, to_day text) exec
DELETE FROM dossier_count WHERE unit_id = $1 AND received_on = $2 AND finished_on = $3 AND field_id = $4 AND channel = $5 AND due_on = $6 AND outcome = $7
  AND from_day = $8 AND to_day = $9 AND n = 0;

-- fact_believed(dossier int) one: no int, recorded_from text, unit_id int, field_id int, channel int, received_on text, due_on text, finished_on text, outcome int
SELECT no, recorded_from, unit_id, field_id, channel, received_on, due_on, finished_on, outcome FROM dossier_fact
WHERE dossier_id = $1 AND recorded_to = '9999-12-31T23:59:59.999Z';

-- dossier_read_add(dossier int, person int, at text) exec
INSERT INTO dossier_read (dossier_id, person_id, last_at, times) VALUES ($1, $2, $3, 1)
ON CONFLICT (dossier_id, person_id) DO UPDATE SET last_at = excluded.last_at, times = dossier_read.times + 1;

-- dossier_read_last(dossier int, person int) one: last_at text
SELECT last_at FROM dossier_read WHERE dossier_id = $1 AND person_id = $2;

-- dossier_same(id_no text, procedure int) many: id int, code text, received_on text, unit_name text
SELECT d.id, d.code, d.received_on, u.name AS unit_name FROM dossier d JOIN unit u ON u.id = d.unit_id
WHERE d.id_no = $1 AND d.procedure_id = $2 AND d.is_open = 1 ORDER BY d.id DESC LIMIT 5;

-- person_seen(id_no text) one: applicant text, applicant_kind int, birth text, phone text, email text, address text
SELECT applicant, applicant_kind, birth, phone, email, address FROM dossier WHERE id_no = $1 AND is_open = 1 ORDER BY id DESC LIMIT 1;

-- fragment queue_columns
SELECT d.id, d.code, d.applicant, d.channel, d.state, d.received_on, d.fee, d.fee_paid, d.suspended_at, v.name AS procedure_name, p.code AS procedure_code, t.no AS task_no, t.step_name, t.step_due_at, t.taken_at, t.is_suspended, t.due_at, t.unit_id, t.person_id

-- fragment queue_filters
(CAST($5 AS TEXT) IS NULL OR d.search LIKE $5 ESCAPE '!')
  AND (CAST($6 AS TEXT) IS NULL OR p.code = $6)
  AND (CAST($7 AS TEXT) IS NULL OR t.step_code = $7)
  AND (CAST($8 AS TEXT) IS NULL OR t.due_at < $8)
  AND (CAST($9 AS TEXT) IS NULL OR t.due_at >= $9)

-- queue_of_person(person int, suspended int, after_due text, after_id int, q text null, procedure text null, step text null, due_before text null, due_from text null, n int) many: id int, code text, applicant text, channel int, state int, received_on text, fee int, fee_paid int, suspended_at text null, procedure_name text, procedure_code text, task_no int, step_name text, step_due_at text, taken_at text null, is_suspended int, due_at text, unit_id int, person_id int null
@queue_columns@
FROM task t JOIN dossier d ON d.id = t.dossier_id JOIN procedure p ON p.id = d.procedure_id JOIN procedure_version v ON v.id = d.version_id
WHERE t.person_id = $1 AND t.done_at IS NULL AND t.is_suspended = $2 AND (t.due_at, t.dossier_id) > ($3, $4)
  AND @queue_filters@
ORDER BY t.due_at, t.dossier_id LIMIT $10;

-- queue_of_unit(unit int, suspended int, after_due text, after_id int, q text null, procedure text null, step text null, due_before text null, due_from text null, n int, viewer int, today text) many: id int, code text, applicant text, channel int, state int, received_on text, fee int, fee_paid int, suspended_at text null, procedure_name text, procedure_code text, task_no int, step_name text, step_due_at text, taken_at text null, is_suspended int, due_at text, unit_id int, person_id int null
@queue_columns@
FROM task t JOIN dossier d ON d.id = t.dossier_id JOIN procedure p ON p.id = d.procedure_id JOIN procedure_version v ON v.id = d.version_id
WHERE t.unit_id = $1 AND t.done_at IS NULL AND t.is_suspended = $2 AND (t.due_at, t.dossier_id) > ($3, $4)
  AND @queue_filters@
  AND d.field_id IN (SELECT r.field_id FROM reach r WHERE r.person_id = $11 AND r.right_code = 'dossier.search' AND r.unit_id = $1 AND r.valid_from <= $12 AND r.valid_to >= $12)
ORDER BY t.due_at, t.dossier_id LIMIT $10;

-- queue_counts_of_person(person int, now text, tomorrow text, soon text) one: late int, today int, soon int, later int, suspended int
SELECT COUNT(*) FILTER (WHERE t.is_suspended = 0 AND t.due_at < $2) AS late,
  COUNT(*) FILTER (WHERE t.is_suspended = 0 AND t.due_at >= $2 AND t.due_at < $3) AS today,
  COUNT(*) FILTER (WHERE t.is_suspended = 0 AND t.due_at >= $3 AND t.due_at < $4) AS soon,
  COUNT(*) FILTER (WHERE t.is_suspended = 0 AND t.due_at >= $4) AS later,
  COUNT(*) FILTER (WHERE t.is_suspended = 1) AS suspended
FROM task t WHERE t.person_id = $1 AND t.done_at IS NULL;

-- queue_counts_of_unit(unit int, now text, tomorrow text, soon text, viewer int, today text) one: late int, today int, soon int, later int, suspended int
SELECT COUNT(*) FILTER (WHERE t.is_suspended = 0 AND t.due_at < $2) AS late,
  COUNT(*) FILTER (WHERE t.is_suspended = 0 AND t.due_at >= $2 AND t.due_at < $3) AS today,
  COUNT(*) FILTER (WHERE t.is_suspended = 0 AND t.due_at >= $3 AND t.due_at < $4) AS soon,
  COUNT(*) FILTER (WHERE t.is_suspended = 0 AND t.due_at >= $4) AS later,
  COUNT(*) FILTER (WHERE t.is_suspended = 1) AS suspended
FROM task t JOIN dossier d ON d.id = t.dossier_id WHERE t.unit_id = $1 AND t.done_at IS NULL
  AND d.field_id IN (SELECT r.field_id FROM reach r WHERE r.person_id = $5 AND r.right_code = 'dossier.search' AND r.unit_id = $1 AND r.valid_from <= $6 AND r.valid_to >= $6);

-- to_hand_over(unit int, n int) many: id int, code text, applicant text, procedure_name text, step_name text, due_at text, task_no int
SELECT d.id, d.code, d.applicant, v.name AS procedure_name, t.step_name, t.due_at, t.no AS task_no
FROM task t JOIN dossier d ON d.id = t.dossier_id JOIN procedure_version v ON v.id = d.version_id
WHERE t.unit_id = $1 AND t.done_at IS NULL AND d.state = 2 ORDER BY t.due_at, d.id LIMIT $2;

-- to_return(unit int, n int) many: id int, code text, applicant text, procedure_name text, finished_at text, delivery int, fee int, fee_paid int, phone text
SELECT d.id, d.code, d.applicant, v.name AS procedure_name, d.finished_at, d.delivery, d.fee, d.fee_paid, d.phone
FROM dossier d JOIN procedure_version v ON v.id = d.version_id
WHERE d.unit_id = $1 AND d.state = 9 ORDER BY d.finished_at, d.id LIMIT $2;

-- register_of(unit int, from_on text, to_on text, after_on text, after_id int, n int) many: id int, code text, applicant text, address text, phone text, procedure_name text, sets int, received_at text, received_on text, due_at text, finished_at text null, returned_at text null, delivery int, register_no int, state int
SELECT d.id, d.code, d.applicant, d.address, d.phone, v.name AS procedure_name, d.sets, d.received_at, d.received_on, d.due_at, d.finished_at, d.returned_at, d.delivery, d.register_no, d.state
FROM dossier d JOIN procedure_version v ON v.id = d.version_id
WHERE d.unit_id = $1 AND d.received_on >= $2 AND d.received_on <= $3 AND (d.received_on, d.id) > ($4, $5)
ORDER BY d.received_on, d.id LIMIT $6;

-- batch_of(unit int, received_on text, batch text) one: n int, first_code text null, last_code text null
SELECT COUNT(*) AS n, MIN(code) AS first_code, MAX(code) AS last_code FROM dossier WHERE unit_id = $1 AND received_on = $2 AND batch = $3;

-- dossier_count() one: n int
SELECT COUNT(*) AS n FROM dossier;

-- track(code text) one: id int, code text, secret text, state int, applicant text, phone text, procedure_name text, procedure_code text, unit_name text, unit_id int, unit_address text, unit_phone text, received_at text, due_at text, promised_at text, suspended_at text null, finished_at text null, returned_at text null, outcome int, channel int, delivery int, fee int, fee_paid int, version_id int, process_id int null
SELECT d.id, d.code, d.secret, d.state, d.applicant, d.phone, v.name AS procedure_name, p.code AS procedure_code, u.name AS unit_name, u.id AS unit_id, u.address AS unit_address, u.phone AS unit_phone,
  d.received_at, d.due_at, d.promised_at, d.suspended_at, d.finished_at, d.returned_at, d.outcome, d.channel, d.delivery, d.fee, d.fee_paid, d.version_id, f.process_id
FROM dossier d JOIN procedure p ON p.id = d.procedure_id JOIN procedure_version v ON v.id = d.version_id JOIN unit u ON u.id = d.unit_id
LEFT JOIN flow f ON f.dossier_id = d.id
WHERE d.code = $1;
