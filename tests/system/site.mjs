// The site over HTTP: the five-minute story, every link, and what bad input gets. Runs on each store.

import assert from 'node:assert/strict';
import { Suite } from './suite.mjs';

async function get(base, path, headers = {}) {
  const response = await fetch(base + path, { redirect: 'manual', headers });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const links = (html) => [...html.matchAll(/ href="(\/[^"#]*)/g)].map(([, href]) => href.replaceAll('&amp;', '&'));

async function story(suite, base) {
  const page = async (path) => {
    const { status, body } = await get(base, path);
    assert.equal(status, 200, path);
    return body;
  };
  await suite.test('from the home page to the municipality', async () => {
    assert.match(await page('/'), /action="\/zoeken"/);
    const found = await page('/zoeken?q=almere');
    assert.match(found, /href="\/gemeenten\/almere"/);
    assert.match(await page('/gemeenten/almere'), /<h1>Almere<\/h1>/);
  });
  await suite.test('her figures on real CBS numbers, and whether the difference is more than chance', async () => {
    const html = await page('/gemeenten/almere');
    assert.match(html, /14,5%/);
    assert.match(html, /href="\/cijfers\/ps01/);
    const figure = await page('/cijfers/ps01?jaar=2023&gemeente=almere');
    assert.match(figure, /8,8%/);
    assert.match(figure, /toeval/);
    assert.match(figure, /303/);
    assert.match(figure, /CBS/);
  });
  await suite.test('from the figure to a method, and to who uses it', async () => {
    const figure = await page('/cijfers/ps01');
    const item = links(figure).find((href) => /^\/kennis\/[a-z]/.test(href));
    assert.ok(item, 'no item on the page of the figure');
    assert.match(await page('/kennis/vroeg-eropaf'), /href="\/gemeenten\/amsterdam"/);
    assert.match(await page('/gemeenten/amsterdam'), /href="\/kennis\/vroeg-eropaf"/);
    assert.match(await page('/kennis/vroeg-eropaf'), /href="\/cijfers\/vs/);
  });
  for (const [query, slug] of [['den haag', 's-gravenhage'], ['sudwest fryslan', 'sudwest-fryslan'],
    ['nuenen', 'nuenen-gerwen-en-nederwetten'], ['Loppersum', 'loppersum']]) {
    await suite.test(`search finds ${query}`, async () => {
      const html = await page(`/zoeken?q=${encodeURIComponent(query)}`);
      assert.match(html, new RegExp(`href="/gemeenten/${slug}"`));
    });
  }
  await suite.test('a former municipality says where it went, and when', async () => {
    assert.match(await page('/zoeken?q=loppersum'), /1 januari 2021.*Eemsdelta/);
    assert.match(await page('/gemeenten/loppersum'), /1 januari 2021[\s\S]*href="\/gemeenten\/eemsdelta"/);
    assert.match(await page('/gemeenten/eemsdelta'), /Appingedam[\s\S]*Delfzijl[\s\S]*Loppersum/);
  });
  await suite.test('compounds, spelling and marked words', async () => {
    assert.match(await page('/zoeken?q=schuldregeling'), /<mark class="nl-mark">/);
    assert.match(await page('/zoeken?q=shculden'), /Bedoelde u[\s\S]*schulden/);
    assert.match(await page('/zoeken?q=%22%29+OR+1%3D1+--+*'), /voor ‘/);
  });
  await suite.test('a reference value has its own source beside it', async () => {
    assert.match(await page('/cijfers/nv01'), /<td class="num">89\.300<\/td>\s*<td><a href="https:\/\/jaarverslag2016\.nvvk\.eu[^>]*>NVVK, jaarverslag 2016<\/a>/);
  });
  await suite.test('made-up figures say so on page and in file', async () => {
    assert.match(await page('/cijfers/shv09b'), /[Ff]ictief/);
    assert.match(await page('/cijfers/shv09b.csv'), /fictief/);
  });
}

async function everyLink(suite, base) {
  await suite.test('every link on every page leads to something that works', async () => {
    const seen = new Set(['/']);
    const queue = ['/'];
    const problems = [];
    while (queue.length) {
      const batch = queue.splice(0, 16);
      await Promise.all(batch.map(async (path) => {
        const { status, headers, body } = await get(base, path);
        // a page for people with an account asks to sign in first
        const asksToSignIn = status === 303 && headers.get('location').startsWith('/inloggen?verder=');
        if (status !== 200 && !asksToSignIn) problems.push(`${path}: ${status}`);
        if (!headers.get('content-type')?.startsWith('text/html')) return;
        // What is read: the token of a form is random, and may well spell a word.
        const text = body.replace(/<[^>]*>/g, ' ');
        if (/binnenkort|lorem ipsum|\btodo\b/i.test(text)) problems.push(`${path}: promises something`);
        for (const href of links(body)) {
          // Filters and comparisons multiply without end; a choice of two is enough.
          if ((href.match(/[?&]/g) ?? []).length > 1 || seen.has(href)) continue;
          seen.add(href);
          queue.push(href);
        }
      }));
    }
    assert.deepEqual(problems.slice(0, 20), []);
    assert.ok(seen.size > 700, `only ${seen.size} pages`);
  });
}

const badInput = [
  ['/gemeenten/atlantis', 404], ['/kennis/bestaat-niet', 404], ['/cijfers/xx99', 404], ['/cijfers/ps01?jaar=1999', 404],
  ['/cijfers/ps01?jaar=abc', 404], ['/cijfers/ps01?gemeente=atlantis', 404], ['/kennis?fase=onzin', 404],
  ['/kennis?pagina=0', 400], ['/kennis?pagina=999', 404], ['/kennis?fase=nazorg&fase=preventie', 400],
  ['/zoeken?q=%ff%fe', 400], ['/zoeken?q=%00', 400], ['/kennis/%2e%2e/%2e%2e/etc/passwd', 404], ['/kennis//x', 404],
  ['/static/../run', 404], ['/static/bestaat-niet.css', 404], ['/bestaat-niet', 404],
];

async function badRequests(suite, base) {
  for (const [path, want] of badInput) {
    await suite.test(`${path} is answered with a page`, async () => {
      const { status, body } = await get(base, path);
      assert.ok(status === want || (want === 404 && status === 400), `${status} instead of ${want}`);
      assert.match(body, /<html lang="nl">[\s\S]*<h1>[\s\S]*<\/html>\s*$/);
    });
  }
  await suite.test('a long question is refused with a limit, not cut', async () => {
    assert.equal((await get(base, `/zoeken?q=${'a'.repeat(300)}`)).status, 400);
    assert.equal((await get(base, `/zoeken?q=${'a'.repeat(9000)}`)).status, 414);
  });
  await suite.test('wrong method names the right one', async () => {
    const response = await fetch(`${base}/kennis`, { method: 'DELETE' });
    assert.equal(response.status, 405);
    assert.match(response.headers.get('allow'), /GET/);
  });
  await suite.test('a form about a page elsewhere is about this site', async () => {
    const { status, body } = await get(base, '/reactie?over=//evil.example/x');
    assert.equal(status, 200);
    assert.doesNotMatch(body, /evil\.example/);
  });
  await suite.test('the API answers mistakes with problem+json', async () => {
    const { status, headers, body } = await get(base, '/api/v1/indicatoren/xx99');
    assert.equal(status, 404);
    assert.match(headers.get('content-type'), /^application\/problem\+json/);
    assert.equal(JSON.parse(body).status, 404);
  });
  await suite.test('a form needs its token, and shows mistakes with what was typed', async () => {
    const send = (fields) => fetch(`${base}/reactie`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });
    assert.equal((await send({ over: '/kennis', soort: 'goed', bericht: 'x' })).status, 403);
    const form = (await get(base, '/reactie?over=/kennis')).body;
    const csrf = /name="csrf" value="([^"]+)"/.exec(form)[1];
    const wrong = await send({ csrf, over: '/kennis', soort: 'goed', bericht: '' });
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /<title>Fout: [\s\S]*error-summary/);
    const right = await send({ csrf, over: '/kennis', soort: 'goed', bericht: 'Duidelijke tekst.' });
    assert.equal(right.status, 303);
  });
}

async function frame(suite, base) {
  await suite.test('security headers on every kind of answer', async () => {
    for (const path of ['/', '/bestaat-niet', '/api/v1/indicatoren', '/healthz']) {
      const { headers } = await get(base, path);
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*require-trusted-types-for 'script'/, path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('set-cookie'), null, path);
    }
  });
  await suite.test('an unchanged page answers 304', async () => {
    const { headers } = await get(base, '/kennis/vroeg-eropaf');
    const again = await get(base, '/kennis/vroeg-eropaf', { 'if-none-match': headers.get('etag') });
    assert.equal(again.status, 304);
  });
  await suite.test('health, readiness and metrics', async () => {
    assert.equal((await get(base, '/healthz')).status, 200);
    assert.equal((await get(base, '/readyz')).status, 200);
    assert.match((await get(base, '/metrics')).body, /^# TYPE /m);
  });
  await suite.test('metrics count the jobs of the store, each with what it means', async () => {
    // The nightly job is planned within a second or so after the start.
    const waiting = async () => Number(/^schouders_jobs_waiting (\d+)$/m.exec((await get(base, '/metrics')).body)?.[1]);
    for (let i = 0; i < 50 && !(await waiting() > 0); i += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    const { body } = await get(base, '/metrics');
    assert.match(body, /^# HELP schouders_jobs_waiting .+\n# TYPE schouders_jobs_waiting gauge\nschouders_jobs_waiting [1-9]\d*$/m);
    for (const state of ['running', 'dead']) {
      assert.match(body, new RegExp(`^# HELP schouders_jobs_${state} .+\\n# TYPE schouders_jobs_${state} gauge\\nschouders_jobs_${state} 0$`, 'm'));
    }
  });
}

export async function testSite(name, base) {
  const suite = new Suite(name);
  await story(suite, base);
  await badRequests(suite, base);
  await frame(suite, base);
  await everyLink(suite, base);
  suite.finish();
}
