// Real answers of the API against what openapi.json says about them. Runs on each store.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { mistakes, resolve } from './schema.mjs';
import { Suite } from './suite.mjs';

const base = '/api/v1';

async function get(url, options = {}) {
  const response = await fetch(url, options);
  return { status: response.status, headers: response.headers, type: response.headers.get('content-type'), body: await response.text() };
}

// Asks PATH and holds status, type, headers and body against the operation of TEMPLATE.
async function check(site, document, template, at, want) {
  const { status, headers, type, body } = await get(site + at);
  assert.equal(status, want, at);
  const { responses } = document.paths[template].get;
  const response = resolve(document, responses[status] ?? responses.default);
  const content = response.content[type];
  assert.ok(content, `${at}: ${type} is not described`);
  for (const [name, header] of Object.entries(response.headers)) {
    assert.deepEqual(mistakes(document, resolve(document, header).schema, headers.get(name), name), [], at);
  }
  const value = JSON.parse(body);
  assert.deepEqual(mistakes(document, content.schema, value).slice(0, 5), [], at);
  return value;
}

async function everyIndicator(site, document) {
  const list = await check(site, document, '/indicatoren', `${base}/indicatoren`, 200);
  assert.ok(list.indicatoren.length > 80);
  for (const { code, nieuwstePeriode, _links } of list.indicatoren) {
    const one = await check(site, document, '/indicatoren/{code}', _links.self.href, 200);
    assert.equal(one.code, code);
    const newest = await check(site, document, '/indicatoren/{code}/waarden', one._links.waarden.href, 200);
    assert.equal(newest.periode, nieuwstePeriode ?? newest.periode, code);
    assert.ok(newest.waarden.every(({ periode }) => periode === newest.periode), code);
    const again = await check(site, document, '/indicatoren/{code}/waarden', newest._links.self.href, 200);
    assert.deepEqual(again, newest);
    assert.equal((await get(site + one._links.pagina.href)).status, 200);
  }
}

// A check that cannot fail is worth nothing: each of these breaks one rule of the schema.
async function refusesWhatIsWrong(site, document) {
  const schema = document.components.schemas.Waarden;
  const good = JSON.parse((await get(`${site}${base}/indicatoren/PS01/waarden`)).body);
  assert.deepEqual(mistakes(document, schema, good), []);
  const bad = [
    { ...good, bron: undefined }, { ...good, periode: 2023 }, { ...good, periode: '2023-3' }, { ...good, extra: 1 }, { ...good, waarden: [] },
    { ...good, fictief: null }, { ...good, waarden: [{ ...good.waarden[0], status: 'exakt' }] },
    { ...good, waarden: [{ ...good.waarden[0], code: 'GM34' }] }, { ...good, _links: { ...good._links, self: { href: 'x' } } },
  ];
  for (const value of bad) assert.notDeepEqual(mistakes(document, schema, JSON.parse(JSON.stringify(value))), [], JSON.stringify(value).slice(0, 200));
  const both = { periode: '2023', gemeenten: 1, toets: 'none', waarde: 1, mediaan: 1 };
  assert.notDeepEqual(mistakes(document, document.components.schemas.Vergelijking, both), []);
}

// The Dutch rules for API design, as the programme publishes them for Spectral. Without that file the test says so.
function spectral(root, file) {
  const rules = path.join(process.env.SCHOUDERS_SHARED ?? path.join(root, '../shared'), 'data/nl-api-design-rules-linter.yaml');
  if (!fs.existsSync(rules)) return console.log('skipped: the rules of the API design linter are not there');
  const cli = createRequire(path.join(root, 'web/package.json')).resolve('@stoplight/spectral-cli/dist/index.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'lint', '-r', rules, '-F', 'hint', file], { encoding: 'utf8', timeout: 120_000 });
  assert.equal(status, 0, stdout + stderr);
}

export async function testApi(name, site, root) {
  const suite = new Suite(name);
  const file = fs.readFileSync(path.join(root, 'src/programme/openapi.json'), 'utf8');
  const document = JSON.parse(file);
  await suite.test('the description is served as it was reviewed', async () => {
    const { body, headers } = await get(`${site}${base}/openapi.json`);
    assert.equal(body, file);
    assert.equal(headers.get('api-version'), document.info.version);
    await check(site, document, '/openapi.json', `${base}/openapi.json`, 200);
  });
  await suite.test('the API design rules find nothing in it', () => spectral(root, path.join(root, 'src/programme/openapi.json')));
  await suite.test('every indicator and its newest values are as described', () => everyIndicator(site, document));
  await suite.test('mistakes are as described', async () => {
    const values = `${base}/indicatoren/PS01/waarden`;
    const wrong = await check(site, document, '/indicatoren/{code}/waarden', `${values}?periode=abc`, 400);
    assert.equal(wrong.errors[0].name, 'periode');
    for (const periode of [1989, 2101, '2025-Q5', '2025-3-1']) await check(site, document, '/indicatoren/{code}/waarden', `${values}?periode=${periode}`, 400);
    await check(site, document, '/indicatoren/{code}/waarden', `${values}?periode=2000`, 404);
    await check(site, document, '/indicatoren/{code}', `${base}/indicatoren/XX99`, 404);
    await check(site, document, '/indicatoren/{code}', `${base}/indicatoren/%ff`, 400);
    await check(site, document, '/indicatoren', `${base}/indicatoren/${'a'.repeat(9000)}`, 414);
  });
  await suite.test('small letters, unknown parameters, HEAD and ETag are as described', async () => {
    assert.equal((await check(site, document, '/indicatoren/{code}', `${base}/indicatoren/ps01?kleur=rood`, 200)).code, 'PS01');
    const { headers } = await get(`${site}${base}/indicatoren`);
    assert.equal(headers.get('access-control-allow-origin'), '*');
    const unchanged = await get(`${site}${base}/indicatoren`, { headers: { 'if-none-match': headers.get('etag') } });
    assert.equal(unchanged.status, 304);
    assert.equal(unchanged.headers.get('api-version'), document.info.version);
    assert.equal((await get(`${site}${base}/indicatoren`, { method: 'HEAD' })).status, 200);
  });
  await suite.test('the catalogue names every indicator, and its files are there', async () => {
    const { type, body } = await get(`${site}/open-data/catalogus.jsonld`);
    assert.equal(type, 'application/ld+json');
    const sets = JSON.parse(body)['dcat:dataset'];
    const { indicatoren } = JSON.parse((await get(`${site}${base}/indicatoren`)).body);
    assert.deepEqual(sets.map((set) => set['dct:identifier']), indicatoren.map(({ code }) => code));
    for (const file of sets.flatMap((set) => set['dcat:distribution']).slice(0, 6)) {
      const answer = await get(new URL(new URL(file['dcat:downloadURL']['@id'], site).pathname, site));
      assert.equal(answer.status, 200);
      assert.ok(answer.type.startsWith(file['dcat:mediaType']));
    }
  });
  await suite.test('the codebook explains every column of a file, in its order', async () => {
    const { body } = await get(`${site}/open-data`);
    const [header] = (await get(`${site}/cijfers/ps01.csv`)).body.split('\r\n');
    const explained = body.split('id="kolommen"')[1].split('</table>')[0];
    assert.deepEqual([...explained.matchAll(/<code>(\w+)<\/code>/g)].map(([, name]) => name), header.split(','));
  });
  await suite.test('the schemas refuse what is wrong', () => refusesWhatIsWrong(site, document));
  suite.finish();
}
