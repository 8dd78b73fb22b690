-- A store that is full: SQLite may not grow any more. PostgreSQL cannot be told so.
-- only: sqlite
PRAGMA max_page_count = 1;
-- end
