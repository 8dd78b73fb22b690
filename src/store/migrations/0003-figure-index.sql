-- Figures are counted from these indexes alone, in their order: no row is fetched, nothing is sorted.
DROP INDEX dossier_fact_received;
DROP INDEX dossier_fact_finished;
CREATE INDEX dossier_fact_received ON dossier_fact (unit_id, received_on, field_id, channel, due_on, finished_on, outcome, recorded_from, recorded_to, procedure_id, dossier_id);
CREATE INDEX dossier_fact_finished ON dossier_fact (unit_id, finished_on, received_on, field_id, channel, due_on, outcome, recorded_from, recorded_to, procedure_id, dossier_id);
