CREATE TABLE thing(id {pk}) {strict};
