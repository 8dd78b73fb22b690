-- Processes of procedures.

-- process_in_force(procedure int, on_day text) one: id int, no int, name text, xml text
SELECT id, no, name, xml FROM process
WHERE procedure_id = $1 AND is_published = 1 AND valid_from <= $2 AND valid_to >= $2 ORDER BY no DESC LIMIT 1;

-- process_by_id(id int) one: id int, procedure_id int, no int, name text, xml text, is_published int, valid_from text, valid_to text, decision text, rule text, note text, author int, saved_at text
SELECT id, procedure_id, no, name, xml, is_published, valid_from, valid_to, decision, rule, note, author, saved_at FROM process WHERE id = $1;

-- process_revisions(procedure int) many: id int, no int, name text, is_published int, valid_from text, valid_to text, decision text, rule text, note text, author_name text null, saved_at text
SELECT s.id, s.no, s.name, s.is_published, s.valid_from, s.valid_to, s.decision, s.rule, s.note, p.name AS author_name, s.saved_at
FROM process s LEFT JOIN person p ON p.id = s.author WHERE s.procedure_id = $1 ORDER BY s.no;

-- process_of_procedures(on_day text) many: procedure_id int, code text, name text, process_id int null, no int null, rule text null
SELECT p.id AS procedure_id, p.code, p.name, s.id AS process_id, s.no,
  CASE WHEN s.rule <> '' THEN s.rule WHEN s.id IS NULL THEN NULL ELSE COALESCE((SELECT MAX(c.number) FROM cooperation_rule c
    WHERE ' ' || c.procedures || ' ' LIKE '% ' || p.code || ' %' AND c.valid_from <= $1 AND c.valid_to >= $1), '') END AS rule
FROM procedure p LEFT JOIN process s ON s.procedure_id = p.id AND s.is_published = 1 AND s.valid_from <= $1 AND s.valid_to >= $1
ORDER BY CASE WHEN s.id IS NULL THEN 1 ELSE 0 END, p.code;

-- process_add(id int, procedure int, no int, name text, xml text, decision text, rule text, note text, author int, saved_at text) exec
INSERT INTO process (id, procedure_id, no, name, xml, is_published, valid_from, valid_to, decision, rule, note, author, saved_at)
VALUES ($1, $2, $3, $4, $5, 0, '9999-12-31', '9999-12-31', $6, $7, $8, $9, $10);

-- process_set(id int, name text, xml text, decision text, rule text, note text, author int, saved_at text) exec
UPDATE process SET name = $2, xml = $3, decision = $4, rule = $5, note = $6, author = $7, saved_at = $8 WHERE id = $1;

-- process_publish(id int, valid_from text) exec
UPDATE process SET is_published = 1, valid_from = $2 WHERE id = $1;

-- process_end(procedure int, id int, last_day text) exec
UPDATE process SET valid_to = $3 WHERE procedure_id = $1 AND id <> $2 AND is_published = 1 AND valid_to > $3;
