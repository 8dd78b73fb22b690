-- procedure_add(id int, code text, field int, name text, search text, level text, row_no int, sort_key text) exec
INSERT INTO procedure (id, code, field_id, name, search, level, row_no, sort_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- procedure_rename(id int, name text, search text, sort_key text) exec
UPDATE procedure SET name = $2, search = $3, sort_key = $4 WHERE id = $1;

-- procedure_by_code(code text) one: id int, code text, field_id int, field_code text, field_name text, name text, level text, row_no int
SELECT p.id, p.code, p.field_id, f.code AS field_code, f.name AS field_name, p.name, p.level, p.row_no
FROM procedure p JOIN field f ON f.id = p.field_id WHERE p.code = $1;

-- procedure_by_id(id int) one: id int, code text, field_id int, field_code text, field_name text, name text, level text, row_no int
SELECT p.id, p.code, p.field_id, f.code AS field_code, f.name AS field_name, p.name, p.level, p.row_no
FROM procedure p JOIN field f ON f.id = p.field_id WHERE p.id = $1;

-- procedure_list(q text null, field text null, unit int null, day text) many: id int, code text, name text, level text, row_no int, field_code text, field_name text, version_id int null, limit_unit int null, limit_length int null, fee_text text null
SELECT p.id, p.code, p.name, p.level, p.row_no, f.code AS field_code, f.name AS field_name, v.id AS version_id, c.limit_unit, c.limit_length, c.fee_text
FROM procedure p JOIN field f ON f.id = p.field_id
LEFT JOIN procedure_version v ON v.procedure_id = p.id AND v.valid_from <= $4 AND v.valid_to >= $4
LEFT JOIN procedure_case c ON c.version_id = v.id AND c.no = 1
WHERE (CAST($1 AS TEXT) IS NULL OR p.search LIKE $1 ESCAPE '!')
  AND (CAST($2 AS TEXT) IS NULL OR f.code = $2)
  AND (CAST($3 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM procedure_unit pu WHERE pu.procedure_id = p.id AND pu.unit_id = $3))
ORDER BY f.sort_no, p.sort_key, p.id;

-- procedure_used(unit int, since text, n int) many: procedure_id int, used int
SELECT d.procedure_id, COUNT(*) AS used FROM dossier d WHERE d.unit_id = $1 AND d.received_on >= $2
GROUP BY d.procedure_id ORDER BY used DESC, d.procedure_id LIMIT $3;

-- version_add(id int, procedure int, no int, name text, valid_from text, valid_to text, decision_no text, decision_on text, legal_basis text, requirements text, result text, subjects text, online_level text, by_post int) exec
INSERT INTO procedure_version (id, procedure_id, no, name, valid_from, valid_to, decision_no, decision_on, legal_basis, requirements, result, subjects, online_level, by_post)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- version_end(procedure int, valid_from text, last_day text) exec
UPDATE procedure_version SET valid_to = $3 WHERE procedure_id = $1 AND valid_from < $2 AND valid_to >= $2;

-- version_repeal(procedure int, last_day text) exec
UPDATE procedure_version SET valid_to = $2 WHERE procedure_id = $1 AND valid_to > $2;

-- version_last_no(procedure int) one: no int
SELECT COALESCE(MAX(no), 0) AS no FROM procedure_version WHERE procedure_id = $1;

-- version_at(procedure int, day text) one: id int
SELECT id FROM procedure_version WHERE procedure_id = $1 AND valid_from <= $2 AND valid_to >= $2 ORDER BY no DESC LIMIT 1;

-- version_by_id(id int) one: id int, procedure_id int, no int, name text, valid_from text, valid_to text, decision_no text, decision_on text, legal_basis text, requirements text, result text, subjects text, online_level text, by_post int
SELECT id, procedure_id, no, name, valid_from, valid_to, decision_no, decision_on, legal_basis, requirements, result, subjects, online_level, by_post
FROM procedure_version WHERE id = $1;

-- version_list(procedure int) many: id int, no int, name text, valid_from text, valid_to text, decision_no text, decision_on text
SELECT id, no, name, valid_from, valid_to, decision_no, decision_on FROM procedure_version WHERE procedure_id = $1 ORDER BY no DESC;

-- case_add(version int, no int, name text, limit_unit int, limit_length int, fee int, fee_text text) exec
INSERT INTO procedure_case (version_id, no, name, limit_unit, limit_length, fee, fee_text) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- case_list(version int) many: no int, name text, limit_unit int, limit_length int, fee int, fee_text text
SELECT no, name, limit_unit, limit_length, fee, fee_text FROM procedure_case WHERE version_id = $1 ORDER BY no;

-- paper_add(version int, case_no int, no int, name text, originals int, copies int, is_required int) exec
INSERT INTO procedure_paper (version_id, case_no, no, name, originals, copies, is_required) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- paper_list(version int) many: case_no int, no int, name text, originals int, copies int, is_required int
SELECT case_no, no, name, originals, copies, is_required FROM procedure_paper WHERE version_id = $1 ORDER BY case_no, no;

-- step_add(version int, no int, code text, name text, role text, place text, minutes int) exec
INSERT INTO process_step (version_id, no, code, name, role, place, minutes) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- step_list(version int) many: no int, code text, name text, role text, place text, minutes int
SELECT no, code, name, role, place, minutes FROM process_step WHERE version_id = $1 ORDER BY no;

-- procedure_unit_add(procedure int, unit int) exec
INSERT INTO procedure_unit (procedure_id, unit_id) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- procedure_unit_remove(procedure int, unit int) exec
DELETE FROM procedure_unit WHERE procedure_id = $1 AND unit_id = $2;

-- procedure_units(procedure int) many: id int, code text, name text
SELECT u.id, u.code, u.name FROM procedure_unit pu JOIN unit u ON u.id = pu.unit_id WHERE pu.procedure_id = $1 ORDER BY u.sort_no, u.id;

-- procedure_unit_has(procedure int, unit int) one: n int
SELECT COUNT(*) AS n FROM procedure_unit WHERE procedure_id = $1 AND unit_id = $2;

-- posting_add(id int, version int, unit int, form text, posted_on text) exec
INSERT INTO procedure_posting (id, version_id, unit_id, form, posted_on, removed_on) VALUES ($1, $2, $3, $4, $5, '9999-12-31');

-- posting_remove(id int, removed_on text) exec
UPDATE procedure_posting SET removed_on = $2 WHERE id = $1;

-- posting_by_id(id int) one: id int, unit_id int, version_id int, posted_on text, removed_on text
SELECT id, unit_id, version_id, posted_on, removed_on FROM procedure_posting WHERE id = $1;

-- posting_list(procedure int) many: id int, version_no int, unit_name text, unit_id int, form text, posted_on text, removed_on text
SELECT o.id, v.no AS version_no, u.name AS unit_name, o.unit_id, o.form, o.posted_on, o.removed_on
FROM procedure_posting o JOIN procedure_version v ON v.id = o.version_id JOIN unit u ON u.id = o.unit_id
WHERE v.procedure_id = $1 ORDER BY o.posted_on DESC, o.id DESC;
