-- assessment.sql - cases, their steps, committees, votes and decisions. Rules stand in case.c, panel.c and decide.c.

-- name: case_add(slug text, title text, person_id integer, organisation_id integer?, criteria text, explanation text, contact text, item_id integer?, now_ms integer) :insert
INSERT INTO assessment_case(slug, title, state, round, person_id, organisation_id, criteria, explanation, contact, item_id, turn, decided_on,
  valid_until, appeal_until, condition, condition_until, reminded, created_ms, moved_ms)
VALUES (:slug, :title, 'concept', 1, :person_id, :organisation_id, :criteria, :explanation, :contact, :item_id, 'submitter', '', '', '', '', '',
  0, :now_ms, :now_ms) RETURNING id;

-- name: case_get(id integer) :optional -> assessment
SELECT id, slug, title, state, round, person_id, organisation_id, criteria, explanation, contact, draft_id, item_id, turn, decided_on,
  valid_until, appeal_until, condition, condition_until, reminded, created_ms, moved_ms FROM assessment_case WHERE id = :id;

-- name: case_by_slug(slug text) :optional -> assessment
SELECT id, slug, title, state, round, person_id, organisation_id, criteria, explanation, contact, draft_id, item_id, turn, decided_on,
  valid_until, appeal_until, condition, condition_until, reminded, created_ms, moved_ms FROM assessment_case WHERE slug = :slug;

-- name: cases_of_person(person_id integer) :many -> assessment
SELECT id, slug, title, state, round, person_id, organisation_id, criteria, explanation, contact, draft_id, item_id, turn, decided_on,
  valid_until, appeal_until, condition, condition_until, reminded, created_ms, moved_ms FROM assessment_case
WHERE person_id = :person_id ORDER BY id DESC;

-- name: cases_in(state text, most integer) :many -> assessment
-- Longest waiting first.
SELECT id, slug, title, state, round, person_id, organisation_id, criteria, explanation, contact, draft_id, item_id, turn, decided_on,
  valid_until, appeal_until, condition, condition_until, reminded, created_ms, moved_ms FROM assessment_case
WHERE state = :state ORDER BY moved_ms, id LIMIT :most;

-- name: cases_decided(before text, before_id integer, most integer) :many -> assessment
-- The public list, newest decision first, behind (before, before_id).
SELECT id, slug, title, state, round, person_id, organisation_id, criteria, explanation, contact, draft_id, item_id, turn, decided_on,
  valid_until, appeal_until, condition, condition_until, reminded, created_ms, moved_ms FROM assessment_case
WHERE decided_on > '' AND (decided_on < :before OR (decided_on = :before AND id < :before_id))
ORDER BY decided_on DESC, id DESC LIMIT :most;

-- name: case_of_item(item_id integer) :optional
-- An item is in one open case at a time.
SELECT id FROM assessment_case WHERE item_id = :item_id AND state <> 'ingetrokken' ORDER BY id DESC LIMIT 1;

-- name: case_describe(id integer, title text, organisation_id integer?, criteria text, explanation text, contact text) :exec
UPDATE assessment_case SET title = :title, organisation_id = :organisation_id, criteria = :criteria, explanation = :explanation,
  contact = :contact WHERE id = :id;

-- name: case_set_draft(id integer, draft_id integer) :exec
UPDATE assessment_case SET draft_id = :draft_id WHERE id = :id;

-- name: case_clear_draft(id integer) :exec
UPDATE assessment_case SET draft_id = NULL WHERE id = :id;

-- name: case_set_item(id integer, item_id integer) :exec
UPDATE assessment_case SET item_id = :item_id WHERE id = :id;

-- name: case_set_state(id integer, from_state text, from_round integer, to_state text, round integer, turn text, now_ms integer) :optional
-- Two at once: the second finds nothing.
UPDATE assessment_case SET state = :to_state, round = :round, turn = :turn, moved_ms = :now_ms
WHERE id = :id AND state = :from_state AND round = :from_round RETURNING id;

-- name: case_set_turn(id integer, from_turn text, turn text) :optional
UPDATE assessment_case SET turn = :turn WHERE id = :id AND state = 'beschrijven' AND turn = :from_turn RETURNING id;

-- name: case_set_decided(id integer, decided_on text, valid_until text, appeal_until text, condition text, condition_until text) :exec
UPDATE assessment_case SET decided_on = :decided_on, valid_until = :valid_until, appeal_until = :appeal_until, condition = :condition,
  condition_until = :condition_until, reminded = 0 WHERE id = :id;

-- name: case_set_reminded(id integer, months integer) :exec
UPDATE assessment_case SET reminded = :months WHERE id = :id;

-- name: case_forget_contact(person_id integer) :exec
UPDATE assessment_case SET contact = '' WHERE person_id = :person_id;

-- name: concepts_before(before_ms integer, most integer) :many
SELECT id FROM assessment_case WHERE state = 'concept' AND moved_ms < :before_ms ORDER BY moved_ms, id LIMIT :most;

-- name: concepts_of(person_id integer) :many
SELECT id FROM assessment_case WHERE state = 'concept' AND person_id = :person_id;

-- name: case_delete(id integer) :exec
DELETE FROM assessment_case WHERE id = :id;

-- name: step_add(case_id integer, round integer, transition text, from_state text, to_state text, note text, person_id integer?, at_ms integer) :exec
INSERT INTO assessment_step(case_id, round, transition, from_state, to_state, note, person_id, at_ms)
VALUES (:case_id, :round, :transition, :from_state, :to_state, :note, :person_id, :at_ms);

-- name: steps_of(case_id integer) :many
SELECT round, transition, to_state, note, at_ms FROM assessment_step WHERE case_id = :case_id ORDER BY id;

-- name: remark_add(case_id integer, round integer, side text, person_id integer, text text, at_ms integer) :exec
INSERT INTO assessment_remark(case_id, round, side, person_id, text, at_ms) VALUES (:case_id, :round, :side, :person_id, :text, :at_ms);

-- name: remarks_of(case_id integer, round integer) :many
SELECT side, text, at_ms FROM assessment_remark WHERE case_id = :case_id AND round = :round ORDER BY id;

-- name: remarks_count(case_id integer, round integer) :one
SELECT count(*) AS "n:integer" FROM assessment_remark WHERE case_id = :case_id AND round = :round AND side = 'secretary';

-- name: dossier_set(case_id integer, round integer, text text) :exec
INSERT INTO assessment_dossier(case_id, round, text) VALUES (:case_id, :round, :text)
ON CONFLICT (case_id, round) DO UPDATE SET text = :text;

-- name: dossier_get(case_id integer, round integer) :optional
SELECT text FROM assessment_dossier WHERE case_id = :case_id AND round = :round;

-- name: assessor_set(person_id integer, side text, given_by integer, given_ms integer) :exec
INSERT INTO assessor(person_id, side, given_by, given_ms) VALUES (:person_id, :side, :given_by, :given_ms)
ON CONFLICT (person_id) DO UPDATE SET side = :side, given_by = :given_by, given_ms = :given_ms;

-- name: assessor_delete(person_id integer) :exec
DELETE FROM assessor WHERE person_id = :person_id;

-- name: assessors() :many
-- scan: some dozens of people
SELECT person_id, side FROM assessor ORDER BY side, person_id;

-- name: assessor_get(person_id integer) :optional
SELECT side, given_ms FROM assessor WHERE person_id = :person_id;

-- name: member_add(case_id integer, round integer, person_id integer, side text, asked_ms integer) :optional
-- Who was taken off without an interest may come back.
INSERT INTO assessment_member(case_id, round, person_id, side, asked_ms, interest, interest_is)
VALUES (:case_id, :round, :person_id, :side, :asked_ms, '', '')
ON CONFLICT (case_id, round, person_id) DO UPDATE SET ended_ms = NULL, side = :side, asked_ms = :asked_ms
WHERE assessment_member.ended_ms IS NOT NULL AND assessment_member.interest <> 'some' RETURNING person_id;

-- name: member_end(case_id integer, round integer, person_id integer, ended_ms integer) :optional
-- Not after a vote.
UPDATE assessment_member SET ended_ms = :ended_ms WHERE case_id = :case_id AND round = :round AND person_id = :person_id AND ended_ms IS NULL
AND NOT EXISTS (SELECT 1 FROM assessment_vote v WHERE v.case_id = :case_id AND v.round = :round AND v.person_id = :person_id) RETURNING person_id;

-- name: member_declare(case_id integer, round integer, person_id integer, interest text, interest_is text, declared_ms integer) :optional
UPDATE assessment_member SET interest = :interest, interest_is = :interest_is, declared_ms = :declared_ms
WHERE case_id = :case_id AND round = :round AND person_id = :person_id AND ended_ms IS NULL AND interest = '' RETURNING person_id;

-- name: members_of_case(case_id integer, round integer) :many -> panel_row
SELECT m.person_id AS "person_id:integer", m.side AS "side:text", m.asked_ms AS "asked_ms:integer", m.interest AS "interest:text",
  m.interest_is AS "interest_is:text", m.ended_ms AS "ended_ms:integer?", v.at_ms AS "voted_ms:integer?", v.evidence AS "evidence:text?",
  v.effect AS "effect:text?", v.cost AS "cost:text?", v.evidence_why AS "evidence_why:text?", v.effect_why AS "effect_why:text?",
  v.cost_why AS "cost_why:text?"
FROM assessment_member m LEFT JOIN assessment_vote v ON v.case_id = m.case_id AND v.round = m.round AND v.person_id = m.person_id
WHERE m.case_id = :case_id AND m.round = :round ORDER BY m.asked_ms, m.person_id;

-- name: panels_of(person_id integer) :many
-- The cases where somebody sits in the committee of the round that goes on.
SELECT c.id AS "id:integer", c.title AS "title:text", c.state AS "state:text", m.interest AS "interest:text", m.asked_ms AS "asked_ms:integer",
  v.at_ms AS "voted_ms:integer?"
FROM assessment_member m JOIN assessment_case c ON c.id = m.case_id AND c.round = m.round
LEFT JOIN assessment_vote v ON v.case_id = m.case_id AND v.round = m.round AND v.person_id = m.person_id
WHERE m.person_id = :person_id AND m.ended_ms IS NULL ORDER BY m.asked_ms DESC, c.id DESC;

-- name: members_late(before_ms integer, most integer) :many
-- Who has not judged, or not said whether there is an interest, and was asked or reminded before then.
SELECT c.id AS "case_id:integer", c.title AS "title:text", m.round AS "round:integer", m.person_id AS "person_id:integer"
FROM assessment_case c JOIN assessment_member m ON m.case_id = c.id AND m.round = c.round
WHERE c.state IN ('in-beoordeling', 'bezwaar') AND m.ended_ms IS NULL AND m.interest <> 'some'
AND coalesce(m.reminded_ms, m.asked_ms) < :before_ms
AND NOT EXISTS (SELECT 1 FROM assessment_vote v WHERE v.case_id = m.case_id AND v.round = m.round AND v.person_id = m.person_id)
ORDER BY c.id, m.person_id LIMIT :most;

-- name: member_set_reminded(case_id integer, round integer, person_id integer, reminded_ms integer) :exec
UPDATE assessment_member SET reminded_ms = :reminded_ms WHERE case_id = :case_id AND round = :round AND person_id = :person_id;

-- name: members_ask_again(case_id integer, round integer, asked_ms integer) :exec
-- The term to judge runs from the day that the dossier is there.
UPDATE assessment_member SET asked_ms = :asked_ms WHERE case_id = :case_id AND round = :round AND ended_ms IS NULL;

-- name: interests_forget(before_ms integer) :exec
-- scan: at night, some hundreds of rows
UPDATE assessment_member SET interest_is = '' WHERE declared_ms < :before_ms AND interest_is <> '';

-- name: vote_add(case_id integer, round integer, person_id integer, evidence text, effect text, cost text, evidence_why text, effect_why text, cost_why text, at_ms integer) :optional
INSERT INTO assessment_vote(case_id, round, person_id, evidence, effect, cost, evidence_why, effect_why, cost_why, at_ms)
VALUES (:case_id, :round, :person_id, :evidence, :effect, :cost, :evidence_why, :effect_why, :cost_why, :at_ms)
ON CONFLICT (case_id, round, person_id) DO NOTHING RETURNING person_id;

-- name: decision_add(case_id integer, round integer, outcome text, evidence text, effect text, cost text, evidence_why text, effect_why text, cost_why text, why text, condition text, condition_until text, valid_until text, decided_on text, decided_by integer) :optional
INSERT INTO assessment_decision(case_id, round, outcome, evidence, effect, cost, evidence_why, effect_why, cost_why, why, condition, condition_until,
  valid_until, decided_on, decided_by)
VALUES (:case_id, :round, :outcome, :evidence, :effect, :cost, :evidence_why, :effect_why, :cost_why, :why, :condition, :condition_until,
  :valid_until, :decided_on, :decided_by) ON CONFLICT (case_id, round) DO NOTHING RETURNING round;

-- name: decisions_of(case_id integer) :many
SELECT round, outcome, evidence, effect, cost, evidence_why, effect_why, cost_why, why, condition, condition_until, valid_until, decided_on
FROM assessment_decision WHERE case_id = :case_id ORDER BY round DESC;

-- name: voters_of(case_id integer) :many
-- How many of each side judged, by round.
SELECT v.round AS "round:integer", m.side AS "side:text", count(*) AS "n:integer"
FROM assessment_vote v JOIN assessment_member m ON m.case_id = v.case_id AND m.round = v.round AND m.person_id = v.person_id
WHERE v.case_id = :case_id GROUP BY v.round, m.side ORDER BY v.round DESC, m.side;

-- name: objection_add(case_id integer, round integer, person_id integer, text text, at_ms integer) :exec
INSERT INTO assessment_objection(case_id, round, person_id, text, at_ms) VALUES (:case_id, :round, :person_id, :text, :at_ms);

-- name: objections_of(case_id integer) :many
SELECT round, text, at_ms FROM assessment_objection WHERE case_id = :case_id ORDER BY round DESC;

-- name: cases_ending(state text, today text, last text, first text, most integer) :many -> assessment
-- Past their end, or near it and not reminded yet. By the index of states: published cases are some hundreds.
SELECT id, slug, title, state, round, person_id, organisation_id, criteria, explanation, contact, draft_id, item_id, turn, decided_on,
  valid_until, appeal_until, condition, condition_until, reminded, created_ms, moved_ms FROM assessment_case
WHERE state = :state AND (valid_until < :today OR (valid_until <= :last AND reminded <> 2) OR (valid_until <= :first AND reminded = 0))
ORDER BY valid_until, id LIMIT :most;

-- name: case_writers(item_id integer) :many
-- Who wrote a version of the item.
SELECT DISTINCT made_by FROM item_version WHERE item_id = :item_id AND made_by IS NOT NULL;

-- name: case_item(id integer) :optional
SELECT slug, title, kind, state FROM item WHERE id = :id;

-- name: case_item_by_slug(slug text) :optional
SELECT id, title, kind, state FROM item WHERE slug = :slug;

-- What is kept of people (kept.c).

-- name: kept_votes(person_id integer) :many
SELECT c.title, v.evidence, v.effect, v.cost, v.evidence_why, v.effect_why, v.cost_why, v.at_ms
FROM assessment_vote v JOIN assessment_case c ON c.id = v.case_id WHERE v.person_id = :person_id ORDER BY v.at_ms;

-- name: kept_members(person_id integer) :many
SELECT c.title, m.side, m.interest_is, m.asked_ms FROM assessment_member m JOIN assessment_case c ON c.id = m.case_id
WHERE m.person_id = :person_id ORDER BY m.asked_ms;

-- name: kept_steps(person_id integer) :many
SELECT c.title, s.transition, s.note, s.at_ms FROM assessment_step s JOIN assessment_case c ON c.id = s.case_id
WHERE s.person_id = :person_id ORDER BY s.id;

-- name: kept_remarks(person_id integer) :many
SELECT c.title, r.text, r.at_ms FROM assessment_remark r JOIN assessment_case c ON c.id = r.case_id
WHERE r.person_id = :person_id ORDER BY r.id;

-- name: kept_objections(person_id integer) :many
SELECT c.title, o.text, o.at_ms FROM assessment_objection o JOIN assessment_case c ON c.id = o.case_id
WHERE o.person_id = :person_id ORDER BY o.at_ms;

-- name: kept_decisions(person_id integer) :many
SELECT c.title, d.outcome, d.why, d.decided_on FROM assessment_decision d JOIN assessment_case c ON c.id = d.case_id
WHERE d.decided_by = :person_id ORDER BY d.decided_on;

-- name: members_forget(person_id integer) :exec
UPDATE assessment_member SET interest_is = '' WHERE person_id = :person_id;
