-- Directives from figures.

-- directive_add(id int, task int, code text, is_indicator int, unit int, field int, cohort int, from_on text, to_on text, as_of text, given_at text) exec
INSERT INTO directive (id, task_id, code, is_indicator, unit_id, field_id, cohort, from_on, to_on, as_of, given_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- directive_record_add(directive int, no int, kind int, record int, title text, unit text) exec
INSERT INTO directive_record (directive_id, no, kind, record_id, title, unit) VALUES ($1, $2, $3, $4, $5, $6);

-- directive_of_task(task int) one: id int, code text, is_indicator int, unit_id int, unit_name text, field_id int, cohort int, from_on text, to_on text, as_of text, given_at text
SELECT d.id, d.code, d.is_indicator, d.unit_id, u.name AS unit_name, d.field_id, d.cohort, d.from_on, d.to_on, d.as_of, d.given_at
FROM directive d JOIN unit u ON u.id = d.unit_id WHERE d.task_id = $1;

-- directive_records(directive int) many: no int, kind int, record_id int, title text, unit text
SELECT no, kind, record_id, title, unit FROM directive_record WHERE directive_id = $1 ORDER BY no;
