// Mijn account, walked in a browser as a fictitious person of the demo, without JavaScript but for the passkey; and signing off
// from mail as a mail reader does. Runs on each store.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { allowTestCode, axeViolations, launch } from '../browser/lib.mjs';
import { serve, temporaryFolder } from './program.mjs';
import { codeOf, Walk } from './signin.mjs';
import { Suite } from './suite.mjs';

const PASSWORD = 'vier paarse olifanten dansen';
const PAGES = ['/account', '/account/gegevens', '/account/rollen', '/account/wachtwoord', '/account/tweede-stap', '/account/passkeys',
  '/account/apparaten', '/account/post', '/account/mijn-gegevens', '/account/verwijderen'];

// The link that --demo prints for a role.
export const linkOf = (server, role) => new RegExp(`^ *${role} +https?://[^/]+(/\\S+)$`, 'm').exec(server.output())[1];

export async function signIn(walk, server, role) {
  await walk.goto(linkOf(server, role));
  await Promise.all([walk.page.waitForNavigation(), walk.page.locator('main button[type=submit]').first().click()]);
  assert.equal(walk.path(), '/account');
}

const base32 = (text) => {
  const bits = [...text.replaceAll(' ', '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
};

async function password(suite, walk) {
  await suite.test('a password, soon after signing in', async () => {
    await walk.goto('/account/wachtwoord');
    assert.equal(await walk.send({ 'Nieuw wachtwoord': 'kort' }, 'Bewaar mijn wachtwoord'), '/account/wachtwoord');
    assert.match(await walk.page.title(), /^Fout: /);
    assert.equal(await walk.send({ 'Nieuw wachtwoord': PASSWORD }, 'Bewaar mijn wachtwoord'), '/account/wachtwoord?klaar=wachtwoord');
    assert.match(await walk.text(), /Uw wachtwoord is veranderd/);
  });
}

async function secondStep(suite, walk) {
  await suite.test('a second step: the app, its first code, ten codes on paper', async () => {
    await walk.goto('/account/tweede-stap');
    await walk.send({ 'Uw huidige wachtwoord': 'iets anders' }, 'Begin');
    assert.match(await walk.text(), /Dit wachtwoord klopt niet/);
    assert.equal(await walk.send({ 'Uw huidige wachtwoord': PASSWORD }, 'Begin'), '/account/tweede-stap');
    assert.ok(await walk.page.locator('svg.qr').isVisible());
    const secret = base32((await walk.page.locator('details strong').textContent()).trim());
    await walk.send({ 'De code die uw app nu laat zien': '000000' }, 'Zet de tweede stap aan');
    assert.match(await walk.text(), /Deze code klopt niet/);
    await walk.send({ 'De code die uw app nu laat zien': codeOf(secret) }, 'Zet de tweede stap aan');
    assert.equal(await walk.page.locator('main code').count(), 10);
    await walk.goto('/account/tweede-stap');
    assert.doesNotMatch(await walk.text(), /otpauth/);
  });
}

async function details(suite, walk) {
  await suite.test('another name', async () => {
    await walk.goto('/account/gegevens');
    await walk.send({ 'Uw naam': 'Ans Zoekmij' }, 'Bewaar mijn naam');
    await walk.goto('/account');
    assert.match(await walk.text(), /Ans Zoekmij/);
  });
  await suite.test('another address, by a link that is sent there', async () => {
    await walk.goto('/account/gegevens');
    await walk.send({ 'Nieuw e-mailadres': 'ans@nieuw.example', 'Uw huidige wachtwoord': PASSWORD }, 'Stuur de link');
    await walk.goto('/account');
    assert.doesNotMatch(await walk.text(), /ans@nieuw/);
    const { link } = walk.mail('ans@nieuw.example');
    await walk.goto(link);
    assert.equal(await walk.send({}, 'Gebruik dit adres'), '/account/gegevens?klaar=e-mail');
    assert.match(await walk.text(), /ans@nieuw\.example/);
    assert.equal(await walk.goto(link), 404);
  });
  await suite.test('a role, and without it again', async () => {
    await walk.goto('/account/rollen');
    await walk.page.getByLabel('Welke rol wilt u?').selectOption({ label: 'Onderzoeker' });
    assert.equal(await walk.send({}, 'Vraag deze rol'), '/account/rollen?klaar=rol-nu');
    await Promise.all([walk.page.waitForNavigation(), walk.page.getByRole('link', { name: 'Geef deze rol op' }).first().click()]);
    assert.equal(await walk.send({}, 'Rol opgeven'), '/account/rollen?klaar=rol-weg');
  });
}

async function mail(suite, walk, manager, base) {
  await suite.test('who decides gets a mail, and signs off with one click of a mail reader', async () => {
    await walk.goto('/account/rollen');
    await walk.page.getByLabel('Welke rol wilt u?').selectOption({ label: 'Beleidsadviseur' });
    await walk.page.getByLabel('Bij welke organisatie?').selectOption({ label: 'Demogemeente (fictief)' });
    assert.equal(await walk.send({}, 'Vraag deze rol'), '/account/rollen?klaar=rol-wacht');
    const { kind, text } = walk.letter('organisatiebeheerder@demo.invalid');
    assert.equal(kind, 'rol-gevraagd');
    const link = /https?:\/\/[^/\s]+(\/afmelden\?t=\S+)/.exec(text)[1];
    const reader = await fetch(base + link, { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n' });
    assert.equal(reader.status, 200);
    await manager.goto('/account/post');
    assert.equal(await manager.page.getByLabel('Iemand vraagt een rol').isChecked(), false);
    await manager.page.getByLabel('Iemand vraagt een rol').check();
    await manager.send({}, 'Bewaar mijn keuze');
    await manager.goto(link);
    await manager.send({}, 'Stuur mij deze e-mail niet meer');
    assert.match(await manager.text(), /Uw keuze is opgeslagen/);
    assert.equal((await fetch(`${base}/afmelden?t=onzin`, { method: 'POST' })).status, 404);
  });
}

async function devices(suite, walk, elsewhere) {
  await suite.test('out on another device', async () => {
    await elsewhere.signIn('vrijwilliger@demo.invalid', PASSWORD);
    await walk.goto('/account/apparaten');
    assert.equal(await walk.page.getByText('dit apparaat').count(), 1);
    await walk.send({}, 'Log uit op alle andere apparaten');
    await elsewhere.goto('/account');
    assert.match(elsewhere.path(), /^\/inloggen/);
  });
}

async function ownData(suite, walk) {
  await suite.test('everything that is kept, on the page and in a file', async () => {
    await walk.goto('/account/mijn-gegevens');
    assert.match(await walk.text(), /Ans Zoekmij[\s\S]*Wat u veranderde/);
    const folder = temporaryFolder();
    const file = path.join(folder, 'alles.zip');
    const response = await walk.page.request.get(`${walk.base}/account/mijn-gegevens/bestand`, { headers: { cookie: await walk.cookie() } });
    assert.equal(response.headers()['content-type'], 'application/zip');
    fs.writeFileSync(file, await response.body());
    const python = `import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])`;
    assert.equal(spawnSync('python3', ['-c', python, file, folder], { encoding: 'utf8' }).stderr, '');
    const data = JSON.parse(fs.readFileSync(path.join(folder, 'mijn-gegevens.json'), 'utf8'));
    assert.equal(data.account[0]['e-mail'], 'ans@nieuw.example');
    assert.match(fs.readFileSync(path.join(folder, 'mijn-gegevens.html'), 'utf8'), /Ans Zoekmij/);
  });
  await suite.test('and away', async () => {
    await walk.goto('/account/verwijderen');
    await walk.send({ 'Uw huidige wachtwoord': PASSWORD }, 'Verwijder mijn account');
    assert.match(await walk.text(), /Zet een vinkje/);
    await walk.page.getByLabel('Ja, verwijder mijn account en mijn gegevens').check();
    assert.equal(await walk.send({ 'Uw huidige wachtwoord': PASSWORD }, 'Verwijder mijn account'), '/account/verwijderd');
    assert.deepEqual(await walk.cookies(), []);
    await walk.signIn('ans@nieuw.example', PASSWORD);
    assert.match(await walk.text(), /Wij kunnen u niet inloggen/);
  });
}

async function passkey(suite, walk) {
  await walk.cdp.send('WebAuthn.enable');
  await walk.cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true,
    hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  await suite.test('a passkey is made, named, and proves who one is', async () => {
    await walk.goto('/account/passkeys');
    await walk.send({}, 'Ga verder');
    assert.equal(await walk.send({ Naam: 'Laptop van de test' }, 'Maak de passkey'), '/account/passkeys?klaar=passkey');
    await Promise.all([walk.page.waitForNavigation(), walk.page.getByRole('link', { name: 'Geef een andere naam' }).click()]);
    assert.equal(await walk.send({ Naam: 'Telefoon van de test' }, 'Bewaar de naam'), '/account/passkeys?klaar=passkey-naam');
    assert.match(await walk.text(), /Telefoon van de test/);
    await Promise.all([walk.page.waitForNavigation(), walk.page.getByRole('link', { name: 'Verwijder deze passkey' }).click()]);
    assert.equal(await walk.send({}, 'Verwijder deze passkey'), '/account/passkeys?klaar=passkey-weg');
    assert.match(await walk.text(), /nog geen passkey/);
  });
}

async function everyPage(suite, walk) {
  for (const page of PAGES) {
    await suite.test(`${page} for everybody`, async () => {
      assert.equal(await walk.goto(page), 200);
      await allowTestCode(walk);
      assert.deepEqual(await axeViolations(walk), []);
      await walk.cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
    });
  }
}

/** ARGS name the store and its folder with --data; DATABASE is the store itself. */
export async function testAccount(name, binary, args, database) {
  const suite = new Suite(name);
  const server = await serve(binary, [...args, '--demo']);
  const browser = await launch();
  const open = (options) => new Walk(binary, server.url, database).open(browser, options);
  const [walk, manager, elsewhere] = [await open(), await open(), await open()];
  await signIn(walk, server, 'Vrijwilliger of sociaal werker');
  await signIn(manager, server, 'Beheerder van de organisatie');
  await everyPage(suite, walk);
  await password(suite, walk);
  await devices(suite, walk, elsewhere);
  await secondStep(suite, walk);
  await details(suite, walk);
  await mail(suite, walk, manager, walk.base);
  await everyPage(suite, walk);
  await ownData(suite, walk);
  const withScript = await open({ javaScript: true });
  await signIn(withScript, server, 'Onderzoeker');
  await passkey(suite, withScript);
  for (const each of [walk, manager, elsewhere, withScript]) await each.close();
  await browser.close();
  await server.stop();
  suite.finish();
}
