-- name: app_load_state_get(name text) :optional
SELECT digest FROM load_state WHERE name = :name;

-- name: app_load_state_put(name text, digest text, loaded_ms integer) :exec
INSERT INTO load_state(name, digest, loaded_ms) VALUES (:name, :digest, :loaded_ms)
ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, loaded_ms = excluded.loaded_ms;

-- name: app_setting_get(key text) :optional
SELECT value FROM setting WHERE key = :key;

-- name: app_setting_add(key text, value text) :exec
INSERT INTO setting(key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING;

-- For the search index.
-- name: app_indicators() :many
-- scan: all of them, once per load
SELECT slug, code, name, definition, note FROM indicator ORDER BY position;

-- name: app_municipalities() :many
-- scan: all of them, once per load
SELECT id, name, slug, province, ends_on FROM municipality ORDER BY sort_key;

-- name: app_aliases() :many
-- scan: all of them, once per load
SELECT municipality_id, alias FROM municipality_alias;

-- name: app_successors() :many
-- scan: all of them, once per load
SELECT c.from_id, m.name FROM boundary_change c JOIN municipality m ON m.id = c.to_id ORDER BY c.changed_on, c.share DESC;

-- For `schouders check`: links between rooms that lead nowhere.
-- name: app_dangling() :many
-- scan: a check reads everything
SELECT 'adoption' AS "room:text", a.municipality_code AS "what:text" FROM adoption a
  WHERE NOT EXISTS (SELECT 1 FROM municipality m WHERE m.code = a.municipality_code)
UNION ALL SELECT 'item_indicator', x.indicator_code FROM item_indicator x
  WHERE NOT EXISTS (SELECT 1 FROM indicator n WHERE n.code = x.indicator_code)
UNION ALL SELECT 'figure', f.region FROM figure f
  WHERE f.region <> 'NL01' AND NOT EXISTS (SELECT 1 FROM municipality m WHERE m.code = f.region)
UNION ALL SELECT 'peer', p.peer_region FROM peer p
  WHERE NOT EXISTS (SELECT 1 FROM municipality m WHERE m.code = p.peer_region);

-- name: app_counts() :one
-- scan: a check reads everything
SELECT (SELECT count(*) FROM municipality) AS "municipalities:integer", (SELECT count(*) FROM item) AS "items:integer",
       (SELECT count(*) FROM indicator) AS "indicators:integer", (SELECT count(*) FROM figure) AS "figures:integer",
       (SELECT count(*) FROM adoption) AS "adoptions:integer", (SELECT count(*) FROM search_doc) AS "documents:integer",
       (SELECT count(*) FROM search_word) AS "terms:integer", (SELECT count(*) FROM feedback) AS "messages:integer";
