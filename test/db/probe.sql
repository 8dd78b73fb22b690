-- Statements for the tests of db/ and sqlc: every shape, kind and difference once.

-- counter_get(name text) one: n int, version int
SELECT n, version FROM probe_counter WHERE name = $1;

-- counter_set(name text, n int) exec
INSERT INTO probe_counter (name, n, version) VALUES ($1, $2, 1)
ON CONFLICT (name) DO UPDATE SET n = excluded.n, version = probe_counter.version + 1;

-- counter_save(name text, n int, version int) exec
UPDATE probe_counter SET n = $2, version = version + 1 WHERE name = $1 AND version = $3;

-- fragment all_of_item
id, code, label, photo, number FROM probe_item

-- item_get(id int) one: id int, code text, label text null, photo blob null, number int null
SELECT @all_of_item@ WHERE id = $1;

-- item_add(id int, code text, label text null, photo blob null, number int null) exec
INSERT INTO probe_item (id, code, label, photo, number) VALUES ($1, $2, $3, $4, $5);

-- A remark between two statements is no heading.
-- item_list(n int) many: id int, code text, label text null, photo blob null, number int null
SELECT @all_of_item@
-- nor is one inside
ORDER BY code LIMIT $1;

-- item_count() one: n int
SELECT COUNT(*) AS n FROM probe_item;

-- item_remove_all() exec
DELETE FROM probe_item;

-- part_add(id int, item int) exec
INSERT INTO probe_part (id, item_id) VALUES ($1, $2);

-- late_part_add(id int, item int) exec
INSERT INTO probe_late_part (id, item_id) VALUES ($1, $2);

-- backwards(first text, second text) one: second text, first text
SELECT CAST($2 AS TEXT) AS second, CAST($1 AS TEXT) AS first;

-- numbers(last int) many: n int, label text
WITH RECURSIVE r(n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM r WHERE n < $1)
SELECT n, 'số; ' || CAST(n AS TEXT) AS label FROM r;

-- engine() one: name text
-- only: sqlite
SELECT 'sqlite' AS name;
-- only: postgres
SELECT CAST('postgres' AS TEXT) AS name;
-- end

-- declared_wrong() one: n int
SELECT CAST(n AS TEXT) AS n FROM probe_counter;

-- declared_not_null() one: number int
SELECT MAX(number) AS number FROM probe_item;
