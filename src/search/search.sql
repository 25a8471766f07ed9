-- name: search_clear_docs() :exec
DELETE FROM search_doc;
-- name: search_clear_terms() :exec
DELETE FROM search_term;
-- name: search_clear_words() :exec
DELETE FROM search_word;

-- name: search_doc_insert(id integer, kind text, ref text, title text, label text, summary text, body text, terms blob) :exec
INSERT INTO search_doc(id, kind, ref, title, label, summary, body, terms)
VALUES (:id, :kind, :ref, :title, :label, :summary, :body, :terms);

-- name: search_term_insert(term text, docs integer, postings blob) :exec
INSERT INTO search_term(term, docs, postings) VALUES (:term, :docs, :postings);

-- name: search_word_insert(word text, docs integer) :exec
INSERT INTO search_word(word, docs) VALUES (:word, :docs);

-- name: search_term_get(term text) :optional
SELECT docs, postings FROM search_term WHERE term = :term;

-- name: search_doc_get(id integer) :optional
SELECT kind, ref, title, label, summary, body, terms FROM search_doc WHERE id = :id;

-- name: search_kinds() :many
-- scan: once per generation of the index, to keep kinds and refs in memory
SELECT id, kind FROM search_doc ORDER BY id;

-- name: search_words() :many
-- scan: once per generation of the index, to build the suggestions
SELECT word, docs FROM search_word ORDER BY word;
