INSERT INTO municipality(id) VALUES (1);
UPDATE municipality SET id = 2;
DELETE FROM municipality;
UPDATE item SET id = 2 FROM feedback;
INSERT INTO item(id) SELECT 1 FROM feedback;
UPDATE indicator SET code = 'x';
