-- calendar_add(id int, code text, name text) exec
INSERT INTO calendar (id, code, name, version) VALUES ($1, $2, $3, 1);

-- calendar_touch(id int) exec
UPDATE calendar SET version = version + 1 WHERE id = $1;

-- calendar_by_id(id int) one: id int, code text, name text, version int
SELECT id, code, name, version FROM calendar WHERE id = $1;

-- calendar_by_code(code text) one: id int, code text, name text, version int
SELECT id, code, name, version FROM calendar WHERE code = $1;

-- calendar_list() many: id int, code text, name text, version int
SELECT id, code, name, version FROM calendar ORDER BY code;

-- calendar_days(calendar int) many: day text, kind int, name text, basis text
SELECT day, kind, name, basis FROM calendar_day WHERE calendar_id = $1 ORDER BY day;

-- calendar_day_set(calendar int, day text, kind int, name text, basis text) exec
INSERT INTO calendar_day (calendar_id, day, kind, name, basis) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (calendar_id, day) DO UPDATE SET kind = excluded.kind, name = excluded.name, basis = excluded.basis;

-- calendar_day_unset(calendar int, day text) exec
DELETE FROM calendar_day WHERE calendar_id = $1 AND day = $2;

-- calendar_hours(calendar int) many: valid_from text, cut_off int, work text, intake text
SELECT valid_from, cut_off, work, intake FROM calendar_hours WHERE calendar_id = $1 ORDER BY valid_from;

-- calendar_hours_set(calendar int, valid_from text, cut_off int, work text, intake text) exec
INSERT INTO calendar_hours (calendar_id, valid_from, cut_off, work, intake) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (calendar_id, valid_from) DO UPDATE SET cut_off = excluded.cut_off, work = excluded.work, intake = excluded.intake;

-- calendar_promises(calendar int, first text, last text) many: id int
SELECT d.id FROM dossier d JOIN unit u ON u.id = d.unit_id
WHERE u.calendar_id = $1 AND d.is_open = 1 AND d.due_given = 0 AND d.received_on <= $3 AND d.due_on >= $2
ORDER BY d.id;
