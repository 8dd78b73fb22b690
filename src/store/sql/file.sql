-- Content of files by its hash.

-- file_put(hash text, size int, bytes blob) exec
INSERT INTO file_content (hash, size, bytes) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING;

-- file_get(hash text) one: bytes blob
SELECT bytes FROM file_content WHERE hash = $1;

-- file_has(hash text) one: size int
SELECT size FROM file_content WHERE hash = $1;

-- file_named() many: hash text
SELECT f.hash FROM document_file f UNION SELECT i.hash FROM exchange_in i WHERE i.is_kept = 1 ORDER BY hash;

-- file_drop(hash text) exec
DELETE FROM file_content WHERE hash = $1 AND NOT EXISTS (SELECT 1 AS one FROM document_file f WHERE f.hash = $1)
  AND NOT EXISTS (SELECT 1 AS one FROM document_signing s WHERE s.hash = $1)
  AND NOT EXISTS (SELECT 1 AS one FROM exchange_in i WHERE i.hash = $1 AND i.is_kept = 1);
