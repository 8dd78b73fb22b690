-- A remark, with (brackets) in it.

-- fragment living
person WHERE dead_on IS NULL

-- person_of(id int) one: id int, name text, died text null, photo blob null
SELECT id, name, 'a; b' || died AS died, photo FROM @living@ AND id = $1;

-- person_add(id int, name text null) exec
-- only: sqlite
INSERT INTO person (id, name) VALUES ($1, $2);
-- only: postgres
INSERT INTO person (id, name) VALUES ($1, lower($2));
-- end

-- person_all() many: id int
SELECT id FROM person;
