// What a policy adviser does with delivered figures, walked in a browser 320 pixels wide without JavaScript: a municipality on one page,
// an indicator in its field, over time, among peers and in a group of one's own, the releases, the files, and the mail of what stands
// out. On the demonstration, whose figures are made up and say so. Runs on each store.

import assert from 'node:assert/strict';
import { launch } from '../browser/lib.mjs';
import { serve } from './program.mjs';
import { Walk } from './signin.mjs';
import { Suite } from './suite.mjs';
import { follow, isForEverybody, signIn } from './visit.mjs';

const OWN = 'Almere';

async function board(suite, visitor) {
  await suite.test('a municipality stands on one page, with what asks for attention first', async () => {
    await visitor.goto('/vergelijken');
    assert.match(await visitor.text(), /Fictief[\s\S]*verzonnen/);
    await isForEverybody(visitor);
    await visitor.page.getByLabel('Uw gemeente').selectOption({ label: OWN });
    await visitor.send({}, 'Toon');
    const text = await visitor.text();
    assert.match(text, /heeft \d+ cijfers/);
    assert.match(text, /opvallend (lager|hoger), ook na correctie/);
    assert.match(text, /Van signaal tot nazorg/);
    assert.match(text, /Zo verwijst u hiernaar\s+Schouders, Almere in cijfers, 3e kwartaal 2026, uitgave \d+ \(fictief\)\. \S+\/vergelijken\?gemeente=almere/);
    await isForEverybody(visitor);
    const href = await visitor.page.locator('#profielt').locator('xpath=ancestor::figure').getByRole('link', { name: /CSV/ }).getAttribute('href');
    const [header, ...lines] = (await (await fetch(new URL(href, visitor.page.url()))).text()).trimEnd().split('\r\n');
    assert.match(header, /^indicator,naam,periode,gemeentecode,gemeente,waarde,teller,noemer,.*,uitgave,fictief$/);
    assert.ok(lines.length > 20 && lines.every((line) => /,GM0034,Almere,.*,fictief$/.test(line)));
  });
}

async function indicator(suite, visitor) {
  await suite.test('an indicator is compared with all, over time, and with those that are alike', async () => {
    await follow(visitor, 'Binnen vier weken gesproken');
    const text = await visitor.text();
    assert.match(text, /In Almere is dit \d+% \(marge van 95%: \d+% tot \d+%\)\. Bij alle deelnemers samen is het \d+%\./);
    for (const title of ['Is het verschil meer dan toeval', 'in het hele veld, door de tijd', 'Verandert er iets in Almere zelf', 'naast andere gemeenten',
      'Op de kaart', 'Wat telt als eerste gesprek?']) assert.ok(text.includes(title), title);
    assert.doesNotMatch(text, /\bNaN\b|\bnan\b|-?\binf\b/);
    await isForEverybody(visitor);
  });
  await suite.test('whom to compare with is one\'s own choice, and stands in the address', async () => {
    await visitor.page.getByText('Kies zelf met wie u vergelijkt').click();
    await visitor.page.getByLabel('Delft', { exact: true }).check();
    await visitor.page.getByLabel('Zwolle', { exact: true }).check();
    await visitor.send({}, 'Vergelijk met deze groep');
    assert.match(visitor.page.url(), /groep=delft&groep=zwolle/);
    assert.match(await visitor.text(), /Van de 2 gemeenten die u zelf koos/);
    await isForEverybody(visitor);
  });
  await suite.test('a year, a breakdown and a period without figures have an answer', async () => {
    assert.equal(await visitor.goto('/vergelijken/shv03?gemeente=almere&periode=2024'), 200);
    assert.equal(await visitor.goto('/vergelijken/shv15?gemeente=almere&deel=saneringskrediet'), 200);
    await isForEverybody(visitor);
    assert.equal(await visitor.goto('/vergelijken/shv03?periode=1999'), 404);
    assert.equal(await visitor.goto('/vergelijken/shv03?gemeente=atlantis'), 404);
    assert.equal(await visitor.goto('/vergelijken/ps01'), 404);
  });
}

async function releases(suite, visitor) {
  await suite.test('every release says what changed and whom the participants are like', async () => {
    await visitor.goto('/vergelijken/uitgaven');
    assert.match(await visitor.text(), /Op wie lijken de deelnemers[\s\S]*Was[\s\S]*Is nu/);
    await isForEverybody(visitor);
  });
}

// One pattern of hiding holds everywhere: what the page does not show, the file does not hold either.
async function files(suite, server, visitor) {
  await suite.test('the file holds what the page shows, and nothing that it hides', async () => {
    const codebook = (await (await fetch(`${server.url}/open-data`)).text()).split('id="vergeleken"')[1].split('</table>')[0];
    const explained = [...codebook.matchAll(/<code>([\w, ]+)<\/code>/g)].flatMap(([, names]) => names.split(', '));
    for (const file of ['/vergelijken.csv', '/vergelijken.csv?gemeente=almere', '/vergelijken/shv03.csv', '/cijfers/shv03.csv']) {
      const answer = await fetch(`${server.url}${file}`);
      assert.equal(answer.headers.get('access-control-allow-origin'), '*', file);
      const [header, first] = (await answer.text()).split('\r\n');
      const columns = header.split(',');
      if (file.startsWith('/vergelijken'))
        assert.deepEqual(columns.filter((column) => !explained.includes(column)), [], file);
      assert.match(first.split(',').at(columns.indexOf('uitgave') - columns.length), /^\d+$/, file);
    }
    const csv = await (await fetch(`${server.url}/vergelijken/shv03.csv`)).text();
    const [header, ...rows] = csv.trim().split('\r\n').map((line) => line.split(','));
    const at = (name) => header.indexOf(name);
    const hidden = rows.filter((row) => row[at('status')] === 'niet getoond');
    assert.ok(hidden.length > 0 && rows.length > 500);
    for (const row of hidden) assert.deepEqual(['waarde', 'teller', 'noemer', 'geschat', 'p'].map((name) => row[at(name)]), ['', '', '', '', '']);
    for (const row of rows) if (row[at('status')] === 'exact') assert.ok(Number(row[at('teller')]) >= 5 || Number(row[at('teller')]) === 0, row.join());
    const newest = rows.at(-1)[at('periode')], one = hidden.find((row) => row[at('periode')] === newest);
    await visitor.goto(`/vergelijken/shv03?periode=${newest}`);
    const line = await visitor.page.locator('#alle ~ section tr', { hasText: one[at('gemeente')] }).first().innerText();
    assert.match(line, /niet getoond/);
    assert.doesNotMatch(line, /\d/);
  });
  await suite.test('a feed tells what stood out in each release', async () => {
    const answer = await fetch(`${server.url}/vergelijken/feed/almere.atom`);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /<entry><title>Fictief\. Almere: uitgave \d+/);
  });
}

async function mail(suite, adviser) {
  await suite.test('who asks for it is told by mail what stands out, and can stop', async () => {
    await adviser.goto('/vergelijken?gemeente=almere');
    await adviser.send({}, 'Mail mij als er iets opvalt');
    assert.match(await adviser.text(), /Valt er niets op, dan blijft het stil/);
    await isForEverybody(adviser);
    await adviser.send({}, 'Stop met deze e-mail');
    assert.match(await adviser.text(), /Mail mij als er iets opvalt/);
  });
}

/** ARGS name the store and its folder with --data; DATABASE is the store itself. */
export async function testComparing(name, binary, args, database) {
  const suite = new Suite(name);
  const server = await serve(binary, [...args, '--demo']);
  await server.printed(/Beoordelaar +http\S+\n/);
  const browser = await launch();
  const open = () => new Walk(binary, server.url, database).open(browser);
  const [visitor, adviser] = [await open(), await open()];
  await signIn(adviser, server, 'Beleidsadviseur');
  await board(suite, visitor);
  await indicator(suite, visitor);
  await releases(suite, visitor);
  await files(suite, server, visitor);
  await mail(suite, adviser);
  for (const each of [visitor, adviser]) await each.close();
  await browser.close();
  await server.stop();
  suite.finish();
}
