-- expect: there is no fragment 'living'
-- person_all() many: id int
SELECT id FROM @living@;
