-- expect: a parameter that is not declared is used in 'person_of'
-- person_of(id int) one: id int
SELECT id FROM person WHERE id = $1 OR id = $0;
