// Invitation to first page, walked in a browser without JavaScript on a narrow screen: a manager invites, an administrator reads
// the mail in the outbox and hands it over, and the guest makes an account. Runs on each store.

import assert from 'node:assert/strict';
import { launch } from '../browser/lib.mjs';
import { signIn } from './account.mjs';
import { serve, until } from './program.mjs';
import { Walk } from './signin.mjs';
import { Suite } from './suite.mjs';

const HOUSE = '/beheer/organisaties/demogemeente-fictief';
const GUEST = 'nieuwe.collega@gemeente.example';
const PASSWORD = 'vier paarse olifanten dansen';

async function invite(suite, manager) {
  await suite.test('a manager invites a colleague', async () => {
    await manager.goto(HOUSE);
    await Promise.all([manager.page.waitForNavigation(), manager.page.getByRole('link', { name: 'Nodig iemand uit' }).click()]);
    await manager.page.getByLabel(/^Beleidsadviseur/).check();
    assert.equal(await manager.send({ 'E-mailadres': GUEST }, 'Verstuur de uitnodiging'), `${HOUSE}?gedaan=uitgenodigd`);
    assert.match(await manager.text(), new RegExp(GUEST.replaceAll('.', '\\.')));
  });
}

// Gives the link that stands in the mail.
async function readMail(suite, administrator) {
  let link;
  await suite.test('the mail stands in the outbox, for an administrator to hand over', async () => {
    const row = administrator.page.getByRole('listitem').filter({ hasText: GUEST });
    // a job looks for a mail server first
    await until('mail that is kept', async () => {
      await administrator.goto('/beheer/post?staat=bewaard');
      return await row.count() === 1;
    });
    await Promise.all([administrator.page.waitForNavigation(), row.getByRole('link').click()]);
    await administrator.looksRight();
    const text = await administrator.page.locator('main pre').first().textContent();
    link = /https?:\/\/[^/\s]+(\/uitnodiging\?t=[\w-]{43})$/m.exec(text)?.[1];
    assert.ok(link, text);
  });
  return link;
}

async function join(suite, guest, link) {
  await suite.test('the guest sees who asks and for what, and looking costs nothing', async () => {
    for (let i = 0; i < 2; i += 1) assert.equal(await guest.goto(link), 200);
    assert.match(await guest.text(), /Demogemeente \(fictief\)[\s\S]*Beleidsadviseur/i);
    assert.deepEqual(await guest.cookies(), []);
  });
  await suite.test('a weak password is refused, and the name stays', async () => {
    await guest.send({ 'Uw naam': 'Noor Nieuw', 'Kies een wachtwoord': 'kort' }, 'Maak mijn account');
    assert.match(await guest.page.title(), /^Fout: /);
    assert.equal(await guest.page.inputValue('#naam'), 'Noor Nieuw');
    assert.deepEqual(await guest.cookies(), []);
  });
  await suite.test('with a good one the guest is in, with the role', async () => {
    assert.equal(await guest.send({ 'Kies een wachtwoord': PASSWORD }, 'Maak mijn account'), '/account-maken/klaar');
    assert.match(await guest.text(), /Uw account is klaar, Noor Nieuw/);
    assert.deepEqual(await guest.cookies(), ['__Host-schouders']);
    assert.equal(await guest.goto(HOUSE), 200);
    await guest.goto('/account/rollen');
    assert.match(await guest.text(), /Beleidsadviseur[\s\S]*Demogemeente \(fictief\)/);
  });
}

async function linkIsDead(suite, guest, stranger, link) {
  await suite.test('the link is dead, for the guest and for whoever else has the mail', async () => {
    assert.equal(await guest.goto(link), 404);
    assert.equal(await stranger.goto(link), 404);
    assert.doesNotMatch(await stranger.text(), /Noor|Demogemeente|gemeente\.example/);
    assert.deepEqual(await stranger.cookies(), []);
  });
}

/** ARGS name the store and its folder with --data; DATABASE is the store itself. */
export async function testInvitation(name, binary, args, database) {
  const suite = new Suite(name);
  const server = await serve(binary, [...args, '--demo']);
  const browser = await launch();
  const [manager, administrator, guest, stranger] = await Promise.all(
    [0, 1, 2, 3].map(() => new Walk(binary, server.url, database).open(browser)));
  await signIn(manager, server, 'Beheerder van de organisatie');
  await signIn(administrator, server, 'Beheerder');
  await invite(suite, manager);
  const link = await readMail(suite, administrator);
  await join(suite, guest, link);
  await linkIsDead(suite, guest, stranger, link);
  await browser.close();
  await server.stop();
  suite.finish();
}
