CREATE TABLE search_term(term {text}) {strict};
