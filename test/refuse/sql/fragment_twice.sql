-- expect: is no name for a fragment, or there are two: 'living'
-- fragment living
person
-- fragment living
person WHERE died IS NULL
