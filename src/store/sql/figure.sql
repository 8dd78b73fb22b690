-- Which dossiers a period counts, and where each stands at its end, as of a time: the only source of
-- figures and of the lists behind them. $1 unit (with all below it), $2 from, $3 to (dates, both
-- counted), $4 cut-off day (open dossiers due before it are late), $5 as-of instant, $6 end of the
-- period as an instant, $7 viewer, $8 today. "Double entry": received in the period, or received
-- before and not ended before it; the two branches cannot overlap.

-- fragment known
f.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = $1)
  AND f.recorded_from < $5 AND f.recorded_to >= $5

-- fragment readable
SELECT r.unit_id, r.field_id FROM reach r WHERE r.person_id = $7 AND r.right_code = 'figure.read' AND r.valid_from <= $8 AND r.valid_to >= $8

-- fragment population
SELECT f.dossier_id, f.unit_id, f.field_id, f.procedure_id, f.channel, f.received_on, f.due_on, f.finished_on, f.outcome, 1 AS is_received
FROM dossier_fact f WHERE f.received_on >= $2 AND f.received_on <= $3 AND @known@ AND (f.unit_id, f.field_id) IN (@readable@)
UNION ALL
SELECT f.dossier_id, f.unit_id, f.field_id, f.procedure_id, f.channel, f.received_on, f.due_on, f.finished_on, f.outcome, 0 AS is_received
FROM dossier_fact f WHERE f.finished_on >= $2 AND f.received_on < $2 AND @known@ AND (f.unit_id, f.field_id) IN (@readable@)

-- The clock of a dossier that is open at the end of the period stands, and stood before it was late.
-- fragment stands
s.from_at < $6 AND s.from_recorded < $5 AND (s.to_at >= $6 OR s.to_recorded >= $5)

-- The numbers are those of enum figure_class.
-- fragment class
CASE WHEN x.finished_on <= $3 AND x.outcome IN (3, 4) THEN 6
       WHEN x.finished_on <= $3 AND x.finished_on < x.due_on THEN 0
       WHEN x.finished_on <= $3 AND x.finished_on = x.due_on THEN 1
       WHEN x.finished_on <= $3 THEN 2
       WHEN x.is_suspended = 1 THEN 4
       WHEN x.due_on < $4 THEN 5
       ELSE 3 END AS class,
  CASE WHEN x.outcome = 2 THEN 1 ELSE 0 END AS is_refused

-- fragment classified
SELECT x.dossier_id, x.unit_id, x.field_id, x.procedure_id, x.channel, x.received_on, x.due_on, x.finished_on, x.is_received, @class@
FROM (SELECT p.dossier_id, p.unit_id, p.field_id, p.procedure_id, p.channel, p.received_on, p.due_on, p.finished_on, p.outcome, p.is_received,
        CASE WHEN p.finished_on > $3 AND EXISTS (SELECT 1 FROM suspension s WHERE s.dossier_id = p.dossier_id AND @stands@ AND s.from_on <= p.due_on)
             THEN 1 ELSE 0 END AS is_suspended
      FROM (@population@) p) x

-- The same population, counted before it is classified. $9 the day of the as-of instant (UTC), $10 the day after:
-- groups that were believed all through that day, then the facts that were recorded or superseded on it, one by one.
-- Suspended dossiers are few: they are taken out of the groups one by one, and put back as what they are.
-- fragment below
c.unit_id IN (SELECT u.descendant_id FROM unit_closure u WHERE u.ancestor_id = $1)

-- Still believed, or superseded later than that day: the one is sought by its period, the other by the few days since.
-- fragment believed
@below@ AND c.to_day = '9999-12-31' AND c.from_day < $9

-- fragment superseded
@below@ AND c.to_day > $9 AND c.to_day < '9999-12-31' AND c.from_day < $9

-- The sign before unit_id keeps SQLite on the index of the recording time.
-- fragment of_day
f.recorded_from < $5 AND f.recorded_to >= $5 AND +f.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = $1)
  AND f.received_on <= $3 AND (f.received_on >= $2 OR f.finished_on >= $2)

-- fragment grouped
SELECT c.unit_id, c.field_id, c.channel, c.received_on, c.due_on, c.finished_on, c.outcome, 1 AS is_received, 0 AS is_suspended, c.n
FROM dossier_count c WHERE c.received_on >= $2 AND c.received_on <= $3 AND @believed@
UNION ALL
SELECT c.unit_id, c.field_id, c.channel, c.received_on, c.due_on, c.finished_on, c.outcome, 0 AS is_received, 0 AS is_suspended, c.n
FROM dossier_count c WHERE c.finished_on >= $2 AND c.received_on < $2 AND @believed@
UNION ALL
SELECT c.unit_id, c.field_id, c.channel, c.received_on, c.due_on, c.finished_on, c.outcome, CASE WHEN c.received_on < $2 THEN 0 ELSE 1 END AS is_received, 0 AS is_suspended, c.n
FROM dossier_count c WHERE c.received_on <= $3 AND (c.received_on >= $2 OR c.finished_on >= $2) AND @superseded@
UNION ALL
SELECT f.unit_id, f.field_id, f.channel, f.received_on, f.due_on, f.finished_on, f.outcome,
  CASE WHEN f.received_on < $2 THEN 0 ELSE 1 END AS is_received, 0 AS is_suspended, 1 AS n
FROM dossier_fact f WHERE f.recorded_from >= $9 AND @of_day@
UNION ALL
SELECT f.unit_id, f.field_id, f.channel, f.received_on, f.due_on, f.finished_on, f.outcome,
  CASE WHEN f.received_on < $2 THEN 0 ELSE 1 END AS is_received, 0 AS is_suspended, 1 AS n
FROM dossier_fact f WHERE f.recorded_to < '9999-12-31' AND f.recorded_to < $10 AND f.recorded_from < $9 AND @of_day@
UNION ALL
SELECT f.unit_id, f.field_id, f.channel, f.received_on, f.due_on, f.finished_on, f.outcome,
  CASE WHEN f.received_on < $2 THEN 0 ELSE 1 END AS is_received, k.is_suspended, k.n
FROM (SELECT s.dossier_id, MIN(s.from_on) AS from_on FROM suspension s WHERE @stands@ GROUP BY s.dossier_id) s
CROSS JOIN (SELECT 0 AS is_suspended, -1 AS n UNION ALL SELECT 1 AS is_suspended, 1 AS n) k
CROSS JOIN dossier_fact f
WHERE f.dossier_id = s.dossier_id AND s.from_on <= f.due_on AND f.finished_on > $3 AND f.received_on <= $3 AND @known@

-- fragment counted
SELECT x.unit_id, x.field_id, x.is_received, x.channel, x.received_on, x.finished_on, @class@, x.n
FROM (@grouped@) x WHERE (x.unit_id, x.field_id) IN (@readable@)

-- Rows are added up by who reads them: sorting them into groups costs more than they do. "how": class, whether it was
-- refused, channel and whether it was received in the period, in one number (acts/figure.c).
-- figure_counts(unit int, from_on text, to_on text, cut_on text, as_of text, end_at text, viewer int, today text, as_of_day text, day_after text) many: unit_id int, field_id int, how int, n int
SELECT y.unit_id, y.field_id, y.class * 32 + y.is_refused * 16 + y.channel * 2 + y.is_received AS how, y.n FROM (@counted@) y;

-- figure_records(unit int, from_on text, to_on text, cut_on text, as_of text, end_at text, viewer int, today text) many: dossier_id int, code text, unit_id int, field_id int, procedure_id int, channel int, received_on text, due_on text, finished_on text, is_received int, class int, is_refused int
SELECT y.dossier_id, d.code, y.unit_id, y.field_id, y.procedure_id, y.channel, y.received_on, y.due_on, y.finished_on, y.is_received, y.class, y.is_refused
FROM (@classified@) y JOIN dossier d ON d.id = y.dossier_id
ORDER BY d.code;

-- The open late ones that wait longest, at most $9; equal ones in the order they came.
-- figure_longest_late(unit int, from_on text, to_on text, cut_on text, as_of text, end_at text, viewer int, today text, most int) many: dossier_id int, code text, unit_id int, field_id int, procedure_id int, channel int, received_on text, due_on text, finished_on text
SELECT z.dossier_id, d.code, z.unit_id, z.field_id, z.procedure_id, z.channel, z.received_on, z.due_on, z.finished_on
FROM (SELECT y.dossier_id, y.unit_id, y.field_id, y.procedure_id, y.channel, y.received_on, y.due_on, y.finished_on
      FROM (@classified@) y WHERE y.class = 5 ORDER BY y.due_on, y.dossier_id LIMIT $9) z
JOIN dossier d ON d.id = z.dossier_id
ORDER BY z.due_on, z.dossier_id;

-- figure_by_day(unit int, from_on text, to_on text, cut_on text, as_of text, end_at text, viewer int, today text, as_of_day text, day_after text) many: day text, received int, finished int
SELECT z.day, CAST(SUM(z.received) AS BIGINT) AS received, CAST(SUM(z.finished) AS BIGINT) AS finished FROM (
  SELECT y.received_on AS day, y.n AS received, 0 AS finished FROM (@counted@) y WHERE y.is_received = 1
  UNION ALL
  SELECT y.finished_on AS day, 0 AS received, y.n AS finished FROM (@counted@) y WHERE y.class IN (0, 1, 2)
) z GROUP BY z.day ORDER BY z.day;

-- figure_first_day(unit int) one: first_on text null, last_on text null
SELECT MIN(f.received_on) AS first_on, MAX(f.received_on) AS last_on FROM dossier_fact f
WHERE f.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = $1);
