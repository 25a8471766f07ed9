// SPDX-License-Identifier: EUPL-1.2
// What every page must satisfy. checkPage() is used by run.mjs for the real site and by selftest.mjs.

import { allowTestCode, axeViolations, horizontalOverflow, NARROW, newContext, openPageIn, WIDE } from './lib.mjs';
import { focusProblems, skipLinkProblems } from './keyboard.mjs';
import { policyWeaknesses } from './policy.mjs';

export const VARIANTS = [
  { name: '1280', viewport: WIDE, javaScript: true },
  { name: '1280 no-js', viewport: WIDE, javaScript: false },
  { name: '320', viewport: NARROW, javaScript: true },
  { name: '320 no-js', viewport: NARROW, javaScript: false },
];

// One context for each width, shared by all pages of a browser: a new one costs as much as a page.
const contexts = new WeakMap();

function sharedContext(browser, viewport) {
  if (!contexts.has(browser)) contexts.set(browser, new Map());
  const ofBrowser = contexts.get(browser);
  if (!ofBrowser.has(viewport)) ofBrowser.set(viewport, newContext(browser, { viewport }));
  return ofBrowser.get(viewport);
}

/**
 * Checks URL in all variants. Calls REPORT(check, problems) for each check; no problems means passed.
 * Returns the HTML as the server sent it.
 */
export async function checkPage(browser, url, expectedStatus, report, variants = VARIANTS) {
  let html;
  for (const { name, viewport, javaScript } of variants) {
    const opened = await openPageIn(await sharedContext(browser, viewport), { javaScript });
    try {
      const response = await opened.page.goto(url, { waitUntil: 'load' });
      await checkVariant(opened, response, expectedStatus, (check, problems) => report(`${name} ${check}`, problems));
      html ??= await response.text();
    } catch (error) {
      report(`${name} load`, [error.message.split('\n')[0]]);
    } finally {
      await opened.close();
    }
  }
  return html;
}

async function checkVariant(opened, response, expectedStatus, report) {
  const { page } = opened;
  await allowTestCode(opened);
  const status = response.status();
  report('status', status === expectedStatus ? [] : [`${status} instead of ${expectedStatus}`]);
  report('policy header', policyWeaknesses(response.headers()['content-security-policy']));
  report('document', await documentProblems(page));

  const { excess, culprits } = await horizontalOverflow(page);
  report('overflow', excess === 0 ? [] : [`${excess} px sideways: ${culprits.join(', ')}`]);
  report('axe', await axeViolations(opened));
  report('skip link', await skipLinkProblems(page));
  report('focus', await focusProblems(page));

  // Last, so that everything above had the chance to break something.
  report('errors', [...new Set(opened.problems)]);
}

function documentProblems(page) {
  return page.evaluate(() => {
    const problems = [];
    const headings = document.querySelectorAll('h1').length;
    if (headings !== 1) problems.push(`${headings} h1 elements`);
    if (document.documentElement.lang !== 'nl') problems.push(`lang is "${document.documentElement.lang}"`);
    if (!document.title.trim()) problems.push('no title');
    return problems;
  });
}
