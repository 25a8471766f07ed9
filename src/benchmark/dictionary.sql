-- dictionary.sql - versions of indicators and the questions beside them.

-- name: dictionary_put(indicator_code text, version integer, owner text, review_on text, delivery text, aggregation text, name text, definition text, numerator_text text, denominator_text text) :exec
INSERT INTO indicator_version(indicator_code, version, owner, review_on, delivery, aggregation, name, definition, numerator_text,
  denominator_text)
VALUES (:indicator_code, :version, :owner, :review_on, :delivery, :aggregation, :name, :definition, :numerator_text, :denominator_text)
ON CONFLICT (indicator_code, version) DO UPDATE SET owner = excluded.owner, review_on = excluded.review_on,
  delivery = excluded.delivery, aggregation = excluded.aggregation, name = excluded.name, definition = excluded.definition,
  numerator_text = excluded.numerator_text, denominator_text = excluded.denominator_text;

-- name: dictionary_choices_clear(indicator_code text, version integer) :exec
DELETE FROM indicator_choice WHERE indicator_code = :indicator_code AND version = :version;

-- name: dictionary_choice_put(indicator_code text, version integer, code text, position integer, question text, answers text) :exec
INSERT INTO indicator_choice(indicator_code, version, code, position, question, answers)
VALUES (:indicator_code, :version, :code, :position, :question, :answers);

-- name: dictionary_all(code text) :many
-- All that is delivered, or one.
-- scan: some thirty
SELECT i.code, i.slug, i.name, i.definition, i.numerator_text, i.denominator_text, i.unit, i.kind, i.decimals, i.polarity, i.theme,
       i.fictitious, v.version, v.owner, v.review_on, v.delivery, v.aggregation
FROM indicator i JOIN indicator_version v ON v.indicator_code = i.code
  AND v.version = (SELECT max(x.version) FROM indicator_version x WHERE x.indicator_code = i.code)
WHERE v.delivery <> 'none' AND (:code = '' OR i.code = :code) ORDER BY i.position;

-- name: dictionary_choices(indicator_code text, version integer) :many
SELECT code, question, answers FROM indicator_choice WHERE indicator_code = :indicator_code AND version = :version ORDER BY position;
