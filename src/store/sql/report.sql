-- What lists behind figures say beside the figure's own columns.

-- record_holder(dossier int) one: step_name text, unit_name text, person_name text null
SELECT t.step_name, u.name AS unit_name, p.name AS person_name
FROM task t JOIN unit u ON u.id = t.unit_id LEFT JOIN person p ON p.id = t.person_id
WHERE t.dossier_id = $1 AND t.done_at IS NULL ORDER BY t.no DESC LIMIT 1;

-- procedure_names() many: id int, code text, name text
SELECT id, code, name FROM procedure ORDER BY id;
