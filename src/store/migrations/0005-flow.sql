-- Where a dossier stands in the process it was received under. No row: it goes by the list of steps.
CREATE TABLE flow (
    dossier_id BIGINT PRIMARY KEY REFERENCES dossier (id),
    process_id BIGINT NOT NULL REFERENCES process (id),
    state      TEXT   NOT NULL,                -- rules/flow.h; empty: it has ended
    answers    TEXT   NOT NULL                 -- JSON object: what people answered, for the conditions
);
CREATE INDEX flow_process ON flow (process_id);
