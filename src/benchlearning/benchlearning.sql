-- benchlearning.sql - the register of working methods, meetings, and the figures they are about.

-- name: use_add(municipality text, item_id integer, organisation_id integer?, starts integer, ends integer?, extent text, adapted text, cost integer?, contact text, is_demo integer, recorded_ms integer, recorded_by integer, once text) :insert
INSERT INTO method_use(municipality, item_id, organisation_id, starts, ends, extent, adapted, cost, contact, is_demo, recorded_ms, recorded_by, once)
VALUES (:municipality, :item_id, :organisation_id, :starts, :ends, :extent, :adapted, :cost, :contact, :is_demo, :recorded_ms, :recorded_by, :once)
ON CONFLICT DO NOTHING RETURNING id;

-- name: use_change(id integer, starts integer, ends integer?, extent text, adapted text, cost integer?, contact text) :exec
UPDATE method_use SET starts = :starts, ends = :ends, extent = :extent, adapted = :adapted, cost = :cost, contact = :contact WHERE id = :id;

-- name: use_get(id integer) :optional -> method_use
SELECT u.id, u.municipality, u.item_id, u.organisation_id, u.starts, u.ends, u.extent, u.adapted, u.cost, u.contact, u.is_demo, u.recorded_ms,
  i.slug AS "item_slug:text", i.title AS "title:text", m.name AS "place:text", m.slug AS "place_slug:text",
  (SELECT o.name FROM organisation o WHERE o.id = u.organisation_id) AS "organisation:text?"
FROM method_use u JOIN item i ON i.id = u.item_id JOIN municipality m ON m.code = u.municipality
WHERE u.id = :id;

-- name: uses_of_item(item_id integer) :many -> method_use
SELECT u.id, u.municipality, u.item_id, u.organisation_id, u.starts, u.ends, u.extent, u.adapted, u.cost, u.contact, u.is_demo, u.recorded_ms,
  i.slug AS "item_slug:text", i.title AS "title:text", m.name AS "place:text", m.slug AS "place_slug:text",
  (SELECT o.name FROM organisation o WHERE o.id = u.organisation_id) AS "organisation:text?"
FROM method_use u JOIN item i ON i.id = u.item_id JOIN municipality m ON m.code = u.municipality
WHERE u.item_id = :item_id ORDER BY u.starts, m.sort_key, u.id;

-- name: uses_at(municipality text) :many -> method_use
SELECT u.id, u.municipality, u.item_id, u.organisation_id, u.starts, u.ends, u.extent, u.adapted, u.cost, u.contact, u.is_demo, u.recorded_ms,
  i.slug AS "item_slug:text", i.title AS "title:text", m.name AS "place:text", m.slug AS "place_slug:text",
  (SELECT o.name FROM organisation o WHERE o.id = u.organisation_id) AS "organisation:text?"
FROM method_use u JOIN item i ON i.id = u.item_id JOIN municipality m ON m.code = u.municipality
WHERE u.municipality = :municipality ORDER BY u.starts DESC, i.sort_key, u.id;

-- name: use_at_start(municipality text, item_id integer, starts integer, except integer) :optional
SELECT id FROM method_use WHERE municipality = :municipality AND item_id = :item_id AND starts = :starts AND id <> :except;

-- name: methods_used() :many
-- scan: the register itself; one row for each working method in use
SELECT i.id, i.slug, i.title, i.kind_label, count(DISTINCT u.municipality) AS "places:integer", min(u.starts) AS "first:integer",
  max(u.is_demo) AS "is_demo:integer"
FROM method_use u JOIN item i ON i.id = u.item_id GROUP BY i.id, i.slug, i.title, i.kind_label, i.sort_key ORDER BY i.sort_key, i.id;

-- name: use_changes(use_id integer) :many
SELECT changed_ms, what FROM method_change WHERE use_id = :use_id ORDER BY id DESC;

-- name: use_change_add(use_id integer, changed_ms integer, changed_by integer, what text) :exec
INSERT INTO method_change(use_id, changed_ms, changed_by, what) VALUES (:use_id, :changed_ms, :changed_by, :what);

-- name: method_items() :many
-- scan: the choice of everything that can be used, some dozens
SELECT id, slug, title, kind_label FROM item WHERE kind IN ('interventie', 'initiatief', 'instrument', 'handreiking', 'toolkit') AND state = 'published'
ORDER BY kind_label, sort_key, id;

-- name: method_item(slug text) :optional
SELECT id, slug, title, kind_label, summary FROM item
WHERE slug = :slug AND kind IN ('interventie', 'initiatief', 'instrument', 'handreiking', 'toolkit') AND state = 'published';

-- name: method_scores(item_id integer) :many
-- How strong the evidence is, by the knowledge base.
SELECT score, judgement, institute, dated, url FROM item_score WHERE item_id = :item_id
ORDER BY CASE score WHEN 'evidence' THEN 0 WHEN 'effect' THEN 1 ELSE 2 END;

-- name: item_aims_at(item_id integer) :many -> aim
SELECT n.code, n.slug, n.name, n.unit, n.kind, n.decimals, n.polarity, n.fictitious FROM item_indicator x JOIN indicator n ON n.code = x.indicator_code
WHERE x.item_id = :item_id ORDER BY n.position;

-- name: place_by_slug(slug text) :optional -> learn_place
SELECT code, name, slug FROM municipality WHERE slug = :slug AND ends_on IS NULL;

-- name: place_by_code(code text) :optional -> learn_place
SELECT code, name, slug FROM municipality WHERE code = :code AND ends_on IS NULL;

-- name: places_all() :many -> learn_place
-- scan: the choice of a municipality
SELECT code, name, slug FROM municipality WHERE ends_on IS NULL ORDER BY sort_key, code;

-- name: organisation_at_slug(slug text) :optional
SELECT id, slug, name, is_demo FROM organisation WHERE slug = :slug;

-- name: desk_places(organisation_id integer) :many -> learn_place
SELECT m.code, m.name, m.slug FROM organisation_municipality x JOIN municipality m ON m.code = x.municipality AND m.ends_on IS NULL
WHERE x.organisation_id = :organisation_id ORDER BY m.sort_key, m.code;

-- name: organisation_for(municipality text) :optional
-- Whom to invite for a municipality: the municipality itself, else who works for it.
SELECT o.id, o.name, o.slug FROM organisation_municipality x JOIN organisation o ON o.id = x.organisation_id
WHERE x.municipality = :municipality AND o.closed_ms IS NULL AND o.kind IN ('gemeente', 'samenwerkingsverband')
ORDER BY CASE o.kind WHEN 'gemeente' THEN 0 ELSE 1 END, o.id LIMIT 1;

-- Figures.

-- name: learn_series(code text, region text, division integer) :many -> learn_point
-- One municipality and its nearest, all periods.
SELECT region, period, value, numerator, denominator, status FROM figure
WHERE indicator_code = :code AND boundary_year = :division AND detail = ''
  AND (region = :region OR region IN (SELECT peer_region FROM peer WHERE region = :region)) ORDER BY region, period;

-- name: learn_loaded() :optional
-- When figures, municipalities and the dictionary were last loaded.
SELECT loaded_ms FROM load_state WHERE name = 'alles';

-- name: learn_near(region text) :many
SELECT p.distance, m.code, m.name, m.slug FROM peer p JOIN municipality m ON m.code = p.peer_region WHERE p.region = :region ORDER BY p.rank;

-- name: learn_units(code text, period integer) :many
SELECT region, value, numerator, denominator, low95, high95 FROM comparison_unit
WHERE indicator_code = :code AND period = :period ORDER BY region;

-- name: learn_newest(code text) :optional
SELECT period, target, method FROM comparison WHERE indicator_code = :code ORDER BY period DESC LIMIT 1;

-- Meetings.

-- name: meetings_at(organisation_id integer, most integer) :many
-- Where it invites or is invited.
SELECT b.id, b.held_on, b.held_at, b.state, b.organisation_id, b.is_demo, i.name AS "indicator:text", m.name AS "place:text",
  (SELECT count(*) FROM benchlearn_guest g WHERE g.meeting_id = b.id) AS "guests:integer",
  (SELECT count(*) FROM benchlearn_guest g WHERE g.meeting_id = b.id AND g.organisation_id = :organisation_id AND g.answer = 'open') AS "waits:integer"
FROM benchlearn_meeting b JOIN indicator i ON i.code = b.indicator_code JOIN municipality m ON m.code = b.municipality
WHERE b.organisation_id = :organisation_id OR b.id IN (SELECT g.meeting_id FROM benchlearn_guest g WHERE g.organisation_id = :organisation_id)
ORDER BY b.held_on DESC, b.id DESC LIMIT :most;

-- name: aims_of_indicator(code text) :many
SELECT item_id FROM item_indicator WHERE indicator_code = :code;

-- name: compared_all() :many
-- scan: every figure of help that says which side is better, some thirty
SELECT i.code, i.slug, i.name, i.unit, i.decimals, i.polarity, i.fictitious FROM indicator i
WHERE i.scope = 'municipality' AND i.polarity <> 'none' AND i.theme IN ('hulp', 'vroegsignalering') ORDER BY i.position;

-- name: peers_all() :many
-- scan: the nearest of every municipality: who could meet whom
SELECT region, peer_region, distance FROM peer ORDER BY region, rank;

-- Waves of the programme.

-- name: wave_add(municipality text, wave integer, starts integer, by_lot integer, is_demo integer) :exec
INSERT INTO programme_wave(municipality, wave, starts, by_lot, is_demo) VALUES (:municipality, :wave, :starts, :by_lot, :is_demo) ON CONFLICT DO NOTHING;

-- name: meeting_add(organisation_id integer, municipality text, indicator_code text, question text, held_on text, held_at text, place text, is_demo integer, created_ms integer, created_by integer, once text) :insert
INSERT INTO benchlearn_meeting(organisation_id, municipality, indicator_code, question, held_on, held_at, place, state, report, is_demo, created_ms, created_by, once)
VALUES (:organisation_id, :municipality, :indicator_code, :question, :held_on, :held_at, :place, 'planned', '', :is_demo, :created_ms, :created_by, :once)
ON CONFLICT DO NOTHING RETURNING id;

-- name: meeting_once(once text) :optional
-- Made by the same form.
SELECT id FROM benchlearn_meeting WHERE once = :once;

-- name: guest_add(meeting_id integer, municipality text, organisation_id integer?, why text) :exec
INSERT INTO benchlearn_guest(meeting_id, municipality, organisation_id, why, answer, question) VALUES (:meeting_id, :municipality, :organisation_id, :why, 'open', '');

-- name: meeting_get(id integer) :optional -> meeting
SELECT b.id, b.organisation_id, b.municipality, b.indicator_code, b.question, b.held_on, b.held_at, b.place AS "where:text", b.state, b.report, b.is_demo,
  i.name AS "indicator:text", i.slug AS "indicator_slug:text", m.name AS "place_name:text", m.slug AS "place_slug:text", o.name AS "organisation:text"
FROM benchlearn_meeting b JOIN indicator i ON i.code = b.indicator_code JOIN municipality m ON m.code = b.municipality
JOIN organisation o ON o.id = b.organisation_id WHERE b.id = :id;

-- name: meeting_guests(meeting_id integer) :many -> guest
SELECT g.municipality, g.organisation_id, g.why, g.answer, g.question, g.answered_ms, m.name AS "place:text", m.slug AS "place_slug:text",
  (SELECT o.name FROM organisation o WHERE o.id = g.organisation_id) AS "organisation:text?",
  (SELECT o.slug FROM organisation o WHERE o.id = g.organisation_id) AS "organisation_slug:text?"
FROM benchlearn_guest g JOIN municipality m ON m.code = g.municipality WHERE g.meeting_id = :meeting_id ORDER BY m.sort_key, m.code;

-- name: guest_answer(meeting_id integer, organisation_id integer, answer text, question text, answered_ms integer, answered_by integer) :exec
UPDATE benchlearn_guest SET answer = :answer, question = :question, answered_ms = :answered_ms, answered_by = :answered_by
WHERE meeting_id = :meeting_id AND organisation_id = :organisation_id;

-- name: meeting_report(id integer, state text, report text) :exec
UPDATE benchlearn_meeting SET state = :state, report = :report WHERE id = :id;

-- name: action_add(meeting_id integer, municipality text, who text, what text, until integer, use_id integer?, created_ms integer, created_by integer, once text) :insert
INSERT INTO benchlearn_action(meeting_id, municipality, who, what, until, use_id, state, created_ms, created_by, once)
VALUES (:meeting_id, :municipality, :who, :what, :until, :use_id, 'open', :created_ms, :created_by, :once) ON CONFLICT DO NOTHING RETURNING id;

-- name: meeting_actions(meeting_id integer) :many -> action
SELECT x.id, x.municipality, x.who, x.what, x.until, x.use_id, x.state, m.name AS "place:text", m.slug AS "place_slug:text",
  (SELECT i.title FROM method_use u JOIN item i ON i.id = u.item_id WHERE u.id = x.use_id) AS "method:text?",
  (SELECT u.starts FROM method_use u WHERE u.id = x.use_id) AS "starts:integer?"
FROM benchlearn_action x JOIN municipality m ON m.code = x.municipality WHERE x.meeting_id = :meeting_id ORDER BY x.id;

-- name: action_set(id integer, meeting_id integer, municipality text, state text) :exec
UPDATE benchlearn_action SET state = :state WHERE id = :id AND meeting_id = :meeting_id AND municipality = :municipality;

-- name: meetings_old(before text, most integer) :many
SELECT id FROM benchlearn_meeting WHERE held_on < :before ORDER BY held_on, id LIMIT :most;
-- name: actions_delete(meeting_id integer) :exec
DELETE FROM benchlearn_action WHERE meeting_id = :meeting_id;
-- name: guests_delete(meeting_id integer) :exec
DELETE FROM benchlearn_guest WHERE meeting_id = :meeting_id;
-- name: meeting_delete(id integer) :exec
DELETE FROM benchlearn_meeting WHERE id = :id;

-- What is kept of a person.

-- name: uses_of_person(person_id integer) :many
-- scan: for who asks what is kept of him
SELECT i.title, m.name AS place, u.recorded_ms FROM method_use u JOIN item i ON i.id = u.item_id JOIN municipality m ON m.code = u.municipality
WHERE u.recorded_by = :person_id ORDER BY u.id;
-- name: use_changes_of_person(person_id integer) :many
-- scan: for who asks what is kept of him
SELECT what, changed_ms FROM method_change WHERE changed_by = :person_id ORDER BY id;
-- name: meetings_of_person(person_id integer) :many
-- scan: for who asks what is kept of him
SELECT question, held_on, created_ms FROM benchlearn_meeting WHERE created_by = :person_id ORDER BY id;
-- name: answers_of_person(person_id integer) :many
-- scan: for who asks what is kept of him
SELECT answer, question, answered_ms FROM benchlearn_guest WHERE answered_by = :person_id ORDER BY meeting_id;
-- name: actions_of_person(person_id integer) :many
-- scan: for who asks what is kept of him
SELECT what, created_ms FROM benchlearn_action WHERE created_by = :person_id ORDER BY id;

-- name: host_slug(id integer) :optional
SELECT slug FROM organisation WHERE id = :id;

-- How alike municipalities are in the characteristics of the area.

-- name: traits_all() :many
-- scan: some three thousand small rows: the nearest of those that deliver are sought among all
SELECT v.region, c.position, c.weight, v.z FROM characteristic_value v JOIN characteristic c ON c.code = v.characteristic_code ORDER BY v.region, c.position;

-- name: waves_all() :many
-- scan: the programme: a row for each municipality in it
SELECT w.municipality, w.wave, w.starts, w.by_lot, w.is_demo FROM programme_wave w ORDER BY w.wave, w.municipality;

-- name: wave_clear(wave integer) :exec
-- scan: hundreds of rows, a few times a year
DELETE FROM programme_wave WHERE wave = :wave;

-- name: wave_put(municipality text, wave integer, starts integer, by_lot integer, is_demo integer) :exec
INSERT INTO programme_wave(municipality, wave, starts, by_lot, is_demo) VALUES (:municipality, :wave, :starts, :by_lot, :is_demo)
ON CONFLICT (municipality) DO UPDATE SET wave = excluded.wave, starts = excluded.starts, by_lot = excluded.by_lot, is_demo = excluded.is_demo;
