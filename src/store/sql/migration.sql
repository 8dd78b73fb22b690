-- migration_list() many: name text, sha256 text
SELECT name, sha256 FROM migration ORDER BY name;

-- migration_add(name text, sha256 text, at text) exec
INSERT INTO migration (name, sha256, applied_at) VALUES ($1, $2, $3);
