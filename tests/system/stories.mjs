// A story of an expert by experience, walked in a browser 320 pixels wide without JavaScript: written, read by an editor, published,
// found, and taken back by its writer. Runs on each store.

import assert from 'node:assert/strict';
import { launch } from '../browser/lib.mjs';
import { serve } from './program.mjs';
import { Walk } from './signin.mjs';
import { Suite } from './suite.mjs';
import { follow, isForEverybody, signIn } from './visit.mjs';

const TITLE = 'Koffie eerst';
const STORY = 'Elke dag kwam er meer post. Ik legde alles in een la. Toen belde er iemand aan. Zij begon niet over geld. Zij vroeg '
  + 'hoe het ging en dronk koffie met mij. De week daarna maakten wij samen stapels. Dat was het begin.';

async function telling(suite, writer) {
  await suite.test('a story is asked for in plain questions', async () => {
    await writer.goto('/mijn-verhalen');
    await isForEverybody(writer);
    await follow(writer, 'Schrijf uw verhaal');
    await writer.send({}, 'Stuur naar de redactie');
    assert.match(await writer.page.title(), /^Fout: /);
    await isForEverybody(writer);
    await writer.page.getByLabel('Onderwerp').selectOption({ index: 1 });
    await writer.page.getByLabel(/^Ik wil dat dit verhaal/).check();
    const path = await writer.send({ Titel: TITLE, 'In een zin': 'Pas toen zij vroeg hoe het ging, opende ik mijn post.', 'Naam onder uw verhaal': 'Roos',
      'Kort gezegd': 'Een hulpverlener nam de tijd.', 'Uw verhaal': STORY, 'Wat hielp u?': 'Dat zij tijd nam.', 'Wat kan beter?': 'Minder brieven.' },
    'Stuur naar de redactie');
    assert.equal(path, '/mijn-verhalen?klaar=gestuurd');
    await isForEverybody(writer);
  });
}

async function publishing(suite, editor, visitor) {
  await suite.test('an editor publishes it, and everybody finds it', async () => {
    await editor.goto('/redactie');
    await follow(editor, TITLE);
    assert.equal(await editor.send({}, 'Keur goed en publiceer'), '/kennis/koffie-eerst');
    await visitor.goto('/zoeken?q=koffie');
    await follow(visitor, TITLE);
    assert.match(await visitor.text(), /Roos[\s\S]*/);
    assert.doesNotMatch(await visitor.text(), /Eva Ervaring/);
    await isForEverybody(visitor);
  });
}

async function takingBack(suite, writer, visitor) {
  await suite.test('its writer takes it back at once', async () => {
    await writer.goto('/mijn-verhalen');
    assert.match(await writer.text(), /Online sinds/);
    await writer.send({}, /^Haal weg van de site/);
    assert.match(await writer.text(), /De tekst is gewist/);
    assert.equal(await visitor.goto('/kennis/koffie-eerst'), 410);
    assert.doesNotMatch(await visitor.text(), /Koffie|Roos|stapels/);
    await isForEverybody(visitor);
    await visitor.goto('/zoeken?q=stapels');
    assert.doesNotMatch(await visitor.text(), /Koffie eerst/);
    const counted = [];
    for (const page of ['/', '/kennis']) {
      await visitor.goto(page);
      counted.push(/(\d+) teksten/.exec(await visitor.text())[1]);
    }
    assert.equal(counted[0], counted[1]);
  });
}

/** ARGS name the store and its folder with --data; DATABASE is the store itself. */
export async function testStories(name, binary, args, database) {
  const suite = new Suite(name);
  const server = await serve(binary, [...args, '--demo']);
  await server.printed(/Beoordelaar +http\S+\n/);
  const browser = await launch();
  const open = () => new Walk(binary, server.url, database).open(browser);
  const [writer, editor, visitor] = [await open(), await open(), await open()];
  await signIn(writer, server, 'Ervaringsdeskundige[^\n]*?');
  await signIn(editor, server, 'Redacteur');
  await telling(suite, writer);
  await publishing(suite, editor, visitor);
  await takingBack(suite, writer, visitor);
  for (const each of [writer, editor, visitor]) await each.close();
  await browser.close();
  await server.stop();
  suite.finish();
}
