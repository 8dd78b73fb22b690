-- How agencies did their share of dossiers on a drawn process. Each agency counts a dossier once,
-- whoever received it; the city counts it once where it was received (figure.sql). $1 unit: with all
-- below it, as agencies and as counters whose dossiers others work on; $2 from and $3 to as instants
-- (to not counted), $4 viewer, $5 today.

-- fragment readable_units
SELECT r.unit_id, r.field_id FROM reach r WHERE r.person_id = $4 AND r.right_code = 'figure.read' AND r.valid_from <= $5 AND r.valid_to >= $5

-- fragment share
SELECT t.unit_id, t.dossier_id, t.no, t.step_name, t.since_at, t.step_due_at, t.done_at, t.person_id,
  CASE WHEN t.done_at IS NULL OR t.done_at >= $3 THEN CASE WHEN t.step_due_at < $3 THEN 'open_late' ELSE 'open' END
       WHEN t.timing = 3 THEN 'late' WHEN t.timing = 2 THEN 'on_time' ELSE 'early' END AS class
FROM task t JOIN flow f ON f.dossier_id = t.dossier_id JOIN dossier d ON d.id = t.dossier_id
WHERE ((t.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = $1) AND (t.unit_id, d.field_id) IN (@readable_units@))
    OR (d.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = $1) AND (d.unit_id, d.field_id) IN (@readable_units@)))
  AND t.since_at < $3 AND (t.done_at IS NULL OR t.done_at >= $2) AND t.step_code <> 'hand_out' AND (t.done_at IS NULL OR t.timing <> 0)

-- agency_counts(unit int, from_at text, to_at text, viewer int, today text) many: unit_id int, unit_name text, dossiers int, steps int, early int, on_time int, late int, open int, open_late int
SELECT y.unit_id, u.name AS unit_name, COUNT(DISTINCT y.dossier_id) AS dossiers, COUNT(*) AS steps,
  CAST(SUM(CASE WHEN y.class = 'early' THEN 1 ELSE 0 END) AS BIGINT) AS early, CAST(SUM(CASE WHEN y.class = 'on_time' THEN 1 ELSE 0 END) AS BIGINT) AS on_time,
  CAST(SUM(CASE WHEN y.class = 'late' THEN 1 ELSE 0 END) AS BIGINT) AS late, CAST(SUM(CASE WHEN y.class IN ('open', 'open_late') THEN 1 ELSE 0 END) AS BIGINT) AS open,
  CAST(SUM(CASE WHEN y.class = 'open_late' THEN 1 ELSE 0 END) AS BIGINT) AS open_late
FROM (@share@) y JOIN unit u ON u.id = y.unit_id
GROUP BY y.unit_id, u.name, u.sort_no ORDER BY u.sort_no, y.unit_id;

-- agency_steps(unit int, from_at text, to_at text, viewer int, today text) many: unit_id int, class text, code text, step_name text, procedure_name text, since_at text, step_due_at text, done_at text null, person_name text null
SELECT y.unit_id, y.class, d.code, y.step_name, v.name AS procedure_name, y.since_at, y.step_due_at, y.done_at, p.name AS person_name
FROM (@share@) y JOIN dossier d ON d.id = y.dossier_id JOIN procedure_version v ON v.id = d.version_id LEFT JOIN person p ON p.id = y.person_id
ORDER BY d.code, y.no;
