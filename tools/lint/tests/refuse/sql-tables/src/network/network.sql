-- name: a() :many
SELECT 1 FROM item;
SELECT 1 FROM municipality m
LEFT JOIN indicator i ON i.id = m.id, term t;
SELECT 1 FROM (SELECT id FROM municipality) x, (select 1 from item_note) y
WHERE EXISTS (SELECT 1 FROM municipality, feedback);
