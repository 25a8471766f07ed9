// SPDX-License-Identifier: EUPL-1.2
// Helpers for tests in a real browser: playwright-core drives the Chromium of the distribution.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

// The packages live in web/; this folder has none of its own.
const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const TIMEOUT_MS = 15_000;
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 320, height: 640 };

export function launch() {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/**
 * Opens a page in a context of its own. OPTIONS: viewport, forcedColors, ... as in browser.newContext(), and
 * javaScript: false to load it as a browser without JavaScript does (call allowTestCode() after loading). The
 * content security policy stays in force. Returns { page, problems, cdp, close }; problems fills with what the
 * browser complains about, from the first byte on.
 */
export async function openPage(browser, { javaScript = true, ...options } = {}) {
  const context = await newContext(browser, options);
  const opened = await openPageIn(context, { javaScript });
  return { ...opened, close: () => context.close() };
}

export async function newContext(browser, options) {
  const context = await browser.newContext({ viewport: WIDE, locale: 'nl-NL', ...options });
  context.setDefaultTimeout(TIMEOUT_MS);
  return context;
}

/** As openPage(), in a context that other pages use too: cheaper, and style sheet and fonts come from its cache. */
export async function openPageIn(context, { javaScript = true } = {}) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const problems = [];
  await watch(page, cdp, problems);
  if (!javaScript) await cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
  return { page, cdp, problems, close: () => page.close() };
}

async function watch(page, cdp, problems) {
  page.on('pageerror', (error) => problems.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isOwnErrorStatus(page, message)) problems.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => problems.push(`request failed: ${request.url()}`));
  cdp.on('Audits.issueAdded', ({ issue }) => {
    const details = issue.details.contentSecurityPolicyIssueDetails;
    if (details) problems.push(`policy violation: ${details.violatedDirective} ${details.blockedURL ?? 'inline'}`);
  });
  await cdp.send('Audits.enable');
}

/**
 * Lets test code run in a page that was loaded with JavaScript off. The page's own scripts had their chance and did
 * not get it: they stay out. Without this, promises and timers of test code never fire. (That is also why
 * playwright's own javaScriptEnabled does not do: it cannot be lifted.)
 */
export function allowTestCode({ cdp }) {
  return cdp.send('Emulation.setScriptExecutionDisabled', { value: false });
}

/** A page that answers 404 makes the browser log its own address; that is what the test asked for. */
function isOwnErrorStatus(page, message) {
  return message.text().startsWith('Failed to load resource') && message.location().url === page.url();
}

/**
 * The axe violations of the page, one line each. The script goes in through the debugger, which stands above the
 * page's policy, so that policy can stay on.
 */
export async function axeViolations({ cdp }) {
  await cdp.send('Runtime.evaluate', { expression: axeSource });
  const expression = `axe.run(document, ${JSON.stringify({
    runOnly: { type: 'tag', values: AXE_TAGS },
    resultTypes: ['violations'],
  })}).then((result) => JSON.stringify(result.violations))`;
  const answer = await Promise.race([
    cdp.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }),
    sleep(TIMEOUT_MS, null, { ref: false }).then(() => { throw new Error('axe: no answer'); }),
  ]);
  if (answer.exceptionDetails) throw new Error(`axe: ${answer.exceptionDetails.exception?.description}`);
  return JSON.parse(answer.result.value).map(describeViolation);
}

function describeViolation({ id, impact, help, nodes }) {
  const places = nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ');
  return `${id} (${impact}) ${help}: ${nodes.length}x ${places}`;
}

/** How many pixels the page can be scrolled sideways, and which elements stick out. */
export async function horizontalOverflow(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    const excess = Math.max(root.scrollWidth - root.clientWidth, 0);
    if (excess === 0) return { excess, culprits: [] };
    const culprits = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .map((element) => `${element.localName}.${element.getAttribute('class') ?? ''}`);
    return { excess, culprits: culprits.slice(0, 5) };
  });
}

/** Runs TASK on every item, a few at a time; more than two does not help on two cores. */
export async function inParallel(items, task, atOnce = 2) {
  const queue = [...items];
  const worker = async () => {
    while (queue.length > 0) await task(queue.shift());
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** [] when ACTUAL is EXPECTED, else a complaint. */
export function same(what, actual, expected) {
  return actual === expected ? [] : [`${what}: "${actual}" instead of "${expected}"`];
}

export function screenshot(page, path) {
  return page.screenshot({ path, fullPage: true });
}
