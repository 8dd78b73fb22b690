-- expect: is declared and not used: 'name'
-- person_of(id int, name text) one: id int
SELECT id FROM person WHERE id = $1;
