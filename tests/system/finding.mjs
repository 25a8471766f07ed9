// A counsellor finds and compares, walked in a browser without JavaScript, each page 320 and 1280 pixels wide: search, suggestions and
// facets, an item and its scores, a comparison, lists, following, a question and "Hielp deze pagina?". Runs on each store.

import assert from 'node:assert/strict';
import { allowTestCode, axeViolations, launch, NARROW, WIDE } from '../browser/lib.mjs';
import { serve } from './program.mjs';
import { Walk } from './signin.mjs';
import { Suite } from './suite.mjs';
import { signIn } from './visit.mjs';

const JUDGED = '/kennis/sociaaljuridisch-spreekuur-bibliotheek';
const ITEM = '/kennis/budgetbeheer';
const LIST = 'Voor het teamoverleg';

class Reader extends Walk {
  /** Looks at the page as everybody may meet it, on a phone and on a desk. */
  async check() {
    for (const size of [WIDE, NARROW]) {
      await this.page.setViewportSize(size);
      await this.looksRight();
      await allowTestCode(this);
      assert.deepEqual(await axeViolations(this), [], `${this.path()} at ${size.width}`);
      await this.cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
    }
  }

  async reads(where, words) {
    assert.equal(await this.goto(where), 200);
    assert.match(await this.text(), words);
    await this.check();
  }

  async leave(locator) {
    await Promise.all([this.page.waitForNavigation(), locator.click()]);
    await this.looksRight();
  }

  follow(name) {
    return this.leave(this.page.locator('main').getByRole('link', { name }).first());
  }

  async search(words) {
    await this.goto('/zoeken');
    await this.page.getByLabel('Zoek een gemeente, aanpak of cijfer').fill(words);
    await this.leave(this.page.getByRole('search', { name: 'Zoeken in alles' }).getByRole('button', { name: 'Zoek' }));
    return this.text();
  }

  /** Whether what only a screen needs is gone from paper, and WORDS are on it. */
  async prints(words) {
    await this.page.emulateMedia({ media: 'print' });
    assert.equal(await this.page.getByRole('contentinfo').isVisible(), false);
    assert.equal(await this.page.locator('main form').first().isVisible(), false);
    assert.match(await this.text(), words);
    await this.page.emulateMedia({ media: 'screen' });
  }
}

async function find(suite, reader) {
  await suite.test('a compound, another word and a slip of the pen find what is meant', async () => {
    assert.match(await reader.search('budgetbeheerrekening'), /\nBudgetbeheer\n/);
    assert.match(await reader.search('bewindvoering'), /Beschermingsbewind/);
    assert.match(await reader.search('huisbezook'), /Bedoelde u huisbezoek\?[\s\S]*Huisbezoek en bellen na een vroegsignaal/);
    await reader.check();
    assert.doesNotMatch(await reader.search('"huisbezoek" -vroegsignaal'), /Huisbezoek en bellen na een vroegsignaal/);
  });
  await suite.test('nothing found leads to suggestions, in a plain form', async () => {
    assert.match(await reader.search('budgetbqzk'), /Niets gevonden/);
    await reader.check();
    await reader.follow(/woorden en titels zo beginnen/);
    await reader.page.getByLabel('Begin van een woord of titel').fill('budgetb');
    await reader.leave(reader.page.getByRole('button', { name: 'Toon suggesties' }));
    await reader.check();
    await reader.leave(reader.page.getByRole('list', { name: 'Ga naar deze pagina' }).getByRole('link', { name: 'Budgetbeheer' }).first());
    assert.equal(reader.path(), ITEM);
  });
  await suite.test('a facet tells how many, and shows as many', async () => {
    await reader.search('budgetbeheer');
    const facet = reader.page.getByRole('navigation', { name: 'Filters' }).getByRole('link', { name: /^Nazorg/ });
    const count = /(\d+)/.exec(await facet.innerText())[1];
    await reader.leave(facet);
    assert.match(await reader.text(), new RegExp(`^${count} resultaten voor ‘budgetbeheer’$`, 'm'));
    await reader.check();
    await reader.follow('Budgetbeheer');
    assert.equal(reader.path(), ITEM);
  });
}

async function weigh(suite, reader) {
  await suite.test('three scores apart, the reason one click away', async () => {
    await reader.reads(JUDGED, /Bewijskracht[\s\S]*Effect[\s\S]*Kosten en moeite/i);
    const reason = reader.page.getByText('laat volgens het bureau zien dat de opzet werkt').first();
    assert.equal(await reason.isVisible(), false);
    await reader.page.getByText('Waarom? Effect').click();
    assert.equal(await reason.isVisible(), true);
  });
  await suite.test('two to four approaches beside each other, also on paper', async () => {
    await reader.goto(ITEM);
    const others = reader.page.locator('main form input[name=aanpak][type=checkbox]');
    for (let i = 0; i < 3; i += 1) await others.nth(i).check();
    await reader.leave(reader.page.getByRole('button', { name: 'Vergelijk Budgetbeheer met wat u aanvinkte' }));
    assert.equal(await reader.page.getByRole('columnheader').count(), 4);
    await reader.check();
    await reader.prints(/Bewijskracht[\s\S]*Wat hebt u nodig[\s\S]*Wat maakt dat het werkt/i);
    assert.equal(await reader.goto('/kennis/vergelijken?aanpak=budgetbeheer'), 200);
    assert.match(await reader.text(), /U koos alleen Budgetbeheer/);
    await reader.goto(ITEM);
    await reader.follow('Maak klaar om af te drukken');
    await reader.check();
    assert.match(await reader.text(), /Kort gezegd[\s\S]*Bronnen/);
  });
}

async function keep(suite, counsellor, reader) {
  await suite.test('saved in a list, with a note', async () => {
    for (const item of [ITEM, JUDGED]) {
      await counsellor.goto(item);
      await counsellor.follow('Bewaar in een lijst');
      await counsellor.check();
      await counsellor.send(item === ITEM ? { 'Naam van de nieuwe lijst': LIST } : {}, 'Bewaar');
    }
    await counsellor.goto('/mijn-lijsten');
    await counsellor.follow(LIST);
    await counsellor.check();
    counsellor.list = counsellor.path();
    await counsellor.page.getByLabel('Uw notitie (optioneel) bij Budgetbeheer').fill('Bespreken op dinsdag');
    await counsellor.leave(counsellor.page.getByRole('button', { name: 'Bewaar de notitie bij Budgetbeheer' }));
  });
  await suite.test('shared by a link, until its owner stops', async () => {
    await counsellor.send({}, 'Maak een link om te delen');
    const link = await counsellor.page.getByRole('link', { name: /\/lijst\?t=/ }).innerText();
    const shared = link.replace(/^https?:\/\/[^/]+/, '');
    await reader.reads(shared, new RegExp(`${LIST}[\\s\\S]*Budgetbeheer[\\s\\S]*Bespreken op dinsdag`));
    assert.doesNotMatch(await reader.text(), /Schuldhulpverlener \(demo\)/);
    await counsellor.goto(counsellor.list);
    await counsellor.prints(/Bespreken op dinsdag/);
    const file = await counsellor.page.request.get(`${counsellor.base + counsellor.list}/lijst.csv`);
    assert.match(await file.text(), /Budgetbeheer[\s\S]*Bespreken op dinsdag/);
    await counsellor.send({}, 'Stop met delen');
    assert.equal(await reader.goto(shared), 404);
  });
}

async function stay(suite, counsellor) {
  await suite.test('an item, a theme, a target group and a search are followed', async () => {
    const follows = async (name) => {
      await counsellor.follow(name);
      await counsellor.check();
      await counsellor.send({}, 'Volg dit');
    };
    await counsellor.goto(ITEM);
    await follows('Volg deze tekst');
    await counsellor.goto('/kennis?thema=begeleiding-en-budget&doelgroep=lvb');
    await follows(/^Volg ‘Begeleiding/);
    await counsellor.goto('/kennis?thema=begeleiding-en-budget&doelgroep=lvb');
    await follows(/^Volg ‘Mensen met een licht/);
    await counsellor.search('schulden bij jongeren');
    await follows('Volg deze zoekopdracht');
    await counsellor.goto('/volgen');
    assert.match(await counsellor.text(), /Begeleiding en budget/);
    for (const name of ['Budgetbeheer', /schulden bij jongeren/]) assert.equal(await counsellor.page.locator('main').getByRole('link', { name }).count(), 1);
    await counsellor.check();
  });
  await suite.test('a question under the item', async () => {
    await counsellor.goto(ITEM);
    await counsellor.follow(/Stel een vraag/);
    if (!counsellor.path().endsWith('/vraag')) await counsellor.follow(/Stel een vraag/);
    await counsellor.check();
    await counsellor.page.getByLabel('Een collega (uw naam staat er niet bij)').check();
    const path = await counsellor.send({ 'Uw vraag in één zin': 'Hoe lang houdt u budgetbeheer aan?', Uitleg: 'Wij stoppen na een jaar. Hoe doet u dat?' }, 'Stel mijn vraag');
    assert.match(path, /^\/vragen\/\d+-hoe-lang/);
    await counsellor.check();
  });
}

async function answer(suite, reader) {
  await suite.test('"Hielp deze pagina?"', async () => {
    await reader.goto(ITEM);
    await reader.send({}, 'Een beetje');
    await reader.check();
    await reader.send({ 'Wat miste u, of wat kan beter? (optioneel)': 'Een voorbeeld van een plan' }, 'Verstuur');
    assert.match(reader.path(), /^\/kennis\/budgetbeheer\/hielp\/bedankt/);
    await reader.check();
  });
}

/** ARGS name the store and its folder with --data; DATABASE is the store itself. */
export async function testFinding(name, binary, args, database) {
  const suite = new Suite(name);
  const server = await serve(binary, [...args, '--demo']);
  await server.printed(/Beoordelaar +http\S+\n/);
  const browser = await launch();
  const open = () => new Reader(binary, server.url, database).open(browser);
  const [counsellor, reader] = [await open(), await open()];
  await signIn(counsellor, server, 'Schuldhulpverlener');
  await find(suite, reader);
  await weigh(suite, reader);
  await keep(suite, counsellor, reader);
  await stay(suite, counsellor);
  await answer(suite, reader);
  for (const each of [counsellor, reader]) await each.close();
  await browser.close();
  await server.stop();
  suite.finish();
}
