-- CREATE TABLE nowhere(id {pk}) {strict};
CREATE TABLE item(id {pk}) {strict};
create table if not exists term(code {text}) {strict};
