CREATE TABLE municipality(id {pk}) {strict};
