// SPDX-License-Identifier: EUPL-1.2
// node selftest.mjs: tests the browser side without the C server.
//
//  - the examples of web/README.md satisfy every check, in every variant;
//  - each check fails on a page with the fault it is for;
//  - the scripts do what they promise (behaviour.mjs).

import fs from 'node:fs';
import path from 'node:path';
import { testBehaviour } from './behaviour.mjs';
import { checkPage, VARIANTS } from './checks.mjs';
import { canCheckHtml, htmlProblems } from './html.mjs';
import { inParallel, launch } from './lib.mjs';
import { Report } from './report.mjs';
import { buildAssets, examplePages, promisedPolicy, serve } from './styleguide.mjs';

/** How to spoil a good page, by the check that must notice. */
const FAULTS = [
  ['document', (html) => html.replace('<h1', '<h1>Nog een</h1><h1')],
  ['document', (html) => html.replace('lang="nl"', 'lang="en"')],
  ['document', (html) => html.replace(/<title>.*<\/title>/, '<title> </title>')],
  ['overflow', (html) => html.replace('</main>', `<p class="nowrap">${'schuldhulpverlening '.repeat(9)}</p></main>`)],
  ['axe', (html) => html.replace('</main>', '<input type="text"></main>')],
  ['errors', (html) => html.replace('</main>', '<p style="color: red">Rood</p></main>')],
  ['errors', (html) => html.replace('</main>', '<script>document.title = "x";</script></main>')],
  ['errors', (html) => html.replace('</main>', '<img src="/weg.png" alt=""></main>')],
  ['skip link', (html) => html.replace(/<a class="nl-skip-link.*?<\/a>/s, '')],
  ['skip link', (html) => html.replace('href="#inhoud"', 'href="#nergens"')],
  ['focus', (html) => html.replace('</head>', '<link rel="stylesheet" href="/static/no-focus.css"></head>')],
  ['focus', (html) => html.replace('</head>', '<script type="module" src="/static/trap.js"></script></head>')],
];

const EXTRA_ASSETS = [
  ['no-focus.css', 'text/css', '*:focus-visible { outline: 0 !important; box-shadow: none !important; }'],
  ['trap.js', 'text/javascript', 'const t = document.querySelector("input"); t.addEventListener("blur", () => t.focus());'],
];

function addExtraAssets(assets) {
  for (const [file, type, content] of EXTRA_ASSETS) {
    fs.writeFileSync(path.join(assets.dir, file), content);
    assets.files.set(file, { file, type });
  }
}

async function testExamples(browser, pages, url, report) {
  await inParallel(pages.keys(), (page) =>
    checkPage(browser, url + page, 200, (check, problems) => report.add(`example ${page} ${check}`, problems)));
  if (!canCheckHtml()) return;
  for (const [page, problems] of htmlProblems(pages)) report.add(`example ${page} html`, problems);
}

/** The names of the checks that find something wrong on URL. */
async function failingChecks(browser, url, expectedStatus = 200) {
  const failing = new Set();
  const narrow = VARIANTS.filter(({ name }) => name === '320');
  await checkPage(browser, url, expectedStatus, (check, problems) => {
    if (problems.length > 0) failing.add(check.replace(/^\d+ /, ''));
  }, narrow);
  return failing;
}

async function testFaults(browser, goodPage, assets, report) {
  const faulty = new Map(FAULTS.map(([, spoil], i) => [`/${i}`, spoil(goodPage)]));
  const server = await serve(faulty, assets, { notFound: goodPage });
  await inParallel(FAULTS.entries(), async ([i, [check]]) => {
    const spoiled = faulty.get(`/${i}`) !== goodPage;
    const found = await failingChecks(browser, `${server.url}/${i}`);
    report.add(`fault ${i} is noticed by "${check}"`, spoiled && found.has(check) ? [] : [`failing: ${[...found]}`]);
  });
  const wrongStatus = await failingChecks(browser, `${server.url}/0`, 404);
  report.add('a wrong status is noticed', wrongStatus.has('status') ? [] : ['it is not']);
  const notFound = await failingChecks(browser, `${server.url}/bestaat-niet`, 404);
  report.add('a page that should be 404 passes', notFound.size === 0 ? [] : [`failing: ${[...notFound]}`]);
  server.close();

  const policy = promisedPolicy().replace("script-src 'self'", "script-src 'self' 'unsafe-inline' *");
  const weak = await serve(new Map([['/', goodPage]]), assets, { policy });
  const weakPolicy = await failingChecks(browser, weak.url);
  report.add('a weak policy is noticed', weakPolicy.has('policy header') ? [] : ['it is not']);
  weak.close();

  if (canCheckHtml()) {
    const problems = htmlProblems(new Map([['x', goodPage.replace('</main>', '<p id="inhoud">Dubbel</p></main>')]])).get('x');
    report.add('invalid HTML is noticed', problems.length > 0 ? [] : ['it is not']);
  }
}

const report = new Report();
const assets = buildAssets();
addExtraAssets(assets);
const pages = examplePages(assets);
const browser = await launch();
const server = await serve(pages, assets);
try {
  await testExamples(browser, pages, server.url, report);
  await testFaults(browser, pages.get('/2'), assets, report);
  await testBehaviour(browser, pages, assets, report);
} finally {
  await browser.close();
  server.close();
  fs.rmSync(assets.dir, { recursive: true });
}
if (!canCheckHtml()) console.log('browser selftest: no Java here, so HTML was not validated');
report.finish('browser selftest');
