-- name: search_state_get() :one
SELECT generation, oldest FROM search_state WHERE id = 1;
-- name: search_state_next() :optional
-- Locks the row until the end of the transaction, so that changes become visible in the order of their numbers.
UPDATE search_state SET generation = generation + 1 WHERE id = 1 RETURNING generation;
-- name: search_state_forget(oldest integer) :exec
UPDATE search_state SET oldest = :oldest WHERE id = 1;

-- name: search_doc_find(kind text, ref text) :optional -> search_version
SELECT d.id, d.generation, d.title, d.facets, d.uses, d.vector, t.also, t.label, t.summary, t.body, t.terms
FROM search_doc d JOIN search_text t ON t.doc = d.id WHERE d.kind = :kind AND d.ref = :ref;
-- name: search_doc_version(id integer) :optional -> search_version
SELECT d.id, d.generation, d.title, d.facets, d.uses, d.vector, t.also, t.label, t.summary, t.body, t.terms
FROM search_doc d JOIN search_text t ON t.doc = d.id WHERE d.id = :id;

-- name: search_doc_insert(generation integer, kind text, ref text, title text, facets text, uses integer, vector blob) :insert
INSERT INTO search_doc(generation, kind, ref, title, facets, uses, vector)
VALUES (:generation, :kind, :ref, :title, :facets, :uses, :vector) RETURNING id;
-- name: search_doc_update(id integer, generation integer, title text, facets text, uses integer, vector blob) :exec
UPDATE search_doc SET generation = :generation, title = :title, facets = :facets, uses = :uses, vector = :vector WHERE id = :id;
-- name: search_text_insert(doc integer, also text, label text, summary text, body text, terms blob) :exec
INSERT INTO search_text(doc, also, label, summary, body, terms) VALUES (:doc, :also, :label, :summary, :body, :terms);
-- name: search_text_update(doc integer, also text, label text, summary text, body text, terms blob) :exec
UPDATE search_text SET also = :also, label = :label, summary = :summary, body = :body, terms = :terms WHERE doc = :doc;
-- name: search_doc_delete(id integer) :exec
DELETE FROM search_doc WHERE id = :id;

-- name: search_gone_insert(generation integer, at_ms integer, doc integer, since integer, vector blob) :exec
INSERT INTO search_gone(generation, at_ms, doc, since, vector) VALUES (:generation, :at_ms, :doc, :since, :vector);
-- name: search_gone_since(seen integer) :many
SELECT doc, vector FROM search_gone WHERE generation > :seen AND since <= :seen ORDER BY generation;
-- name: search_gone_before(at_ms integer) :optional
-- scan: the versions that were replaced since last night
SELECT max(generation) AS "generation:integer?" FROM search_gone WHERE at_ms < :at_ms;
-- name: search_gone_delete(oldest integer) :exec
DELETE FROM search_gone WHERE generation <= :oldest;

-- name: search_docs_page(after integer, most integer) :many -> search_row
SELECT id, kind, ref, title, facets, uses, vector FROM search_doc WHERE id > :after ORDER BY id LIMIT :most;
-- name: search_docs_since(seen integer) :many -> search_row
SELECT id, kind, ref, title, facets, uses, vector FROM search_doc WHERE generation > :seen ORDER BY generation, id;
-- name: search_docs_ids(after integer, most integer) :many
SELECT id FROM search_doc WHERE id > :after ORDER BY id LIMIT :most;
-- name: search_docs_count() :one
-- scan: once, when a process starts
SELECT count(*) AS "n:integer" FROM search_doc;

-- name: search_words_used(least integer) :many -> search_word_row
-- scan: once, when a process starts
SELECT word, uses FROM search_word WHERE uses >= :least ORDER BY word;
-- name: search_words_since(seen integer) :many -> search_word_row
SELECT word, uses FROM search_word WHERE generation > :seen ORDER BY generation, word;
-- name: search_words_page(after text, most integer) :many -> search_word_row
SELECT word, uses FROM search_word WHERE word > :after ORDER BY word LIMIT :most;
-- name: search_word_set(word text, uses integer, generation integer) :exec
INSERT INTO search_word(word, uses, generation) VALUES (:word, :uses, :generation)
ON CONFLICT (word) DO UPDATE SET uses = excluded.uses, generation = excluded.generation;
-- name: search_word_add(word text, extra integer, generation integer) :exec
INSERT INTO search_word(word, uses, generation) VALUES (:word, :extra, :generation)
ON CONFLICT (word) DO UPDATE SET uses = search_word.uses + excluded.uses, generation = excluded.generation;
-- name: search_words_forget(oldest integer) :exec
DELETE FROM search_word WHERE generation <= :oldest AND uses <= 0;

-- name: search_doc_named(kind text, ref text) :optional -> search_hit_row
SELECT d.id, d.kind, d.ref, d.title, t.label, t.also, t.summary, t.body, t.terms
FROM search_doc d JOIN search_text t ON t.doc = d.id WHERE d.kind = :kind AND d.ref = :ref;
-- name: search_docs_eight(d1 integer, d2 integer, d3 integer, d4 integer, d5 integer, d6 integer, d7 integer, d8 integer) :many -> search_hit_row
-- Eight in one go: on PostgreSQL each statement is a way there and back.
SELECT d.id, d.kind, d.ref, d.title, t.label, t.also, t.summary, t.body, t.terms
FROM search_doc d JOIN search_text t ON t.doc = d.id WHERE d.id IN (:d1, :d2, :d3, :d4, :d5, :d6, :d7, :d8);
-- name: search_terms_eight(d1 integer, d2 integer, d3 integer, d4 integer, d5 integer, d6 integer, d7 integer, d8 integer) :many
SELECT d.id, d.title, t.label, t.also, t.terms
FROM search_doc d JOIN search_text t ON t.doc = d.id WHERE d.id IN (:d1, :d2, :d3, :d4, :d5, :d6, :d7, :d8);
-- name: search_titles_eight(d1 integer, d2 integer, d3 integer, d4 integer, d5 integer, d6 integer, d7 integer, d8 integer) :many
SELECT id, kind, ref, title FROM search_doc WHERE id IN (:d1, :d2, :d3, :d4, :d5, :d6, :d7, :d8);

-- name: search_bet_insert(words text, question text, kind text, ref text, place integer) :exec
INSERT INTO search_bet(words, question, kind, ref, place) VALUES (:words, :question, :kind, :ref, :place)
ON CONFLICT (question, kind, ref) DO UPDATE SET words = excluded.words, place = excluded.place;
-- name: search_bet_delete(id integer) :optional
DELETE FROM search_bet WHERE id = :id RETURNING id;
-- name: search_bets_of(question text, most integer) :many
SELECT kind, ref FROM search_bet WHERE question = :question ORDER BY place, id LIMIT :most;
-- name: search_bets_page(most integer, skip integer) :many -> search_bet
-- scan: what editors typed by hand
SELECT id, words, kind, ref, place FROM search_bet ORDER BY words, place, id LIMIT :most OFFSET :skip;

-- name: search_miss_add(words text, n integer, last_day text) :exec
INSERT INTO search_miss(words, n, last_day) VALUES (:words, :n, :last_day)
ON CONFLICT (words) DO UPDATE SET n = search_miss.n + excluded.n, last_day = excluded.last_day;
-- name: search_misses_page(most integer, skip integer) :many -> search_miss
-- scan: bounded by the term after which they go
SELECT words, n, last_day FROM search_miss ORDER BY n DESC, words LIMIT :most OFFSET :skip;
-- name: search_miss_delete(words text) :exec
DELETE FROM search_miss WHERE words = :words;
-- name: search_miss_expire(before_day text) :exec
DELETE FROM search_miss WHERE last_day < :before_day;
