// `schouders ddas`, and the same source as WebAssembly in a page. The page here is the smallest that web/js/ddas.mjs asks for, under the
// policy that the program sends; the network log shows what leaves the browser.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { launch, openPage } from '../browser/lib.mjs';
import { buildAssets, promisedPolicy } from '../browser/styleguide.mjs';
import { countHelp } from './ddas_count.mjs';
import { countSignals } from './ddas_count_signals.mjs';
import { runToEnd, temporaryFolder } from './program.mjs';
import { oneSentence, Suite } from './suite.mjs';

export const WASM_POLICY = promisedPolicy().replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");

const pageOf = (asset) => `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Cijfers uit DDAS</title>
<script type="module" src="/static/${asset('ddas.js')}"></script></head><body><main><h1>Cijfers uit DDAS</h1>
<form method="post" action="/" data-ddas data-wasm="/static/${asset('ddas.wasm')}">
<label for="bestand">Bestanden</label><input id="bestand" type="file" multiple>
<p data-ddas-status role="status"></p><div data-ddas-busy hidden><progress max="1" value="0" aria-label="Gelezen"></progress><button type="button">Stop</button></div><ul data-ddas-mistakes></ul>
<div data-ddas-result hidden><table><thead><tr><th>Gemeente</th><th>Indicator</th><th>Periode</th><th>Onderdeel</th><th>Teller</th><th>Noemer</th></tr></thead>
<tbody></tbody></table><label><input type="checkbox" data-ddas-agree> Ik heb de cijfers bekeken</label>
<textarea name="aggregates" hidden readonly></textarea><button type="submit" disabled>Verstuur</button></div></form></main></body></html>`;

// Resolves to { url, received, close }; received fills with the bodies that were posted.
export function serveForm(assets, policy) {
  const received = [];
  const types = new Map([...assets.files.values()].map(({ file, type }) => [`/static/${file}`, type]));
  const page = pageOf((name) => assets.files.get(name).file);
  const server = http.createServer(async (request, response) => {
    const type = types.get(request.url);
    if (request.method === 'POST') received.push(Buffer.concat(await request.toArray()));
    response.writeHead(200, { 'Content-Type': type ?? 'text/html; charset=utf-8', 'Content-Security-Policy': policy });
    response.end(type ? fs.readFileSync(path.join(assets.dir, request.url.slice('/static/'.length))) : page);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${server.address().port}/`, received, close: () => server.close() }));
  });
}

function generate(binary, file, n, ...options) {
  const made = runToEnd(binary, ['ddas', '--generate', String(n), '--seed', '11', '--gemeente', 'GM0344,GM0363', ...options], { maxBuffer: 1 << 28 });
  assert.equal(made.status, 0, made.stderr);
  fs.writeFileSync(file, made.stdout);
  return file;
}

async function commandLine(suite, binary, folder, file) {
  const aggregates = (...args) => runToEnd(binary, ['ddas', ...args], { maxBuffer: 1 << 28 });
  await suite.test('aggregates on standard output, and nothing of a person', () => {
    const result = aggregates(file);
    assert.equal(result.status, 0, result.stderr);
    assert.match(result.stdout, /^gemeentecode,indicator,periode,volledig,detail,teller,noemer,som,n\r\nGM0344,SHV01,2024,ja,,\d+,,,\d+\r\n/);
    for (const line of result.stdout.trimEnd().split('\r\n')) assert.equal(line.split(',').length, 9, line);
    for (const bsn of fs.readFileSync(file, 'utf8').match(/(?<="Burgerservicenummer": ")\d+/g)) assert.ok(!(result.stdout + result.stderr).includes(bsn));
  });
  await suite.test('the same from standard input, and for one quarter only its lines', () => {
    assert.equal(aggregates('-').status, 1);
    const piped = runToEnd(binary, ['ddas', '-'], { input: fs.readFileSync(file), maxBuffer: 1 << 28 });
    assert.equal(piped.stdout, aggregates(file).stdout);
    const quarter = aggregates('--periode', '2024-Q3', file).stdout.trimEnd().split('\r\n').slice(1);
    assert.ok(quarter.length > 0 && quarter.every((line) => line.split(',')[2] === '2024-Q3'));
  });
  await suite.test('the same figures as a simple count of all records, with clients that two deliveries have in common', () => {
    const files = [21, 22].map((seed) => generate(binary, path.join(folder, `${seed}.json`), 3000, '--seed', String(seed)));
    const lines = aggregates(...files).stdout.trimEnd().split('\r\n').slice(1);
    assert.ok(lines.length > 500);
    assert.deepEqual(lines, countHelp(files.map((name) => JSON.parse(fs.readFileSync(name, 'utf8'))), 2024, lines));
  });
  await suite.test('the same for early signalling', () => {
    const name = generate(binary, path.join(folder, 'vele.json'), 3000, '--signals');
    const lines = aggregates(name).stdout.trimEnd().split('\r\n').slice(1);
    assert.ok(lines.length > 250);
    assert.deepEqual(lines, countSignals(JSON.parse(fs.readFileSync(name, 'utf8')), lines));
  });
  await suite.test('mistakes on standard error with byte and place, and no figures', () => {
    const bad = path.join(folder, 'fout.json');
    fs.writeFileSync(bad, '{"startdatumLevering":"2024-02-30","kleur":1}');
    const result = aggregates(bad, file);
    assert.equal(result.status, 1);
    assert.equal(result.stdout, '');
    assert.match(result.stderr, /fout\.json: fout: regel 1, byte 22, startdatumLevering: deze datum bestaat niet/);
    assert.match(result.stderr, /fout\.json: fout: regel 1, byte 35, kleur: dit veld hoort hier niet in DDAS/);
    assert.match(result.stderr, /1 keer: datum of tijd bestaat niet/);
  });
  await suite.test('one sentence for a file that is not there, no file, and no period', () => {
    oneSentence(aggregates(path.join(folder, 'weg.json')), /weg\.json is niet te lezen/);
    oneSentence(aggregates(), /ddas FILE/);
    oneSentence(aggregates('--periode', '2024-9', file), /--periode is een jaar/);
  });
  await suite.test('early signals beside debt help', () => {
    const signals = generate(binary, path.join(folder, 'signalen.json'), 500, '--signals');
    const result = aggregates(file, signals);
    assert.equal(result.status, 0, result.stderr);
    assert.match(result.stdout, /GM0363,SHV12,2024,ja/);
    assert.match(result.stdout, /GM0363,VS05b,2024,ja,,\d+,\d+,,\d+/);
  });
}

// Everything the page sends, as the browser tells it: requests of any kind with their bodies, and sockets.
async function networkLog(opened) {
  const log = [];
  await opened.cdp.send('Network.enable', { maxPostDataSize: 1 << 26 });
  opened.cdp.on('Network.requestWillBeSent', ({ request, type }) => log.push({ url: request.url, method: request.method, type, body: request.postData ?? '' }));
  opened.cdp.on('Network.webSocketCreated', ({ url }) => log.push({ url, method: 'WEBSOCKET', body: '' }));
  return log;
}

async function inPage(suite, binary, browser, assets, file) {
  const site = await serveForm(assets, WASM_POLICY);
  const opened = await openPage(browser);
  const { page } = opened;
  const status = (words) => page.locator('[data-ddas-status]', { hasText: words }).waitFor({ timeout: 60_000 });
  await page.goto(site.url);
  const log = await networkLog(opened);
  const expected = runToEnd(binary, ['ddas', file], { maxBuffer: 1 << 28 }).stdout;

  await suite.test('the file is read in the browser, and only the program for it is asked from the server', async () => {
    await page.setInputFiles('#bestand', file);
    await status(/^Gelezen: 400 trajecten/);
    // The browser asks for the icon when it likes.
    const asked = log.map(({ url, method, body }) => [new URL(url).pathname.replace(/\.[0-9a-f]+\./, '.'), method, body]);
    assert.deepEqual(asked.filter(([path]) => path !== '/favicon.ico'), [['/static/ddas.wasm', 'GET', '']]);
  });
  await suite.test('the table shows what would be sent, and nothing can be sent before it is agreed to', async () => {
    const shown = await page.locator('[data-ddas-result] tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent).join(',')));
    const wanted = expected.trimEnd().split('\r\n').slice(1).map((line) => line.split(',')).filter((line) => !line[4].startsWith('klasse '));
    assert.deepEqual(shown, wanted.map(([place, code, period, whole, detail, n, of]) => [place, code, whole === 'ja' ? period : `${period} (deels)`, detail, n, of].join(',')));
    assert.equal(await page.locator('button[type=submit]').isDisabled(), true);
    assert.equal(await page.locator('textarea').inputValue(), '');
  });
  await suite.test('then the aggregates leave, and no byte of the file', async () => {
    await page.check('[data-ddas-agree]');
    await Promise.all([page.waitForNavigation(), page.click('button[type=submit]')]);
    assert.equal(site.received.length, 1);
    const fields = [...new URLSearchParams(site.received[0].toString())];
    assert.deepEqual(fields.map(([name]) => name), ['aggregates']);
    assert.equal(fields[0][1], expected);
    const posts = log.filter(({ method }) => method !== 'GET');
    assert.deepEqual(posts.map(({ method, type }) => [method, type]), [['POST', 'Document']]);
    assert.ok(log.every(({ url }) => url.startsWith(site.url) && !url.includes('?')), 'an address that says something');
    const sent = site.received[0].toString() + decodeURIComponent(site.received[0].toString().replaceAll('+', ' '));
    for (const text of new Set(fs.readFileSync(file, 'utf8').match(/(?<=": ")[^"]{8,}|\d{4}[A-Z]{2}/g))) {
      if (!expected.includes(text)) assert.ok(!sent.includes(text), `left the browser: ${text}`);
    }
    assert.deepEqual(opened.problems, []);
  });
  await suite.test('a file with mistakes: each is told, and there is nothing to send', async () => {
    const before = log.length;
    await page.setInputFiles('#bestand', { name: 'oud.json', mimeType: 'application/json', buffer: Buffer.from('{"aanleverperiodeStartdatum":"2023-01-01"}') });
    await status(/Er zijn fouten/);
    assert.match(await page.locator('[data-ddas-mistakes]').innerText(), /oud\.json: fout, regel 1, byte 1, aanleverperiodeStartdatum: dit veld hoort bij een oude versie/);
    assert.equal(await page.locator('[data-ddas-result]').isHidden(), true);
    assert.equal(await page.locator('textarea').inputValue(), '');
    assert.ok(log.slice(before).every(({ method }) => method === 'GET'));
  });
  await opened.close();
  site.close();
}

// A page that is asleep for longer than this feels broken; the busy machine of a test may take some of it.
const LONGEST_NAP = 1000;

async function largeFile(suite, binary, browser, assets, folder) {
  const site = await serveForm(assets, WASM_POLICY);
  const opened = await openPage(browser);
  const { page } = opened;
  const file = path.join(folder, 'groot.json');
  const out = fs.openSync(file, 'w');
  runToEnd(binary, ['ddas', '--generate', '205000', '--seed', '3', '--gemeente', 'GM0344,GM0363'], { stdio: ['ignore', out, 'inherit'] });
  fs.closeSync(out);
  await page.goto(site.url);
  await suite.test('300 MB are read while the page stays awake, with progress to see', async () => {
    assert.ok(fs.statSync(file).size > 290e6);
    await page.evaluate(() => {
      window.naps = [];
      window.shown = new Set();
      let last = performance.now();
      window.watch = setInterval(() => {
        window.naps.push(performance.now() - last);
        last = performance.now();
        window.shown.add(document.querySelector('progress').value);
      }, 20);
    });
    await page.setInputFiles('#bestand', file);
    await page.locator('[data-ddas-status]', { hasText: /^Gelezen: 205\.000 trajecten/ }).waitFor({ timeout: 300_000 });
    const seen = await page.evaluate(() => ({ longest: Math.max(...window.naps), shown: window.shown.size }));
    assert.ok(seen.longest < LONGEST_NAP, `asleep for ${Math.round(seen.longest)} ms`);
    assert.ok(seen.shown > 5, `only ${seen.shown} states of the progress bar`);
    assert.equal(await page.locator('[data-ddas-busy]').isHidden(), true);
  });
  await suite.test('reading can be stopped, and then nothing is counted', async () => {
    await page.setInputFiles('#bestand', []);
    await page.setInputFiles('#bestand', file);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.locator('[data-ddas-status]', { hasText: /^Gestopt met lezen/ }).waitFor();
    await page.waitForTimeout(500);
    assert.match(await page.locator('[data-ddas-status]').innerText(), /^Gestopt/);
    assert.equal(await page.locator('[data-ddas-result]').isHidden(), true);
    assert.equal(await page.locator('[data-ddas-busy]').isHidden(), true);
    assert.deepEqual(opened.problems, []);
  });
  await opened.close();
  site.close();
}

async function underTheOrdinaryPolicy(suite, browser, assets, file) {
  await suite.test('on any other page WebAssembly does not start, and the page says what to do', async () => {
    const site = await serveForm(assets, promisedPolicy());
    const opened = await openPage(browser);
    await opened.page.goto(site.url);
    await opened.page.setInputFiles('#bestand', file);
    await opened.page.locator('[data-ddas-status]', { hasText: /niet te lezen/ }).waitFor();
    assert.equal(await opened.page.locator('[data-ddas-result]').isHidden(), true);
    await opened.close();
    site.close();
  });
}

export async function testDdas(binary) {
  const suite = new Suite('DDAS');
  const folder = temporaryFolder();
  const file = generate(binary, path.join(folder, 'levering.json'), 400);
  await commandLine(suite, binary, folder, file);
  const browser = await launch();
  const assets = buildAssets();
  await inPage(suite, binary, browser, assets, file);
  await largeFile(suite, binary, browser, assets, folder);
  await underTheOrdinaryPolicy(suite, browser, assets, file);
  await browser.close();
  fs.rmSync(folder, { recursive: true });
  suite.finish();
}
