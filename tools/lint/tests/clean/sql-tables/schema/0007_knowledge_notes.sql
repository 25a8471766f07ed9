CREATE TABLE item_note(id {pk}) {strict};
