// Learning from figures, walked in a browser as the fictitious people of a demo, without JavaScript on a narrow screen: from a figure to a
// proven difference, peers that are better, what they do, a meeting, its invitation by mail, an action and its effect. Runs on each store.
// tests/benchmark/learning walks the same on a nation of which the truth is known.

import assert from 'node:assert/strict';
import { launch } from '../browser/lib.mjs';
import { serve } from './program.mjs';
import { Walk } from './signin.mjs';
import { Suite } from './suite.mjs';
import { follow, isForEverybody, signIn } from './visit.mjs';

const DAY = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });

/** Goes to PAGE and reads it: WORDS stand there, NOT does not. */
export async function reads(walk, page, words, not) {
  assert.equal(await walk.goto(page), 200);
  const text = await walk.text();
  if (words) assert.match(text, words);
  if (not) assert.doesNotMatch(text, not);
  await isForEverybody(walk);
}

async function toBetterPeers(suite, { adviser }) {
  await suite.test('from a municipality to a proven difference and the peers that are better', async () => {
    await adviser.goto('/benchleren');
    await isForEverybody(adviser);
    await follow(adviser, /^Demogemeente Leert \(fictief\): aanpakken/);
    await isForEverybody(adviser);
    await follow(adviser, /^Van wie kan .* leren/);
    assert.match(await adviser.text(), /Hier is iets te leren[\s\S]*Uitval/);
    await isForEverybody(adviser);
    await follow(adviser, 'Uitval');
    assert.match(await adviser.text(), /meer dan toeval, ook na correctie[\s\S]*met meer dan 90% zekerheid beter/);
    assert.match(await adviser.text(), /Wat doen zij anders\?[\s\S]*Stress-sensitieve dienstverlening[\s\S]*Richt zich op dit cijfer/);
    await isForEverybody(adviser);
  });
  const figure = adviser.path();
  await suite.test('the group to compare with is the address', async () => {
    await adviser.page.getByText('Met welke gemeenten vergelijkt u?').click();
    await adviser.page.locator('input[name=groep]:checked').first().uncheck();
    await adviser.send({}, 'Vergelijk met deze groep');
    assert.match(adviser.path(), /\?groep=/);
    assert.match(await adviser.text(), /U koos zelf met wie u vergelijkt/);
    await isForEverybody(adviser);
    assert.equal((await fetch(adviser.page.url())).status, 200);
  });
  return figure;
}

/** From FIGURE, a page with peers that are better, ADVISER invites them; NEIGHBOUR answers from the mail. */
export async function meeting(suite, { adviser, neighbour }, figure) {
  await suite.test('exactly those are invited, by mail', async () => {
    await adviser.goto(figure);
    await Promise.all([adviser.page.waitForNavigation(), adviser.page.getByRole('button', { name: /^Nodig deze/ }).click()]);
    assert.match(await adviser.text(), /via Demogemeente Buur/);
    await isForEverybody(adviser);
    await adviser.send({}, 'Verstuur de uitnodiging');
    assert.match(await adviser.page.title(), /^Fout: /);
    await isForEverybody(adviser);
    await adviser.page.getByLabel('Op welke dag?').fill(DAY);
    await adviser.send({ 'Wat wilt u van hen leren?': 'Hoe houdt u contact?', 'Waar?': 'Online' }, 'Verstuur de uitnodiging');
    assert.match(await adviser.text(), /De bijeenkomst staat klaar\. Hieronder staat wie geen e-mail kreeg/);
    await isForEverybody(adviser);
  });
  const { kind, text } = neighbour.letter('gangmaker-elders@demo.invalid');
  await suite.test('the invited one answers from the mail', async () => {
    assert.equal(kind, 'benchleren');
    assert.match(text, /aantoonbaar gunstiger/);
    await neighbour.goto(/https?:\/\/[^/\s]+(\/benchleren\/organisaties\/\S+)/.exec(text)[1]);
    await isForEverybody(neighbour);
    await neighbour.page.getByLabel('Ja', { exact: true }).check();
    await neighbour.send({ 'Wat wilt u vragen of laten zien? (optioneel)': 'Wij laten onze gesprekken zien.' }, 'Verstuur uw antwoord');
    assert.match(await neighbour.text(), /Uw antwoord is verstuurd/);
    assert.match(adviser.letter('beleidsadviseur-leert@demo.invalid').text, /komt naar uw benchleerbijeenkomst/);
  });
}

/** From the page of the meeting: its pack, a report, and an action that starts a working method. */
export async function action(suite, { adviser }) {
  await suite.test('the pack holds figures, questions and methods; the report and an action follow', async () => {
    const page = adviser.path().replace(/\?.*/, '');
    await reads(adviser, `${page}/boekje`, /De cijfers[\s\S]*Hoe houdt u contact\?[\s\S]*Wij laten onze gesprekken zien/);
    await adviser.goto(page);
    await adviser.send({ 'Wat leerde u van elkaar?': 'Eerst luisteren, dan pas papieren.' }, 'Sla het verslag op');
    await adviser.page.getByLabel('Wanneer is het klaar?').selectOption({ index: 3 });
    await adviser.page.getByLabel('Begint u met een aanpak? (optioneel)').selectOption('stress-sensitieve-dienstverlening');
    await adviser.send({ 'Wat gaat u doen?': 'Alle medewerkers volgen de training', 'Wie doet het?': 'Teamleider' }, 'Leg de afspraak vast');
    assert.match(await adviser.text(), /Eerst luisteren[\s\S]*Alle medewerkers volgen de training[\s\S]*Te vroeg/);
    await isForEverybody(adviser);
    await follow(adviser, 'Stress-sensitieve dienstverlening');
    assert.match(await adviser.text(), /begint in[\s\S]*Te vroeg[\s\S]*Vastgelegd/);
    await isForEverybody(adviser);
  });
}

async function effect(suite, { reader }) {
  await suite.test('everybody reads what the method did elsewhere: found where it was planted, with a margin', async () => {
    await reads(reader, '/benchleren/aanpakken', /Stress-sensitieve dienstverlening/);
    await follow(reader, 'Stress-sensitieve dienstverlening');
    assert.match(await reader.text(), /Uitval[\s\S]*gunstiger[\s\S]*Waar werkte het niet\?/);
    await isForEverybody(reader);
    await follow(reader, 'Zwolle');
    assert.match(await reader.text(), /Dat is meer dan toeval\. Het ging gunstiger\. Of het door de aanpak komt, weten wij niet/);
    await isForEverybody(reader);
  });
}

async function around(suite, { reader, manager }) {
  await suite.test('pairs, waves and what it takes', async () => {
    await reads(reader, '/benchleren/koppels', /in evenwicht/);
    await reads(reader, '/benchleren/programma?cijfer=shv10', /Alle lichtingen samen[\s\S]*Lichting 1/);
    await reads(reader, '/benchleren/wat-is-er-nodig?gemeente=zwolle&cijfer=shv10&verschil=5', /Deze gemeente alleen[\s\S]*Samen met/);
    await reads(reader, '/kennis/stress-sensitieve-dienstverlening', /Gebruikt in[\s\S]*Zwolle/);
    await reads(manager, '/benchleren/programma/lichting', /Welke gemeenten/);
    await manager.page.setViewportSize({ width: 1280, height: 900 });
    for (const page of ['/benchleren', '/benchleren/koppels', '/benchleren/programma', '/benchleren/aanpakken/stress-sensitieve-dienstverlening']) await reads(manager, page);
  });
}

/** ARGS name the store and its folder with --data; DATABASE is the store itself. */
export async function testBenchlearning(name, binary, args, database) {
  const suite = new Suite(name);
  const server = await serve(binary, [...args, '--demo']);
  const browser = await launch();
  const open = () => new Walk(binary, server.url, database).open(browser);
  const people = { adviser: await open(), neighbour: await open(), manager: await open(), reader: await open() };
  await signIn(people.adviser, server, 'Beleidsadviseur -leert');
  await signIn(people.neighbour, server, 'Lokale gangmaker -elders');
  await signIn(people.manager, server, 'Beheerder');
  const figure = await toBetterPeers(suite, people);
  await meeting(suite, people, figure);
  await action(suite, people);
  await effect(suite, people);
  await around(suite, people);
  for (const each of Object.values(people)) await each.close();
  await browser.close();
  await server.stop();
  suite.finish();
}
