// Questions and field notes, walked in a browser as the fictitious people of a demo, without JavaScript on a narrow screen: a newcomer
// asks, a moderator lets it through, a colleague answers, the answer is accepted, reported and removed. Runs on each store.

import assert from 'node:assert/strict';
import { allowTestCode, axeViolations, launch } from '../browser/lib.mjs';
import { serve } from './program.mjs';
import { Walk } from './signin.mjs';
import { Suite } from './suite.mjs';

const ITEM = '/kennis/vroeg-eropaf';
const QUESTION = 'Hoe vaak belt u aan als niemand opendoet?';
const NOTE = 'Met twee mensen aanbellen werkte beter';

// The link that --demo prints for a role.
const linkOf = (server, role) => new RegExp(`^ *${role} +https?://[^/]+(/\\S+)$`, 'm').exec(server.output())[1];

async function signIn(walk, server, role) {
  await walk.goto(linkOf(server, role));
  await Promise.all([walk.page.waitForNavigation(), walk.page.locator('main button[type=submit]').first().click()]);
}

async function follow(walk, name) {
  await Promise.all([walk.page.waitForNavigation(), walk.page.getByRole('link', { name }).first().click()]);
  await walk.looksRight();
}

async function press(walk, name) {
  await Promise.all([walk.page.waitForNavigation(), walk.page.getByRole('button', { name }).first().click()]);
  await walk.looksRight();
}

async function clean(walk) {
  await allowTestCode(walk);
  assert.deepEqual(await axeViolations(walk), [], walk.path());
  await walk.cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
}

// Goes to PAGE and reads it: WORDS stand there, NOT does not.
async function reads(walk, page, words, not) {
  assert.equal(await walk.goto(page), 200);
  const text = await walk.text();
  if (words) assert.match(text, words);
  if (not) assert.doesNotMatch(text, not);
  await clean(walk);
}

async function newcomer(suite, { writer, moderator, reader }) {
  await suite.test('a newcomer asks, and waits', async () => {
    await reads(reader, `${ITEM}/praktijk`, /Niemand vertelde hier nog/);
    await reads(writer, `${ITEM}/praktijk/vraag`, /Een moderator leest uw eerste drie bijdragen/);
    assert.equal(await writer.send({}, 'Stel mijn vraag'), `${ITEM}/praktijk/vraag`);
    assert.match(await writer.page.title(), /^Fout: /);
    await clean(writer);
    await writer.page.getByLabel('Een collega (uw naam staat er niet bij)').check();
    const words = 'W'.repeat(300);
    assert.match(await writer.send({ 'Uw vraag in één zin': QUESTION, Uitleg: `Bij ons doet **de helft** niet open. ${words}` }, 'Stel mijn vraag'),
      /^\/vragen\/\d+-hoe-vaak-belt-u-aan/);
    assert.match(await writer.text(), /Wacht op een moderator/i);
    assert.equal((await fetch(writer.page.url())).status, 404);
  });
  const question = writer.path();
  await suite.test('a moderator hears of it, reads it and lets it through', async () => {
    await reads(moderator, '/beheer', /Moderatie/);
    await reads(moderator, '/beheer/moderatie', new RegExp(QUESTION.replace('?', '\\?')));
    await follow(moderator, /^Besluit over/);
    await clean(moderator);
    await moderator.send({}, 'Plaats op de site');
    assert.match(await moderator.text(), /De bijdrage staat op de site/);
    assert.equal(writer.letter('vrijwilliger@demo.invalid').kind, 'moderatie');
    await reads(reader, question, /Een collega/, /Vrijwilliger/);
    await reads(reader, '/vragen?toon=onbeantwoord', /Hoe vaak belt u aan/);
  });
  return question;
}

async function answer(suite, { writer, colleague, moderator, reader }, question) {
  await suite.test('a colleague answers; the writer gets a mail and says that it helped', async () => {
    await colleague.goto(question);
    await colleague.page.getByRole('radio').first().check();
    await colleague.send({ 'Uw antwoord': 'Drie keer, op andere tijden.' }, 'Plaats mijn antwoord');
    assert.match(await colleague.text(), /Wacht op een moderator/i);
    await moderator.goto('/beheer/moderatie');
    await follow(moderator, /^Besluit over/);
    await moderator.send({}, 'Plaats op de site');
    assert.equal(writer.letter('vrijwilliger@demo.invalid').kind, 'antwoord');
    await writer.goto(question);
    await press(writer, /^Dit antwoord hielp/);
    await reads(reader, question, /Dit antwoord hielp[\s\S]*Schuldhulpverlener[\s\S]*Drie keer/i);
    await reads(reader, ITEM, /Vragen en ervaringen uit de praktijk[\s\S]*Hoe vaak belt u aan/);
    await reads(reader, '/zoeken?q=belt+aan+opendoet&soort=vraag', /Vraag uit de praktijk[\s\S]*Hoe vaak belt u aan/i);
  });
}

async function removal(suite, { colleague, moderator, reader }, question) {
  await suite.test('a reader without account reports the answer, and a moderator removes it', async () => {
    await reader.goto(question);
    await follow(reader, /^Meld deze bijdrage van Schuldhulpverlener/);
    await clean(reader);
    await reader.page.getByLabel('Het is reclame of spam').check();
    assert.equal(await reader.send({ 'Toelichting (optioneel)': 'Verkoopt iets' }, 'Verstuur mijn melding'), '/bijdragen/gemeld');
    await reads(moderator, '/beheer/moderatie', /1 melding[\s\S]*reclame of spam: Verkoopt iets/);
    await follow(moderator, /^Besluit over/);
    await moderator.send({}, 'Verwijder');
    assert.match(await moderator.text(), /Kies waarom u de bijdrage verwijdert/);
    await moderator.page.getByLabel('Het is reclame of spam').check();
    await moderator.send({}, 'Verwijder');
    await reads(reader, question, /Verwijderd door een moderator\. De reden: Het is reclame of spam/, /Drie keer/);
    assert.match(reader.letter('schuldhulpverlener@demo.invalid').text, /verwijderd[\s\S]*reclame of spam[\s\S]*bezwaar/);
  });
  await suite.test('its writer objects', async () => {
    await reads(colleague, '/mijn-bijdragen', /Verwijderd door een moderator/);
    await follow(colleague, 'Maak bezwaar');
    await clean(colleague);
    await colleague.send({ 'Waarom bent u het er niet mee eens?': 'Het is gratis' }, 'Verstuur mijn bezwaar');
    await reads(moderator, '/beheer/moderatie', /Bezwaar van de schrijver: Het is gratis/);
  });
}

async function fieldNote(suite, { writer, moderator, reader }) {
  await suite.test('a field note stands with the item, and editors find it', async () => {
    await reads(writer, `${ITEM}/praktijk/ervaring`);
    await writer.page.getByLabel('Ja, maar anders').check();
    await writer.page.getByLabel('Grootte van de gemeente (optioneel)').selectOption('klein');
    await writer.page.locator('input[name=naam]').first().check();
    await writer.page.getByLabel('De redactie mag mijn ervaring gebruiken in de tekst zelf').check();
    await writer.send({ Titel: NOTE, 'Wat deed u?': 'Wij gingen in de avond.', 'Wat had u nodig om het te laten werken?': 'Een rooster.' }, 'Plaats mijn ervaring');
    await moderator.goto('/beheer/moderatie');
    await follow(moderator, new RegExp(`^Besluit over ${NOTE}`));
    await moderator.send({}, 'Plaats op de site');
    await reads(reader, ITEM, new RegExp(`${NOTE}[\\s\\S]*minder dan 25.000 inwoners`));
    await reads(moderator, '/beheer/ervaringen', new RegExp(NOTE));
    await press(moderator, /^Neem over in de tekst/);
    assert.match(await moderator.page.locator('input[value^="Veldnotitie van"]').inputValue(), /minder dan 25\.000 inwoners$/);
    await reads(moderator, '/beheer/ervaringen', /Er staan hier geen ervaringen/, new RegExp(NOTE));
    await reads(moderator, '/beheer/ervaringen?toon=verwerkt', new RegExp(NOTE));
    await reads(reader, `${ITEM}/praktijk`, new RegExp(`${NOTE}[\\s\\S]*De redactie nam deze ervaring over`));
  });
}

async function helped(suite, { moderator, reader }) {
  await suite.test('"Hielp deze pagina?", with a reason and an answer that everybody sees', async () => {
    await reader.goto(ITEM);
    assert.doesNotMatch(await reader.text(), /lezers vonden dit nuttig/);
    for (let i = 0; i < 5; i += 1) {
      await reader.goto(ITEM);
      await reader.send({}, i ? 'Ja' : 'Nee');
      if (!i) await clean(reader);
      await reader.send(i ? {} : { 'Wat miste u, of wat kan beter? (optioneel)': 'Ik mis de kosten' }, 'Verstuur');
    }
    await reads(reader, ITEM, /4 van de 5 lezers vonden dit nuttig/);
    await reads(moderator, '/beheer/reacties', /Deze pagina hielp niet[\s\S]*Ik mis de kosten/);
    await follow(moderator, /^Vertel op de pagina/);
    await clean(moderator);
    await moderator.send({ 'Wat deed u met de reacties?': 'De kosten staan er nu bij.' }, 'Publiceer');
    await reads(reader, ITEM, /Wat wij met uw reacties deden[\s\S]*De kosten staan er nu bij/);
  });
}

/** ARGS name the store and its folder with --data; DATABASE is the store itself. */
export async function testDialogue(name, binary, args, database) {
  const suite = new Suite(name);
  const server = await serve(binary, [...args, '--demo']);
  const browser = await launch();
  const open = () => new Walk(binary, server.url, database).open(browser);
  const people = { writer: await open(), colleague: await open(), moderator: await open(), reader: await open() };
  await signIn(people.writer, server, 'Vrijwilliger of sociaal werker');
  await signIn(people.colleague, server, 'Schuldhulpverlener');
  await signIn(people.moderator, server, 'Redacteur');
  const question = await newcomer(suite, people);
  await answer(suite, people, question);
  await removal(suite, people, question);
  await fieldNote(suite, people);
  await helped(suite, people);
  await suite.test('the house rules and the lists', async () => {
    await reads(people.reader, '/vragen/spelregels', /eerste drie bijdragen/);
    await reads(people.reader, '/vragen', /Hoe vaak belt u aan/);
    await reads(people.writer, '/mijn-bijdragen', /Alles intrekken/);
  });
  for (const each of Object.values(people)) await each.close();
  await browser.close();
  await server.stop();
  suite.finish();
}
