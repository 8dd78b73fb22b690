-- expect: there are two statements 'person_of'
-- person_of(id int) one: id int
SELECT id FROM person WHERE id = $1;
-- person_of(name text) one: id int
SELECT id FROM person WHERE name = $1;
