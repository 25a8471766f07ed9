// An approach from the first idea to the end of its judgement, walked in a browser of 320 pixels without JavaScript by the
// fictitious people of a demo: who develops it, the programme office, four assessors, and a reader. Runs on each store.

import assert from 'node:assert/strict';
import path from 'node:path';
import { allowTestCode, axeViolations, launch, screenshot, WIDE } from '../browser/lib.mjs';
import { runToEnd, serve } from './program.mjs';
import { Walk } from './signin.mjs';
import { Suite } from './suite.mjs';

const TITLE = 'Samen aan tafel';
const YEARS = 4;
const pictures = process.env.PICTURES;          // a folder, to look at the pages

const linkOf = (server, role) => new RegExp(`^ *${role} +https?://[^/]+(/\\S+)$`, 'm').exec(server.output())[1];

class Visitor extends Walk {
  async signIn(server, role) {
    await this.goto(linkOf(server, role));
    await Promise.all([this.page.waitForNavigation(), this.page.locator('main button[type=submit]').first().click()]);
    assert.equal(this.path(), '/account', await this.text());
    return this;
  }

  // The page for everybody: axe, and a picture when somebody wants to look.
  async check(name) {
    await allowTestCode(this);
    const violations = await axeViolations(this);
    if (pictures) {
      await screenshot(this.page, path.join(pictures, `${name}-320.png`));
      await this.page.setViewportSize(WIDE);
      await screenshot(this.page, path.join(pictures, `${name}.png`));
      await this.page.setViewportSize({ width: 320, height: 640 });
    }
    await this.cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
    assert.deepEqual(violations, [], this.path());
  }

  async follow(name) {
    await Promise.all([this.page.waitForNavigation(), this.page.getByRole('link', { name, exact: true }).click()]);
    await this.looksRight();
  }

  async step(label, motivation) {
    await this.page.getByLabel(label).check();
    return this.send(motivation ? { Motivatie: motivation } : {}, 'Zet deze stap');
  }

  async part(fields, checks = []) {
    for (const id of checks) await this.page.locator(id).check();
    for (const [selector, value] of Object.entries(fields)) await this.page.locator(selector).fill(value);
    await Promise.all([this.page.waitForNavigation(), this.page.getByRole('button', { name: 'Bewaar en ga verder' }).click()]);
    await this.looksRight();
  }
}

async function handIn(suite, submitter) {
  await suite.test('a developer fills in the criteria and writes the text', async () => {
    await submitter.goto('/mijn-aanpakken');
    await submitter.check('mijn-leeg');
    await submitter.follow('Laat een aanpak beoordelen');
    await submitter.check('nieuw');
    assert.equal(await submitter.send({}, 'Bewaar en schrijf de tekst'), '/mijn-aanpakken/nieuw');
    assert.match(await submitter.text(), /Vul de naam van de aanpak in/);
    await submitter.check('nieuw-fout');
    for (const box of await submitter.page.getByRole('checkbox').all()) await box.check();
    await submitter.page.getByLabel('Namens wie dient u in?').selectOption({ label: 'Demogemeente (fictief)' });
    const at = await submitter.send({ 'Naam van de aanpak': TITLE, Toelichting: 'Sinds 2022 in Almere en Borne. De uitvoering is onderzocht.',
      'Contact voor lezers': 'https://tafel.example' }, 'Bewaar en schrijf de tekst');
    assert.match(at, /^\/mijn-aanpakken\/\d+\?gedaan=gemaakt$/);
    await submitter.check('concept');
    submitter.own = at.split('?')[0];
  });
  await suite.test('the text is written part by part', async () => {
    await submitter.follow('Schrijf de tekst');
    await submitter.check('tekst-begin');
    await submitter.part({ '#titel': TITLE, '#samenvatting': 'Gezinnen en hulpverleners maken samen een plan.' },
      ['[name=fase] >> nth=0', '[name=doelgroep] >> nth=0', '[name=thema] >> nth=0']);
    const parts = {
      tekst: Object.fromEntries([0, 1, 2, 3, 4, 5].map((i) => [`#sectie-${i}`, 'Zo gaat het, in gewone woorden.'])),
      bronnen: { '[name=deel-0] >> nth=0': 'Verslag', '[name=deel-1] >> nth=0': 'Demo', '[name=deel-2] >> nth=0': '2024', '[name=deel-3] >> nth=0': 'https://tafel.example/verslag' },
    };
    while (submitter.path() !== submitter.own) await submitter.part(parts[submitter.path().split('/').pop()] ?? {});
    assert.equal(submitter.path(), submitter.own);
    assert.doesNotMatch(await submitter.text(), /nog niet compleet/);
  });
  await suite.test('it is handed in, and the page says what comes next', async () => {
    assert.equal(await submitter.step('Dien de aanpak in'), `${submitter.own}?gedaan=stap`);
    assert.match(await submitter.text(), /Ingediend[\s\S]*Het programmabureau begint met de quickscan/);
    await submitter.check('ingediend');
  });
}

async function describe(suite, lead, submitter) {
  await suite.test('the programme office scans, and describes with the developer', async () => {
    await lead.goto('/beheer/beoordelingen');
    await lead.check('werk');
    await lead.follow(TITLE);
    lead.own = lead.path();
    await lead.step('Begin met de quickscan');
    assert.equal(await lead.step('Voldoet: ga beschrijven'), `${lead.own}/stap`);
    assert.match(await lead.text(), /Schrijf waarom u deze stap zet/);
    await lead.step('Voldoet: ga beschrijven', 'Alle criteria kloppen.');
    assert.match(await lead.text(), /Leg voor aan de commissie kan nog niet[\s\S]*de indiener heeft de tekst aangeboden/);
    await submitter.goto(submitter.own);
    await submitter.check('beschrijven');
    await submitter.send({ 'Uw antwoord': 'De tekst is klaar om te lezen.' }, 'Bied de tekst aan');
    await lead.goto(lead.own);
    await lead.send({ 'Opmerkingen voor de indiener': 'Noem ook wat het kost.' }, 'Stuur terug met opmerkingen');
    await submitter.goto(submitter.own);
    assert.match(await submitter.text(), /Noem ook wat het kost/);
    await submitter.send({ 'Uw antwoord': 'De kosten staan er nu bij.' }, 'Bied de tekst aan');
  });
}

async function committee(suite, lead, judges, lookAround) {
  await suite.test('assessors get a side, and three of them a case', async () => {
    await lead.goto('/beheer/beoordelingen/beoordelaars');
    await lead.check('beoordelaars');
    const sides = ['Wetenschap', 'Praktijk', 'Ervaring', 'Ervaring'];
    for (const [i, side] of sides.entries()) {
      await lead.page.locator('main select').nth(i).selectOption({ label: side });
      await Promise.all([lead.page.waitForNavigation(), lead.page.locator('main form button').nth(i).click()]);
    }
    for (const label of [/Wetenschap: Beoordelaar \(demo\)/, /Praktijk: Beoordelaar 2/, /Ervaring: Beoordelaar 3/]) {
      await lead.goto(lead.own);
      const option = await lead.page.locator('#persoon option', { hasText: label }).getAttribute('value');
      await lead.page.getByLabel('Beoordelaar', { exact: true }).selectOption(option);
      await lead.send({}, 'Zet in de commissie');
    }
    await lead.check('commissie');
    await lead.step('Leg voor aan de commissie');
    assert.match(await lead.text(), /In beoordeling/);
  });
  await suite.test('the dossier is closed at first', async () => {
    for (const judge of judges.slice(0, 3)) {
      await judge.goto('/beoordelen');
      await judge.follow(TITLE);
      judge.own = judge.path();
      assert.doesNotMatch(await judge.text(), /Dossier\n/);
    }
  });
  await lookAround();
  await suite.test('one has an interest: the dossier stays closed, and somebody takes the place', async () => {
    for (const judge of judges.slice(0, 3)) await judge.goto(judge.own);
    await judges[0].check('belang');
    await judges[2].page.getByLabel(/^Ja, ik heb een belang/).check();
    await judges[2].send({ 'Welk belang? (alleen als u er een hebt)': 'Ik gaf er training in.' }, 'Leg vast');
    assert.match(await judges[2].text(), /Het dossier blijft dicht/);
    await judges[2].check('dicht');
    await lead.goto(lead.own);
    assert.match(await lead.text(), /Een besluit kan nog niet/);
    await Promise.all([lead.page.waitForNavigation(), lead.page.locator('tr', { hasText: 'Beoordelaar 3' }).locator('button').click()]);
    const option = await lead.page.locator('#persoon option', { hasText: /Ervaring: Beoordelaar 4/ }).getAttribute('value');
    await lead.page.getByLabel('Beoordelaar', { exact: true }).selectOption(option);
    await lead.send({}, 'Zet in de commissie');
    await judges[3].goto('/beoordelen');
    await judges[3].follow(TITLE);
  });
}

// Who is not in a committee, or is not the developer, does not even learn that a case is there.
async function othersStayOut(suite, lead, submitter, judges, reader) {
  await suite.test('others stay out', async () => {
    assert.equal(await judges[3].goto(judges[0].own), 404);
    assert.equal(await judges[0].goto(submitter.own), 404);
    assert.equal(await lead.goto(submitter.own), 404);
    assert.equal(await submitter.goto(lead.own), 403);
    assert.equal(await reader.goto('/beoordelingen/samen-aan-tafel'), 404);
    await reader.goto(submitter.own);
    assert.match(reader.path(), /^\/inloggen\?verder=/);
  });
}

async function vote(judge, levels) {
  await judge.page.getByLabel(/^Nee, ik heb geen belang/).check();
  await judge.send({}, 'Leg vast');
  assert.match(await judge.text(), /Dossier[\s\S]*Gezinnen en hulpverleners/);
  for (const [score, label] of Object.entries(levels)) {
    await judge.page.locator(`input[name=${score}][value=${label}]`).check();
    await judge.page.locator(`#${score}-waarom`).fill(`Zo denk ik over ${score}.`);
  }
}

async function decide(suite, lead, judges, reader) {
  const levels = { bewijskracht: 'eerste', effect: 'klein', kosten: 'middel' };
  await suite.test('they judge apart, and see each other when all have', async () => {
    const panel = [judges[0], judges[1], judges[3]];
    for (const judge of panel) {
      await vote(judge, levels);
      if (judge === panel[0]) await judge.check('oordeel');
      await judge.send({}, 'Geef dit oordeel');
      if (judge !== panel[2]) assert.doesNotMatch(await judge.text(), /Oordeel uit:/);
    }
    assert.match(await panel[2].text(), /Oordelen van de commissie[\s\S]*Oordeel uit: Ervaring/);
    await panel[2].check('oordelen');
  });
  await suite.test('the decision is public, and the item has its scores', async () => {
    await lead.goto(lead.own);
    await lead.follow('Neem het besluit');
    await lead.send({}, 'Leg het besluit vast');
    assert.match(await lead.text(), /Kies een oordeel bij Bewijskracht[\s\S]*Kies een besluit/);
    assert.match(await lead.page.title(), /^Fout: /);
    await lead.check('besluit-fout');
    for (const [score, label] of Object.entries(levels)) {
      await lead.page.locator(`input[name=${score}][value=${label}]`).check();
      await lead.page.locator(`#${score}-waarom`).fill(`De commissie over ${score}.`);
    }
    await lead.page.locator('input[name=uitkomst][value=publiceren]').check();
    await lead.send({ 'Motivatie van het besluit': 'Bruikbaar, met eerste bewijs.' }, 'Leg het besluit vast');
    assert.match(lead.path(), /gedaan=besloten$/);
    await lead.check('besloten');
    assert.equal(await reader.goto('/beoordelingen'), 200);
    await reader.check('besluiten');
    await reader.follow(TITLE);
    const decided = await reader.text();
    assert.match(decided, /Gepubliceerd[\s\S]*Bruikbaar, met eerste bewijs[\s\S]*Eerste bewijs[\s\S]*1 uit ervaring/);
    assert.doesNotMatch(decided, /Beoordelaar \d|\(demo\)/);
    await reader.check('besluit');
    await reader.follow('Lees over deze aanpak in de kennisbank');
    assert.match(await reader.text(), /Bewijskracht\s+Eerste bewijs Volgens Commissie Schouders/i);
    await reader.check('kennis');
  });
}

async function end(suite, binary, start, store) {
  const helper = path.join(path.dirname(binary), '../../tests/system/assessment');
  await suite.test('after four years the page says that the judgement has ended', async () => {
    const night = runToEnd(helper, ['night', store, String(365 * YEARS + 3)]);
    assert.equal(night.status, 0, night.stderr);
    const { server, reader } = await start();
    await reader.goto('/kennis/samen-aan-tafel');
    assert.match(await reader.text(), /Het oordeel over deze aanpak gold tot en met/);
    await reader.check('verlopen');
    await reader.goto('/beoordelingen/samen-aan-tafel');
    assert.match(await reader.text(), /Verlopen/);
    await reader.close();
    await server.stop();
  });
}

/** ARGS name the store and its folder with --data; DATABASE is the store itself. */
export async function testAssessment(name, binary, args, database) {
  const suite = new Suite(name);
  const browser = await launch();
  const server = await serve(binary, [...args, '--demo']);
  const open = (at) => new Visitor(binary, at.url, database).open(browser);
  const signed = async (role) => (await open(server)).signIn(server, role);
  await server.printed(/Beoordelaar 4/);
  const [submitter, lead, reader] = [await signed('Trainer of opleider'), await signed('Beheerder'), await open(server)];
  const judges = [];
  for (const role of ['Beoordelaar', 'Beoordelaar 2', 'Beoordelaar 3', 'Beoordelaar 4']) judges.push(await signed(role));
  await suite.test('how it goes, for everybody', async () => {
    await reader.goto('/zo-werkt-beoordelen');
    await reader.check('uitleg');
  });
  await handIn(suite, submitter);
  await describe(suite, lead, submitter);
  await committee(suite, lead, judges, () => othersStayOut(suite, lead, submitter, judges, reader));
  await decide(suite, lead, judges, reader);
  for (const each of [submitter, lead, reader, ...judges]) await each.close();
  await server.stop();
  await end(suite, binary, async () => {
    const again = await serve(binary, [...args, '--demo']);
    return { server: again, reader: await open(again) };
  }, database);
  await browser.close();
  suite.finish();
}
