-- A dossier on its drawn process.

-- flow_add(dossier int, process int, state text, answers text) exec
INSERT INTO flow (dossier_id, process_id, state, answers) VALUES ($1, $2, $3, $4);

-- flow_set(dossier int, state text, answers text) exec
UPDATE flow SET state = $2, answers = $3 WHERE dossier_id = $1;

-- flow_set_process(dossier int, process int, state text) exec
UPDATE flow SET process_id = $2, state = $3 WHERE dossier_id = $1;

-- flow_of(dossier int) one: process_id int, state text, answers text
SELECT process_id, state, answers FROM flow WHERE dossier_id = $1;

-- Running dossiers of a procedure on another version than this.
-- flow_elsewhere(procedure int, process int) many: dossier_id int, code text
SELECT f.dossier_id, d.code FROM flow f JOIN dossier d ON d.id = f.dossier_id
WHERE d.procedure_id = $1 AND f.process_id <> $2 AND d.is_open = 1 AND f.state <> '' ORDER BY f.dossier_id;
