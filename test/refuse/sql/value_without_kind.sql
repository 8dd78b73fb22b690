-- expect: a value is written 'name kind', not 'id'
-- person_of(id) one: name text
SELECT name FROM person WHERE id = $1;
