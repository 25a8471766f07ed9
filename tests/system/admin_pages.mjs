// Every page of "Beheer" for everybody: axe, and no wider than a screen of 320 pixels. Runs on each store.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { allowTestCode, axeViolations, horizontalOverflow, launch } from '../browser/lib.mjs';
import { signIn } from './account.mjs';
import { serve } from './program.mjs';
import { readTable } from './roles.mjs';
import { Walk } from './signin.mjs';
import { Suite } from './suite.mjs';

const HOUSE = '/beheer/organisaties/demogemeente-fictief';
const IS_PAGE = /^\/beheer(?!.*\.csv)/;
// Pages that need a case of somebody: assessment.mjs looks at them.
const ELSEWHERE = ['/beheer/beoordelingen/{id}', '/beheer/beoordelingen/{id}/besluit'];

// The pattern of the table of roles that a path belongs to: ids and slugs do not count.
const patternOf = (at) => at.replace(/\/\d+(?=\/|$)/g, '/{id}').replace(/^(\/beheer\/organisaties)\/(?!nieuw$)[^/]+/, '$1/{slug}')
  .replace(/^(\/beheer\/aanleveringen)\/[^/]+\/[^/]+$/, '$1/{gemeente}/{periode}');

async function linksOf(walk) {
  const found = await walk.page.locator('main a[href^="/beheer"]').evaluateAll((links) => links.map((a) => new URL(a.href).pathname));
  return found.filter((at) => IS_PAGE.test(at));
}

async function look(walk, at) {
  const response = await walk.page.goto(walk.base + at);
  assert.equal(response.status(), 200);
  await allowTestCode(walk);
  assert.deepEqual((await horizontalOverflow(walk.page)).culprits, []);
  assert.deepEqual(await axeViolations(walk), []);
  assert.equal(await walk.page.locator('h1').count(), 1);
  const links = await linksOf(walk);
  await walk.cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
  return links;
}

// Follows links from the hub, to one page of each kind. Gives the kinds that were met.
async function lookEverywhere(suite, walk) {
  // what readers said about a page is linked once one of them said something
  const met = new Map([['/beheer', '/beheer'], ['/beheer/reacties/{slug}', '/beheer/reacties/vroeg-eropaf']]);
  for (const [pattern, at] of met) {                // grows while it is walked
    await suite.test(`${pattern} for everybody`, async () => {
      const links = await look(walk, at);
      // only who has a second factor has a link to the page that takes it away
      if (pattern === '/beheer/mensen/{id}') links.push(`${at}/tweede-stap`);
      for (const next of links) if (!met.has(patternOf(next))) met.set(patternOf(next), next);
    });
  }
  return met;
}

// Something for the lists to show: somebody who waits for a role, an invitation, and a page with mistakes.
async function fill(suite, walk, volunteer) {
  await suite.test('something to show', async () => {
    await volunteer.goto('/account/rollen');
    await volunteer.page.getByLabel('Welke rol wilt u?').selectOption({ label: 'Beleidsadviseur' });
    await volunteer.page.getByLabel('Bij welke organisatie?').selectOption({ label: 'Demogemeente (fictief)' });
    assert.equal(await volunteer.send({}, 'Vraag deze rol'), '/account/rollen?klaar=rol-wacht');
    await walk.goto(`${HOUSE}/uitnodigen`);
    await walk.page.getByLabel(/^Trainer/).check();
    await walk.send({ 'E-mailadres': 'een.heel.lang.adres.van.een.nieuwe.collega@samenwerkingsverband.example' }, 'Verstuur de uitnodiging');
    await walk.goto(`${HOUSE}/uitnodigen`);
    await walk.send({ 'E-mailadres': 'geen adres' }, 'Verstuur de uitnodiging');
    await allowTestCode(walk);
    assert.deepEqual(await axeViolations(walk), []);
    await walk.cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
  });
}

/** ARGS name the store and its folder with --data; DATABASE is the store itself. */
export async function testAdminPages(name, binary, root, args, database) {
  const suite = new Suite(name);
  const server = await serve(binary, [...args, '--demo']);
  const browser = await launch();
  const [walk, volunteer] = [await new Walk(binary, server.url, database).open(browser), await new Walk(binary, server.url, database).open(browser)];
  await signIn(walk, server, 'Beheerder');
  await signIn(volunteer, server, 'Vrijwilliger of sociaal werker');
  await fill(suite, walk, volunteer);
  const met = await lookEverywhere(suite, walk);
  await suite.test('no page was left out', () => {
    const { routes } = readTable(fs.readFileSync(path.join(root, 'tests/golden/roles.txt'), 'utf8'));
    const pages = routes.filter(({ method, pattern }) => method === 'GET' && IS_PAGE.test(pattern)).map(({ pattern }) => pattern);
    assert.ok(pages.length > 15, pages.join());
    assert.deepEqual(pages.filter((pattern) => !met.has(pattern) && !ELSEWHERE.includes(pattern)), []);
  });
  await browser.close();
  await server.stop();
  suite.finish();
}
