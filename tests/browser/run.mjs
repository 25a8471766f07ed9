// SPDX-License-Identifier: EUPL-1.2
// node run.mjs BASE_URL: checks every page of pages.txt in a real browser.

import fs from 'node:fs';
import { checkPage } from './checks.mjs';
import { canCheckHtml, htmlProblems } from './html.mjs';
import { inParallel, launch } from './lib.mjs';
import { Report } from './report.mjs';

function readPages() {
  const lines = fs.readFileSync(new URL('pages.txt', import.meta.url), 'utf8').split('\n');
  return lines
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/))
    .map(([path, status]) => ({ path, status: Number(status ?? 200) }));
}

async function visitAll(baseUrl, report) {
  const browser = await launch();
  const pages = new Map();
  await inParallel(readPages(), async ({ path, status }) => {
    const add = (check, problems) => report.add(`${path} ${check}`, problems);
    const html = await checkPage(browser, baseUrl + path, status, add);
    if (html !== undefined) pages.set(path, html);
  });
  await browser.close();
  return pages;
}

const baseUrl = process.argv[2]?.replace(/\/$/, '');
if (!baseUrl) {
  console.error('usage: node run.mjs BASE_URL');
  process.exit(2);
}

const report = new Report();
const pages = await visitAll(baseUrl, report);
if (canCheckHtml()) {
  for (const [path, problems] of htmlProblems(pages)) report.add(`${path} html`, problems);
} else {
  console.log('browser: no Java here, so HTML was not validated');
}
report.finish('browser');
