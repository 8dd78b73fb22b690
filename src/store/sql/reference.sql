-- reference_pos() one: pos int
SELECT pos FROM reference WHERE id = 1;

-- reference_set(pos int) exec
UPDATE reference SET pos = $1 WHERE id = 1;
