-- Other installations, and what goes to them and comes from them.

-- peer_add(id int, code text, own_code text, name text, unit int null, counter int null, address text, is_active int, documents text, line text) exec
INSERT INTO peer (id, code, own_code, name, unit_id, counter_id, address, is_active, documents, line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- peer_set(id int, own_code text, name text, unit int null, counter int null, address text, is_active int, documents text, line text) exec
UPDATE peer SET own_code = $2, name = $3, unit_id = $4, counter_id = $5, address = $6, is_active = $7, documents = $8, line = $9 WHERE id = $1;

-- peer_list() many: id int, code text, own_code text, name text, unit_id int null, unit_name text null, counter_id int null, counter_name text null, address text, is_active int, documents text, line text
SELECT p.id, p.code, p.own_code, p.name, p.unit_id, u.name AS unit_name, p.counter_id, c.name AS counter_name, p.address, p.is_active, p.documents, p.line
FROM peer p LEFT JOIN unit u ON u.id = p.unit_id LEFT JOIN unit c ON c.id = p.counter_id ORDER BY p.code;

-- peer_by_code(code text) one: id int, counter_id int null, name text, is_active int, documents text, secret text
SELECT p.id, p.counter_id, p.name, p.is_active, p.documents, s.secret FROM peer p JOIN peer_secret s ON s.peer_id = p.id WHERE p.code = $1;

-- peer_secret_set(peer int, secret text) exec
INSERT INTO peer_secret (peer_id, secret) VALUES ($1, $2) ON CONFLICT (peer_id) DO UPDATE SET secret = excluded.secret;

-- outbox_add(pos int, no int, peer int, dossier int, task int, kind text, body text, made_at text) exec
INSERT INTO outbox (pos, no, peer_id, dossier_id, task_no, kind, body, made_at, sent_at, receipt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, '');

-- outbox_sent(pos int, no int, sent_at text, receipt text) exec
UPDATE outbox SET sent_at = $3, receipt = $4 WHERE pos = $1 AND no = $2;

-- outbox_due(now text, n int) many: pos int, no int, peer_id int, dossier_id int, task_no int, kind text, body text, address text, own_code text, secret text, tries int
SELECT o.pos, o.no, o.peer_id, o.dossier_id, o.task_no, o.kind, o.body, p.address, p.own_code, s.secret, COALESCE(t.tries, 0) AS tries
FROM outbox o JOIN peer p ON p.id = o.peer_id JOIN peer_secret s ON s.peer_id = p.id LEFT JOIN outbox_try t ON t.pos = o.pos AND t.no = o.no
WHERE o.sent_at IS NULL AND p.is_active = 1 AND p.address <> '' AND (t.next_at IS NULL OR t.next_at <= $1) ORDER BY o.pos, o.no LIMIT $2;

-- outbox_one(pos int, no int) one: sent_at text null
SELECT sent_at FROM outbox WHERE pos = $1 AND no = $2;

-- outbox_tried(pos int, no int, tries int, next_at text, why text) exec
INSERT INTO outbox_try (pos, no, tries, next_at, why) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (pos, no) DO UPDATE SET tries = excluded.tries, next_at = excluded.next_at, why = excluded.why;

-- outbox_try_drop(pos int, no int) exec
DELETE FROM outbox_try WHERE pos = $1 AND no = $2;

-- outbox_list(n int) many: peer_name text, code text, kind text, made_at text, sent_at text null, receipt text, tries int, why text
SELECT p.name AS peer_name, d.code, o.kind, o.made_at, o.sent_at, o.receipt, COALESCE(t.tries, 0) AS tries, COALESCE(t.why, '') AS why
FROM outbox o JOIN peer p ON p.id = o.peer_id JOIN dossier d ON d.id = o.dossier_id LEFT JOIN outbox_try t ON t.pos = o.pos AND t.no = o.no
ORDER BY o.pos DESC, o.no LIMIT $1;

-- outbox_case(peer int, dossier int, task int) one: n int
SELECT COUNT(*) AS n FROM outbox WHERE peer_id = $1 AND dossier_id = $2 AND task_no = $3 AND kind = 'case';

-- inbox_add(peer int, message text, dossier int, at text) exec
INSERT INTO inbox (peer_id, message, dossier_id, at) VALUES ($1, $2, $3, $4);

-- inbox_find(peer int, message text) one: dossier_id int, code text
SELECT i.dossier_id, d.code FROM inbox i JOIN dossier d ON d.id = i.dossier_id WHERE i.peer_id = $1 AND i.message = $2;

-- inbox_of(dossier int) one: peer_id int, message text
SELECT peer_id, message FROM inbox WHERE dossier_id = $1 ORDER BY peer_id LIMIT 1;
