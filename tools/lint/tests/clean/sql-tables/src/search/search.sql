SELECT s.term, term, item FROM search_term s WHERE term = :term ORDER BY term, item;
