-- expect: 'one' and 'many' name columns, 'exec' none: 'person_add'
-- person_add(id int) exec: id int
INSERT INTO person (id) VALUES ($1) RETURNING id;
