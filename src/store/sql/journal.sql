-- journal_head(unit text) one: seq int, hash blob
SELECT seq, hash FROM journal_head WHERE unit = $1;

-- journal_head_set(unit text, seq int, pos int, hash blob) exec
INSERT INTO journal_head (unit, seq, pos, hash) VALUES ($1, $2, $3, $4)
ON CONFLICT (unit) DO UPDATE SET seq = excluded.seq, pos = excluded.pos, hash = excluded.hash;

-- journal_last() one: pos int
SELECT COALESCE(MAX(pos), 0) AS pos FROM journal;

-- journal_add(pos int, unit text, seq int, happened_at text, recorded_at text, actor int, act text, subject text, payload text, prev_hash blob, hash blob) exec
INSERT INTO journal (pos, unit, seq, happened_at, recorded_at, actor, act, subject, payload, prev_hash, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- journal_all(after int) many: pos int, unit text, seq int, happened_at text, recorded_at text, actor int, act text, subject text, payload text, prev_hash blob, hash blob
SELECT pos, unit, seq, happened_at, recorded_at, actor, act, subject, payload, prev_hash, hash
FROM journal WHERE pos > $1 ORDER BY pos;

-- journal_of(subject text) many: pos int, unit text, seq int, happened_at text, recorded_at text, actor int, actor_name text null, act text, payload text, hash blob
SELECT j.pos, j.unit, j.seq, j.happened_at, j.recorded_at, j.actor, p.name AS actor_name, j.act, j.payload, j.hash
FROM journal j LEFT JOIN person p ON p.id = j.actor
WHERE j.subject = $1 ORDER BY j.pos;

-- fragment recent_columns
SELECT j.pos, j.unit, j.seq, j.happened_at, j.recorded_at, j.actor, p.name AS actor_name, j.act, j.subject, j.hash
FROM journal j LEFT JOIN person p ON p.id = j.actor

-- journal_recent(unit text null, before int, n int) many: pos int, unit text, seq int, happened_at text, recorded_at text, actor int, actor_name text null, act text, subject text, hash blob
@recent_columns@
WHERE (CAST($1 AS TEXT) IS NULL OR j.unit = $1) AND j.pos < $2
ORDER BY j.pos DESC LIMIT $3;

-- Of one chain, along its own index; there seq and pos have one order.
-- journal_recent_of(unit text, before int, n int) many: pos int, unit text, seq int, happened_at text, recorded_at text, actor int, actor_name text null, act text, subject text, hash blob
@recent_columns@
WHERE j.unit = $1 AND j.pos < $2 ORDER BY j.seq DESC LIMIT $3;

-- journal_chains() many: unit text, name text null
SELECT h.unit, (SELECT u.name FROM unit u WHERE u.code = h.unit ORDER BY u.valid_from DESC LIMIT 1) AS name
FROM journal_head h ORDER BY h.unit;

-- journal_heads() many: unit text, seq int, pos int, hash blob
SELECT unit, seq, pos, hash FROM journal_head ORDER BY unit;

-- series_last(name text) one: last int
SELECT last FROM series WHERE name = $1;

-- series_set(name text, last int) exec
INSERT INTO series (name, last) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET last = excluded.last;
