-- expect: stands under no heading: 'SELECT 1;'
SELECT 1;
