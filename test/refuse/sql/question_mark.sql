-- expect: parameters are $1, $2 …, not ?, in 'person_of'
-- person_of(id int) one: id int
SELECT id FROM person WHERE id = $1 AND name = ?;
