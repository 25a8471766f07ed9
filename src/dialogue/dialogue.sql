-- name: topic_by_slug(slug text) :optional -> topic
SELECT id, slug, title FROM item WHERE slug = :slug AND state = 'published';
-- name: topic_by_id(id integer) :one -> topic
SELECT id, slug, title FROM item WHERE id = :id;

-- Writing.

-- name: post_add(item_id integer, kind text, question_id integer?, title text, body text, needed text, result text, html text, organisation text, size text, again text, offered integer, person_id integer, role text, mail integer, state text, desk integer, now_ms integer, shown_ms integer?, idempotency text) :insert
INSERT INTO post(item_id, kind, question_id, title, body, needed, result, html, organisation, size, again, offered, person_id, role, mail, state,
  stand, desk, looked, created_ms, shown_ms, reason, remark, closed, idempotency)
VALUES (:item_id, :kind, :question_id, :title, :body, :needed, :result, :html, :organisation, :size, :again, :offered, :person_id, :role, :mail,
  :state, 0, :desk, 0, :now_ms, :shown_ms, '', '', 0, :idempotency) ON CONFLICT (idempotency) DO NOTHING RETURNING id;

-- name: post_edit(id integer, title text, body text, needed text, result text, html text, organisation text, size text, again text, offered integer, role text, mail integer, now_ms integer) :exec
UPDATE post SET title = :title, body = :body, needed = :needed, result = :result, html = :html, organisation = :organisation, size = :size,
  again = :again, offered = :offered, role = :role, mail = :mail, edited_ms = :now_ms, stand = stand + 1 WHERE id = :id;

-- name: post_withdraw(id integer) :exec
UPDATE post SET state = 'withdrawn', stand = stand + 1, desk = 0, offered = 0, title = '', body = '', needed = '', result = '', html = ''
WHERE id = :id;

-- name: post_decide(id integer, stand integer, state text, shown_ms integer?, reason text, remark text, now_ms integer) :optional
-- Only when nobody else decided in between.
UPDATE post SET state = :state, stand = stand + 1, desk = 0, looked = 1, shown_ms = :shown_ms, decided_ms = :now_ms, reason = :reason,
  remark = :remark WHERE id = :id AND stand = :stand RETURNING id;
-- name: post_set_desk(id integer, state text) :exec
UPDATE post SET desk = 1, state = :state, stand = stand + 1 WHERE id = :id;
-- name: question_close(id integer, stand integer, closed integer) :optional
UPDATE post SET closed = :closed, stand = stand + 1 WHERE id = :id AND stand = :stand RETURNING id;
-- name: question_accept(id integer, accepted_id integer?) :exec
UPDATE post SET accepted_id = :accepted_id WHERE id = :id;
-- name: note_offer(id integer, was integer, offered integer) :exec
UPDATE post SET offered = :offered WHERE id = :id AND state = 'visible' AND offered = :was;
-- name: posts_wipe_removed(before_ms integer) :exec
UPDATE post SET title = '', body = '', needed = '', result = '', html = '' WHERE state = 'removed' AND decided_ms < :before_ms AND html <> '';

-- name: post_standing(person_id integer, day_ms integer) :one
-- Posts that others could see, since the last that was removed; the first of all; and how many since DAY_MS.
SELECT count(CASE WHEN p.shown_ms IS NOT NULL AND p.state IN ('visible', 'withdrawn')
    AND p.id > (SELECT coalesce(max(r.id), 0) FROM post r WHERE r.person_id = :person_id AND r.state = 'removed') THEN 1 END) AS "accepted:integer",
  count(CASE WHEN p.created_ms > :day_ms THEN 1 END) AS "today:integer", coalesce(min(p.created_ms), 0) AS "first_ms:integer"
FROM post p WHERE p.person_id = :person_id;

-- Reading.

-- name: post_get(id integer) :optional -> post
SELECT id, item_id, kind, question_id, title, body, needed, result, html, organisation, size, again, offered, person_id, role, mail, state, stand, desk,
  looked, created_ms, edited_ms, shown_ms, reason, remark, closed, accepted_id FROM post WHERE id = :id;

-- name: posts_of_item(item_id integer, kind text, viewer integer, before_id integer, most integer) :many -> post
-- What others can see, or could; and what the viewer wrote.
SELECT id, item_id, kind, question_id, title, body, needed, result, html, organisation, size, again, offered, person_id, role, mail, state, stand, desk,
  looked, created_ms, edited_ms, shown_ms, reason, remark, closed, accepted_id FROM post
WHERE item_id = :item_id AND kind = :kind AND id < :before_id AND (shown_ms IS NOT NULL OR person_id = :viewer) ORDER BY id DESC LIMIT :most;

-- name: answers_to(question_id integer, viewer integer) :many -> post
SELECT id, item_id, kind, question_id, title, body, needed, result, html, organisation, size, again, offered, person_id, role, mail, state, stand, desk,
  looked, created_ms, edited_ms, shown_ms, reason, remark, closed, accepted_id FROM post
WHERE question_id = :question_id AND (shown_ms IS NOT NULL OR person_id = :viewer) ORDER BY id LIMIT 200;

-- name: posts_of_person(person_id integer) :many -> post
SELECT id, item_id, kind, question_id, title, body, needed, result, html, organisation, size, again, offered, person_id, role, mail, state, stand, desk,
  looked, created_ms, edited_ms, shown_ms, reason, remark, closed, accepted_id FROM post WHERE person_id = :person_id ORDER BY id DESC;

-- name: posts_on_desk(after_id integer, most integer) :many -> post
SELECT id, item_id, kind, question_id, title, body, needed, result, html, organisation, size, again, offered, person_id, role, mail, state, stand, desk,
  looked, created_ms, edited_ms, shown_ms, reason, remark, closed, accepted_id FROM post WHERE desk = 1 AND id > :after_id ORDER BY id LIMIT :most;

-- name: posts_removed(most integer) :many -> post
SELECT id, item_id, kind, question_id, title, body, needed, result, html, organisation, size, again, offered, person_id, role, mail, state, stand, desk,
  looked, created_ms, edited_ms, shown_ms, reason, remark, closed, accepted_id FROM post
WHERE state = 'removed' ORDER BY decided_ms DESC, id DESC LIMIT :most;

-- name: notes_offered(offered integer, before_id integer, most integer) :many -> post
SELECT id, item_id, kind, question_id, title, body, needed, result, html, organisation, size, again, offered, person_id, role, mail, state, stand, desk,
  looked, created_ms, edited_ms, shown_ms, reason, remark, closed, accepted_id FROM post
WHERE offered = :offered AND state = 'visible' AND id < :before_id ORDER BY id DESC LIMIT :most;

-- name: newest_on_item(item_id integer, most integer) :many -> post
-- Field notes, and questions that were answered well.
SELECT id, item_id, kind, question_id, title, body, needed, result, html, organisation, size, again, offered, person_id, role, mail, state, stand, desk,
  looked, created_ms, edited_ms, shown_ms, reason, remark, closed, accepted_id FROM post
WHERE item_id = :item_id AND state = 'visible' AND (kind = 'ervaring' OR accepted_id IS NOT NULL) ORDER BY id DESC LIMIT :most;

-- name: voices_on_item(item_id integer) :one
SELECT count(CASE WHEN kind = 'vraag' THEN 1 END) AS "questions:integer", count(CASE WHEN kind = 'ervaring' THEN 1 END) AS "notes:integer",
  count(CASE WHEN kind = 'ervaring' OR accepted_id IS NOT NULL THEN 1 END) AS "shown:integer"
FROM post WHERE item_id = :item_id AND state = 'visible';

-- name: questions_newest(before_id integer, most integer) :many -> question_line
SELECT p.id, p.title, p.shown_ms, p.accepted_id, p.closed, i.slug, i.title AS "item_title:text",
  (SELECT count(*) FROM post a WHERE a.question_id = p.id AND a.state = 'visible') AS "answers:integer"
FROM post p JOIN item i ON i.id = p.item_id
WHERE p.kind = 'vraag' AND p.state = 'visible' AND p.id < :before_id ORDER BY p.id DESC LIMIT :most;

-- name: questions_unanswered(before_id integer, most integer) :many -> question_line
SELECT p.id, p.title, p.shown_ms, p.accepted_id, p.closed, i.slug, i.title AS "item_title:text", 0 AS "answers:integer"
FROM post p JOIN item i ON i.id = p.item_id
WHERE p.kind = 'vraag' AND p.state = 'visible' AND p.closed = 0 AND p.id < :before_id
  AND NOT EXISTS (SELECT 1 FROM post a WHERE a.question_id = p.id AND a.state = 'visible') ORDER BY p.id DESC LIMIT :most;

-- name: questions_on_theme(theme text, before_id integer, most integer) :many -> question_line
SELECT p.id, p.title, p.shown_ms, p.accepted_id, p.closed, i.slug, i.title AS "item_title:text",
  (SELECT count(*) FROM post a WHERE a.question_id = p.id AND a.state = 'visible') AS "answers:integer"
FROM post p JOIN item i ON i.id = p.item_id JOIN item_term t ON t.item_id = i.id AND t.list = 'thema' AND t.code = :theme
WHERE p.kind = 'vraag' AND p.state = 'visible' AND p.id < :before_id ORDER BY p.id DESC LIMIT :most;

-- name: themes_asked() :many
-- scan: the words of one list that some question is about
SELECT t.code, t.label, t.position FROM term t WHERE t.list = 'thema' AND EXISTS (SELECT 1 FROM item_term x JOIN post p ON p.item_id = x.item_id
  WHERE x.list = 'thema' AND x.code = t.code AND p.kind = 'vraag' AND p.state = 'visible') ORDER BY t.position;

-- name: questions_answered(after_id integer, most integer) :many
-- For the search index.
SELECT id FROM post WHERE kind = 'vraag' AND state = 'visible' AND accepted_id IS NOT NULL AND id > :after_id ORDER BY id LIMIT :most;

-- name: participants(question_id integer) :many
SELECT DISTINCT person_id AS "person_id:integer" FROM post WHERE (id = :question_id OR question_id = :question_id) AND mail = 1
  AND state IN ('visible', 'waiting') ORDER BY 1;

-- Reports.

-- name: report_add(post_id integer, person_id integer, client text, reason text, remark text, now_ms integer) :exec
INSERT INTO post_report(post_id, person_id, client, reason, remark, reported_ms)
VALUES (:post_id, :person_id, :client, :reason, :remark, :now_ms) ON CONFLICT DO NOTHING;
-- name: reports_about(post_id integer) :many
SELECT reason, remark, reported_ms FROM post_report WHERE post_id = :post_id ORDER BY reported_ms, reason;
-- name: reports_clear(post_id integer) :exec
DELETE FROM post_report WHERE post_id = :post_id;
-- name: reports_of_person(person_id integer) :many
SELECT r.reason, r.remark, r.reported_ms, p.title, p.kind FROM post_report r JOIN post p ON p.id = r.post_id
WHERE r.person_id = :person_id ORDER BY r.reported_ms;
-- name: reports_delete_of(person_id integer) :exec
DELETE FROM post_report WHERE person_id = :person_id;
-- name: reports_delete_before(before_ms integer) :exec
DELETE FROM post_report WHERE reported_ms < :before_ms;
-- name: desk_count() :one
SELECT count(*) AS "n:integer" FROM post WHERE desk = 1;
