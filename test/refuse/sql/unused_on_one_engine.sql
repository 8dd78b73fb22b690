-- expect: is declared and not used: 'name'
-- person_of(id int, name text) one: id int
-- only: sqlite
SELECT id FROM person WHERE id = $1 AND name = $2;
-- only: postgres
SELECT id FROM person WHERE id = $1;
-- end
