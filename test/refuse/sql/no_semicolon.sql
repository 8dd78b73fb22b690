-- expect: does not end with a semicolon: 'person_of'
-- person_of(id int) one: id int
SELECT id FROM person WHERE id = $1
