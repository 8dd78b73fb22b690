-- expect: a kind is int, text or blob, not 'date'
-- person_of(id int) one: born date
SELECT born FROM person WHERE id = $1;
