-- credential_set(person int, hash text, at text) exec
INSERT INTO credential (person_id, hash, set_at) VALUES ($1, $2, $3) ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at;

-- credential_of(person int) one: hash text
SELECT hash FROM credential WHERE person_id = $1;

-- session_add(token_hash text, person int, csrf text, at text, expires_at text) exec
INSERT INTO session (token_hash, person_id, csrf, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $4, $5);

-- session_find(token_hash text, now text) one: person_id int, csrf text, seen_at text, expires_at text, login text, name text, title text, unit_id int, unit_name text, unit_code text
SELECT s.person_id, s.csrf, s.seen_at, s.expires_at, p.login, p.name, p.title, p.unit_id, u.name AS unit_name, u.code AS unit_code
FROM session s JOIN person p ON p.id = s.person_id JOIN unit u ON u.id = p.unit_id
WHERE s.token_hash = $1 AND s.expires_at > $2 AND p.is_active = 1;

-- session_touch(token_hash text, at text, expires_at text) exec
UPDATE session SET seen_at = $2, expires_at = $3 WHERE token_hash = $1;

-- session_end(token_hash text) exec
DELETE FROM session WHERE token_hash = $1;

-- session_end_all(person int) exec
DELETE FROM session WHERE person_id = $1;

-- session_sweep(now text) exec
DELETE FROM session WHERE expires_at <= $1;

-- throttle_of(name text) one: count int, since text, until text
SELECT count, since, until FROM throttle WHERE name = $1;

-- throttle_set(name text, count int, since text, until text) exec
INSERT INTO throttle (name, count, since, until) VALUES ($1, $2, $3, $4)
ON CONFLICT (name) DO UPDATE SET count = excluded.count, since = excluded.since, until = excluded.until;

-- throttle_clear(name text) exec
DELETE FROM throttle WHERE name = $1;

-- throttle_sweep(before text) exec
DELETE FROM throttle WHERE until < $1 AND since < $1;
