// node learning.mjs BINARY KNOWN NAME ARGUMENT ...: from a figure to its effect, walked in Chromium on a made-up nation of which the truth
// is known. ARGUMENT are those of `serve`; see tests/benchmark/learning. The pages are held against the truth, never against each other.

import assert from 'node:assert/strict';
import path from 'node:path';
import { launch } from '../browser/lib.mjs';
import { action, meeting, reads } from '../system/benchlearning.mjs';
import { serve } from '../system/program.mjs';
import { Walk } from '../system/signin.mjs';
import { Suite } from '../system/suite.mjs';
import { follow, isForEverybody, signIn } from '../system/visit.mjs';
import { Known, Rates } from './known.mjs';

const CORRECTED = /^opvallend (lager|hoger), ook na correctie$/;
const CHANCE = /Dat kan toeval zijn/;
const SURE = /Dat is (gunstiger, en )?meer dan toeval/;

// Lower is better for the figure of the walk: what asks for learning lies above all together.
const FIGURE = { code: 'SHV10', slug: 'shv10', name: 'Uitval' };

const csv = (text) => {
  const cells = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell.replace(/^"|"$/g, '')).slice(0, -1);
  const [header, ...lines] = text.trim().split('\r\n').map(cells);
  return lines.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i]])));
};

async function get(server, page) {
  const answer = await fetch(server.url + page);
  assert.equal(answer.status, 200, page);
  return answer.text();
}

const literal = (text) => text.replace(/[()]/g, '\\$&');
const bare = (html) => html.replace(/<[^>]*>/g, '').trim();

// The rows of a board: figure, what is said of the difference, and period.
function boardRows(html) {
  return [...html.matchAll(/<tr>\s*<th scope="row"><a href="\/vergelijken\/([^"?]+)[\s\S]*?<\/th>([\s\S]*?)<\/tr>/g)].map(([, slug, rest]) => {
    const cells = rest.split('</td>').map(bare);
    return { slug, notice: cells[3], period: cells[4] };
  });
}

// ---- one municipality, clicked ----

async function toTheFigure(suite, known, { adviser }) {
  let own;
  await suite.test('the board of a weak municipality calls the figure that is truly worse, and its page says so', async () => {
    await adviser.goto('/benchleren');
    await follow(adviser, /^Demogemeente Leert \(fictief\): aanpakken/);
    own = known.place(/Van wie kan (.*) leren/.exec(await adviser.text())[1]);
    await adviser.goto('/vergelijken');
    await adviser.page.getByLabel('Uw gemeente').selectOption({ label: own.name });
    await adviser.send({}, 'Toon');
    await isForEverybody(adviser);
    const row = adviser.page.locator('tr', { has: adviser.page.getByRole('link', { name: FIGURE.name, exact: true }) });
    const [, , , notice, period] = await row.locator('td').allInnerTexts();
    assert.equal(notice, 'opvallend hoger, ook na correctie');
    assert.ok(own.moved[FIGURE.code] > 0, `${own.name} was not planted weak`);
    assert.ok(known.level(own, FIGURE.code, period) > known.nation(FIGURE.code, period) + 0.05, `${own.name} is not truly worse`);
    await follow(adviser, FIGURE.name);
    const text = await adviser.text();
    assert.match(text, new RegExp(`In ${literal(own.name)} is dit \\d+% \\(marge van 95%: \\d+% tot \\d+%\\)[\\s\\S]*opvallend hoger, ook als wij rekening houden`));
    assert.match(text, /Is het verschil meer dan toeval/);
    await isForEverybody(adviser);
  });
  return own;
}

async function toBetterPeers(suite, known, server, own, { adviser }) {
  await suite.test('those called better are better by the truth, and do what truly helps', async () => {
    await follow(adviser, 'Wie doet het echt beter, en wat doen zij anders?');
    const text = await adviser.text();
    assert.match(text, /minder gunstig, en het verschil is meer dan toeval, ook na correctie[\s\S]*met meer dan 90% zekerheid beter/);
    const period = /^(.*?)\. Bron:/m.exec(text)[1];
    const better = csv(await get(server, `${adviser.path()}.csv`)).filter(({ oordeel }) => oordeel === 'echt beter');
    const truly = better.filter(({ code }) => known.level(known.place(code), FIGURE.code, period) < known.level(own, FIGURE.code, period));
    assert.ok(better.length > 0 && truly.length >= 0.9 * better.length, `${truly.length} of ${better.length} are truly better`);
    for (const { code, gemeente } of better) assert.ok(known.alike(own, known.place(code), FIGURE.code), `${gemeente} registers otherwise`);
    const [, user] = /Stress-sensitieve dienstverlening in (.*?), sinds.*Richt zich op dit cijfer/.exec(text);
    assert.ok(known.changed(known.place(user), FIGURE.code) < 0, `nothing was planted in ${user}`);
    await isForEverybody(adviser);
  });
  return adviser.path();
}

// ---- what a method did ----

async function effects(suite, known, { reader }) {
  await suite.test('a method that truly helps shows its effect, and none on what it does not touch', async () => {
    await reads(reader, '/benchleren/aanpakken', /Stress-sensitieve dienstverlening/);
    await follow(reader, 'Stress-sensitieve dienstverlening');
    const said = (text, figure) => new RegExp(`${figure}: verschil na het begin[\\s\\S]*?In \\d+ gemeenten samen was [^.]*\\. (Dat [^.]*)\\.`).exec(text)?.[1];
    const text = await reader.text();
    assert.equal(said(text, FIGURE.name), 'Dat is gunstiger, en meer dan toeval');
    assert.equal(said(text, 'Stabilisatie langer dan vier maanden'), 'Dat kan toeval zijn');
    await isForEverybody(reader);
    const helped = known.methods.find(({ indicator, change }) => indicator === FIGURE.code && change <= -0.1);
    await follow(reader, known.place(helped.code).name);
    assert.match(await reader.text(), /Dat is meer dan toeval\. Het ging gunstiger\. Of het door de aanpak komt, weten wij niet/);
    await isForEverybody(reader);
  });
  await suite.test('a method that truly does nothing shows nothing', async () => {
    await reads(reader, '/benchleren/aanpakken/huisbezoek-na-een-vroegsignaal', CHANCE, SURE);
    assert.doesNotMatch(await reader.text(), /in [1-9]\d* (ging het )?aantoonbaar/i);
  });
  await suite.test('the roll-out: an effect on the figure that it moves, none on the one that it does not', async () => {
    for (const { slug, truth } of known.indicators.filter((indicator) => ['works', 'nothing'].includes(indicator.truth))) {
      if (truth === 'works') await reads(reader, `/benchleren/programma?cijfer=${slug}`, SURE, CHANCE);
      else await reads(reader, `/benchleren/programma?cijfer=${slug}`, CHANCE, SURE);
    }
  });
}

// ---- where nothing is the matter ----

async function ordinary(suite, known, { reader }) {
  const period = '2025';
  const far = (place) => Math.abs(known.level(place, FIGURE.code, period) - known.nation(FIGURE.code, period));
  const own = known.places.filter(({ inhabitants }) => inhabitants > 30000).sort((a, b) => far(a) - far(b))[0];
  await suite.test('a municipality that does not differ is not called worse, and nobody gets a place in a list', async () => {
    await reader.goto(`/vergelijken?gemeente=${own.slug}`);
    const row = reader.page.locator('tr', { has: reader.page.getByRole('link', { name: FIGURE.name, exact: true }) });
    assert.equal((await row.locator('td').allInnerTexts())[3], 'niet opvallend');
    await isForEverybody(reader);
    await reads(reader, `/benchleren/${own.slug}/${FIGURE.slug}`, /Het verschil kan toeval zijn/, /minder gunstig, en het verschil is meer dan toeval/);
    await reads(reader, `/benchleren/${own.slug}`, undefined, new RegExp(`aantoonbaar minder gunstig\\. Kies[\\s\\S]*${FIGURE.name}`));
    for (const { slug } of known.indicators.filter(({ truth }) => truth === 'equal')) {
      const text = bare(await get({ url: reader.base }, `/vergelijken/${slug}?gemeente=${own.slug}`));
      assert.match(text, /Waarom geen plaats in een lijst\?/, slug);
    }
    await reads(reader, `/benchleren/${own.slug}/shv05`, /Niemand doet het aantoonbaar beter/, /Echt beter\b(?! betekent)/);
    await reads(reader, `/vergelijken/shv05?gemeente=${own.slug}`, /Een ranglijst zou vooral toeval laten zien/);
  });
}

// ---- all municipalities: how often are the pages right? ----

async function boards(known, server, rates) {
  const said = [];
  for (const place of known.places)
    for (const { slug, period, notice } of boardRows(await get(server, `/vergelijken?gemeente=${place.slug}`))) {
      const indicator = known.indicator(slug);
      if (!indicator || !notice) continue;
      const [, side] = CORRECTED.exec(notice) ?? [];
      const above = known.level(place, indicator.code, period) > known.nation(indicator.code, period);
      const differs = known.differs(place, indicator.code);
      said.push({ indicator, place, side, differs, right: differs && above === (side === 'hoger') });
    }
  const called = said.filter(({ side }) => side);
  rates.count('boards: called different, and not so', called.map(({ right }) => !right), '<=', 0.05);
  rates.count('boards: nobody differs, yet called different', said.filter(({ differs }) => !differs).map(({ side }) => Boolean(side)), '<=', 0.002);
  rates.count('boards: planted 15 and 20 points off, and called so', said.filter(({ indicator, place }) => indicator.truth === 'outliers' && indicator.code in place.moved)
    .map(({ side, right }) => Boolean(side) && right), '>=', 0.5);
}

async function peers(known, server, rates) {
  const better = [];
  const otherwise = [];
  for (const own of known.places) {
    const html = await get(server, `/benchleren/${own.slug}/${FIGURE.slug}`);
    const period = /([1-4]e kwartaal )?\d{4}(?=\. Bron:)/.exec(bare(html))?.[0];
    for (const { code, oordeel } of csv(await get(server, `/benchleren/${own.slug}/${FIGURE.slug}.csv`))) {
      const other = known.place(code);
      if (oordeel === 'echt beter') better.push(known.level(other, FIGURE.code, period) < known.level(own, FIGURE.code, period));
      if (!known.alike(own, other, FIGURE.code)) otherwise.push(!/beter$/.test(oordeel));
    }
  }
  rates.count('peers called really better (P > .9), and truly so', better, '>=', 0.9);
  rates.count('peers that register otherwise: kept out of any claim', otherwise, '>=', 1);
}

async function changes(known, server, rates) {
  const holds = [];
  const nothing = [];
  const found = [];
  for (const slug of ['stress-sensitieve-dienstverlening', 'vroeg-eropaf', 'huisbezoek-na-een-vroegsignaal'])
    for (const row of csv(await get(server, `/benchleren/aanpakken/${slug}.csv`)).filter(({ wie, laag95 }) => wie === 'gemeente' && laag95)) {
      const planted = 100 * known.changed(known.place(row.gemeente), row.indicator);
      const [low, high] = [Number(row.laag95), Number(row.hoog95)];
      holds.push(low <= planted && planted <= high);
      (planted === 0 ? nothing : found).push(low > 0 || high < 0);
    }
  rates.count('change after a start: the planted one inside 95 %', holds, '~', 0.95);
  rates.count('change after a start that did nothing: called one', nothing, '<=', 0.05);
  rates.count('change of 8 to 12 points after a start: found', found, '>=', 0.5);
}

// ---- all of it ----

async function clickAndCount(suite, known, rates, server, people) {
  await signIn(people.adviser, server, 'Beleidsadviseur -leert');
  await signIn(people.neighbour, server, 'Lokale gangmaker -elders');
  const own = await toTheFigure(suite, known, people);
  const figure = await toBetterPeers(suite, known, server, own, people);
  await meeting(suite, people, figure);
  await action(suite, people);
  await effects(suite, known, people);
  await ordinary(suite, known, people);
  for (const [what, count] of [['boards', boards], ['peers', peers], ['changes', changes]])
    await suite.test(`the pages are right about all municipalities as often as they say: ${what}`, () => count(known, server, rates));
}

async function walk(binary, known, name, args) {
  const suite = new Suite(name);
  const rates = new Rates();
  const valueOf = (option) => args[args.indexOf(option) + 1];
  const database = args.includes('--database') ? valueOf('--database') : path.join(valueOf('--data'), 'schouders.db');
  const server = await serve(binary, [...args, '--demo'], {}, 600);
  const browser = await launch();
  const open = () => new Walk(binary, server.url, database).open(browser);
  try {
    await clickAndCount(suite, known, rates, server, { adviser: await open(), neighbour: await open(), reader: await open() });
  } catch (error) {
    suite.failed += 1;
    console.log(`not ok ${name}: it went no further\n  ${error.stack}`);
  }
  await browser.close();
  await server.stop();
  rates.print();
  suite.finish();
  return suite.failed;
}

const [binary, known, name, ...args] = process.argv.slice(2);
process.exitCode = (await walk(binary, new Known(known), name, args)) ? 1 : 0;
