-- only: sqlite
PRAGMA max_page_count = 1000000;
-- end
