// SPDX-License-Identifier: EUPL-1.2
// What the scripts for writing do: toolbar, counter, autosave and the copy on this device.

import { same } from './lib.mjs';

const field = (page) => page.locator('#aanpak');
const status = (page) => page.locator('[data-autosave-status]');
const COPY = 'concept:7-item-12';
const copy = (page) => page.evaluate((key) => JSON.parse(localStorage.getItem(key))?.fields.aanpak, COPY);

/** Opens the page with a clock of our own; ANSWERS are given to the autosaves in turn, the last one for ever. */
async function openEditor(page, base, answers) {
  const sent = [];
  await page.route('**/redactie/12/concept', (route) => {
    sent.push(Object.fromEntries(new URLSearchParams(route.request().postData())));
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    return answer === 'lost' ? route.abort() : route.fulfill(answer);
  });
  await page.clock.install({ time: new Date('2026-11-22T14:05:00') });
  await page.goto(`${base}/schrijven`);
  return sent;
}

const SAVED = { status: 200, contentType: 'application/json', body: '{"fields":{"versie":"8","aanpak":"nooit"}}' };
const OFFLINE = 'Geen verbinding. Uw tekst staat nog in dit venster; wij proberen het opnieuw.';

async function told(page, text) {
  await status(page).filter({ hasText: text }).waitFor();
}

/** Is the visitor warned when leaving? Answers the question with "stay". */
async function warns(page) {
  let asked = false;
  page.once('dialog', (dialog) => {
    asked = true;
    return dialog.dismiss();
  });
  await page.evaluate(() => { location.href = '/kopie'; });
  await page.waitForTimeout(300);
  return asked;
}

export const WRITING_TESTS = {
  async 'editor: the toolbar formats and is one stop for Tab'(page, base) {
    await openEditor(page, base, [SAVED]);
    await field(page).selectText();
    await page.getByRole('button', { name: 'Vet' }).click();
    const bold = await field(page).inputValue();
    await field(page).fill('Bel ons');
    await page.getByRole('button', { name: 'Lijst' }).click();
    const list = await field(page).inputValue();
    await field(page).fill('Tekst\nStap een'); // the cursor is at the end
    await page.getByRole('button', { name: 'Kop' }).click();
    const heading = await field(page).inputValue();
    await field(page).focus();
    await page.keyboard.press('Shift+Tab');
    const first = await page.evaluate(() => document.activeElement.textContent);
    await page.keyboard.press('ArrowRight');
    const second = await page.evaluate(() => document.activeElement.textContent);
    await field(page).fill('tekst');
    await field(page).selectText();
    await page.getByRole('button', { name: 'Citaat' }).press('Enter');
    return [
      ...same('bold', bold, '**Bel binnen drie dagen.**'),
      ...same('list', list, '- Bel ons'),
      ...same('heading', heading, 'Tekst\n## Stap een'),
      ...same('first', first, 'Vet'),
      ...same('second', second, 'Kop'),
      ...same('quote', await field(page).inputValue(), '> tekst'),
    ];
  },

  async 'editor: the counter counts, and tells when it gets tight'(page, base) {
    await openEditor(page, base, [SAVED]);
    const counter = page.locator('#aanpak-teller');
    const announced = () => page.locator('p[data-announcements]').textContent();
    const start = await counter.textContent();
    await field(page).fill('a'.repeat(50));
    const quiet = await announced();
    await field(page).fill('a'.repeat(99));
    const tight = await announced();
    await field(page).fill('a'.repeat(102));
    return [
      ...same('start', start, 'Nog 78 tekens.'),
      ...same('quiet', quiet, ''),
      ...same('tight', tight, 'Nog 1 teken.'),
      ...same('over', await counter.textContent(), '2 tekens te veel.'),
      ...same('told', await announced(), '2 tekens te veel.'),
    ];
  },

  async 'autosave: sends all fields after a pause, tells it, keeps no copy'(page, base) {
    const sent = await openEditor(page, base, [SAVED]);
    await field(page).fill('Nieuwe tekst');
    const kept = await copy(page);
    await page.clock.runFor(2900);
    const early = sent.length;
    await page.clock.runFor(200);
    await told(page, 'Concept bewaard om 14:05.');
    await page.clock.runFor(60_000);
    return [
      ...same('copy before', kept, 'Nieuwe tekst'),
      ...same('not at once', early, 0),
      ...same('once', sent.length, 1),
      ...same('text', sent[0]?.aanpak, 'Nieuwe tekst'),
      ...same('token', sent[0]?.csrf, 'x'),
      ...same('version', await page.locator('[name=versie]').inputValue(), '8'),
      ...same('typed text is not touched', await field(page).inputValue(), 'Nieuwe tekst'),
      ...same('copy after', await copy(page), undefined),
      ...same('no warning', await warns(page), false),
    ];
  },

  async 'autosave: leaving the field sends at once; no change sends nothing'(page, base) {
    const sent = await openEditor(page, base, [SAVED]);
    await field(page).focus();
    await page.keyboard.press('Tab');
    await page.clock.runFor(10_000);
    const untouched = sent.length;
    await field(page).fill('Klaar');
    await page.keyboard.press('Tab');
    await told(page, 'Concept bewaard');
    return [...same('untouched', untouched, 0), ...same('text', sent[0]?.aanpak, 'Klaar')];
  },

  async 'autosave: a lost connection is told, tried again, and loses nothing'(page, base) {
    const sent = await openEditor(page, base, ['lost', { status: 503 }, SAVED]);
    await field(page).fill('Eerste');
    await page.clock.runFor(3100);
    await told(page, OFFLINE);
    await field(page).fill('Eerste en tweede');
    const warned = await warns(page);
    const kept = await copy(page);
    await page.clock.runFor(5100);
    await page.waitForTimeout(200);
    const second = sent.length;
    await page.clock.runFor(9000);
    const tooEarly = sent.length;
    await page.clock.runFor(1500);
    await told(page, 'Concept bewaard');
    return [
      ...same('warns', warned, true),
      ...same('copy', kept, 'Eerste en tweede'),
      ...same('second try', second, 2),
      ...same('waits longer', tooEarly, 2),
      ...same('third try', sent[2]?.aanpak, 'Eerste en tweede'),
      ...same('copy after', await copy(page), undefined),
    ];
  },

  async 'autosave: stops when it can never work, and says what to do'(page, base) {
    const problems = [];
    for (const [code, words] of [[403, 'Laad de pagina opnieuw'], [409, 'beide teksten'], [422, 'wat er niet klopt']]) {
      await page.unrouteAll();
      const sent = await openEditor(page, base, [{ status: code }]);
      await field(page).fill(`Tekst ${code}`);
      await page.clock.runFor(3100);
      await told(page, words);
      await page.clock.runFor(120_000);
      problems.push(...same(`${code} once`, sent.length, 1), ...same(`${code} copy`, await copy(page), `Tekst ${code}`));
      await page.evaluate(() => localStorage.clear());
      page.once('dialog', (dialog) => dialog.accept());
    }
    return problems;
  },

  async 'autosave: text that never arrived is offered after a reload'(page, base) {
    await openEditor(page, base, ['lost']);
    await field(page).fill('Nooit aangekomen');
    page.once('dialog', (dialog) => dialog.accept());
    await page.reload();
    await page.getByText('tekst van 22 november').waitFor();
    const before = await field(page).inputValue();
    await page.getByRole('button', { name: 'Zet mijn tekst terug' }).click();
    const restored = await field(page).inputValue();
    const focus = await page.evaluate(() => document.activeElement.id);
    page.once('dialog', (dialog) => dialog.accept());
    await page.reload();
    await page.getByRole('button', { name: 'Gooi die weg' }).click();
    return [
      ...same('not unasked', before, 'Bel binnen drie dagen.'),
      ...same('restored', restored, 'Nooit aangekomen'),
      ...same('focus', focus, 'aanpak'),
      ...same('thrown away', await copy(page), undefined),
      ...same('no question left', await page.locator('.editor-offer').count(), 0),
    ];
  },

  async 'autosave: sending the form does not warn'(page, base) {
    await openEditor(page, base, ['lost']);
    await field(page).fill('Verzonden');
    let asked = false;
    page.on('dialog', (dialog) => {
      asked = true;
      return dialog.accept();
    });
    await page.route('**/redactie/12', (route) => route.fulfill({ status: 204 }));
    await page.getByRole('button', { name: 'Bewaar' }).click();
    await page.waitForTimeout(300);
    return same('asked', asked, false);
  },

  async 'autosave: signing out leaves no copy on the device, and old ones go'(page, base) {
    await openEditor(page, base, [SAVED]);
    await page.evaluate(() => {
      localStorage.setItem('concept:oud', JSON.stringify({ at: Date.now() - 15 * 24 * 3600 * 1000, fields: {} }));
      localStorage.setItem('concept:stuk', 'geen json');
      localStorage.setItem('concept:nieuw', JSON.stringify({ at: Date.now(), fields: {} }));
      localStorage.setItem('anders', 'blijft');
    });
    await page.reload();
    const left = await page.evaluate(() => Object.keys(localStorage).sort().join());
    await page.goto(`${base}/uitloggen`);
    await page.locator('form[action="/uitloggen"] button').first().click();
    await page.waitForLoadState();
    return [
      ...same('old and broken ones', left, 'anders,concept:nieuw'),
      ...same('signed out', await page.evaluate(() => Object.keys(localStorage).join()), 'anders'),
    ];
  },
};
