// Writing, walked in a browser 320 pixels wide without JavaScript: an editor writes and asks, another one publishes, a visitor reads and
// looks at the history, the editor changes and restores. Then with JavaScript: drafts save themselves. Runs on each store.

import assert from 'node:assert/strict';
import { allowTestCode, axeViolations, launch } from '../browser/lib.mjs';
import { serve, until } from './program.mjs';
import { Walk } from './signin.mjs';
import { Suite } from './suite.mjs';

const SECTIONS = ['Kort gezegd', 'Voor wie', 'Zo werkt het', 'Wat heb je nodig', 'Wat weten we ervan', 'Bronnen'];
const TITLE = 'Koffie in het buurthuis';

const linkOf = (server, role) => new RegExp(`^ *${role} +https?://[^/]+(/\\S+)$`, 'm').exec(server.output())[1];

async function signIn(walk, server, role) {
  await walk.goto(linkOf(server, role));
  await Promise.all([walk.page.waitForNavigation(), walk.page.locator('main button[type=submit]').first().click()]);
}

async function follow(walk, name) {
  await Promise.all([walk.page.waitForNavigation(), walk.page.getByRole('link', { name }).first().click()]);
  await walk.looksRight();
}

/** The page that is shown now, looked at as everybody may meet it. */
async function isForEverybody(walk) {
  await allowTestCode(walk);
  assert.deepEqual(await axeViolations(walk), [], walk.path());
  await walk.cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
}

async function writing(suite, editor) {
  await suite.test('a new text begins with its kind', async () => {
    await editor.goto('/redactie');
    await isForEverybody(editor);
    await follow(editor, 'Schrijf een nieuwe tekst');
    assert.equal(await editor.send({}, 'Begin met schrijven'), '/redactie/nieuw');
    assert.match(await editor.page.title(), /^Fout: /);
    await isForEverybody(editor);
    await editor.page.getByLabel('Handreiking', { exact: true }).check();
    assert.match(await editor.send({}, 'Begin met schrijven'), /^\/redactie\/teksten\/\d+\/deel\/kenmerken$/);
  });
  await suite.test('its characteristics, its text and its sources', async () => {
    await isForEverybody(editor);
    await editor.page.getByLabel('Preventie', { exact: true }).check();
    await editor.page.getByLabel('Iedereen', { exact: true }).check();
    await editor.page.getByLabel('Vrijwilligers', { exact: true }).check();
    const path = await editor.send({ Titel: TITLE, Samenvatting: 'Mensen met geldzorgen vinden elkaar bij een kop koffie.' }, 'Bewaar en ga verder');
    assert.match(path, /deel\/tekst$/);
    await isForEverybody(editor);
    const body = Object.fromEntries(SECTIONS.map((heading) => [heading, `Dit is het deel over ${heading.toLowerCase()}. Kom langs op dinsdag.`]));
    assert.match(await editor.send(body, 'Bewaar en ga verder'), /deel\/bronnen$/);
    await isForEverybody(editor);
    const first = editor.page.getByRole('group', { name: 'Bron 1 (nieuw)' });
    await first.getByLabel('Titel', { exact: true }).fill('Samen aan tafel');
    await first.getByLabel('Adres (https://…)', { exact: true }).fill('https://example.org/koffie');
    assert.match(await editor.send({}, 'Bewaar en voeg nog een toe'), /deel\/bronnen\?vanaf=0$/);
    assert.equal(await editor.page.getByRole('group', { name: /^Bron/ }).count(), 3);
    await editor.send({}, 'Bewaar en stop');
    assert.match(await editor.text(), /Uw tekst is bewaard/);
    await isForEverybody(editor);
  });
  await suite.test('a preview, and the check beside it', async () => {
    await follow(editor, 'Voorbeeld');
    assert.match(await editor.text(), /Dit is een voorbeeld[\s\S]*Koffie in het buurthuis[\s\S]*Kom langs op dinsdag/);
    await isForEverybody(editor);
    await follow(editor, 'Terug naar het schrijven');
    await follow(editor, 'Controleer en laat nakijken');
    assert.match(await editor.text(), /De controle vond geen fouten/);
    await isForEverybody(editor);
    await editor.send({}, 'Vraag om een tweede paar ogen');
    assert.match(await editor.text(), /Een andere redacteur kan uw tekst nu nakijken/);
    await isForEverybody(editor);
  });
}

async function checking(suite, editor, second, visitor) {
  await suite.test('a second editor sends it back, and then publishes it', async () => {
    await second.goto('/redactie');
    await follow(second, TITLE);
    await isForEverybody(second);
    await second.send({ 'Opmerkingen voor de schrijver': 'Noem ook de tijd.' }, 'Stuur terug met deze opmerkingen');
    await editor.goto('/redactie');
    await follow(editor, TITLE);
    assert.match(await editor.text(), /Noem ook de tijd/);
    await follow(editor, 'Tekst');
    await editor.send({ 'Zo werkt het': 'Loop binnen tussen tien en twaalf uur. De koffie is gratis.' }, 'Bewaar en stop');
    await follow(editor, 'Controleer en laat nakijken');
    await editor.send({}, 'Vraag om een tweede paar ogen');
    await follow(editor, 'Bekijk de controle');
    assert.equal(await editor.page.getByRole('button', { name: 'Keur goed en publiceer' }).count(), 0);
    await second.goto('/redactie');
    await follow(second, TITLE);
    assert.equal(await second.send({}, 'Keur goed en publiceer'), '/kennis/koffie-in-het-buurthuis');
  });
  await suite.test('a visitor finds it and sees who looked', async () => {
    await visitor.goto('/kennis?soort=handreiking');
    await visitor.goto('/kennis/koffie-in-het-buurthuis');
    assert.match(await visitor.text(), /tussen tien en twaalf uur/);
    assert.match(await visitor.text(), /Nagekeken door een tweede redacteur/);
    await follow(visitor, 'Wat is er veranderd?');
    assert.match(await visitor.text(), /Versie 1 \(staat nu op de site\)[\s\S]*door de redactie, nagekeken door een tweede redacteur/);
    assert.doesNotMatch(await visitor.text(), /demo/);
    await isForEverybody(visitor);
  });
}

async function changing(suite, editor, second, visitor) {
  const item = '/redactie/kennis/koffie-in-het-buurthuis';
  const publish = async (note) => {
    await follow(editor, 'Controleer en laat nakijken');
    await editor.send({ 'Wat veranderde er?': note }, 'Vraag om een tweede paar ogen');
    await second.goto('/redactie');
    await follow(second, TITLE);
    assert.equal(await second.send({}, 'Keur goed en publiceer'), '/kennis/koffie-in-het-buurthuis');
  };
  await suite.test('a change, with what changed for readers', async () => {
    await editor.goto(item);
    await isForEverybody(editor);
    await editor.send({}, 'Wijzig deze tekst');
    await follow(editor, 'Tekst');
    await editor.send({ 'Voor wie': 'Voor iedereen in de wijk.' }, 'Bewaar en stop');
    await follow(editor, 'Controleer en laat nakijken');
    await editor.send({}, 'Vraag om een tweede paar ogen');
    assert.match(await editor.text(), /Schrijf in een zin wat er veranderde/);
    await editor.send({ 'Wat veranderde er?': 'Nu voor de hele wijk.' }, 'Vraag om een tweede paar ogen');
    await second.goto('/redactie');
    await follow(second, TITLE);
    await isForEverybody(second);
    await second.send({}, 'Keur goed en publiceer');
    await visitor.goto('/kennis/koffie-in-het-buurthuis/versies/2');
    assert.match(await visitor.text(), /Nu voor de hele wijk/);
    assert.match(await visitor.page.locator('.diff').innerText(), /\[toegevoegd:\s+Voor iedereen in de wijk/);
    assert.equal(await visitor.page.getByRole('button', { name: 'Zet deze tekst terug' }).count(), 0);
    await isForEverybody(visitor);
  });
  await suite.test('an older text is put back, through four eyes', async () => {
    await editor.goto('/kennis/koffie-in-het-buurthuis/versies/1');
    assert.match(await editor.send({}, 'Zet deze tekst terug'), /\/nakijken$/);
    await editor.page.goBack();
    await editor.goto('/redactie');
    await follow(editor, TITLE);
    await publish('De eerste tekst staat er weer.');
    await visitor.goto('/kennis/koffie-in-het-buurthuis');
    assert.match(await visitor.text(), /Dit is het deel over voor wie/);
  });
  await suite.test('another address, and the end', async () => {
    await editor.goto(item);
    await editor.send({ 'Nieuw laatste deel van het adres': 'koffie' }, 'Geef dit adres');
    await visitor.goto('/kennis/koffie-in-het-buurthuis');
    assert.equal(visitor.path(), '/kennis/koffie');
    await editor.send({ 'Waarom verdwijnt de tekst?': 'Het buurthuis is dicht.' }, 'Trek de tekst in');
    assert.equal(await visitor.goto('/kennis/koffie'), 410);
    assert.match(await visitor.text(), /Het buurthuis is dicht/);
    assert.equal(await visitor.goto('/kennis/koffie/versies'), 404);
  });
}

async function savingItself(suite, editor) {
  await suite.test('with JavaScript a draft saves itself, and a second window is told', async () => {
    await editor.goto('/redactie/nieuw');
    await editor.page.getByLabel('Handreiking', { exact: true }).check();
    const path = await editor.send({}, 'Begin met schrijven');
    await editor.page.getByLabel('Titel', { exact: true }).fill('Vanzelf bewaard');
    await editor.page.getByLabel('Samenvatting', { exact: true }).focus();
    await until('saved draft', async () => /Concept bewaard om/.test(await editor.text()));
    const other = await editor.context.newPage();
    await other.goto(editor.base + path);
    assert.equal(await other.getByLabel('Titel', { exact: true }).inputValue(), 'Vanzelf bewaard');
    await other.getByLabel('Titel', { exact: true }).fill('In het tweede venster');
    await Promise.all([other.waitForNavigation(), other.getByRole('button', { name: 'Bewaar en stop' }).click()]);
    await other.close();
    await editor.page.getByLabel('Titel', { exact: true }).fill('In het eerste venster');
    await editor.page.getByLabel('Samenvatting', { exact: true }).focus();
    await until('conflict', async () => /Iemand anders heeft deze tekst ook gewijzigd/.test(await editor.text()));
    editor.problems.length = 0;         // the browser logs the 409
    await Promise.all([editor.page.waitForNavigation(), editor.page.getByRole('button', { name: 'Bewaar en stop' }).click()]);
    assert.match(await editor.text(), /intussen ergens anders gewijzigd[\s\S]*tweede[\s\S]*eerste/);
    assert.deepEqual(await axeViolations(editor), []);
    assert.equal(await editor.page.getByLabel('Titel', { exact: true }).inputValue(), 'In het eerste venster');
    editor.problems.length = 0;
    await Promise.all([editor.page.waitForNavigation(), editor.page.getByRole('button', { name: 'Bewaar en stop' }).click()]);
    assert.match(await editor.text(), /In het eerste venster/);
  });
}

/** ARGS name the store and its folder with --data; DATABASE is the store itself. */
export async function testEditing(name, binary, args, database) {
  const suite = new Suite(name);
  const server = await serve(binary, [...args, '--demo']);
  await server.printed(/Beoordelaar +http\S+\n/);
  const browser = await launch();
  const open = (options) => new Walk(binary, server.url, database).open(browser, options);
  const [editor, second, visitor] = [await open(), await open(), await open()];
  await signIn(editor, server, 'Redacteur');
  await signIn(second, server, 'Beheerder');
  await writing(suite, editor);
  await checking(suite, editor, second, visitor);
  await changing(suite, editor, second, visitor);
  const withScript = await open({ javaScript: true });
  await withScript.context.addCookies(await editor.context.cookies());
  await savingItself(suite, withScript);
  for (const each of [editor, second, visitor, withScript]) await each.close();
  await browser.close();
  await server.stop();
  suite.finish();
}
