-- Reports on their way, and the frozen ones.

-- report_draft_add(id int, unit int, report text, edition int, period text, from_on text, to_on text, ended text, state int, content text, actor int, begun_at text) exec
INSERT INTO report_draft (id, unit_id, report, edition, period, from_on, to_on, ended, state, content, version, actor_id, begun_at, frozen_at, as_of, definitions, files, document_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $12, NULL, NULL, '', '{}', NULL);

-- report_draft_move(id int, state int, content text) exec
UPDATE report_draft SET state = $2, content = $3, version = version + 1 WHERE id = $1;

-- report_draft_freeze(id int, frozen_at text, as_of text, edition int, definitions text, files text) exec
UPDATE report_draft SET frozen_at = $2, as_of = $3, edition = $4, definitions = $5, files = $6 WHERE id = $1;

-- report_draft_document(id int, document int) exec
UPDATE report_draft SET document_id = $2 WHERE id = $1;

-- report_event_add(draft int, pos int, act text, actor int, at text, place text, note text) exec
INSERT INTO report_event (draft_id, pos, act, actor_id, at, place, note, settled_at) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL);

-- report_event_settle(draft int, pos int, at text) exec
UPDATE report_event SET settled_at = $3 WHERE draft_id = $1 AND pos = $2;

-- report_number_add(draft int, no int, code text, is_indicator int, unit int, field int, from_on text, to_on text, kind int, n int, whole int) exec
INSERT INTO report_number (draft_id, no, code, is_indicator, unit_id, field_id, from_on, to_on, kind, n, whole) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- report_draft_by_id(id int) one: id int, unit_id int, unit_name text, report text, edition int, period text, from_on text, to_on text, ended text, state int, content text, version int, actor_id int, begun_at text, frozen_at text null, as_of text null, definitions text, files text, document_id int null
SELECT d.id, d.unit_id, u.name AS unit_name, d.report, d.edition, d.period, d.from_on, d.to_on, d.ended, d.state, d.content, d.version, d.actor_id, d.begun_at, d.frozen_at, d.as_of, d.definitions, d.files, d.document_id
FROM report_draft d JOIN unit u ON u.id = d.unit_id WHERE d.id = $1;

-- $1 the viewer, $2 the right, $3 today.
-- report_draft_list(viewer int, right_code text, today text, most int) many: id int, unit_name text, report text, period text, from_on text, to_on text, state int, person_name text, begun_at text, frozen_at text null, document_id int null
SELECT d.id, u.name AS unit_name, d.report, d.period, d.from_on, d.to_on, d.state, p.name AS person_name, d.begun_at, d.frozen_at, d.document_id
FROM report_draft d JOIN unit u ON u.id = d.unit_id JOIN person p ON p.id = d.actor_id
WHERE d.unit_id IN (SELECT r.unit_id FROM reach r WHERE r.person_id = $1 AND r.right_code = $2 AND r.valid_from <= $3 AND r.valid_to >= $3)
ORDER BY d.to_on DESC, d.id DESC LIMIT $4;

-- The frozen report of the newest period before this one, as it was known then.
-- report_draft_before(unit int, report text, from_on text, as_of text) one: id int
SELECT id FROM report_draft WHERE unit_id = $1 AND report = $2 AND to_on < $3 AND frozen_at < $4 ORDER BY to_on DESC, frozen_at DESC, id DESC LIMIT 1;

-- report_numbers(draft int) many: no int, code text, is_indicator int, unit_id int, unit_name text, field_id int, from_on text, to_on text, kind int, n int, whole int
SELECT r.no, r.code, r.is_indicator, r.unit_id, u.name AS unit_name, r.field_id, r.from_on, r.to_on, r.kind, r.n, r.whole
FROM report_number r JOIN unit u ON u.id = r.unit_id WHERE r.draft_id = $1 ORDER BY r.no;

-- report_events(draft int) many: pos int, act text, actor_id int, actor_name text, at text, place text, note text, settled_at text null
SELECT e.pos, e.act, e.actor_id, p.name AS actor_name, e.at, e.place, e.note, e.settled_at FROM report_event e JOIN person p ON p.id = e.actor_id
WHERE e.draft_id = $1 ORDER BY e.pos;

-- How many units of that one and below the viewer does not reach: what they hold would be missing in a report.
-- report_reach_gap(viewer int, right_code text, today text, unit int) one: n int
SELECT COUNT(*) AS n FROM unit_closure c WHERE c.ancestor_id = $4 AND NOT EXISTS
  (SELECT 1 FROM reach r WHERE r.person_id = $1 AND r.right_code = $2 AND r.valid_from <= $3 AND r.valid_to >= $3 AND r.unit_id = c.descendant_id);
