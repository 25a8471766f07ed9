SELECT 1 FROM feedback f JOIN indicator i ON i.code = f.code LEFT JOIN item x ON x.id = f.id;
