// Figures of a municipality, walked in a browser without JavaScript on a narrow screen, as the fictitious people of a demo: delivering by
// form with mistakes and by file, approval by a second person, a correction, a program with a key, a release. Runs on each store.

import assert from 'node:assert/strict';
import { launch } from '../browser/lib.mjs';
import { serve } from './program.mjs';
import { Walk } from './signin.mjs';
import { Suite } from './suite.mjs';
import { follow, isForEverybody, releaseIsMade, signIn } from './visit.mjs';

const HOUSE = '/aanleveren/demogemeente-fictief';
const QUARTER = 'kwartaal';

// Fills the boxes of the page by their ids, and presses a button.
async function fill(walk, values, button) {
  for (const [id, value] of Object.entries(values)) await walk.page.locator(`#${id}`).fill(value);
  for (const group of await walk.page.getByRole('group').filter({ has: walk.page.locator('input[type=radio]') }).all()) {
    if (!await group.locator('input:checked').count()) await group.locator('input').first().check();
  }
  return walk.send({}, button);
}

const upload = (walk, name, bytes) => walk.page.getByLabel('Bestand', { exact: true }).setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes });

async function form(suite, jo, at) {
  await suite.test('a period that was not delivered', async () => {
    await jo.goto(HOUSE);
    assert.match(await jo.text(), /ontbreekt/);
    await isForEverybody(jo);
    await jo.goto(at);
    assert.match(await jo.text(), /Nog niet begonnen/);
    await isForEverybody(jo);
  });
  await suite.test('a number that is none is told, and what was typed stays', async () => {
    await follow(jo, 'Aanmelding en besluit');
    await isForEverybody(jo);
    await fill(jo, { t1: 'veel' }, 'Bewaar concept');
    assert.match(await jo.page.title(), /^Fout: /);
    assert.equal(await jo.page.locator('#t1').inputValue(), 'veel');
    await isForEverybody(jo);
    assert.match(await fill(jo, { t1: '64', t3: '50', n3: '48' }, 'Bewaar en ga verder'), /\/deel\/regeling$/);
  });
  await suite.test('everything that is wrong at once, with the way to mend it', async () => {
    await jo.goto(`${at}/controle`);
    assert.match(await jo.text(), /SHV03 Binnen vier weken gesproken, teller\s*: De teller \(50\) is groter dan de noemer \(48\)/);
    await isForEverybody(jo);
    await jo.send({}, 'Lever aan');
    assert.match(await jo.page.title(), /^Fout: /);
    await follow(jo, 'SHV03 Binnen vier weken gesproken, teller');
    assert.match(await jo.text(), /groter dan de noemer/);
    await isForEverybody(jo);
    await fill(jo, { t3: '45' }, 'Bewaar concept');
    assert.match(await jo.text(), /bewaard als concept/);
    await isForEverybody(jo);
  });
}

async function file(suite, jo, at) {
  await suite.test('the template comes back, with a formula or a wrong cell it does not', async () => {
    await jo.goto(`${at}/bestand`);
    await isForEverybody(jo);
    const get = async (name) => Buffer.from(await (await jo.page.request.get(`${jo.base}${at}/sjabloon.${name}`)).body());
    const csv = (await get('csv')).toString();
    const code = /^(GM\d{4});/m.exec(csv)[1];
    await upload(jo, 'cijfers.csv', Buffer.from(csv.replace(`${code};`, 'GM001;').replace(/;SHV05;;/, ';SHV99;;')));
    await jo.send({}, 'Stuur het bestand');
    assert.match(await jo.text(), /regel 2, kolom gemeentecode[\s\S]*GM met vier cijfers[\s\S]*SHV99/);
    await isForEverybody(jo);
    await upload(jo, 'cijfers.xlsx', formula());
    await jo.send({}, 'Stuur het bestand');
    assert.match(await jo.text(), /D2: In deze cel staat een formule/);
    await upload(jo, 'cijfers.xlsx', await get('xlsx'));
    assert.match(await jo.send({}, 'Stuur het bestand'), /\/controle\?gedaan=ingelezen$/);
    assert.match(await jo.text(), /Er zijn geen fouten|Er valt iets op|geen fouten gevonden|Verbeter eerst/);
    await isForEverybody(jo);
  });
}

// A spreadsheet with a formula in D2, packed without compression.
function formula() {
  const cell = (ref, text) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const rows = `<row r="1">${cell('A1', 'gemeentecode')}${cell('B1', 'periode')}${cell('C1', 'indicator')}${cell('D1', 'teller')}</row>`
    + `<row r="2">${cell('A2', 'GM0664')}${cell('B2', '2026-Q3')}${cell('C2', 'SHV01')}<c r="D2"><f>1+1</f><v>2</v></c></row>`;
  return zip({
    'xl/workbook.xml': '<workbook xmlns:r="urn:r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
  });
}

function crcOf(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function zip(parts) {
  const locals = [];
  const directory = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const bytes = Buffer.from(text);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt32LE(crcOf(bytes), 10);
    head.writeUInt32LE(bytes.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, Buffer.from(name), bytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, rest, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, list, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

// What the templates of last time do not know: a breakdown that fits, and how it is counted.
async function mend(jo, at) {
  for (const part of ['aanmelding', 'regeling', 'uitstroom', 'vroegsignalering', 'stand']) {
    await jo.goto(`${at}/deel/${part}`);
    const values = part === 'aanmelding' ? { t1: '64', t3: '45', n3: '48' } : {};
    if (part === 'vroegsignalering') Object.assign(values, { t3: '200', n3: '300', t4: '100', n4: '300', n5: '300', t5: '90' });
    await fill(jo, values, 'Bewaar concept');
  }
}

async function approval(suite, jo, kim, adviser, at) {
  await suite.test('delivered with an explanation, which a colleague sends back once', async () => {
    await mend(jo, at);
    await jo.goto(`${at}/controle`);
    const words = jo.page.locator('input[id^=w]').first();
    if (await words.count()) await words.fill('Wij telden dit kwartaal zorgvuldiger.');
    assert.equal(await jo.send({}, 'Lever aan'), `${at}?gedaan=geleverd`, await jo.text());
    assert.match(await jo.text(), /U leverde deze cijfers zelf aan/);
    assert.equal(await jo.page.getByRole('button', { name: 'Keur goed' }).count(), 0);
    await isForEverybody(jo);
    assert.match(jo.letter('beleidsadviseur@demo.invalid').text, /cijfers aangeleverd/);
    await kim.goto(at);
    await kim.send({}, 'Stuur terug');
    assert.match(await kim.page.title(), /^Fout: /);
    await isForEverybody(kim);
    await kim.send({ 'Wat moet er anders?': 'Klopt SHV01?' }, 'Stuur terug');
    await jo.goto(at);
    assert.match(await jo.text(), /Klopt SHV01\?/);
    await isForEverybody(jo);
    await jo.goto(`${at}/controle`);
    await jo.send({}, 'Lever aan');
  });
  await suite.test('two people at once: the second sees that it was done', async () => {
    await kim.goto(at);
    await adviser.goto(at);
    assert.equal(await adviser.send({}, 'Keur goed'), `${at}?gedaan=goedgekeurd`);
    assert.match(await adviser.text(), /Deze cijfers tellen nu[\s\S]*Goedgekeurd/);
    await isForEverybody(adviser);
    await kim.send({}, 'Keur goed');
    assert.match(await kim.text(), /Een collega heeft dit intussen veranderd/);
    assert.match(jo.letter('aanleveraar@demo.invalid').text, /goedgekeurd/);
  });
}

async function correction(suite, office, jo, kim, at) {
  await suite.test('the programme asks for a correction, which counts after approval', async () => {
    await office.goto('/beheer/aanleveringen');
    assert.match(await office.text(), /geleverd/);
    await isForEverybody(office);
    await office.goto(at.replace(HOUSE, '/beheer/aanleveringen'));
    await isForEverybody(office);
    await office.send({ 'Wat klopt er niet?': 'SHV01 lijkt te hoog' }, 'Vraag om een correctie');
    assert.match(jo.letter('aanleveraar@demo.invalid').text, /SHV01 lijkt te hoog/);
    await jo.goto(at);
    assert.match(await jo.text(), /SHV01 lijkt te hoog/);
    await follow(jo, 'Corrigeer deze cijfers');
    await isForEverybody(jo);
    await jo.send({ 'Waarom corrigeert u deze cijfers?': 'Er stond een dubbele telling in' }, 'Begin met de correctie');
    await follow(jo, 'Aanmelding en besluit');
    await fill(jo, { t1: '61' }, 'Bewaar concept');
    await follow(jo, 'Kijk na en lever aan');
    await jo.send({}, 'Lever de correctie aan');
    await kim.goto(at);
    await kim.send({}, 'Keur goed');
    assert.match(await kim.text(), /dubbele telling/);
  });
}

async function program(suite, boss, at) {
  await suite.test('a program with a key', async () => {
    await boss.goto(`${HOUSE}/sleutels`);
    await isForEverybody(boss);
    await boss.send({ 'Waarvoor is de sleutel?': 'zaaksysteem' }, 'Maak een sleutel');
    const key = await boss.page.locator('main code').innerText();
    await isForEverybody(boss);
    const push = (token, body) => fetch(`${boss.base}/api/v1/leveringen`, { method: 'POST', body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) } });
    const body = { gemeentecode: 'GM0664', periode: '2025-Q1', cijfers: [{ indicator: 'SHV04', teller: 9, noemer: 8, keuzes: 'crisis-begin=aanmelding' }] };
    assert.equal((await push('', body)).status, 401);
    const bad = await push(key, body);
    assert.equal(bad.status, 400);
    assert.equal(bad.headers.get('content-type'), 'application/problem+json');
    assert.match((await bad.json()).errors[0].detail, /groter dan de noemer/);
    body.cijfers[0].teller = 7;
    const good = await push(key, body);
    assert.equal(good.status, 200, await good.clone().text());
    assert.equal((await good.json()).stand, 'geleverd');
    await boss.goto(`${HOUSE}/sleutels`);
    await Promise.all([boss.page.waitForNavigation(), boss.page.getByRole('button', { name: /^Trek in/ }).click()]);
    assert.match(await boss.text(), /werkt niet meer/);
    assert.equal((await push(key, body)).status, 401);
    assert.equal(await boss.goto(`${at}/deel/aanmelding`), 403);
  });
}

async function release(suite, office, visitor, at) {
  await suite.test('a release brings the figure to the page of the indicator', async () => {
    await office.goto('/beheer/uitgaven');
    await isForEverybody(office);
    await office.send({}, 'Maak de uitgave');
    assert.match(await office.page.title(), /^Fout: /);
    await isForEverybody(office);
    await office.page.getByText('Welke cijfers zijn alleen voor deelnemers?').click();
    await office.page.getByLabel('Formatie schuldhulp', { exact: true }).check();
    await office.page.locator('#zeker').check();
    assert.equal(await office.send({ 'Wat is er nieuw of verbeterd?': 'Met de cijfers van Goes' }, 'Maak de uitgave'), '/beheer/uitgaven?gedaan=uitgave-gevraagd');
    await isForEverybody(office);
    await releaseIsMade(office);
    assert.match(await office.text(), /Met de cijfers van Goes/);
    await isForEverybody(office);
    assert.equal(await visitor.goto('/cijfers/shv01'), 200);
    const figures = await (await fetch(`${visitor.base}/cijfers/shv01.csv`)).text();
    assert.match(figures, new RegExp(`^SHV01,${at.split('/').pop()},GM0664,Goes,[^\\n]*,61,`, 'm'));
    assert.equal(await visitor.goto(at), 200);
    assert.match(visitor.path(), /^\/inloggen/);
  });
  await suite.test('what is for members only is not on the page, in the file or in the API of others', async () => {
    const file = (path) => fetch(visitor.base + path);
    await visitor.goto('/vergelijken/shv18');
    assert.match(await visitor.text(), /Over dit cijfer is nog niets uitgegeven/);
    assert.equal((await file('/vergelijken/shv18.csv')).status, 404);
    assert.equal((await file('/cijfers/shv18.csv')).status, 404);
    assert.equal((await file('/api/v1/indicatoren/SHV18/waarden')).status, 404);
    await office.goto('/vergelijken/shv18');
    assert.match(await office.text(), /Alle deelnemers/);
    assert.doesNotMatch(await office.text(), /nog niets uitgegeven/);
  });
}

export async function testDelivery(name, binary, args, database) {
  const suite = new Suite(name);
  const server = await serve(binary, [...args, '--demo']);
  const browser = await launch();
  const somebody = async (role) => {
    const walk = await new Walk(binary, server.url, database).open(browser);
    if (role) await signIn(walk, server, role);
    return walk;
  };
  try {
    const [jo, kim, adviser, office, boss] = [await somebody('Aanleveraar'), await somebody('Aanleveraar 2'), await somebody('Beleidsadviseur'),
      await somebody('Beheerder'), await somebody('Beheerder van de organisatie')];
    const visitor = await somebody();
    await jo.goto(HOUSE);
    const at = new URL(await jo.page.getByRole('row').filter({ hasText: 'ontbreekt' }).filter({ hasText: QUARTER }).getByRole('link').first().evaluate((a) => a.href)).pathname;
    await form(suite, jo, at);
    await file(suite, jo, at);
    await approval(suite, jo, kim, adviser, at);
    await correction(suite, office, jo, kim, at);
    await program(suite, boss, at);
    await release(suite, office, visitor, at);
    for (const walk of [jo, office]) {
      await walk.page.setViewportSize({ width: 1280, height: 900 });
      await walk.goto(walk === jo ? at : '/beheer/aanleveringen');
      await isForEverybody(walk);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  suite.finish();
}
