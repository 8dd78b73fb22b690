-- Books: registers whose fields are data.

-- $1 the viewer, $2 the right, $3 today.
-- fragment reach
SELECT r.unit_id FROM reach r WHERE r.person_id = $1 AND r.right_code = $2 AND r.valid_from <= $3 AND r.valid_to >= $3

-- ---- the books ----

-- book_set(id int, code text, name text, part text, edition int, content text, sort_no int) exec
INSERT INTO book (id, code, name, part, edition, content, sort_no) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, part = excluded.part, edition = excluded.edition, content = excluded.content, sort_no = excluded.sort_no;

-- book_edition_add(book int, edition int, recorded_at text, content text) exec
INSERT INTO book_edition (book_id, edition, recorded_at, content) VALUES ($1, $2, $3, $4);

-- book_by_code(code text) one: id int, code text, name text, part text, edition int, content text, sort_no int
SELECT id, code, name, part, edition, content, sort_no FROM book WHERE code = $1;

-- book_by_id(id int) one: id int, code text, name text, part text, edition int, content text, sort_no int
SELECT id, code, name, part, edition, content, sort_no FROM book WHERE id = $1;

-- book_edition_by_no(book int, edition int) one: content text, recorded_at text
SELECT content, recorded_at FROM book_edition WHERE book_id = $1 AND edition = $2;

-- book_list() many: id int, code text, name text, part text, edition int, content text, sort_no int
SELECT id, code, name, part, edition, content, sort_no FROM book ORDER BY sort_no, code;

-- book_counts(viewer int, right_code text, today text) many: book_id int, n int
SELECT e.book_id, COUNT(*) AS n FROM book_entry e WHERE e.is_struck = 0 AND e.unit_id IN (@reach@) GROUP BY e.book_id ORDER BY e.book_id;

-- ---- entries ----

-- book_entry_set(id int, book int, unit int, day text, until_day text, title text, search text, data text, is_struck int, version int) exec
INSERT INTO book_entry (id, book_id, unit_id, day, until_day, title, search, data, is_struck, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (id) DO UPDATE SET unit_id = excluded.unit_id, day = excluded.day, until_day = excluded.until_day, title = excluded.title, search = excluded.search,
  data = excluded.data, is_struck = excluded.is_struck, version = excluded.version;

-- book_version_add(entry int, version int, book int, edition int, unit int, day text, until_day text, title text, data text, is_struck int, reason text, actor int null, happened_at text, recorded_from text) exec
INSERT INTO book_version (entry_id, version, book_id, edition, unit_id, day, until_day, title, data, is_struck, reason, actor_id, happened_at, recorded_from, recorded_to)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '9999-12-31T23:59:59.999Z');

-- book_version_close(entry int, recorded_to text) exec
UPDATE book_version SET recorded_to = $2 WHERE entry_id = $1 AND recorded_to = '9999-12-31T23:59:59.999Z';

-- book_key_clear(entry int) exec
DELETE FROM book_key WHERE entry_id = $1;

-- book_key_add(book int, key_text text, entry int) exec
INSERT INTO book_key (book_id, key_text, entry_id) VALUES ($1, $2, $3);

-- book_key_find(book int, key_text text) one: entry_id int, title text
SELECT k.entry_id, e.title FROM book_key k JOIN book_entry e ON e.id = k.entry_id WHERE k.book_id = $1 AND k.key_text = $2;

-- book_entry_by_id(viewer int, right_code text, today text, id int) one: id int, book_id int, unit_id int, unit_name text, day text, until_day text, title text, data text, is_struck int, version int
SELECT e.id, e.book_id, e.unit_id, u.name AS unit_name, e.day, e.until_day, e.title, e.data, e.is_struck, e.version
FROM book_entry e JOIN unit u ON u.id = e.unit_id WHERE e.id = $4 AND e.unit_id IN (@reach@);

-- book_versions(entry int) many: version int, edition int, unit_id int, day text, until_day text, title text, data text, is_struck int, reason text, actor_name text null, happened_at text, recorded_from text
SELECT v.version, v.edition, v.unit_id, v.day, v.until_day, v.title, v.data, v.is_struck, v.reason, p.name AS actor_name, v.happened_at, v.recorded_from
FROM book_version v LEFT JOIN person p ON p.id = v.actor_id WHERE v.entry_id = $1 ORDER BY v.version DESC;

-- Newest day first. $4 book, $5 unit (with all below), $6 words, $7 from, $8 to (days), $9 and $10 where the page before ended.
-- book_entry_list(viewer int, right_code text, today text, book int, unit int null, search text null, from_on text, to_on text, before_day text, before_id int, n int) many: id int, unit_id int, unit_name text, day text, until_day text, title text, data text, version int
SELECT e.id, e.unit_id, u.name AS unit_name, e.day, e.until_day, e.title, e.data, e.version
FROM book_entry e JOIN unit u ON u.id = e.unit_id
WHERE e.book_id = $4 AND e.is_struck = 0 AND e.unit_id IN (@reach@)
  AND (CAST($5 AS BIGINT) IS NULL OR e.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = $5))
  AND (CAST($6 AS TEXT) IS NULL OR e.search LIKE $6 ESCAPE '!') AND e.day >= $7 AND e.day <= $8
  AND (e.day < $9 OR (e.day = $9 AND e.id < $10))
ORDER BY e.day DESC, e.id DESC LIMIT $11;

-- What was known of a book at a moment, in the viewer's reach and below a unit. $4 book, $5 unit, $6 as of.
-- book_known(viewer int, right_code text, today text, book int, unit int, as_of text) many: entry_id int, unit_id int, unit_code text, day text, until_day text, title text, data text
SELECT v.entry_id, v.unit_id, u.code AS unit_code, v.day, v.until_day, v.title, v.data
FROM book_version v JOIN unit u ON u.id = v.unit_id
WHERE v.book_id = $4 AND v.is_struck = 0 AND v.recorded_from < $6 AND v.recorded_to >= $6 AND v.unit_id IN (@reach@)
  AND v.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = $5)
ORDER BY v.day, v.entry_id;

-- ---- declarations ----

-- book_declaration_add(id int, book int, unit int, from_on text, to_on text, note text, actor int null, recorded_from text) exec
INSERT INTO book_declaration (id, book_id, unit_id, from_on, to_on, note, actor_id, recorded_from, recorded_to)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '9999-12-31T23:59:59.999Z');

-- book_declaration_end(id int, recorded_to text) exec
UPDATE book_declaration SET recorded_to = $2 WHERE id = $1;

-- book_declaration_by_id(id int) one: id int, book_id int, unit_id int, recorded_to text
SELECT id, book_id, unit_id, recorded_to FROM book_declaration WHERE id = $1;

-- Who has said so, for a period and as of a time; a declaration of a unit speaks for all below it.
-- book_declared(book int, unit int, from_on text, to_on text, as_of text) many: id int, unit_id int, unit_name text, from_on text, to_on text, note text, actor_name text null, recorded_from text
SELECT d.id, d.unit_id, u.name AS unit_name, d.from_on, d.to_on, d.note, p.name AS actor_name, d.recorded_from
FROM book_declaration d JOIN unit u ON u.id = d.unit_id LEFT JOIN person p ON p.id = d.actor_id
WHERE d.book_id = $1 AND d.unit_id IN (SELECT c.ancestor_id FROM unit_closure c WHERE c.descendant_id = $2)
  AND d.from_on <= $3 AND d.to_on >= $4 AND d.recorded_from < $5 AND d.recorded_to >= $5
ORDER BY d.id;

-- ---- what fields refer to ----

-- book_entry_in(book text, id int) one: id int, title text
SELECT e.id, e.title FROM book_entry e JOIN book b ON b.id = e.book_id WHERE b.code = $1 AND e.id = $2 AND e.is_struck = 0;

-- book_entry_of_title(book text, title text) one: id int
SELECT e.id FROM book_entry e JOIN book b ON b.id = e.book_id WHERE b.code = $1 AND e.title = $2 AND e.is_struck = 0 ORDER BY e.id LIMIT 1;

-- For a choice in a form.
-- book_entry_titles(viewer int, right_code text, today text, book text, n int) many: id int, title text
SELECT e.id, e.title FROM book_entry e JOIN book b ON b.id = e.book_id
WHERE b.code = $4 AND e.is_struck = 0 AND e.unit_id IN (@reach@) ORDER BY e.day DESC, e.id DESC LIMIT $5;
