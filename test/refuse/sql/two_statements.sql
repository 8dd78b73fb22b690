-- expect: there are two statements under the heading of 'person_remove'
-- person_remove(id int) exec
DELETE FROM grants WHERE person_id = $1;
DELETE FROM person WHERE id = $1;
