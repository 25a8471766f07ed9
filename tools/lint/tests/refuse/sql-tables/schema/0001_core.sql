CREATE TABLE setting(key {text}) {strict};
CREATE TABLE job(id {pk}) {strict};
