SELECT (SELECT count(*) FROM feedback), (SELECT count(*) FROM item) FROM search_term, indicator;
INSERT INTO setting(key) VALUES ('x');
