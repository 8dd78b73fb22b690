-- expect: stands under no heading
-- person_of(id int) row: id int
SELECT id FROM person WHERE id = $1;
