-- expect: choose another name, C has a use for 'case'
-- person_of(id int) one: case int
SELECT 1 AS case FROM person WHERE id = $1;
