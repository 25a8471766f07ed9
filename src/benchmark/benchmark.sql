-- benchmark.sql - indicators, figures and comparisons: pages read the first part, loading uses the last.
-- DIVISION is NETWORK_DIVISION for today's municipalities; older figures as delivered have their own boundary year.

-- name: indicators_all() :many -> indicator_card
-- scan: the overview shows them all, some ninety
SELECT i.code, i.slug, i.name, i.unit, i.kind, i.decimals, i.polarity, i.phase, i.theme, i.scope, i.period_kind, i.fictitious,
       CASE WHEN i.scope = 'municipality' THEN (SELECT max(c.period) FROM comparison c WHERE c.indicator_code = i.code)
            ELSE (SELECT max(f.period) FROM figure f WHERE f.region = 'NL01' AND f.indicator_code = i.code)
       END AS "latest:integer?"
FROM indicator i ORDER BY i.position;

-- name: indicator_by_slug(slug text) :optional -> indicator
SELECT code, slug, position, name, definition, numerator_text, denominator_text, unit, kind, decimals, polarity, phase, theme,
       scope, period_kind, source, source_url, licence, note, note_html, fictitious
FROM indicator WHERE slug = :slug;

-- name: indicator_by_code(code text) :optional -> indicator
SELECT code, slug, position, name, definition, numerator_text, denominator_text, unit, kind, decimals, polarity, phase, theme,
       scope, period_kind, source, source_url, licence, note, note_html, fictitious
FROM indicator WHERE code = :code;

-- name: comparisons_of(code text) :many -> comparison
SELECT indicator_code, period, units, target, target_from, total_numerator, total_denominator, method, phi, tau2, outside_unadjusted,
       outside_adjusted, quantiles
FROM comparison WHERE indicator_code = :code ORDER BY period;

-- name: figure_trend(code text, region text, detail text, division integer) :many -> figure_point
SELECT period, detail, value, numerator, denominator, status, source FROM figure
WHERE region = :region AND indicator_code = :code AND detail = :detail AND boundary_year = :division ORDER BY period;

-- name: national_series(code text) :many -> figure_point
SELECT period, detail, value, numerator, denominator, status, source FROM figure
WHERE region = 'NL01' AND indicator_code = :code ORDER BY detail, period;

-- name: national_figure(code text, period integer) :optional -> figure_point
SELECT period, detail, value, numerator, denominator, status, source FROM figure
WHERE region = 'NL01' AND indicator_code = :code AND period = :period AND detail = '';

-- name: peers_of(region text) :many
SELECT p.rank, p.distance, m.code, m.name, m.slug, m.province FROM peer p JOIN municipality m ON m.code = p.peer_region
WHERE p.region = :region ORDER BY p.rank;

-- name: characteristics_of(region text) :many -> characteristic_of
-- scan: nine characteristics
SELECT c.code, c.name, c.unit, c.decimals, c.period, c.source, v.value, v.z
FROM characteristic c JOIN characteristic_value v ON v.characteristic_code = c.code AND v.region = :region ORDER BY c.position;

-- name: characteristics_all() :many
-- scan: nine characteristics
SELECT code, name, unit, decimals, period, position, weight, source FROM characteristic ORDER BY position;

-- name: benchmark_clear_peers() :exec
-- scan: loading starts from nothing
DELETE FROM peer;

-- name: benchmark_clear_characteristic_values() :exec
-- scan: loading starts from nothing
DELETE FROM characteristic_value;

-- name: benchmark_clear_characteristics() :exec
-- scan: loading starts from nothing
DELETE FROM characteristic;

-- name: benchmark_clear_units() :exec
-- scan: loading starts from nothing
DELETE FROM comparison_unit_stored;

-- name: benchmark_clear_comparisons() :exec
-- scan: loading starts from nothing
DELETE FROM comparison_stored;

-- name: benchmark_clear_figures() :exec
-- scan: loading starts from nothing
DELETE FROM figure_stored;

-- name: benchmark_clear_indicators() :exec
-- scan: loading starts from nothing
DELETE FROM indicator;

-- name: benchmark_put_indicator(code text, slug text, position integer, name text, definition text, numerator_text text, denominator_text text, unit text, kind text, decimals integer, polarity text, phase text, theme text, scope text, period_kind text, source text, source_url text, licence text, note text, note_html text, fictitious integer) :exec
INSERT INTO indicator(code, slug, position, name, definition, numerator_text, denominator_text, unit, kind, decimals, polarity,
  phase, theme, scope, period_kind, source, source_url, licence, note, note_html, fictitious)
VALUES (:code, :slug, :position, :name, :definition, :numerator_text, :denominator_text, :unit, :kind, :decimals, :polarity,
  :phase, :theme, :scope, :period_kind, :source, :source_url, :licence, :note, :note_html, :fictitious);

-- name: benchmark_put_figure(code text, period integer, region text, detail text, value real?, numerator real?, denominator real?, status text, boundary_year integer, source text, since integer) :exec
-- SINCE is the release that shows it, 0 for what was loaded.
INSERT INTO figure_stored(indicator_code, period, region, detail, value, numerator, denominator, status, boundary_year, source, since)
VALUES (:code, :period, :region, :detail, :value, :numerator, :denominator, :status, :boundary_year, :source, :since);

-- name: benchmark_put_comparison(code text, period integer, units integer, target real, target_from text, total_numerator real?, total_denominator real?, method text, phi real?, tau2 real?, outside_unadjusted integer, outside_adjusted integer, quantiles text, since integer) :exec
INSERT INTO comparison_stored(indicator_code, period, units, target, target_from, total_numerator, total_denominator, method, phi, tau2,
  outside_unadjusted, outside_adjusted, quantiles, since)
VALUES (:code, :period, :units, :target, :target_from, :total_numerator, :total_denominator, :method, :phi, :tau2,
  :outside_unadjusted, :outside_adjusted, :quantiles, :since);

-- name: benchmark_put_unit(code text, period integer, region text, value real, numerator real?, denominator real?, low95 real?, high95 real?, class_exact integer, class_adjusted integer, z_adjusted real?, fifth integer, since integer) :exec
INSERT INTO comparison_unit_stored(indicator_code, period, region, value, numerator, denominator, low95, high95, class_exact,
  class_adjusted, z_adjusted, fifth, since)
VALUES (:code, :period, :region, :value, :numerator, :denominator, :low95, :high95, :class_exact, :class_adjusted, :z_adjusted,
  :fifth, :since);

-- name: benchmark_put_characteristic(code text, name text, unit text, decimals integer, period integer, position integer, weight real, source text) :exec
INSERT INTO characteristic(code, name, unit, decimals, period, position, weight, source)
VALUES (:code, :name, :unit, :decimals, :period, :position, :weight, :source);

-- name: benchmark_put_characteristic_value(region text, code text, value real, z real) :exec
INSERT INTO characteristic_value(region, characteristic_code, value, z) VALUES (:region, :code, :value, :z);

-- name: benchmark_put_peer(region text, rank integer, peer_region text, distance real) :exec
INSERT INTO peer(region, rank, peer_region, distance) VALUES (:region, :rank, :peer_region, :distance);

-- pages

-- name: page_overview(division integer) :many
-- scan: the overview shows all indicators, some ninety
SELECT i.code AS "code:text", i.slug AS "slug:text", i.name AS "name:text", i.definition AS "definition:text",
       i.unit AS "unit:text", i.kind AS "kind:text", i.decimals AS "decimals:integer", i.theme AS "theme:text",
       i.scope AS "scope:text", i.period_kind AS "period_kind:text", i.fictitious AS "fictitious:integer",
       c.period AS "period:integer?", c.units AS "units:integer?", c.target AS "target:real?",
       c.target_from AS "target_from:text?", c.quantiles AS "quantiles:text?",
       f.period AS "nation_period:integer?", f.value AS "nation:real?"
FROM indicator i
LEFT JOIN comparison c ON c.indicator_code = i.code
  AND c.period = (SELECT max(x.period) FROM comparison x WHERE x.indicator_code = i.code)
LEFT JOIN figure f ON f.indicator_code = i.code AND f.region = 'NL01' AND f.detail = '' AND f.boundary_year = :division
  AND f.period = (SELECT max(y.period) FROM figure y WHERE y.region = 'NL01' AND y.indicator_code = i.code)
ORDER BY i.position;

-- name: page_municipalities() :many
-- scan: the list of all 342 is what is asked
SELECT code, name, slug FROM municipality WHERE ends_on IS NULL ORDER BY sort_key, code;

-- name: page_units(code text, period integer) :many
SELECT region, value, denominator, low95, high95, class_exact, class_adjusted, z_adjusted, fifth
FROM comparison_unit WHERE indicator_code = :code AND period = :period ORDER BY region;

-- name: page_comparisons() :many
-- scan: once per load
SELECT c.indicator_code AS code, c.period, i.unit, i.decimals FROM comparison c JOIN indicator i ON i.code = c.indicator_code;

-- name: page_places(code text, period integer) :optional
SELECT municipalities, packed FROM comparison_places WHERE indicator_code = :code AND period = :period;

-- name: places_clear() :exec
-- scan: loading starts from nothing
DELETE FROM comparison_places_stored;

-- name: places_insert(code text, period integer, municipalities integer, packed blob, since integer) :exec
INSERT INTO comparison_places_stored(indicator_code, period, municipalities, packed, since)
VALUES (:code, :period, :municipalities, :packed, :since);

-- name: page_peer_values(code text, region text, division integer) :many
SELECT f.period AS "period:integer", f.value AS "value:real" FROM peer p
CROSS JOIN figure f WHERE p.region = :region AND f.region = p.peer_region AND f.indicator_code = :code AND f.detail = ''
  AND f.boundary_year = :division AND f.value IS NOT NULL ORDER BY f.period, f.value;

-- name: page_peer_traits(region text) :many
-- Characteristics of the peers of a municipality; names and units are in characteristics_all.
SELECT v.region, v.characteristic_code AS code, v.value, v.z
FROM peer p CROSS JOIN characteristic_value v WHERE p.region = :region AND v.region = p.peer_region;

-- name: page_block(region text, division integer, code text) :many
-- The newest comparison of every indicator (or of CODE), the place of one municipality in it, and the published value of the country.
-- scan: some ninety indicators
SELECT i.position AS "position:integer", i.slug AS "slug:text", i.name AS "name:text", i.unit AS "unit:text",
       i.decimals AS "decimals:integer", i.polarity AS "polarity:text", i.theme AS "theme:text", i.fictitious AS "fictitious:integer",
       i.period_kind AS "period_kind:text", c.period AS "period:integer", c.units AS "units:integer", c.target AS "target:real",
       c.target_from AS "target_from:text", c.quantiles AS "quantiles:text", u.value AS "value:real?",
       u.class_exact AS "class_exact:integer?", u.class_adjusted AS "class_adjusted:integer?", u.z_adjusted AS "z_adjusted:real?",
       f.value AS "nation:real?", g.status AS "status:text?"
FROM indicator i
JOIN comparison c ON c.indicator_code = i.code
  AND c.period = (SELECT max(x.period) FROM comparison x WHERE x.indicator_code = i.code)
LEFT JOIN comparison_unit u ON u.indicator_code = i.code AND u.period = c.period AND u.region = :region
LEFT JOIN figure f ON f.indicator_code = i.code AND f.period = c.period AND f.region = 'NL01' AND f.detail = ''
  AND f.boundary_year = :division
LEFT JOIN figure g ON g.indicator_code = i.code AND g.period = c.period AND g.region = :region AND g.detail = ''
  AND g.boundary_year = :division
WHERE (:code = '' OR i.code = :code)
ORDER BY i.position;

-- name: page_details_of(code text, region text, division integer) :many -> figure_point
-- Breakdowns of one municipality, in all periods.
SELECT period, detail, value, numerator, denominator, status, source FROM figure
WHERE region = :region AND indicator_code = :code AND boundary_year = :division AND detail <> '' ORDER BY detail, period;

-- name: page_details_total(code text, division integer) :many
-- Breakdowns of all municipalities with counts together.
SELECT period, detail, sum(numerator) AS "numerator:real", sum(denominator) AS "denominator:real", count(*) AS "units:integer"
FROM figure
WHERE indicator_code = :code AND boundary_year = :division AND detail <> '' AND region <> 'NL01' AND numerator IS NOT NULL
  AND denominator > 0
GROUP BY detail, period ORDER BY detail, period;

-- name: page_export(code text, division integer, period integer) :each
-- For the CSV download and the API: one indicator in today's division; period 0 for all.
SELECT f.period AS "period:integer", f.region AS "region:text", m.name AS "name:text?", m.province AS "province:text?",
       f.detail AS "detail:text", f.value AS "value:real?", f.numerator AS "numerator:real?", f.denominator AS "denominator:real?",
       f.status AS "status:text", f.source AS "source:text"
FROM figure f LEFT JOIN municipality m ON m.code = f.region
WHERE f.indicator_code = :code AND f.boundary_year = :division AND (:period = 0 OR f.period = :period)
ORDER BY f.period, f.region, f.detail;

-- name: page_export_latest(code text, division integer) :one
-- What the API gives when no period is asked for: the newest that was compared, else the newest there is.
SELECT coalesce((SELECT max(period) FROM comparison WHERE indicator_code = :code),
                (SELECT max(period) FROM figure WHERE indicator_code = :code AND boundary_year = :division), 0) AS "period:integer";

-- name: profile_of(region text) :many
SELECT theme, slug, name, period, value, nation, message FROM profile WHERE region = :region ORDER BY position;

-- name: profile_clear() :exec
-- scan: loading starts from nothing
DELETE FROM profile_stored;

-- name: profile_insert(region text, position integer, theme text, slug text, name text, period text, value text, nation text, message text, since integer) :exec
INSERT INTO profile_stored(region, position, theme, slug, name, period, value, nation, message, since)
VALUES (:region, :position, :theme, :slug, :name, :period, :value, :nation, :message, :since);
