-- A dossier on its drawn process.

-- flow_add(dossier int, process int, state text, answers text) exec
INSERT INTO flow (dossier_id, process_id, state, answers) VALUES ($1, $2, $3, $4);

-- flow_set(dossier int, state text, answers text) exec
UPDATE flow SET state = $2, answers = $3 WHERE dossier_id = $1;

-- flow_of(dossier int) one: process_id int, state text, answers text
SELECT process_id, state, answers FROM flow WHERE dossier_id = $1;
