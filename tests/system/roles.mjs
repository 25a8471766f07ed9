// Who may do what: the table of `check roles` against the golden file, and every route as every role and as nobody against the
// table. Nothing is changed by this: a form with a field that no form has is refused with 400, but only after it is clear that
// the sender may send it. On each store.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd, serve } from './program.mjs';
import { Suite } from './suite.mjs';

const GOLDEN = 'tests/golden/roles.txt';
const OWN = 'demogemeente-fictief';             // where demo people with a role in an organisation have it
const OTHER = 'demoprogrammabureau-fictief';

// A key is the authority here, and no session: tests/system/delivery.mjs asks with and without one.
const KEYED = ['/api/v1/leveringen'];

// What stands for each {name} of a path; whatever else is asked gets a word that names nothing.
const examples = { code: 'ps01', id: '1', gemeente: 'almere' };

export function readTable(text) {
  const [roles, routes] = text.trimEnd().split('\n\n');
  return {
    roles: roles.split('\n').filter((line) => !line.startsWith(' ')).map((line) => line.split(' ')[0]),
    routes: routes.split('\n').map((line) => {
      const [, method, pattern, who] = /^(GET|POST) +(\S+) +(.+)$/.exec(line);
      return { method, pattern, who };
    }),
  };
}

// 'yes', 'no', or 'own': only at an organisation where the role is held.
function may(route, role) {
  if (route.who === 'everybody') return 'yes';
  if (role === null) return 'no';
  if (route.who === 'who is signed in') return 'yes';
  const names = route.who.split(', ');
  if (names.includes(role)) return 'yes';
  return names.includes(`${role} (own organisation)`) ? 'own' : 'no';
}

function pathOf(pattern, organisation) {
  return pattern.replace(/^(\/beheer)?\/organisaties\/\{slug\}/, (_, above) => `${above ?? ''}/organisaties/${organisation}`)
    .replace('{organisatie}', organisation)
    .replace(/\{(\w+)\}/g, (_, name) => examples[name] ?? 'bestaat-niet');
}

async function send(base, route, at, cookie) {
  const headers = cookie ? { cookie } : {};
  // No cookie at all would count for the limit of forms, before it is known who may send them.
  const post = { method: 'POST', body: new URLSearchParams({ 'bestaat-niet': '1' }), headers: { cookie: 'x=1', ...headers } };
  const response = await fetch(base + at, { redirect: 'manual', ...(route.method === 'POST' ? post : { headers }) });
  await response.arrayBuffer();
  return { status: response.status, location: response.headers.get('location') ?? '' };
}

function refused({ status, location }) {
  return status === 401 || status === 403 || (status === 303 && location.startsWith('/inloggen?verder='));
}

// Uses the link that the program printed: the page with the button, then the button.
async function signIn(base, link) {
  const url = new URL(link);
  const page = await (await fetch(base + url.pathname + url.search)).text();
  const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1];
  assert.ok(csrf, `no form behind ${link}`);
  const body = new URLSearchParams({ csrf, t: url.searchParams.get('t') });
  const answer = await fetch(base + url.pathname, { method: 'POST', redirect: 'manual', body });
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('__Host-schouders='))?.split(';')[0];
  assert.ok(answer.status === 303 && cookie, `signing in answered ${answer.status}`);
  return cookie;
}

async function asRole(suite, base, table, role, cookie) {
  await suite.test(`every route as ${role ?? 'nobody'}`, async () => {
    const wrong = [];
    const expect = async (route, organisation, allowed) => {
      const at = pathOf(route.pattern, organisation);
      const answer = await send(base, route, at, cookie);
      const right = allowed ? !refused(answer) && answer.status < 500 : refused(answer);
      // Nobody is asked to sign in on a page, and told so on a form; who is signed in is told 403.
      const manner = allowed || at.startsWith('/api') || answer.status === (role === null && route.method === 'GET' ? 303 : 403);
      if (!right || !manner) wrong.push(`${route.method} ${at}: ${answer.status} ${answer.location}, ${allowed ? 'allowed' : 'not allowed'}`);
    };
    for (const route of table.routes.filter(({ pattern }) => !KEYED.includes(pattern))) {
      const answer = may(route, role);
      await expect(route, OWN, answer !== 'no');
      if (/\/organisaties\/\{slug\}|\{organisatie\}/.test(route.pattern)) await expect(route, OTHER, answer === 'yes');
    }
    assert.deepEqual(wrong, []);
  });
}

export async function testRoles(name, binary, root, store) {
  const suite = new Suite(name);
  const text = runToEnd(binary, ['check', 'roles']).stdout;
  const table = readTable(text);
  await suite.test(`check roles prints ${GOLDEN}; when the change is meant: ./run check roles >${GOLDEN}`, () => {
    assert.equal(text, fs.readFileSync(path.join(root, GOLDEN), 'utf8'));
  });
  const program = await serve(binary, [...store, '--demo']);
  try {
    await program.printed(new RegExp(`(/inloggen/link\\?t=[\\s\\S]*){${table.roles.length}}\\n`));
    const links = [...program.output().matchAll(/http:\S+\/inloggen\/link\?t=\S+/g)].map(([link]) => link);
    // Behind one of each role stand more of some.
    assert.ok(links.length >= table.roles.length);
    const cookies = [];
    for (const link of links.slice(0, table.roles.length)) cookies.push(await signIn(program.url, link));
    await suite.test('a link to sign in works once', async () => {
      await assert.rejects(signIn(program.url, links[0]), /no form|answered 4(04|10|22)/);
    });
    await suite.test('no token is in the log', () => {
      const secrets = [...links.map((link) => link.split('t=')[1]), ...cookies.map((cookie) => cookie.split('=')[1])];
      assert.deepEqual(secrets.filter((secret) => program.log().includes(secret)), []);
    });
    for (const [i, role] of table.roles.entries()) await asRole(suite, program.url, table, role, cookies[i]);
    await asRole(suite, program.url, table, null, null);
  } finally {
    await program.stop();
  }
  await suite.test('a demo is refused where others can reach it', () => {
    for (const options of [['--address', '0.0.0.0'], ['--origin', 'https://schouders.example'], ['--behind-proxy']]) {
      const result = runToEnd(binary, ['serve', '--demo', '--port', '0', ...store, ...options]);
      assert.equal(result.status, 1);
      assert.match(result.stderr, /^schouders: --demo works on this machine only/m);
      assert.equal(result.stdout, '');
    }
  });
  suite.finish();
}
