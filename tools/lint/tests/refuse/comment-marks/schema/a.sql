-- TODO: index
SELECT 1;
