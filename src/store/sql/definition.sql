-- Figures and reports that are defined as data.

-- definition_add(kind text, code text, edition int, sort_no int, recorded_at text, content text) exec
INSERT INTO definition (kind, code, edition, sort_no, recorded_at, content) VALUES ($1, $2, $3, $4, $5, $6);

-- definition_newest(kind text, code text) one: edition int, recorded_at text, content text
SELECT edition, recorded_at, content FROM definition WHERE kind = $1 AND code = $2 ORDER BY edition DESC LIMIT 1;

-- definition_edition(kind text, code text, edition int) one: recorded_at text, content text
SELECT recorded_at, content FROM definition WHERE kind = $1 AND code = $2 AND edition = $3;

-- definition_all(kind text) many: code text, edition int, content text
SELECT d.code, d.edition, d.content FROM definition d
WHERE d.kind = $1 AND d.edition = (SELECT MAX(e.edition) FROM definition e WHERE e.kind = d.kind AND e.code = d.code)
ORDER BY d.sort_no, d.code;
