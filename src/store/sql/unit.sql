-- unit_add(id int, code text, agency_code text, name text, short_name text, kind text, parent_id int null, calendar_id int, zone text, address text, phone text, valid_from text, valid_to text, sort_no int) exec
INSERT INTO unit (id, code, agency_code, name, short_name, kind, parent_id, calendar_id, zone, address, phone, valid_from, valid_to, sort_no, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1);

-- unit_change(id int, name text, short_name text, agency_code text, calendar_id int, address text, phone text, valid_to text) exec
UPDATE unit SET name = $2, short_name = $3, agency_code = $4, calendar_id = $5, address = $6, phone = $7, valid_to = $8, version = version + 1 WHERE id = $1;

-- unit_closure_add_self(id int) exec
INSERT INTO unit_closure (ancestor_id, descendant_id, depth) VALUES ($1, $1, 0);

-- unit_closure_add_above(parent int, id int) exec
INSERT INTO unit_closure (ancestor_id, descendant_id, depth)
SELECT c.ancestor_id, CAST($2 AS BIGINT), c.depth + 1 FROM unit_closure c WHERE c.descendant_id = $1;

-- unit_successor_add(unit int, successor int, since text) exec
INSERT INTO unit_successor (unit_id, successor_id, since) VALUES ($1, $2, $3)
ON CONFLICT (unit_id, successor_id) DO UPDATE SET since = excluded.since;

-- unit_by_id(id int) one: id int, code text, agency_code text, name text, short_name text, kind text, parent_id int null, calendar_id int, zone text, address text, phone text, valid_from text, valid_to text, sort_no int, version int
SELECT id, code, agency_code, name, short_name, kind, parent_id, calendar_id, zone, address, phone, valid_from, valid_to, sort_no, version
FROM unit WHERE id = $1;

-- unit_by_code(code text, day text) one: id int, code text, agency_code text, name text, short_name text, kind text, parent_id int null, calendar_id int, zone text, address text, phone text, valid_from text, valid_to text, sort_no int, version int
SELECT id, code, agency_code, name, short_name, kind, parent_id, calendar_id, zone, address, phone, valid_from, valid_to, sort_no, version
FROM unit WHERE code = $1 AND valid_from <= $2 AND valid_to >= $2 ORDER BY valid_from DESC LIMIT 1;

-- unit_by_code_any(code text) one: id int, valid_from text
SELECT id, valid_from FROM unit WHERE code = $1 ORDER BY valid_from LIMIT 1;

-- unit_tree() many: id int, code text, agency_code text, name text, short_name text, kind text, parent_id int null, calendar_id int, valid_from text, valid_to text, sort_no int, version int
SELECT id, code, agency_code, name, short_name, kind, parent_id, calendar_id, valid_from, valid_to, sort_no, version
FROM unit ORDER BY sort_no, id;

-- unit_below(ancestor int) many: id int, code text, name text, kind text, depth int
SELECT u.id, u.code, u.name, u.kind, c.depth FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
WHERE c.ancestor_id = $1 ORDER BY u.sort_no, u.id;

-- unit_is_below(ancestor int, descendant int) one: n int
SELECT COUNT(*) AS n FROM unit_closure WHERE ancestor_id = $1 AND descendant_id = $2;

-- unit_reachable(person int, right_code text, today text) many: id int, code text, name text, kind text, sort_no int
SELECT u.id, u.code, u.name, u.kind, u.sort_no FROM unit u
WHERE u.id IN (SELECT r.unit_id FROM reach r WHERE r.person_id = $1 AND r.right_code = $2 AND r.valid_from <= $3 AND r.valid_to >= $3)
  AND u.valid_from <= $3 AND u.valid_to >= $3
ORDER BY u.sort_no, u.id;

-- unit_open_count(unit int) one: n int
SELECT COUNT(*) AS n FROM task WHERE unit_id = $1 AND done_at IS NULL;

-- unit_successors() many: unit_id int, successor_id int, since text, code text, name text
SELECT s.unit_id, s.successor_id, s.since, u.code, u.name FROM unit_successor s JOIN unit u ON u.id = s.successor_id
ORDER BY s.unit_id, u.sort_no;

-- field_add(id int, code text, name text, sort_no int) exec
INSERT INTO field (id, code, name, sort_no) VALUES ($1, $2, $3, $4)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, sort_no = excluded.sort_no;

-- field_by_code(code text) one: id int, code text, name text
SELECT id, code, name FROM field WHERE code = $1;

-- field_all() many: id int, code text, name text
SELECT id, code, name FROM field ORDER BY sort_no, id;

-- reason_add(id int, kind text, code text, name text, owner int, basis text) exec
INSERT INTO reason (id, kind, code, name, owner, basis) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (kind, code) DO UPDATE SET name = excluded.name, owner = excluded.owner, basis = excluded.basis;

-- reason_by_code(kind text, code text) one: code text, name text, owner int, basis text
SELECT code, name, owner, basis FROM reason WHERE kind = $1 AND code = $2;

-- reason_of_kind(kind text) many: code text, name text, owner int, basis text
SELECT code, name, owner, basis FROM reason WHERE kind = $1 ORDER BY id;

-- unit_code_overlaps(code text, valid_from text, valid_to text, except_id int) one: n int
SELECT COUNT(*) AS n FROM unit WHERE code = $1 AND valid_from <= $3 AND valid_to >= $2 AND id <> $4;

-- unit_outlived(unit int, last_day text) one: n int
SELECT COUNT(*) AS n FROM unit_closure c JOIN unit u ON u.id = c.descendant_id
WHERE c.ancestor_id = $1 AND c.depth > 0 AND u.valid_to > $2;

-- unit_promises(unit int) many: id int
SELECT id FROM dossier WHERE unit_id = $1 AND is_open = 1 AND due_given = 0 ORDER BY id;

-- unit_by_name(name text) one: id int, valid_from text
SELECT id, valid_from FROM unit WHERE name = $1 OR short_name = $1 ORDER BY valid_from LIMIT 1;
