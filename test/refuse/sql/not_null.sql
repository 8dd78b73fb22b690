-- expect: after a kind only 'null' may stand, not 'not'
-- person_of(id int) one: name text not null
SELECT name FROM person WHERE id = $1;
