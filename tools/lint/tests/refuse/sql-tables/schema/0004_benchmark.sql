CREATE TABLE indicator(code {text}) {strict};
