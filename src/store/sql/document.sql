-- Official documents. A person sees a document whose register they may read, or that they draft, hold, initial,
-- sign, or have a task of.

-- fragment seen
(EXISTS (SELECT 1 AS one FROM reach r WHERE r.person_id = $1 AND r.right_code = 'document.read' AND r.unit_id = d.unit_id AND r.valid_from <= $2 AND r.valid_to >= $2)
  OR d.drafter_id = $1 OR d.holder_id = $1
  OR EXISTS (SELECT 1 AS one FROM document_step s WHERE s.document_id = d.id AND s.person_id = $1 AND s.asked_at IS NOT NULL)
  OR EXISTS (SELECT 1 AS one FROM document_task t WHERE t.document_id = d.id AND (t.person_id = $1 OR t.asked_by = $1
       OR EXISTS (SELECT 1 AS one FROM reach r WHERE r.person_id = $1 AND r.right_code = 'document.read' AND r.unit_id = t.unit_id AND r.valid_from <= $2 AND r.valid_to >= $2))))

-- ---- types and series ----

-- document_type_set(code text, name text, symbol text, is_law int, sort_no int) exec
INSERT INTO document_type (code, name, symbol, is_law, sort_no) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, symbol = excluded.symbol, is_law = excluded.is_law, sort_no = excluded.sort_no;

-- document_type_list() many: code text, name text, symbol text, is_law int, sort_no int
SELECT code, name, symbol, is_law, sort_no FROM document_type ORDER BY sort_no, code;

-- document_type_by_code(code text) one: code text, name text, symbol text, is_law int
SELECT code, name, symbol, is_law FROM document_type WHERE code = $1;

-- document_series_add(id int, unit int null, code text, name text, types text, valid_from text, valid_to text) exec
INSERT INTO document_series (id, unit_id, code, name, types, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- document_series_put(id int, name text, types text, valid_from text, valid_to text) exec
UPDATE document_series SET name = $2, types = $3, valid_from = $4, valid_to = $5 WHERE id = $1;

-- document_series_of(unit int, today text) many: id int, unit_id int null, code text, name text, types text, valid_from text, valid_to text
SELECT id, unit_id, code, name, types, valid_from, valid_to FROM document_series
WHERE (unit_id = $1 OR unit_id IS NULL) AND valid_from <= $2 AND valid_to >= $2
ORDER BY CASE WHEN unit_id IS NULL THEN 1 ELSE 0 END, CASE WHEN types = '*' THEN 1 ELSE 0 END, code, id;

-- document_series_by_id(id int) one: id int, unit_id int null, code text, name text, types text, valid_from text, valid_to text
SELECT id, unit_id, code, name, types, valid_from, valid_to FROM document_series WHERE id = $1;

-- ---- issuers ----

-- document_issuer_set(unit int, above text, name text, symbol text, body text, place text, organ text) exec
INSERT INTO document_issuer (unit_id, above, name, symbol, body, place, organ) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (unit_id) DO UPDATE SET above = excluded.above, name = excluded.name, symbol = excluded.symbol, body = excluded.body, place = excluded.place, organ = excluded.organ;

-- document_issuer_of(unit int) one: unit_id int, unit_code text, unit_name text, above text, name text, symbol text, body text, place text, organ text
SELECT i.unit_id, u.code AS unit_code, u.name AS unit_name, i.above, i.name, i.symbol, i.body, i.place, i.organ FROM document_issuer i JOIN unit u ON u.id = i.unit_id WHERE i.unit_id = $1;

-- document_issuer_list() many: unit_id int, unit_code text, unit_name text, short_name text, above text, name text, symbol text, body text, place text, organ text
SELECT i.unit_id, u.code AS unit_code, u.name AS unit_name, u.short_name, i.above, i.name, i.symbol, i.body, i.place, i.organ FROM document_issuer i JOIN unit u ON u.id = i.unit_id ORDER BY u.sort_no, u.id;

-- document_issuer_above(unit int) many: unit_id int, name text, body text, depth int
SELECT i.unit_id, i.name, i.body, c.depth FROM unit_closure c JOIN document_issuer i ON i.unit_id = c.ancestor_id WHERE c.descendant_id = $1 ORDER BY c.depth;

-- document_issuer_organ(organ text) one: unit_id int
SELECT unit_id FROM document_issuer WHERE organ = $1 AND organ <> '' LIMIT 1;

-- ---- numbers ----

-- document_number_last(series text) one: number int, dated_on text null
SELECT n.number, d.dated_on FROM document_number n LEFT JOIN document d ON d.id = n.document_id WHERE n.series = $1 ORDER BY n.number DESC LIMIT 1;

-- document_number_latest_day(series text) one: dated_on text
SELECT dated_on FROM document WHERE series = $1 ORDER BY number DESC LIMIT 1;

-- document_number_add(series text, number int, unit int, document int null, reason text, at text, person int null) exec
INSERT INTO document_number (series, number, unit_id, document_id, reason, at, person_id) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- document_number_use(series text, number int, document int, at text, person int null) exec
UPDATE document_number SET document_id = $3, at = $4, person_id = $5 WHERE series = $1 AND number = $2 AND document_id IS NULL;

-- document_number_free(series text) many: number int, reason text, at text
SELECT number, reason, at FROM document_number WHERE series = $1 AND document_id IS NULL ORDER BY number;

-- document_number_find(series text, number int) one: document_id int null, reason text
SELECT document_id, reason FROM document_number WHERE series = $1 AND number = $2;

-- document_number_all(series text) many: number int
SELECT number FROM document_number WHERE series = $1 ORDER BY number;

-- document_number_rows(unit int, like_year text) many: series text, n int, last int, free int
SELECT series, COUNT(*) AS n, MAX(number) AS last, CAST(SUM(CASE WHEN document_id IS NULL AND reason <> '' THEN 1 ELSE 0 END) AS BIGINT) AS free
FROM document_number WHERE unit_id = $1 AND series LIKE $2 GROUP BY series ORDER BY series;

-- ---- one document ----

-- fragment columns
d.id, d.unit_id, u.name AS unit_name, u.code AS unit_code, d.way, d.state, d.type, y.name AS type_name, y.symbol AS type_symbol, y.is_law, d.subject, d.urgency, d.deliver_by, d.code, d.dated_on, d.notation, d.series, d.number, d.author, d.organ, d.foreign_id, d.arrival_no, d.arrived_at, d.arrived_on, d.is_electronic, d.signer, d.signer_id, d.signer_title, d.authority, d.addressee, d.body, d.version_no, d.drafter_id, p.name AS drafter_name, d.drafting_unit_id, v.name AS drafting_unit_name, d.holder_id, h.name AS holder_name, d.due_on, d.dossier_id, d.reply_to_id, d.replaces_id, d.work_file_id, d.places, d.recall, d.recall_note, d.copies, d.pages, d.note, d.made_at, d.ended_at, d.version

-- fragment joins
FROM document d JOIN unit u ON u.id = d.unit_id JOIN document_type y ON y.code = d.type
LEFT JOIN person p ON p.id = d.drafter_id LEFT JOIN person h ON h.id = d.holder_id LEFT JOIN unit v ON v.id = d.drafting_unit_id

-- document_by_id(id int) one: id int, unit_id int, unit_name text, unit_code text, way int, state int, type text, type_name text, type_symbol text, is_law int, subject text, urgency int, deliver_by text null, code text, dated_on text, notation text, series text, number int, author text, organ text, foreign_id text, arrival_no int, arrived_at text null, arrived_on text, is_electronic int, signer text, signer_id int null, signer_title text, authority text, addressee text, body text, version_no int, drafter_id int null, drafter_name text null, drafting_unit_id int null, drafting_unit_name text null, holder_id int null, holder_name text null, due_on text, dossier_id int null, reply_to_id int null, replaces_id int null, work_file_id int null, places text, recall text, recall_note text, copies int, pages int, note text, made_at text, ended_at text null, version int
SELECT @columns@ @joins@ WHERE d.id = $1;

-- document_seen(viewer int, today text, id int) one: n int
SELECT COUNT(*) AS n FROM document d WHERE d.id = $3 AND @seen@;

-- document_by_foreign(unit int, organ text, foreign_id text) one: id int, state int
SELECT id, state FROM document WHERE unit_id = $1 AND organ = $2 AND foreign_id = $3 ORDER BY id LIMIT 1;

-- document_by_code(unit int, way int, code text, dated_on text) one: id int
SELECT id FROM document WHERE unit_id = $1 AND way = $2 AND code = $3 AND dated_on = $4 ORDER BY id LIMIT 1;

-- document_same_arrival(unit int, author text, code text, dated_on text) one: id int
SELECT id FROM document WHERE unit_id = $1 AND way = 2 AND author = $2 AND code = $3 AND dated_on = $4 AND state NOT IN (15, 16) ORDER BY id LIMIT 1;

-- document_add(id int, unit int, way int, state int, type text, subject text, urgency int, deliver_by text null, code text, dated_on text, notation text, author text, organ text, foreign_id text, arrival_no int, arrived_at text null, arrived_on text, is_electronic int, signer text, signer_title text, drafter int null, drafting_unit int null, holder int null, due_on text, dossier int null, reply_to int null, replaces int null, copies int, pages int, note text, made_at text) exec
INSERT INTO document (id, unit_id, way, state, type, subject, urgency, deliver_by, code, dated_on, notation, series, number, author, organ, foreign_id, arrival_no, arrived_at, arrived_on, is_electronic, signer, signer_title, authority, addressee, body, version_no, drafter_id, drafting_unit_id, holder_id, due_on, dossier_id, reply_to_id, replaces_id, work_file_id, places, recall, recall_note, copies, pages, note, made_at, ended_at, search, signer_id, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', 0, $12, $13, $14, $15, $16, $17, $18, $19, $20, '', '', '', 0, $21, $22, $23, $24, $25, $26, $27, NULL, '', '', '', $28, $29, $30, $31, NULL, '', NULL, 1);

-- document_text(id int, type text, subject text, urgency int, deliver_by text null, notation text, signer text, signer_title text, authority text, addressee text, body text, version_no int, due_on text, reply_to int null, replaces int null, dossier int null, copies int, note text) exec
UPDATE document SET type = $2, subject = $3, urgency = $4, deliver_by = $5, notation = $6, signer = $7, signer_title = $8, authority = $9, addressee = $10, body = $11, version_no = $12, due_on = $13, reply_to_id = $14, replaces_id = $15, dossier_id = $16, copies = $17, note = $18, version = version + 1 WHERE id = $1;

-- document_move(id int, state int, holder int null, ended_at text null) exec
UPDATE document SET state = $2, holder_id = $3, ended_at = $4, version = version + 1 WHERE id = $1;

-- document_places(id int, places text, pages int) exec
UPDATE document SET places = $2, pages = $3 WHERE id = $1;

-- document_numbered(id int, series text, number int, code text, dated_on text) exec
UPDATE document SET series = $2, number = $3, code = $4, dated_on = $5 WHERE id = $1;

-- document_registered(id int, arrival_no int, arrived_at text, arrived_on text, due_on text, type text, urgency int, subject text, author text, code text, dated_on text, signer text, note text) exec
UPDATE document SET arrival_no = $2, arrived_at = $3, arrived_on = $4, due_on = $5, type = $6, urgency = $7, subject = $8, author = $9, code = $10, dated_on = $11, signer = $12, note = $13 WHERE id = $1;

-- document_recall(id int, recall text, note text) exec
UPDATE document SET recall = $2, recall_note = $3, version = version + 1 WHERE id = $1;

-- document_due(id int, due_on text) exec
UPDATE document SET due_on = $2 WHERE id = $1;

-- document_into_file(id int, work_file int null) exec
UPDATE document SET work_file_id = $2, version = version + 1 WHERE id = $1;

-- document_search_text(id int, search text) exec
UPDATE document SET search = $2 WHERE id = $1;

-- document_signer_set(id int, signer_id int) exec
UPDATE document SET signer_id = CASE WHEN $2 = 0 THEN NULL ELSE $2 END WHERE id = $1;

-- document_touch(id int) exec
UPDATE document SET version = version + 1 WHERE id = $1;

-- ---- its parts ----

-- document_comment_add(pos int, document int, version_no int, person int, at text, text text) exec
INSERT INTO document_comment (pos, document_id, version_no, person_id, at, text) VALUES ($1, $2, $3, $4, $5, $6);

-- document_comment_list(document int) many: version_no int, person_name text, person_title text, at text, text text
SELECT c.version_no, p.name AS person_name, p.title AS person_title, c.at, c.text FROM document_comment c JOIN person p ON p.id = c.person_id WHERE c.document_id = $1 ORDER BY c.pos;

-- document_version_add(document int, no int, subject text, body text, person int, at text) exec
INSERT INTO document_version (document_id, no, subject, body, person_id, at) VALUES ($1, $2, $3, $4, $5, $6);

-- document_version_list(document int) many: no int, subject text, body text, person_name text, at text
SELECT w.no, w.subject, w.body, p.name AS person_name, w.at FROM document_version w JOIN person p ON p.id = w.person_id WHERE w.document_id = $1 ORDER BY w.no DESC;

-- document_file_add(document int, no int, kind text, name text, media text, size int, hash text, person int null, at text) exec
INSERT INTO document_file (document_id, no, kind, name, media, size, hash, person_id, at, is_dropped) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0);

-- document_file_drop(document int, no int) exec
UPDATE document_file SET is_dropped = 1 WHERE document_id = $1 AND no = $2;

-- document_file_drop_main(document int) exec
UPDATE document_file SET is_dropped = 1 WHERE document_id = $1 AND kind = 'main';

-- document_file_list(document int) many: no int, kind text, name text, media text, size int, hash text, person_name text null, at text, is_dropped int
SELECT f.no, f.kind, f.name, f.media, f.size, f.hash, p.name AS person_name, f.at, f.is_dropped
FROM document_file f LEFT JOIN person p ON p.id = f.person_id WHERE f.document_id = $1 ORDER BY f.no;

-- document_file_one(document int, no int) one: kind text, name text, media text, size int, hash text, is_dropped int
SELECT kind, name, media, size, hash, is_dropped FROM document_file WHERE document_id = $1 AND no = $2;

-- document_step_add(document int, no int, kind text, person int null, asked_at text null) exec
INSERT INTO document_step (document_id, no, kind, person_id, asked_at, done_at, done_by, decision, note, certificate) VALUES ($1, $2, $3, $4, $5, NULL, NULL, '', '', '');

-- document_step_ask(document int, no int, asked_at text) exec
UPDATE document_step SET asked_at = $3 WHERE document_id = $1 AND no = $2;

-- document_step_done(document int, no int, done_at text, done_by int, decision text, note text, certificate text) exec
UPDATE document_step SET done_at = $3, done_by = $4, decision = $5, note = $6, certificate = $7 WHERE document_id = $1 AND no = $2;

-- document_step_drop_open(document int) exec
DELETE FROM document_step WHERE document_id = $1 AND done_at IS NULL;

-- document_step_list(document int) many: no int, kind text, person_id int null, person_name text null, person_title text null, asked_at text null, done_at text null, done_by_name text null, decision text, note text, certificate text
SELECT s.no, s.kind, s.person_id, p.name AS person_name, p.title AS person_title, s.asked_at, s.done_at, b.name AS done_by_name, s.decision, s.note, s.certificate
FROM document_step s LEFT JOIN person p ON p.id = s.person_id LEFT JOIN person b ON b.id = s.done_by WHERE s.document_id = $1 ORDER BY s.no;

-- document_recipient_add(document int, no int, name text, unit int null, organ text, purpose text, is_paper int) exec
INSERT INTO document_recipient (document_id, no, name, unit_id, organ, purpose, is_paper, sent_at, status, status_at, status_note, arrived_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, '', NULL, '', NULL);

-- document_recipient_clear(document int) exec
DELETE FROM document_recipient WHERE document_id = $1;

-- document_recipient_sent(document int, no int, sent_at text) exec
UPDATE document_recipient SET sent_at = $3 WHERE document_id = $1 AND no = $2;

-- document_recipient_arrived(document int, no int, arrived int) exec
UPDATE document_recipient SET arrived_id = $3 WHERE document_id = $1 AND no = $2;

-- document_recipient_status(document int, no int, status text, at text, note text) exec
UPDATE document_recipient SET status = $3, status_at = $4, status_note = $5 WHERE document_id = $1 AND no = $2;

-- document_recipient_list(document int) many: no int, name text, unit_id int null, organ text, purpose text, is_paper int, sent_at text null, status text, status_at text null, status_note text, arrived_id int null
SELECT no, name, unit_id, organ, purpose, is_paper, sent_at, status, status_at, status_note, arrived_id FROM document_recipient WHERE document_id = $1 ORDER BY no;

-- document_sent_as(arrived int) one: document_id int, no int, unit_code text
SELECT r.document_id, r.no, u.code AS unit_code FROM document_recipient r JOIN document d ON d.id = r.document_id JOIN unit u ON u.id = d.unit_id WHERE r.arrived_id = $1 LIMIT 1;

-- document_replaced_by(id int) many: id int, code text, state int
SELECT id, code, state FROM document WHERE replaces_id = $1 AND state IN (7, 8, 9) ORDER BY id;

-- document_replies(id int) many: id int, code text, subject text, state int
SELECT id, code, subject, state FROM document WHERE reply_to_id = $1 ORDER BY id;

-- document_fact_add(document int, no int, unit int, way int, on_day text, is_electronic int, recorded_at text) exec
INSERT INTO document_fact (document_id, no, unit_id, way, on_day, is_electronic, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- ---- lists ----

-- fragment list_columns
d.id, d.unit_id, u.short_name AS unit_name, d.way, d.state, d.type, y.name AS type_name, d.subject, d.urgency, d.code, d.dated_on, d.author, d.arrival_no, d.arrived_on, d.is_electronic, d.signer, d.drafter_id, p.name AS drafter_name, v.short_name AS drafting_unit_name, h.name AS holder_name, d.due_on, d.copies, d.note, d.recall, d.made_at, d.ended_at

-- fragment filters
d.way = $3 AND d.id < $4
  AND (CAST($5 AS BIGINT) IS NULL OR d.unit_id = $5)
  AND (CAST($6 AS BIGINT) IS NULL OR d.state = $6)
  AND (CAST($7 AS TEXT) IS NULL OR d.type = $7)
  AND (CAST($8 AS TEXT) IS NULL OR (CASE WHEN d.way = 2 THEN d.arrived_on ELSE d.dated_on END) >= $8)
  AND (CAST($9 AS TEXT) IS NULL OR (CASE WHEN d.way = 2 THEN d.arrived_on ELSE d.dated_on END) <= $9)

-- document_list(viewer int, today text, way int, before int, unit int null, state int null, type text null, from_on text null, to_on text null, n int) many: id int, unit_id int, unit_name text, way int, state int, type text, type_name text, subject text, urgency int, code text, dated_on text, author text, arrival_no int, arrived_on text, is_electronic int, signer text, drafter_id int null, drafter_name text null, drafting_unit_name text null, holder_name text null, due_on text, copies int, note text, recall text, made_at text, ended_at text null
SELECT @list_columns@ @joins@ WHERE @filters@ AND @seen@ ORDER BY d.id DESC LIMIT $10;

-- document_count(viewer int, today text, way int, before int, unit int null, state int null, type text null, from_on text null, to_on text null) one: n int
SELECT COUNT(*) AS n FROM document d WHERE @filters@ AND @seen@;

-- document_find(viewer int, today text, way int, before int, unit int null, state int null, type text null, from_on text null, to_on text null, n int, words text) many: id int, unit_id int, unit_name text, way int, state int, type text, type_name text, subject text, urgency int, code text, dated_on text, author text, arrival_no int, arrived_on text, is_electronic int, signer text, drafter_id int null, drafter_name text null, drafting_unit_name text null, holder_name text null, due_on text, copies int, note text, recall text, made_at text, ended_at text null
-- only: sqlite
SELECT @list_columns@ @joins@ JOIN document_search x ON x.rowid = d.id WHERE x.document_search MATCH $11 AND @filters@ AND @seen@ ORDER BY d.id DESC LIMIT $10;
-- only: postgres
SELECT @list_columns@ @joins@ JOIN document_search x ON x.rowid = d.id WHERE (x.search || x.words) @@ to_tsquery('simple', $11) AND @filters@ AND @seen@ ORDER BY d.id DESC LIMIT $10;
-- end

-- document_waiting(viewer int, today text, n int) many: id int, unit_id int, unit_name text, way int, state int, type text, type_name text, subject text, urgency int, code text, dated_on text, author text, arrival_no int, arrived_on text, is_electronic int, signer text, drafter_id int null, drafter_name text null, drafting_unit_name text null, holder_name text null, due_on text, copies int, note text, recall text, made_at text, ended_at text null
SELECT @list_columns@ @joins@
WHERE d.ended_at IS NULL AND (d.holder_id = $1
  OR (d.holder_id IS NULL AND d.state IN (4, 5, 6, 11) AND EXISTS (SELECT 1 AS one FROM reach r WHERE r.person_id = $1 AND r.right_code = 'document.register' AND r.unit_id = d.unit_id AND r.valid_from <= $2 AND r.valid_to >= $2))
  OR (d.holder_id IS NULL AND d.state = 12 AND EXISTS (SELECT 1 AS one FROM reach r WHERE r.person_id = $1 AND r.right_code = 'document.direct' AND r.unit_id = d.unit_id AND r.valid_from <= $2 AND r.valid_to >= $2)))
ORDER BY d.urgency DESC, d.due_on, d.id LIMIT $3;

-- document_to_sign(viewer int, today text, n int) many: id int, unit_id int, unit_name text, way int, state int, type text, type_name text, subject text, urgency int, code text, dated_on text, author text, arrival_no int, arrived_on text, is_electronic int, signer text, drafter_id int null, drafter_name text null, drafting_unit_name text null, holder_name text null, due_on text, copies int, note text, recall text, made_at text, ended_at text null
SELECT @list_columns@ @joins@
WHERE d.ended_at IS NULL AND ((d.state = 3 AND d.holder_id = $1)
  OR (d.state IN (4, 5) AND d.holder_id IS NULL AND EXISTS (SELECT 1 AS one FROM reach r WHERE r.person_id = $1 AND r.right_code = 'document.register' AND r.unit_id = d.unit_id AND r.valid_from <= $2 AND r.valid_to >= $2)
    AND EXISTS (SELECT 1 AS one FROM document_step s WHERE s.document_id = d.id AND s.kind = 'sign' AND s.decision = 'yes' AND s.certificate <> '')))
ORDER BY d.urgency DESC, d.due_on, d.id LIMIT $3;

-- document_of_dossier(viewer int, today text, dossier int) many: id int, state int, type_name text, subject text, code text, dated_on text
SELECT d.id, d.state, y.name AS type_name, d.subject, d.code, d.dated_on FROM document d JOIN document_type y ON y.code = d.type WHERE d.dossier_id = $3 AND @seen@ ORDER BY d.id;

-- document_of_work_file(viewer int, today text, work_file int) many: id int, way int, state int, type_name text, subject text, code text, dated_on text, arrival_no int
SELECT d.id, d.way, d.state, y.name AS type_name, d.subject, d.code, d.dated_on, d.arrival_no FROM document d JOIN document_type y ON y.code = d.type WHERE d.work_file_id = $3 AND @seen@ ORDER BY d.id;

-- ---- search ----

-- document_search_set(id int, search text) exec
-- only: sqlite
INSERT INTO document_search (rowid, search, words) VALUES ($1, $2, '');
-- only: postgres
INSERT INTO document_search (rowid, search, words) VALUES ($1, to_tsvector('simple', $2), to_tsvector('simple', ''));
-- end

-- document_search_renew(id int, search text) exec
-- only: sqlite
UPDATE document_search SET search = $2 WHERE rowid = $1;
-- only: postgres
UPDATE document_search SET search = to_tsvector('simple', $2) WHERE rowid = $1;
-- end

-- document_search_words(id int, words text) exec
-- only: sqlite
UPDATE document_search SET words = $2 WHERE rowid = $1;
-- only: postgres
UPDATE document_search SET words = to_tsvector('simple', $2) WHERE rowid = $1;
-- end

-- document_unread(n int) many: document_id int, hash text, name text, media text, size int
SELECT MIN(f.document_id) AS document_id, f.hash, MIN(f.name) AS name, MIN(f.media) AS media, MIN(f.size) AS size FROM document_file f
WHERE NOT EXISTS (SELECT 1 AS one FROM document_words w WHERE w.hash = f.hash) GROUP BY f.hash ORDER BY document_id, f.hash LIMIT $1;

-- document_words_add(hash text, words text, why text) exec
INSERT INTO document_words (hash, words, why) VALUES ($1, $2, $3) ON CONFLICT (hash) DO UPDATE SET words = excluded.words, why = excluded.why;

-- document_with_file(hash text) many: document_id int
SELECT DISTINCT document_id FROM document_file WHERE hash = $1 ORDER BY document_id;

-- document_words_of(document int) many: words text
SELECT w.words FROM document_file f JOIN document_words w ON w.hash = f.hash WHERE f.document_id = $1 AND f.is_dropped = 0 ORDER BY f.no;

-- ---- signing ----

-- document_signing_put(document int, person int, kind text, version int, hash text, certificate blob, made_at text) exec
INSERT INTO document_signing (document_id, person_id, kind, version, hash, certificate, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (document_id, person_id, kind) DO UPDATE SET version = excluded.version, hash = excluded.hash, certificate = excluded.certificate, made_at = excluded.made_at;

-- document_signing_get(document int, person int, kind text) one: version int, hash text, certificate blob, made_at text
SELECT version, hash, certificate, made_at FROM document_signing WHERE document_id = $1 AND person_id = $2 AND kind = $3;

-- document_signing_drop(document int, person int, kind text) exec
DELETE FROM document_signing WHERE document_id = $1 AND person_id = $2 AND kind = $3;

-- document_signing_count(person int) one: n int
SELECT COUNT(*) AS n FROM document_signing WHERE person_id = $1;

-- document_signing_old(before text, n int) many: document_id int, person_id int, kind text, hash text
SELECT document_id, person_id, kind, hash FROM document_signing WHERE made_at < $1 ORDER BY made_at, document_id LIMIT $2;

-- document_signer_list(unit int, today text) many: person_id int, name text, title text
SELECT DISTINCT p.id AS person_id, p.name, p.title FROM reach r JOIN person p ON p.id = r.person_id
WHERE r.unit_id = $1 AND r.right_code = 'document.sign' AND r.valid_from <= $2 AND r.valid_to >= $2 AND p.is_active = 1 ORDER BY p.id;

-- document_unit_code(id int) one: code text
SELECT code FROM unit WHERE id = $1;
