CREATE TABLE t(id {pk}, name {text} NOT NULL, note {text}, n {int} NOT NULL) {strict};
CREATE TABLE u(id {pk}, t_id {int} NOT NULL REFERENCES t(id), name {text} NOT NULL) {strict};
CREATE INDEX u_by_t ON u(t_id);
CREATE TABLE safe(id {pk}, name {text} NOT NULL) {strict};
CREATE TABLE key(id {pk}, safe_id {int} NOT NULL REFERENCES safe(id)) {strict};
CREATE INDEX key_by_safe ON key(safe_id);
