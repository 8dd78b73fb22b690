-- expect: fragments nest too deep in 'person_all'
-- fragment living
(SELECT * FROM @living@)

-- person_all() many: id int
SELECT id FROM @living@;
