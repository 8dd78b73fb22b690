-- The register of digital certificates.

-- Whose register the viewer reads, and what is the viewer's own. $1 the viewer, $2 today.
-- fragment seen
(c.person_id = $1 OR c.unit_id IN (SELECT r.unit_id FROM reach r WHERE r.person_id = $1 AND r.right_code = 'certificate.read' AND r.valid_from <= $2 AND r.valid_to >= $2))

-- As certificate_shown() of rules/certificate.h has it; $3 today, $4 the last day of warning.
-- fragment shown
CASE WHEN c.state IN (3, 4, 5, 6) AND c.ends_on < $3 THEN 4 WHEN c.state = 5 AND c.ends_on <= $4 THEN 3 WHEN c.state = 5 THEN 1 WHEN c.state = 6 THEN 2 WHEN c.state = 7 THEN 5 WHEN c.state = 8 THEN 6 ELSE 0 END

-- fragment filters
(CAST($5 AS BIGINT) IS NULL OR c.unit_id IN (SELECT x.descendant_id FROM unit_closure x WHERE x.ancestor_id = $5))
AND (CAST($6 AS BIGINT) IS NULL OR c.kind = $6)
AND (CAST($7 AS TEXT) IS NULL OR c.search LIKE $7 ESCAPE '!')

-- certificate_add(id int, request int, no int, unit int, unit_name text, kind int, purpose int, replaces int null, person int null, name text, title text, birth text, id_no text, email text, is_leader int, request_no text, request_on text, search text) exec
INSERT INTO certificate (id, request_id, no, unit_id, unit_name, kind, purpose, replaces_id, person_id, name, title, birth, id_no, email, is_leader, request_no, request_on, state, token, serial, subject, issuer, is_public_service, not_before, not_after, ends_on, hash, issue_no, minutes_no, returned_on, post_unit_id, post_title, search, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1, '', '', '', '', 0, NULL, NULL, '9999-12-31', '', '', '', '9999-12-31', NULL, '', $18, 1);

-- certificate_set_state(id int, state int) exec
UPDATE certificate SET state = $2, version = version + 1 WHERE id = $1;

-- certificate_set_issued(id int, token text, serial text, subject text, issuer text, is_public_service int, not_before text, not_after text, ends_on text, hash text, issue_no text, search text) exec
UPDATE certificate SET token = $2, serial = $3, subject = $4, issuer = $5, is_public_service = $6, not_before = $7, not_after = $8, ends_on = $9, hash = $10, issue_no = $11, search = $12 WHERE id = $1;

-- certificate_set_minutes(id int, minutes_no text) exec
UPDATE certificate SET minutes_no = $2 WHERE id = $1;

-- certificate_set_post(id int, unit int null, title text) exec
UPDATE certificate SET post_unit_id = $2, post_title = $3 WHERE id = $1;

-- certificate_set_returned(id int, on_day text) exec
UPDATE certificate SET returned_on = $2 WHERE id = $1;

-- certificate_by_id(id int) one: id int, request_id int, no int, unit_id int, unit_name text, kind int, purpose int, replaces_id int null, person_id int null, name text, title text, birth text, id_no text, email text, is_leader int, request_no text, request_on text, state int, token text, serial text, subject text, issuer text, is_public_service int, not_before text null, not_after text null, ends_on text, hash text, issue_no text, minutes_no text, returned_on text, post_unit_id int null, post_title text, search text, version int, unit_now text, person_name text null, person_login text null
SELECT c.id, c.request_id, c.no, c.unit_id, c.unit_name, c.kind, c.purpose, c.replaces_id, c.person_id, c.name, c.title, c.birth, c.id_no, c.email, c.is_leader, c.request_no, c.request_on, c.state, c.token, c.serial, c.subject, c.issuer, c.is_public_service, c.not_before, c.not_after, c.ends_on, c.hash, c.issue_no, c.minutes_no, c.returned_on, c.post_unit_id, c.post_title, c.search, c.version, u.name AS unit_now, p.name AS person_name, p.login AS person_login
FROM certificate c JOIN unit u ON u.id = c.unit_id LEFT JOIN person p ON p.id = c.person_id WHERE c.id = $1;

-- certificate_by_hash(hash text) one: id int, kind int, unit_id int, person_id int null, name text, not_before text null, not_after text null, post_unit_id int null, post_title text
SELECT id, kind, unit_id, person_id, name, not_before, not_after, post_unit_id, post_title FROM certificate WHERE hash = $1;

-- certificate_same(issuer text, serial text) one: id int, name text
SELECT id, name FROM certificate WHERE issuer = $1 AND serial = $2;

-- One that was entered without its file: the issuer's number says which it is.
-- certificate_by_serial(issuer text, serial text) one: id int, kind int, unit_id int, person_id int null, name text, not_before text null, not_after text null, post_unit_id int null, post_title text
SELECT id, kind, unit_id, person_id, name, not_before, not_after, post_unit_id, post_title FROM certificate WHERE issuer = $1 AND serial = $2 AND hash = '';

-- The state in which it was at a moment.
-- certificate_state_at(id int, at text) one: state int
SELECT state FROM certificate_event WHERE certificate_id = $1 AND at <= $2 ORDER BY at DESC, pos DESC LIMIT 1;

-- certificate_review_at(id int, at text) one: n int
SELECT COUNT(*) AS n FROM certificate_review WHERE certificate_id = $1 AND opened_at <= $2 AND (closed_at IS NULL OR closed_at > $2);

-- certificate_replacement(id int) many: id int, state int, purpose int
SELECT id, state, purpose FROM certificate WHERE replaces_id = $1 ORDER BY id;

-- certificate_of_request(request int) many: id int, unit_id int, unit_name text, kind int, purpose int, name text, title text, birth text, id_no text, email text, request_no text, request_on text, is_leader int, state int
SELECT id, unit_id, unit_name, kind, purpose, name, title, birth, id_no, email, request_no, request_on, is_leader, state FROM certificate WHERE request_id = $1 ORDER BY no;

-- certificate_menu(viewer int, today text) one: n int
SELECT COUNT(*) AS n FROM certificate_review v JOIN certificate c ON c.id = v.certificate_id
WHERE v.closed_at IS NULL AND c.unit_id IN (SELECT r.unit_id FROM reach r WHERE r.person_id = $1 AND r.right_code = 'certificate.edit' AND r.valid_from <= $2 AND r.valid_to >= $2);

-- certificate_visible(viewer int, today text, id int) one: n int
SELECT COUNT(*) AS n FROM certificate c WHERE c.id = $3 AND @seen@;

-- certificate_list(viewer int, today text, on_day text, soon text, unit int null, kind int null, search text null, shown int null, before int, n int) many: id int, request_id int, unit_id int, unit_name text, unit_now text, kind int, purpose int, name text, title text, is_leader int, state int, shown int, token text, serial text, issuer text, ends_on text, person_id int null, reviews int, request_no text
SELECT c.id, c.request_id, c.unit_id, c.unit_name, u.name AS unit_now, c.kind, c.purpose, c.name, c.title, c.is_leader, c.state, @shown@ AS shown, c.token, c.serial, c.issuer, c.ends_on, c.person_id,
  (SELECT COUNT(*) FROM certificate_review v WHERE v.certificate_id = c.id AND v.closed_at IS NULL) AS reviews, c.request_no
FROM certificate c JOIN unit u ON u.id = c.unit_id
WHERE @seen@ AND @filters@ AND (CAST($8 AS BIGINT) IS NULL OR @shown@ = $8) AND c.id < $9 ORDER BY c.id DESC LIMIT $10;

-- certificate_count(viewer int, today text, on_day text, soon text, unit int null, kind int null, search text null) many: shown int, n int
SELECT x.shown, COUNT(*) AS n FROM (SELECT @shown@ AS shown FROM certificate c WHERE @seen@ AND @filters@) x GROUP BY x.shown ORDER BY x.shown;

-- ---- what happened ----

-- certificate_event_add(certificate int, pos int, act int, state int, actor int null, at text, on_day text, recorded_at text, reason int, note text, document text) exec
INSERT INTO certificate_event (certificate_id, pos, act, state, actor_id, at, on_day, recorded_at, reason, note, document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- certificate_event_last(certificate int) one: at text, on_day text
SELECT at, on_day FROM certificate_event WHERE certificate_id = $1 ORDER BY at DESC, pos DESC LIMIT 1;

-- certificate_event_list(certificate int) many: act int, state int, actor_name text null, at text, on_day text, reason int, note text, document text
SELECT e.act, e.state, p.name AS actor_name, e.at, e.on_day, e.reason, e.note, e.document
FROM certificate_event e LEFT JOIN person p ON p.id = e.actor_id WHERE e.certificate_id = $1 ORDER BY e.at, e.pos;

-- ---- reviews ----

-- Every certificate of a person that could still sign, or is asked for.
-- certificate_review_open(person int, pos int, at text, day text, before_unit int, before_title text, after_unit int, after_title text, is_active int) exec
INSERT INTO certificate_review (certificate_id, pos, opened_at, before_unit_id, before_title, after_unit_id, after_title, is_active, closed_at, closed_by, decision, reason)
SELECT c.id, $2, $3, $5, $6, $7, $8, $9, NULL, NULL, 0, '' FROM certificate c WHERE c.person_id = $1 AND c.state NOT IN (7, 8) AND c.ends_on >= $4;

-- certificate_review_close(certificate int, at text, by_person int, decision int, reason text) exec
UPDATE certificate_review SET closed_at = $2, closed_by = $3, decision = $4, reason = $5 WHERE certificate_id = $1 AND closed_at IS NULL;

-- certificate_review_of(certificate int) many: pos int, opened_at text, before_unit text, before_title text, after_unit text, after_title text, is_active int, closed_at text null, closed_by text null, decision int, reason text
SELECT v.pos, v.opened_at, b.name AS before_unit, v.before_title, a.name AS after_unit, v.after_title, v.is_active, v.closed_at, p.name AS closed_by, v.decision, v.reason
FROM certificate_review v JOIN unit b ON b.id = v.before_unit_id JOIN unit a ON a.id = v.after_unit_id LEFT JOIN person p ON p.id = v.closed_by
WHERE v.certificate_id = $1 ORDER BY v.pos;

-- Open ones, the oldest first, where the viewer keeps the register.
-- certificate_review_waiting(viewer int, today text, n int) many: certificate_id int, pos int, name text, kind int, unit_name text, opened_at text, before_unit text, before_title text, after_unit text, after_title text, is_active int
SELECT v.certificate_id, v.pos, c.name, c.kind, c.unit_name, v.opened_at, b.name AS before_unit, v.before_title, a.name AS after_unit, v.after_title, v.is_active
FROM certificate_review v JOIN certificate c ON c.id = v.certificate_id JOIN unit b ON b.id = v.before_unit_id JOIN unit a ON a.id = v.after_unit_id
WHERE v.closed_at IS NULL AND c.unit_id IN (SELECT r.unit_id FROM reach r WHERE r.person_id = $1 AND r.right_code = 'certificate.edit' AND r.valid_from <= $2 AND r.valid_to >= $2)
ORDER BY v.pos, v.certificate_id LIMIT $3;

-- ---- use and figures ----

-- certificate_use_add(certificate int, pos int, subject text, on_day text, recorded_at text) exec
INSERT INTO certificate_use (certificate_id, pos, subject, on_day, recorded_at) VALUES ($1, $2, $3, $4, $5);

-- certificate_use_of(certificate int) one: n int, last text
SELECT COUNT(*) AS n, COALESCE(MAX(on_day), '9999-12-31') AS last FROM certificate_use WHERE certificate_id = $1;

-- Issued by the last day; in use on it; used between the days: as known at a time.
-- certificate_figure(viewer int, today text, unit int, from_day text, to_day text, as_of text) many: id int, unit_id int, unit_name text, kind int, is_leader int, is_public_service int, person_id int null, name text, title text, serial text, ends_on text, is_issued int, is_active int, is_used int, state int
SELECT c.id, c.unit_id, u.name AS unit_name, c.kind, c.is_leader, c.is_public_service, c.person_id, c.name, c.title, c.serial, c.ends_on,
  CASE WHEN EXISTS (SELECT 1 AS one FROM certificate_event e WHERE e.certificate_id = c.id AND e.act = 3 AND e.on_day <= $5 AND e.recorded_at <= $6) THEN 1 ELSE 0 END AS is_issued,
  CASE WHEN c.ends_on >= $5 AND (SELECT e.state FROM certificate_event e WHERE e.certificate_id = c.id AND e.on_day <= $5 AND e.recorded_at <= $6 ORDER BY e.at DESC, e.pos DESC LIMIT 1) = 5 THEN 1 ELSE 0 END AS is_active,
  CASE WHEN EXISTS (SELECT 1 AS one FROM certificate_use s WHERE s.certificate_id = c.id AND s.on_day >= $4 AND s.on_day <= $5 AND s.recorded_at <= $6) THEN 1 ELSE 0 END AS is_used,
  COALESCE((SELECT e.state FROM certificate_event e WHERE e.certificate_id = c.id AND e.on_day <= $5 AND e.recorded_at <= $6 ORDER BY e.at DESC, e.pos DESC LIMIT 1), 1) AS state
FROM certificate c JOIN unit u ON u.id = c.unit_id JOIN unit_closure x ON x.descendant_id = c.unit_id AND x.ancestor_id = $3
WHERE c.unit_id IN (SELECT r.unit_id FROM reach r WHERE r.person_id = $1 AND r.right_code = 'certificate.read' AND r.valid_from <= $2 AND r.valid_to >= $2)
ORDER BY u.sort_no, u.id, c.kind, c.id;

-- Certificates of leaders and others that end soon and still sign, for the job that warns. $3: warned at this number of days already.
-- certificate_ending(today text, upto text, days int, n int) many: id int, ends_on text
SELECT c.id, c.ends_on FROM certificate c
WHERE c.state = 5 AND c.ends_on >= $1 AND c.ends_on <= $2 AND NOT EXISTS (SELECT 1 AS one FROM certificate_warning w WHERE w.certificate_id = c.id AND w.days <= $3)
ORDER BY c.ends_on, c.id LIMIT $4;

-- certificate_warning_add(certificate int, pos int, days int, at text) exec
INSERT INTO certificate_warning (certificate_id, pos, days, at) VALUES ($1, $2, $3, $4);

-- What the viewer is told: of the own ones, and of those whose register the viewer keeps.
-- certificate_warned(viewer int, today text, n int) many: id int, name text, unit_name text, ends_on text, days int, at text
SELECT c.id, c.name, c.unit_name, c.ends_on, w.days, w.at
FROM certificate_warning w JOIN certificate c ON c.id = w.certificate_id
WHERE c.state = 5 AND c.ends_on >= $2 AND w.days = (SELECT MIN(o.days) FROM certificate_warning o WHERE o.certificate_id = c.id)
  AND (c.person_id = $1 OR c.unit_id IN (SELECT r.unit_id FROM reach r WHERE r.person_id = $1 AND r.right_code = 'certificate.edit' AND r.valid_from <= $2 AND r.valid_to >= $2))
ORDER BY c.ends_on, c.id LIMIT $3;

-- ---- registers declared complete ----

-- certificate_register_set(unit int, since text) exec
INSERT INTO certificate_register (unit_id, since) VALUES ($1, $2) ON CONFLICT (unit_id) DO UPDATE SET since = excluded.since;

-- certificate_register_of(unit int, day text) one: n int
SELECT COUNT(*) AS n FROM certificate_register r JOIN unit_closure x ON x.ancestor_id = r.unit_id AND x.descendant_id = $1 WHERE r.since <= $2;

-- certificate_register_list(viewer int, today text) many: unit_id int, unit_name text, since text
SELECT r.unit_id, u.name AS unit_name, r.since FROM certificate_register r JOIN unit u ON u.id = r.unit_id
WHERE r.since < '9999-12-31' AND r.unit_id IN (SELECT q.unit_id FROM reach q WHERE q.person_id = $1 AND q.right_code = 'certificate.read' AND q.valid_from <= $2 AND q.valid_to >= $2)
ORDER BY u.sort_no, u.id;
