-- Documents that go to agencies outside this store and come from them.

-- ---- partners ----

-- exchange_partner_add(id int, organ text, name text, search text, peer int, is_active int) exec
INSERT INTO exchange_partner (id, organ, name, search, peer_id, is_active) VALUES ($1, $2, $3, $4, $5, $6);

-- exchange_partner_set(id int, name text, search text, peer int, is_active int) exec
UPDATE exchange_partner SET name = $2, search = $3, peer_id = $4, is_active = $5 WHERE id = $1;

-- exchange_partner_by_id(id int) one: id int, organ text, name text, peer_id int, is_active int
SELECT id, organ, name, peer_id, is_active FROM exchange_partner WHERE id = $1;

-- exchange_partner_by_organ(organ text) one: id int, name text, peer_id int, is_active int
SELECT id, name, peer_id, is_active FROM exchange_partner WHERE organ = $1;

-- exchange_partner_called(search text) one: organ text, name text
SELECT organ, name FROM exchange_partner WHERE search = $1 AND is_active = 1 ORDER BY id LIMIT 1;

-- exchange_partner_list(words text, after text, n int) many: id int, organ text, name text, peer_id int, peer_name text, is_active int
SELECT e.id, e.organ, e.name, e.peer_id, p.name AS peer_name, e.is_active FROM exchange_partner e JOIN peer p ON p.id = e.peer_id
WHERE (e.search LIKE $1 OR e.organ LIKE $1) AND e.organ > $2 ORDER BY e.organ LIMIT $3;

-- exchange_partner_count(words text) one: n int
SELECT COUNT(*) AS n FROM exchange_partner e WHERE e.search LIKE $1 OR e.organ LIKE $1;

-- ---- going out ----

-- exchange_out_add(pos int, peer int, document int, kind text, code text, note text, person int null, made_at text) exec
INSERT INTO exchange_out (pos, peer_id, document_id, kind, code, note, person_id, made_at, sent_at, receipt, refused) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, '', '');

-- exchange_out_sent(pos int, sent_at text, receipt text, refused text) exec
UPDATE exchange_out SET sent_at = $2, receipt = $3, refused = $4 WHERE pos = $1;

-- What is said of one document goes in the order in which it was said.
-- exchange_out_due(now text, n int) many: pos int, peer_id int, document_id int, kind text, code text, note text, person_id int null, made_at text, address text, line text, own_code text, secret text, tries int
SELECT o.pos, o.peer_id, o.document_id, o.kind, o.code, o.note, o.person_id, o.made_at, p.address, p.line, p.own_code, s.secret, COALESCE(t.tries, 0) AS tries
FROM exchange_out o JOIN peer p ON p.id = o.peer_id JOIN peer_secret s ON s.peer_id = p.id LEFT JOIN exchange_try t ON t.pos = o.pos
WHERE o.sent_at IS NULL AND p.is_active = 1 AND p.address <> '' AND (t.next_at IS NULL OR t.next_at <= $1)
  AND NOT EXISTS (SELECT 1 AS one FROM exchange_out b WHERE b.document_id = o.document_id AND b.peer_id = o.peer_id AND b.sent_at IS NULL AND b.pos < o.pos)
ORDER BY o.pos LIMIT $2;

-- exchange_out_one(pos int) one: sent_at text null
SELECT sent_at FROM exchange_out WHERE pos = $1;

-- exchange_out_by_pos(pos int) one: pos int, peer_id int, document_id int, kind text, code text, note text, person_id int null, made_at text, sent_at text null
SELECT pos, peer_id, document_id, kind, code, note, person_id, made_at, sent_at FROM exchange_out WHERE pos = $1;

-- exchange_out_list(viewer int, today text, waiting int, before int, n int) many: pos int, document_id int, kind text, code text, note text, made_at text, sent_at text null, receipt text, refused text, peer_name text, document_code text, subject text, tries int, why text
SELECT o.pos, o.document_id, o.kind, o.code, o.note, o.made_at, o.sent_at, o.receipt, o.refused, p.name AS peer_name, d.code AS document_code, d.subject, COALESCE(t.tries, 0) AS tries, COALESCE(t.why, '') AS why
FROM exchange_out o JOIN peer p ON p.id = o.peer_id JOIN document d ON d.id = o.document_id LEFT JOIN exchange_try t ON t.pos = o.pos
WHERE EXISTS (SELECT 1 AS one FROM reach r WHERE r.person_id = $1 AND r.right_code = 'document.register' AND r.unit_id = d.unit_id AND r.valid_from <= $2 AND r.valid_to >= $2)
  AND ($3 = 0 OR o.sent_at IS NULL) AND o.pos < $4 ORDER BY o.pos DESC LIMIT $5;

-- exchange_out_count(viewer int, today text, waiting int) one: n int
SELECT COUNT(*) AS n FROM exchange_out o JOIN document d ON d.id = o.document_id
WHERE EXISTS (SELECT 1 AS one FROM reach r WHERE r.person_id = $1 AND r.right_code = 'document.register' AND r.unit_id = d.unit_id AND r.valid_from <= $2 AND r.valid_to >= $2)
  AND ($3 = 0 OR o.sent_at IS NULL);

-- exchange_out_of(document int) many: pos int, kind text, code text, note text, made_at text, sent_at text null, receipt text, refused text, peer_name text, tries int, why text
SELECT o.pos, o.kind, o.code, o.note, o.made_at, o.sent_at, o.receipt, o.refused, p.name AS peer_name, COALESCE(t.tries, 0) AS tries, COALESCE(t.why, '') AS why
FROM exchange_out o JOIN peer p ON p.id = o.peer_id LEFT JOIN exchange_try t ON t.pos = o.pos WHERE o.document_id = $1 ORDER BY o.pos;

-- exchange_tried(pos int, tries int, next_at text, why text) exec
INSERT INTO exchange_try (pos, tries, next_at, why) VALUES ($1, $2, $3, $4)
ON CONFLICT (pos) DO UPDATE SET tries = excluded.tries, next_at = excluded.next_at, why = excluded.why;

-- exchange_try_drop(pos int) exec
DELETE FROM exchange_try WHERE pos = $1;

-- exchange_recipients(document int, peer int) many: no int, name text, organ text
SELECT r.no, r.name, r.organ FROM document_recipient r JOIN exchange_partner e ON e.organ = r.organ WHERE r.document_id = $1 AND e.peer_id = $2 AND r.unit_id IS NULL ORDER BY r.no;

-- exchange_lines_of(document int) many: peer_id int
SELECT DISTINCT e.peer_id FROM document_recipient r JOIN exchange_partner e ON e.organ = r.organ WHERE r.document_id = $1 AND r.unit_id IS NULL ORDER BY e.peer_id;

-- ---- coming in ----

-- exchange_in_add(document int, pos int, peer int, kind text, hash text, is_kept int, defects text, signatures text, at text) exec
INSERT INTO exchange_in (document_id, pos, peer_id, kind, hash, is_kept, defects, signatures, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- exchange_in_of(document int) many: pos int, peer_id int, peer_name text, kind text, hash text, defects text, signatures text, at text
SELECT i.pos, i.peer_id, p.name AS peer_name, i.kind, i.hash, i.defects, i.signatures, i.at FROM exchange_in i JOIN peer p ON p.id = i.peer_id WHERE i.document_id = $1 ORDER BY i.pos;

-- exchange_in_same(document int, hash text) one: pos int
SELECT pos FROM exchange_in WHERE document_id = $1 AND hash = $2 LIMIT 1;

-- exchange_peer(id int) one: name text, documents text, line text, is_active int
SELECT name, documents, line, is_active FROM peer WHERE id = $1;

-- exchange_axes() many: id int, code text, own_code text, address text, secret text
SELECT p.id, p.code, p.own_code, p.address, s.secret FROM peer p JOIN peer_secret s ON s.peer_id = p.id WHERE p.line = 'axis' AND p.is_active = 1 AND p.address <> '' AND p.documents <> 'none' ORDER BY p.id;

-- exchange_arrived(organ text, foreign_id text) many: id int, unit_id int, state int
SELECT id, unit_id, state FROM document WHERE organ = $1 AND foreign_id = $2 ORDER BY id;
