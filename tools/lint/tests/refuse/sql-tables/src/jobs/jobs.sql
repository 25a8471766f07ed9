SELECT 1 FROM search_term; SELECT 1 FROM setting;
