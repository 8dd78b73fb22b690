-- person_add(id int, login text, name text, name_key text, title text, unit int, email text, phone text) exec
INSERT INTO person (id, login, name, name_key, title, unit_id, email, phone, is_active, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, 1);

-- person_change(id int, name text, name_key text, title text, unit int, email text, phone text, is_active int) exec
UPDATE person SET name = $2, name_key = $3, title = $4, unit_id = $5, email = $6, phone = $7, is_active = $8, version = version + 1
WHERE id = $1;

-- person_by_id(id int) one: id int, login text, name text, title text, unit_id int, email text, phone text, is_active int, version int
SELECT id, login, name, title, unit_id, email, phone, is_active, version FROM person WHERE id = $1;

-- person_by_login(login text) one: id int, login text, name text, title text, unit_id int, email text, phone text, is_active int, version int
SELECT id, login, name, title, unit_id, email, phone, is_active, version FROM person WHERE login = $1;

-- person_list(unit int null) many: id int, login text, name text, title text, unit_id int, unit_name text, is_active int
SELECT p.id, p.login, p.name, p.title, p.unit_id, u.name AS unit_name, p.is_active
FROM person p JOIN unit u ON u.id = p.unit_id
WHERE CAST($1 AS BIGINT) IS NULL OR p.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = $1)
ORDER BY u.sort_no, p.name_key, p.id;

-- Whom the viewer may administer, at a unit and below it or everywhere.
-- person_list_of(viewer int, today text, unit int null) many: id int, login text, name text, title text, unit_id int, unit_name text, is_active int
SELECT p.id, p.login, p.name, p.title, p.unit_id, u.name AS unit_name, p.is_active
FROM person p JOIN unit u ON u.id = p.unit_id
WHERE p.unit_id IN (SELECT r.unit_id FROM reach r WHERE r.person_id = $1 AND r.right_code IN ('person.edit', 'grant.edit') AND r.valid_from <= $2 AND r.valid_to >= $2)
  AND (CAST($3 AS BIGINT) IS NULL OR p.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = $3))
ORDER BY u.sort_no, p.name_key, p.id;

-- person_able(unit int, right_code text, today text) many: id int, login text, name text, title text
SELECT p.id, p.login, p.name, p.title FROM person p
WHERE p.is_active = 1 AND p.id IN (SELECT r.person_id FROM reach r WHERE r.unit_id = $1 AND r.right_code = $2 AND r.valid_from <= $3 AND r.valid_to >= $3)
ORDER BY p.name_key, p.id;

-- role_set(code text, name text, sort_no int) exec
INSERT INTO role (code, name, sort_no) VALUES ($1, $2, $3) ON CONFLICT (code) DO UPDATE SET name = excluded.name, sort_no = excluded.sort_no;

-- role_right_clear(role text) exec
DELETE FROM role_right WHERE role = $1;

-- role_right_add(role text, right_code text) exec
INSERT INTO role_right (role, right_code) VALUES ($1, $2);

-- role_list() many: code text, name text, sort_no int
SELECT code, name, sort_no FROM role ORDER BY sort_no, code;

-- role_rights() many: role text, right_code text
SELECT role, right_code FROM role_right ORDER BY role, right_code;

-- grant_add(id int, person int, role text, unit int, is_subtree int, field int null, valid_from text, valid_to text) exec
INSERT INTO person_grant (id, person_id, role, unit_id, is_subtree, field_id, valid_from, valid_to)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- grant_end(id int, valid_to text) exec
UPDATE person_grant SET valid_to = $2 WHERE id = $1;

-- grant_by_id(id int) one: id int, person_id int, role text, unit_id int, is_subtree int, field_id int null, valid_from text, valid_to text
SELECT id, person_id, role, unit_id, is_subtree, field_id, valid_from, valid_to FROM person_grant WHERE id = $1;

-- grant_list(person int) many: id int, role text, role_name text, unit_id int, unit_name text, is_subtree int, field_name text null, valid_from text, valid_to text
SELECT g.id, g.role, r.name AS role_name, g.unit_id, u.name AS unit_name, g.is_subtree, f.name AS field_name, g.valid_from, g.valid_to
FROM person_grant g JOIN role r ON r.code = g.role JOIN unit u ON u.id = g.unit_id LEFT JOIN field f ON f.id = g.field_id
WHERE g.person_id = $1 ORDER BY g.id;

-- delegation_add(id int, grant_id int, to_person int, valid_from text, valid_to text, reason text) exec
INSERT INTO delegation (id, grant_id, to_person_id, valid_from, valid_to, reason) VALUES ($1, $2, $3, $4, $5, $6);

-- delegation_end(id int, valid_to text) exec
UPDATE delegation SET valid_to = $2 WHERE id = $1;

-- delegation_by_id(id int) one: id int, grant_id int, from_person_id int, to_person_id int, valid_from text, valid_to text
SELECT d.id, d.grant_id, g.person_id AS from_person_id, d.to_person_id, d.valid_from, d.valid_to
FROM delegation d JOIN person_grant g ON g.id = d.grant_id WHERE d.id = $1;

-- delegation_list(person int) many: id int, grant_id int, from_name text, to_name text, role_name text, unit_name text, valid_from text, valid_to text, reason text, is_from int
SELECT d.id, d.grant_id, pf.name AS from_name, pt.name AS to_name, r.name AS role_name, u.name AS unit_name, d.valid_from, d.valid_to, d.reason,
       CASE WHEN g.person_id = $1 THEN 1 ELSE 0 END AS is_from
FROM delegation d JOIN person_grant g ON g.id = d.grant_id JOIN person pf ON pf.id = g.person_id JOIN person pt ON pt.id = d.to_person_id
JOIN role r ON r.code = g.role JOIN unit u ON u.id = g.unit_id
WHERE g.person_id = $1 OR d.to_person_id = $1 ORDER BY d.id;

-- reach_has(person int, right_code text, unit int, field int null, today text) one: n int
SELECT COUNT(*) AS n FROM reach r
WHERE r.person_id = $1 AND r.right_code = $2 AND r.unit_id = $3
  AND (CAST($4 AS BIGINT) IS NULL OR r.field_id = $4) AND r.valid_from <= $5 AND r.valid_to >= $5;

-- reach_any(person int, right_code text, today text) one: n int
SELECT COUNT(*) AS n FROM reach r WHERE r.person_id = $1 AND r.right_code = $2 AND r.valid_from <= $3 AND r.valid_to >= $3;

-- reach_rights(person int, today text) many: right_code text
SELECT DISTINCT r.right_code FROM reach r WHERE r.person_id = $1 AND r.valid_from <= $2 AND r.valid_to >= $2 ORDER BY r.right_code;

-- What a person may give on: covered by one grant of his own, whole; what was lent does not count.
-- fragment covering
SELECT 1 FROM person_grant g JOIN role_right own ON own.role = g.role JOIN unit_closure c ON c.ancestor_id = g.unit_id
WHERE g.person_id = $1 AND c.descendant_id = $3 AND (c.depth = 0 OR g.is_subtree = 1)

-- grant_excess(person int, role text, unit int, is_subtree int, field int null, today text) many: right_code text
SELECT rr.right_code FROM role_right rr
WHERE rr.role = $2 AND NOT EXISTS (
  @covering@
    AND own.right_code = rr.right_code AND (g.is_subtree = 1 OR CAST($4 AS BIGINT) = 0)
    AND (g.field_id IS NULL OR g.field_id = CAST($5 AS BIGINT)) AND g.valid_from <= $6 AND g.valid_to >= $6)
ORDER BY rr.right_code;

-- grant_covers(person int, right_code text, unit int, today text) one: n int
SELECT COUNT(*) AS n FROM person WHERE id = $1 AND EXISTS (
  @covering@
    AND own.right_code = $2 AND g.is_subtree = 1 AND g.field_id IS NULL AND g.valid_from <= $4 AND g.valid_to >= $4);
