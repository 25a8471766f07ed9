// SPDX-License-Identifier: EUPL-1.2
// What the scripts of web/js do, tried on the examples of web/README.md.

import { openPage, same } from './lib.mjs';
import { serve } from './styleguide.mjs';
import { WRITING_TESTS } from './writing.mjs';

// A test that breaks the network, or overtakes a request, makes the browser complain; that is not a finding.
const OWN_DOING = /^request failed|net::ERR_FAILED|the server responded with a status of (403|409|422|503)/;

/** Runs every behaviour test; each reports one check. */
export async function testBehaviour(browser, pages, assets, report) {
  const pageWith = (text) => [...pages.values()].find((html) => html.includes(text));
  const searchPage = pageWith('data-live=');
  const site = new Map([
    ['/zoeken', (url) => answerSearch(searchPage, url)],
    ['/start', pageWith('data-suggest=')],
    ['/kennis/vroeg-eropaf', '<!DOCTYPE html><title>Vroeg Eropaf</title>'],
    ['/zoeken/suggesties.json', answerSuggestions],
    ['/grafiek', pageWith('data-chart=')],
    ['/tabel', pageWith('data-sortable')],
    ['/fout', pageWith('class="error-summary"')],
    ['/kopie', pageWith('data-copy-link')],
    ['/schrijven', pageWith('data-autosave=')],
    ['/uitloggen', pageWith('class="error-summary"').replace('action="/kennis/nieuw"', 'action="/uitloggen"')],
    ['/wachtwoord', pageWith('data-secret')],
  ]);
  const server = await serve(site, assets);
  for (const [name, test] of Object.entries({ ...TESTS, ...WRITING_TESTS })) {
    const opened = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
    try {
      const problems = await test(opened.page, server.url);
      report.add(name, [...problems, ...opened.problems.filter((problem) => !OWN_DOING.test(problem))]);
    } catch (error) {
      report.add(name, [error.message]);
    } finally {
      await opened.close();
    }
  }
  server.close();
}

/** The search page, with the question in its result count. "omleiden" and "kapot" play a server in trouble. */
function answerSearch(html, url) {
  const q = url.searchParams.get('q') ?? '';
  if (q === 'kapot') return html.replaceAll('id="filters"', '').replace('31 resultaten', 'Gewone pagina');
  return html.replace('31 resultaten voor ‘schuld’', `7 resultaten voor ‘${q.replace(/[<&]/g, '')}’`);
}

/** Two suggestions for what begins with "sch"; "kapot" plays a server in trouble. */
function answerSuggestions(url) {
  const q = url.searchParams.get('q');
  if (q === 'kapot') return 'geen JSON';
  return JSON.stringify({ suggesties: !q.startsWith('sch') ? [] : [
    { tekst: 'schuldregeling', soort: '', pad: '/zoeken?q=schuldregeling' },
    { tekst: 'Vroeg Eropaf', soort: 'Kennis', pad: '/kennis/vroeg-eropaf' },
  ] });
}

/** Types TEXT into the field at the top of the page. Returns the field and the list. */
async function typeAtTop(page, text) {
  const field = page.locator('#zoek-kop');
  await field.pressSequentially(text);
  return { field, list: page.locator('#zoek-kop-suggesties') };
}

const statusText = (page) => page.locator('p[role=status]').textContent();

const TESTS = {
  async 'live form swaps the results, tells it, keeps focus and address'(page, base) {
    await page.goto(`${base}/zoeken?q=schuld`);
    await page.evaluate(() => { window.sameDocument = true; });
    await page.locator('#q').fill('wsnp');
    await page.locator('#resultaten', { hasText: '‘wsnp’' }).waitFor();
    await page.waitForFunction(() => document.querySelector('p[role=status]').textContent !== '');
    return [
      ...same('status', await statusText(page), '7 resultaten voor ‘wsnp’'),
      ...same('query', new URL(page.url()).searchParams.get('q'), 'wsnp'),
      ...same('focus', await page.evaluate(() => document.activeElement.id), 'q'),
      ...same('no reload', await page.evaluate(() => window.sameDocument), true),
      ...same('not busy', await page.locator('[aria-busy=true]').count(), 0),
    ];
  },

  async 'live form is sent the normal way when the answer is another kind of page'(page, base) {
    await page.goto(`${base}/zoeken?q=schuld`);
    await page.evaluate(() => { window.sameDocument = true; });
    await page.locator('#q').fill('kapot');
    await page.getByText('Gewone pagina').waitFor();
    return same('reloaded', await page.evaluate(() => window.sameDocument), undefined);
  },

  async 'live form is sent the normal way when the network fails'(page, base) {
    await page.goto(`${base}/zoeken?q=schuld`);
    let first = true;
    await page.route('**/zoeken?q=net*', (route) => {
      if (!first) return route.continue();
      first = false;
      return route.abort();
    });
    await page.locator('#q').fill('net');
    await page.getByText('‘net’').waitFor();
    return same('query', new URL(page.url()).searchParams.get('q'), 'net');
  },

  async 'suggestions: arrows walk, Escape closes, nothing moves'(page, base) {
    await page.goto(`${base}/start`);
    const before = await page.locator('main').boundingBox();
    const { field, list } = await typeAtTop(page, 'schu');
    await list.waitFor();
    await field.press('ArrowDown');
    await field.press('ArrowDown');
    const active = await page.evaluate(() => document.getElementById(
      document.querySelector('#zoek-kop').getAttribute('aria-activedescendant')).textContent);
    await field.press('ArrowDown');
    const back = await field.getAttribute('aria-activedescendant');
    const after = await page.locator('main').boundingBox();
    const expanded = await field.getAttribute('aria-expanded');
    await page.waitForFunction(() => document.querySelector('p[role=status]').textContent !== '');
    const status = await statusText(page);
    await field.press('Escape');
    return [
      ...same('role', await field.getAttribute('role'), 'combobox'),
      ...same('expanded', expanded, 'true'),
      ...same('status', status, '2 suggesties'),
      ...same('second option', active, 'Vroeg Eropaf Kennis'),
      ...same('past the last', back, null),
      ...same('main stays', JSON.stringify(after), JSON.stringify(before)),
      ...same('closed', await list.isVisible(), false),
      ...same('told', await field.getAttribute('aria-expanded'), 'false'),
      ...same('text kept', await field.inputValue(), 'schu'),
      ...same('focus', await page.evaluate(() => document.activeElement.id), 'zoek-kop'),
    ];
  },

  async 'suggestions: a word is searched for, a title is opened'(page, base) {
    await page.goto(`${base}/start`);
    let { field, list } = await typeAtTop(page, 'schu');
    await list.waitFor();
    await field.press('ArrowDown');
    await field.press('Enter');
    await page.waitForURL('**/zoeken?q=schuldregeling');
    await page.goto(`${base}/start`);
    ({ field, list } = await typeAtTop(page, 'schu'));
    await list.waitFor();
    await list.getByRole('option', { name: 'Vroeg Eropaf' }).click();
    await page.waitForURL('**/kennis/vroeg-eropaf');
    return [];
  },

  async 'suggestions: nothing when the answer fails, is empty or is overtaken'(page, base) {
    await page.goto(`${base}/start`);
    const asked = [];
    page.on('request', (request) => {
      if (request.url().includes('suggesties.json')) asked.push(new URL(request.url()).searchParams.get('q'));
    });
    const { field, list } = await typeAtTop(page, 'kapot');
    await page.waitForResponse('**/suggesties.json?q=kapot');
    const broken = await list.isVisible();
    await field.fill('xyz');
    await page.waitForResponse('**/suggesties.json?q=xyz');
    const empty = await list.isVisible();
    await field.fill('s');
    await page.route('**/suggesties.json?q=sch', () => {}); // never answered
    await field.fill('sch');
    await page.waitForRequest('**/suggesties.json?q=sch');
    const overtaken = page.waitForEvent('requestfailed');
    await field.fill('schu');
    await overtaken;
    await list.waitFor();
    await field.press('Enter');
    await page.waitForURL('**/zoeken?q=schu');
    return [
      ...same('broken', broken, false),
      ...same('empty', empty, false),
      ...same('asked', asked.join(' '), 'kapot xyz sch schu'),
    ];
  },

  async 'chart: the slider walks in order, shows and tells'(page, base) {
    await page.goto(`${base}/grafiek`);
    const figure = page.locator('[data-chart=x]').first();
    const slider = figure.locator('input[type=range]');
    await slider.focus();
    const start = await figure.locator('output').textContent();
    await page.keyboard.press('ArrowRight');
    const next = await figure.locator('output').textContent();
    const tip = await figure.locator('.chart__tip').textContent();
    const marked = await figure.locator('.is-on').getAttribute('data-n');
    await page.keyboard.press('Escape');
    return [
      ...same('start', start, 'Alphen-Chaam: 48% van 40 signalen'),
      ...same('next', next, 'Terneuzen: 21% van 160 signalen, duidelijk lager'),
      ...same('tip', tip, next),
      ...same('marked', marked, 'Terneuzen'),
      ...same('value text', await slider.getAttribute('aria-valuetext'), 'punt 2 van 5'),
      ...same('Escape hides', await figure.locator('.chart__tip').isVisible(), false),
    ];
  },

  async 'chart: the pointer finds the nearest mark, the tip stays inside the figure'(page, base) {
    await page.goto(`${base}/grafiek`);
    const figure = page.locator('[data-chart=x]').first();
    const box = await figure.locator('.pt.own').first().boundingBox();
    await page.mouse.move(box.x + box.width + 8, box.y + box.height / 2);
    const tip = figure.locator('.chart__tip');
    const shown = await tip.textContent();
    const [tipBox, figureBox] = [await tip.boundingBox(), await figure.boundingBox()];
    return [
      ...same('tip', shown, 'Almere: 41% van 1.204 signalen, lager'),
      ...same('inside', tipBox.x >= figureBox.x && tipBox.x + tipBox.width <= figureBox.x + figureBox.width, true),
    ];
  },

  async 'table: sorts Dutch numbers both ways, rows without a value last'(page, base) {
    await page.goto(`${base}/tabel`);
    const table = page.locator('table[data-sortable]').first();
    const order = () => table.locator('tbody th').allTextContents().then((names) => names.join(' '));
    await table.getByRole('button', { name: 'Signalen' }).click();
    const up = await order();
    await table.getByRole('button', { name: 'Signalen' }).click();
    const down = await order();
    const sorted = await table.locator('th[aria-sort]').getAttribute('aria-sort');
    await table.getByRole('button', { name: 'Gemeente' }).click();
    return [
      ...same('ascending', up, '’s-Hertogenbosch Almere Rozendaal'),
      ...same('descending', down, 'Almere ’s-Hertogenbosch Rozendaal'),
      ...same('aria-sort', sorted, 'descending'),
      ...same('by name', await order(), '’s-Hertogenbosch Almere Rozendaal'),
      ...same('status', await statusText(page), 'Gesorteerd op Gemeente, oplopend.'),
      ...same('no button', await table.getByRole('button', { name: 'Oordeel' }).count(), 0),
    ];
  },

  async 'error summary takes focus'(page, base) {
    await page.goto(`${base}/fout`);
    return same('focus', await page.evaluate(() => document.activeElement.className), 'error-summary');
  },

  async 'password: the button shows and hides, says so, and is gone when the form is sent'(page, base) {
    await page.goto(`${base}/wachtwoord`);
    const [box, button] = [page.locator('#nieuw'), (verb) => page.getByRole('button', { name: `${verb} nieuw wachtwoord`, exact: true })];
    await box.fill('vier paarse olifanten');
    await button('Toon').click();
    const shown = await box.getAttribute('type');
    const [told, value] = [await statusText(page), await box.inputValue()];
    const other = await page.locator('#huidig').getAttribute('type');
    await button('Verberg').press('Enter');
    const hidden = await box.getAttribute('type');
    await button('Toon').press('Space');
    const sent = await page.evaluate(() => {
      const form = document.querySelector('form[action="/account/wachtwoord"]');
      form.addEventListener('submit', (event) => event.preventDefault());
      form.requestSubmit();
      return form.elements.nieuw.type;
    });
    return [...same('shown', shown, 'text'), ...same('status', told, 'De tekst is nu te zien.'),
      ...same('value', value, 'vier paarse olifanten'), ...same('the other box', other, 'password'),
      ...same('hidden', hidden, 'password'), ...same('sent as', sent, 'password')];
  },

  async 'password: what comes with the script moves nothing'(page, base) {
    const heights = async () => page.locator('.secret-field').evaluateAll((fields) => fields.map((field) => field.offsetHeight).join());
    await page.setViewportSize({ width: 320, height: 640 });
    await page.route('**/static/app*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
    await page.goto(`${base}/wachtwoord`);
    const without = await heights();
    await page.unroute('**/static/app*.js');
    await page.goto(`${base}/wachtwoord`);
    const problems = same('with the script', await heights(), without);
    for (const text of ['kort', 'lang genoeg zo', 'een heel lange zin om te onthouden']) {
      await page.locator('#nieuw').fill(text);
      problems.push(...same(`with "${text}"`, await heights(), without));
    }
    return [...problems, ...same('buttons', await page.locator('.secret-field button').count(), 2)];
  },

  async 'password: a hint follows the length, read out after a pause, and nothing is sent'(page, base) {
    await page.goto(`${base}/wachtwoord`);
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    const hint = page.locator('.secret-field__hint');
    const after = async (text) => {
      await page.locator('#nieuw').fill(text);
      return hint.textContent();
    };
    const [eleven, twelve] = [await after('\u{1f600}bcdefghijk'), await after('\u{1f600}bcdefghijkl')];
    const early = await statusText(page);
    await page.waitForFunction(() => document.querySelector('p[role=status]').textContent !== '');
    const told = await statusText(page);
    const [long, empty] = [await after('vier paarse olifanten'), await after('')];
    return [...same('eleven', eleven, 'Te kort: nog 1 teken.'), ...same('twelve', twelve, 'Lang genoeg. Langer is beter.'),
      ...same('at once', early, ''), ...same('after a pause', told, twelve), ...same('long', long, 'Lang. Kies geen bekende zin.'),
      ...same('empty', empty, ''), ...same('requests', requests.filter((url) => !url.includes('favicon')).join(), '')];
  },

  async 'copy button copies the address and says so'(page, base) {
    await page.goto(`${base}/kopie`);
    await page.locator('[data-copy-link]').click();
    await page.getByText('Gekopieerd', { exact: true }).waitFor();
    return [
      ...same('clipboard', await page.evaluate(() => navigator.clipboard.readText()), `${base}/kopie`),
      ...same('status', await statusText(page), 'De link is gekopieerd.'),
    ];
  },
};
