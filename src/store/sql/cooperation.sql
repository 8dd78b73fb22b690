-- The register of cooperation rules.

-- cooperation_add(id int, number text, title text, signed_on text, signer text, agencies text, procedures text, valid_from text, valid_to text, note text) exec
INSERT INTO cooperation_rule (id, number, title, signed_on, signer, agencies, procedures, valid_from, valid_to, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- cooperation_set(id int, number text, title text, signed_on text, signer text, agencies text, procedures text, valid_from text, valid_to text, note text) exec
UPDATE cooperation_rule SET number = $2, title = $3, signed_on = $4, signer = $5, agencies = $6, procedures = $7, valid_from = $8, valid_to = $9, note = $10 WHERE id = $1;

-- cooperation_by_id(id int) one: id int, number text, title text, signed_on text, signer text, agencies text, procedures text, valid_from text, valid_to text, note text
SELECT id, number, title, signed_on, signer, agencies, procedures, valid_from, valid_to, note FROM cooperation_rule WHERE id = $1;

-- cooperation_list() many: id int, number text, title text, signed_on text, signer text, agencies text, procedures text, valid_from text, valid_to text, note text
SELECT id, number, title, signed_on, signer, agencies, procedures, valid_from, valid_to, note FROM cooperation_rule ORDER BY signed_on DESC, id DESC;

-- cooperation_same(number text, signed_on text) one: id int
SELECT id FROM cooperation_rule WHERE number = $1 AND signed_on = $2 ORDER BY id LIMIT 1;
