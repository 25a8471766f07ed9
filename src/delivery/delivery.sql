-- delivery.sql - deliveries, their figures, history, keys and reminders.

-- name: delivery_place(slug text) :optional -> delivery_place
SELECT id, code, name, slug FROM municipality WHERE slug = :slug AND ends_on IS NULL;

-- name: delivery_place_coded(code text) :optional -> delivery_place
SELECT id, code, name, slug FROM municipality WHERE code = :code AND ends_on IS NULL;

-- name: delivery_households(code text, year integer) :optional
SELECT y.households FROM municipality_year y JOIN municipality m ON m.id = y.municipality_id
WHERE m.code = :code AND y.year <= :year AND y.households IS NOT NULL ORDER BY y.year DESC LIMIT 1;

-- name: delivery_of(region text, period integer) :many -> delivery
-- All revisions of one municipality and period, the newest first.
SELECT id, region, period, organisation_id, revision, state, stand, way, reason, returned, asked, started_ms, delivered_ms, delivered_by,
  approved_ms, approved_by, score, completeness, timeliness, revisions, explained
FROM delivery WHERE region = :region AND period = :period ORDER BY revision DESC;

-- name: deliveries_of_region(region text) :many
SELECT period, revision, state, asked, approved_ms, score FROM delivery WHERE region = :region AND state <> 'dropped' ORDER BY period DESC, revision DESC;

-- name: deliveries_in(period integer) :many
SELECT region, revision, state, asked, approved_ms, score FROM delivery WHERE period = :period AND state <> 'dropped' ORDER BY region, revision DESC;

-- name: deliveries_approved_since(since_ms integer) :many
-- scan: what was approved after the last release
SELECT region, period, revision, reason, score FROM delivery
WHERE state = 'approved' AND approved_ms > :since_ms ORDER BY period, region;

-- name: delivery_add(region text, period integer, organisation_id integer, revision integer, way text, reason text, started_ms integer) :insert
INSERT INTO delivery(region, period, organisation_id, revision, state, stand, way, reason, returned, asked, started_ms)
VALUES (:region, :period, :organisation_id, :revision, 'draft', 1, :way, :reason, '', '', :started_ms)
ON CONFLICT DO NOTHING RETURNING id;

-- name: delivery_touch(id integer, way text) :exec
UPDATE delivery SET stand = stand + 1, way = :way WHERE id = :id;

-- name: delivery_set_state(id integer, state text, returned text) :exec
UPDATE delivery SET state = :state, returned = :returned, stand = stand + 1 WHERE id = :id;

-- name: delivery_set_delivered(id integer, at_ms integer, person_id integer?, score integer, completeness integer, timeliness integer, revisions integer, explained integer) :exec
UPDATE delivery SET state = 'delivered', stand = stand + 1, delivered_ms = :at_ms, delivered_by = :person_id, returned = '',
  score = :score, completeness = :completeness, timeliness = :timeliness, revisions = :revisions, explained = :explained
WHERE id = :id;

-- name: delivery_set_approved(id integer, at_ms integer, person_id integer) :exec
UPDATE delivery SET state = 'approved', stand = stand + 1, approved_ms = :at_ms, approved_by = :person_id WHERE id = :id;

-- name: delivery_replace_older(region text, period integer, id integer) :exec
UPDATE delivery SET state = 'replaced' WHERE region = :region AND period = :period AND id <> :id AND state = 'approved';

-- name: delivery_set_asked(id integer, asked text) :exec
UPDATE delivery SET asked = :asked WHERE id = :id;

-- name: delivery_figures(delivery_id integer) :many -> delivery_figure
SELECT indicator, detail, numerator, denominator, explanation FROM delivery_figure WHERE delivery_id = :delivery_id ORDER BY indicator, detail;

-- name: delivery_figure_put(delivery_id integer, indicator text, detail text, numerator real?, denominator real?, explanation text) :exec
INSERT INTO delivery_figure(delivery_id, indicator, detail, numerator, denominator, explanation)
VALUES (:delivery_id, :indicator, :detail, :numerator, :denominator, :explanation)
ON CONFLICT (delivery_id, indicator, detail) DO UPDATE SET numerator = excluded.numerator, denominator = excluded.denominator,
  explanation = excluded.explanation;

-- name: delivery_choices(delivery_id integer) :many
SELECT question, answer FROM delivery_choice WHERE delivery_id = :delivery_id ORDER BY question;

-- name: delivery_choice_put(delivery_id integer, question text, answer text) :exec
INSERT INTO delivery_choice(delivery_id, question, answer) VALUES (:delivery_id, :question, :answer)
ON CONFLICT (delivery_id, question) DO UPDATE SET answer = excluded.answer;

-- name: delivery_event_add(delivery_id integer, at_ms integer, person_id integer?, what text, remark text) :exec
INSERT INTO delivery_event(delivery_id, at_ms, person_id, what, remark) VALUES (:delivery_id, :at_ms, :person_id, :what, :remark);

-- name: delivery_history(region text, period integer) :many
SELECT e.at_ms, e.person_id, e.what, e.remark, d.revision, d.way FROM delivery_event e JOIN delivery d ON d.id = e.delivery_id
WHERE d.region = :region AND d.period = :period ORDER BY e.id DESC;

-- name: delivery_events_of(person_id integer) :many
-- scan: what one person did, for that person alone
SELECT e.at_ms, e.what, e.remark, d.region, d.period FROM delivery_event e JOIN delivery d ON d.id = e.delivery_id
WHERE e.person_id = :person_id ORDER BY e.id;

-- name: delivery_keys_of(organisation_id integer) :many
SELECT id, name, created_ms, used_ms FROM delivery_key WHERE organisation_id = :organisation_id AND withdrawn_ms IS NULL ORDER BY id;

-- name: delivery_key_add(organisation_id integer, name text, digest text, created_ms integer, created_by integer, once text) :insert
INSERT INTO delivery_key(organisation_id, name, digest, created_ms, created_by, hour, uses, once)
VALUES (:organisation_id, :name, :digest, :created_ms, :created_by, 0, 0, :once) ON CONFLICT DO NOTHING RETURNING id;

-- name: delivery_key_withdraw(id integer, organisation_id integer, at_ms integer) :exec
UPDATE delivery_key SET withdrawn_ms = :at_ms WHERE id = :id AND organisation_id = :organisation_id AND withdrawn_ms IS NULL;

-- name: delivery_key_find(digest text) :optional
SELECT k.id, k.organisation_id, k.hour, k.uses FROM delivery_key k WHERE k.digest = :digest AND k.withdrawn_ms IS NULL;

-- name: delivery_key_used(id integer, at_ms integer, hour integer) :exec
UPDATE delivery_key SET used_ms = :at_ms, uses = CASE WHEN hour = :hour THEN uses + 1 ELSE 1 END, hour = :hour WHERE id = :id;

-- name: delivery_keys_made_by(person_id integer) :many
-- scan: keys that one person made, for that person alone
SELECT name, created_ms, withdrawn_ms FROM delivery_key WHERE created_by = :person_id ORDER BY id;

-- name: delivery_reminder_add(region text, period integer, days integer, sent_ms integer) :insert
INSERT INTO delivery_reminder(region, period, days, sent_ms) VALUES (:region, :period, :days, :sent_ms)
ON CONFLICT DO NOTHING RETURNING days AS "id:integer";

-- name: delivery_reminders_forget(before_ms integer) :exec
-- scan: at night
DELETE FROM delivery_reminder WHERE sent_ms < :before_ms;
