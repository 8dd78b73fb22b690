-- expect: 'person_of' has no text for each engine
-- person_of(id int) one: id int
-- only: sqlite
SELECT id FROM person WHERE id = $1;
-- end
