-- expect: there are two values 'name'
-- person_of(id int) one: name text, name text
SELECT name, name FROM person WHERE id = $1;
