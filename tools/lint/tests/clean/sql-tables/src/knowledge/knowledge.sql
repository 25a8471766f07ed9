SELECT n.name FROM item i, municipality m JOIN indicator n ON n.code = i.code;
INSERT INTO item(id) SELECT id FROM municipality ON CONFLICT (id) DO UPDATE SET id = excluded.id;
DELETE FROM item_note WHERE id IN (SELECT id FROM term);
