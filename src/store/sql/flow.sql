-- A dossier on its drawn process.

-- flow_add(dossier int, process int, state text, answers text) exec
INSERT INTO flow (dossier_id, process_id, state, answers) VALUES ($1, $2, $3, $4);

-- flow_set(dossier int, process int, state text, answers text) exec
UPDATE flow SET process_id = $2, state = $3, answers = $4 WHERE dossier_id = $1;

-- flow_running(procedure int, but int, n int) many: dossier_id int, code text, process_id int, no int, state text, unit_name text, applicant text
SELECT f.dossier_id, d.code, f.process_id, s.no, f.state, u.name AS unit_name, d.applicant
FROM flow f JOIN process s ON s.id = f.process_id JOIN dossier d ON d.id = f.dossier_id JOIN unit u ON u.id = d.unit_id
WHERE s.procedure_id = $1 AND f.process_id <> $2 AND f.state <> '' ORDER BY s.no, d.code LIMIT $3;

-- flow_of(dossier int) one: process_id int, state text, answers text
SELECT process_id, state, answers FROM flow WHERE dossier_id = $1;
