CREATE TABLE feedback(id {pk}) {strict};
