-- expect: 'one' and 'many' name columns, 'exec' none: 'person_all'
-- person_all() many
SELECT id FROM person;
