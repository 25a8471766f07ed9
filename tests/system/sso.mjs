// An organisation's own sign-in, walked in a browser at real providers: arranged by an administrator, used by her colleagues.
// Our pages run without JavaScript, on a narrow screen; those of the providers as they like. Then what somebody with bad
// intentions sends back from a provider. Runs on each store.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import { axeViolations, horizontalOverflow, launch, NARROW, newContext, openPageIn } from '../browser/lib.mjs';
import { PROVIDERS, startProvider } from '../providers/start.mjs';
import { serve } from './program.mjs';
import { Suite } from './suite.mjs';

const SLUG = 'demogemeente-fictief';
const SETTINGS = `/beheer/organisaties/${SLUG}/inloggen`;
const MEMBERS = `/beheer/organisaties/${SLUG}`;         // for whom the rules give a role that sees it
const BEGIN = `/inloggen/organisatie/${SLUG}`;
const CALLBACK = '/inloggen/organisatie/terug';

// One browser of one person.
class Walk {
  static async open(browser, base) {
    const walk = new Walk();
    walk.base = base;
    walk.context = await newContext(browser, { viewport: NARROW });
    await walk.context.route((url) => url.origin === base, (route) => (route.request().resourceType() === 'script' ? route.abort() : route.continue()));
    Object.assign(walk, await openPageIn(walk.context));
    return walk;
  }

  async goto(where) {
    const response = await this.page.goto(this.base + where);
    return response.status();
  }

  path() {
    const url = new URL(this.page.url());
    assert.equal(url.origin, this.base);
    return url.pathname + url.search;
  }

  async text() {
    return this.page.locator('main').innerText();
  }

  async press(role, name) {
    await Promise.all([this.page.waitForNavigation(), this.page.locator('main').getByRole(role, { name, exact: true }).click()]);
  }

  async looksRight() {
    assert.deepEqual(await horizontalOverflow(this.page), { excess: 0, culprits: [] }, this.path());
    assert.deepEqual(await axeViolations(this), [], this.path());
  }

  // From the page to sign in, by the links that are there, to the provider.
  async leave(verder = '') {
    await this.goto(`/inloggen${verder && `?verder=${encodeURIComponent(verder)}`}`);
    await this.press('link', 'Inloggen met het account van uw organisatie');
    await this.looksRight();
    await this.page.fill('#zoek', 'iemand@gemeente.example');
    await this.press('button', 'Zoek');
    await Promise.all([this.page.waitForNavigation({ url: (url) => url.origin !== this.base }), this.page.getByRole('link', { name: /^Log in bij Demogemeente/ }).click()]);
  }

  async cookies() {
    return (await this.context.cookies(this.base)).map(({ name }) => name);
  }

  close() {
    return this.context.close();
  }
}

class Site {
  constructor(program, browser) {
    Object.assign(this, { program, browser, base: program.url.replace('127.0.0.1', 'localhost') });
  }

  visitor() {
    return Walk.open(this.browser, this.base);
  }

  // The administrator of the demo, signed in.
  async administrator() {
    await this.program.printed(/Beheerder +http\S+/);
    const walk = await this.visitor();
    await walk.page.goto(/^ *Beheerder +(http\S+)/m.exec(this.program.output())[1]);
    await walk.press('button', 'Log in');
    return walk;
  }

  // A new browser from start to end; gives the walk, for who looks on.
  async signIn(provider, user, verder) {
    const walk = await this.visitor();
    await walk.leave(verder);
    await provider.signIn(walk.page, user);
    await walk.page.waitForURL(`${this.base}/**`);
    return walk;
  }
}

async function fillIn({ page }, fields) {
  for (const [id, value] of Object.entries(fields)) {
    if (typeof value === 'boolean') await page.setChecked(`#${id}`, value);
    else await page.fill(`#${id}`, value);
  }
}

async function arrange(walk, provider, client) {
  const proof = client.secret ? { geheim: client.secret, sleutel: '' } : { geheim: '', sleutel: fs.readFileSync(client.keyFile, 'utf8') };
  await walk.goto(SETTINGS);
  await fillIn(walk, { aanbieder: provider.issuer, client: client.clientId, ...proof, domein: 'gemeente.example', claim: provider.rolesClaim, aan: true });
  await walk.press('button', 'Bewaar');
  assert.equal(walk.path(), `${SETTINGS}?gedaan=opgeslagen`, await walk.text());
  await walk.press('button', 'Probeer uit');
  assert.match(await walk.text(), /De aanbieder antwoordt goed/);
}

async function addRule(walk, value, role) {
  await walk.goto(SETTINGS);
  await walk.page.fill('#waarde', value);
  await walk.page.selectOption('#rol', role);
  await walk.press('button', 'Voeg de regel toe');
  assert.equal(walk.path(), `${SETTINGS}?gedaan=regel`);
}

async function settings(suite, site, boss) {
  await suite.test('the settings say which address to register, and what is missing', async () => {
    assert.equal(await boss.goto(SETTINGS), 200);
    assert.ok((await boss.text()).includes(site.base + CALLBACK));
    await fillIn(boss, { aanbieder: 'http://login.gemeente.example', client: '', geheim: '', domein: 'gemeente' });
    await boss.press('button', 'Bewaar');
    assert.match(await boss.text(), /Er ging iets mis[\s\S]*Het begint met https[\s\S]*cliënt-id[\s\S]*geheim[\s\S]*achter de @/);
    await boss.looksRight();
  });
}

async function rules(suite, boss) {
  await suite.test('rules give roles of an organisation, not of the country', async () => {
    await boss.goto(SETTINGS);
    const codes = await boss.page.locator('#rol option').evaluateAll((options) => options.map(({ value }) => value));
    assert.ok(codes.includes('organisatiebeheerder') && !codes.includes('beheerder') && !codes.includes('beoordelaar'), codes.join());
    await addRule(boss, 'redactie', 'beleidsadviseur');
    await addRule(boss, '', 'vrijwilliger');
    await boss.looksRight();
    const remove = boss.page.getByRole('button', { name: /^Verwijder.* voor iedereen$/ });
    await Promise.all([boss.page.waitForNavigation(), remove.click()]);
    assert.equal(boss.path(), `${SETTINGS}?gedaan=regel-weg`);
    assert.match(await boss.text(), /Groep redactie krijgt de rol/);
  });
}

async function withProvider(suite, site, boss, name, way, provider) {
  const user = provider.users[0];
  let first;
  await suite.test(`${name} with a ${way}: arranged and tried`, async () => {
    await arrange(boss, provider, provider.clients[way]);
    assert.ok(!(await boss.page.content()).includes(provider.clients[way].secret ?? 'PRIVATE KEY'));
    await boss.looksRight();
  });
  if (!(await boss.text()).includes('Groep redactie')) await rules(suite, boss);
  await suite.test(`${name} with a ${way}: the first time, to where one was going, with the role of the group`, async () => {
    first = await site.signIn(provider, user, MEMBERS);
    assert.equal(first.path(), MEMBERS, await first.text());
    assert.match(await first.text(), new RegExp(user.name));
    assert.deepEqual(await first.cookies(), ['__Host-schouders']);
  });
  await suite.test(`${name} with a ${way}: the second time`, async () => {
    const again = await site.signIn(provider, user);
    assert.equal(again.path(), '/account', await again.text());
    assert.equal(await again.goto(MEMBERS), 200);
    assert.equal(await first.goto(MEMBERS), 200);       // nothing changed, so the other browser stays in
    await again.close();
  });
  await suite.test(`${name} with a ${way}: out of the group, out of the role and out of other browsers`, async () => {
    await provider.setGroups(user.user, ['lezers']);
    const less = await site.signIn(provider, user);
    assert.equal(await less.goto(MEMBERS), 403);
    await first.goto(MEMBERS);
    assert.match(first.path(), /^\/inloggen\?verder=/);
    await provider.setGroups(user.user, user.groups);
    const more = await site.signIn(provider, user);
    assert.equal(await more.goto(MEMBERS), 200);
    for (const walk of [first, less, more]) await walk.close();
  });
}

async function refusals(suite, site, provider) {
  const refused = async (act) => {
    const walk = await site.visitor();
    await walk.leave();
    const [response] = await Promise.all([walk.page.waitForResponse((answer) => answer.url().startsWith(site.base + CALLBACK)), act(walk.page)]);
    const seen = { status: response.status(), text: await walk.text(), cookies: await walk.cookies() };
    await walk.looksRight();
    await walk.close();
    assert.equal(seen.status, 403);
    assert.deepEqual(seen.cookies, []);
    return seen.text;
  };
  await suite.test('who declines at the provider is told how to go on', async () => {
    assert.match(await refused((page) => provider.refuse(page)), /gaf geen toestemming[\s\S]*Opnieuw inloggen bij uw organisatie/);
  });
  await suite.test('an address that the provider did not check is not believed', async () => {
    const bram = provider.users.find((user) => !user.email_verified);
    assert.match(await refused((page) => provider.signIn(page, bram)), /niet gecontroleerd dat uw e-mailadres van u is/);
  });
}

// What a provider sends back, to a browser that never had the cookie: we refuse that without asking, so the code stays good.
async function caught(site, provider) {
  const start = await fetch(site.base + BEGIN, { redirect: 'manual' });
  assert.equal(start.status, 303);
  const [cookie] = start.headers.getSetCookie()[0].split(';');
  const context = await newContext(site.browser, {});
  const page = await context.newPage();
  await page.goto(start.headers.get('location'));
  await provider.signIn(page, provider.users[0]);
  await page.waitForURL(`${site.base}${CALLBACK}?*`);
  const back = Object.fromEntries(new URL(page.url()).searchParams);
  await context.close();
  return { cookie, back };
}

async function attacks(suite, site, provider) {
  const send = async (parameters, cookie) => {
    const response = await fetch(`${site.base}${CALLBACK}?${new URLSearchParams(parameters)}`, { redirect: 'manual', headers: cookie ? { cookie } : {} });
    const body = await response.text();
    for (const secret of [parameters.code, parameters.state]) assert.ok(!secret || !body.includes(secret));
    const session = response.headers.getSetCookie().find((text) => /^__Host-schouders=[^;]/.test(text));
    const gone = response.headers.getSetCookie().some((text) => /^__Host-schouders-stap=;.*Max-Age=0/.test(text));
    return { status: response.status, session, gone, location: response.headers.get('location') };
  };
  const refused = async (status, parameters, cookie) => {
    const answer = await send(parameters, cookie);
    assert.deepEqual({ ...answer, session: undefined }, { status, session: undefined, gone: true, location: null });
    assert.equal(answer.session, undefined);
  };
  await suite.test('a callback without cookie, with that of another flow, or a bent one', async () => {
    const { cookie, back } = await caught(site, provider);
    const other = await caught(site, provider);
    await refused(400, back);
    await refused(400, back, other.cookie);
    await refused(400, back, `${cookie.slice(0, -4)}AAAA`);
    await refused(400, { ...back, state: other.back.state }, cookie);
    await refused(400, { state: back.state }, cookie);
    await refused(403, { ...back, iss: 'https://elders.example' }, cookie);
    await refused(403, { ...back, code: other.back.code }, cookie);
  });
  await suite.test('a code counts once, also with the cookie of before', async () => {
    const { cookie, back } = await caught(site, provider);
    const good = await send(back, cookie);
    assert.deepEqual([good.status, good.location, good.gone, Boolean(good.session)], [303, '/account', true, true]);
    await refused(403, back, cookie);
    await refused(400, back);
  });
  await suite.test('no way to another site behind it', async () => {
    for (const verder of ['https://evil.example', '//evil.example', '/\\evil.example', '/uitloggen']) {
      const html = await (await fetch(`${site.base}/inloggen/organisatie?verder=${encodeURIComponent(verder)}`)).text();
      assert.ok(html.includes(`href="${BEGIN}"`), verder);
    }
  });
  await suite.test('HEAD starts nothing, and a parameter that comes twice is refused', async () => {
    assert.equal((await fetch(site.base + BEGIN, { method: 'HEAD', redirect: 'manual' })).status, 405);
    assert.equal((await fetch(`${site.base}${CALLBACK}?state=a&state=b`, { redirect: 'manual' })).status, 400);
  });
  await suite.test('nothing secret is in the log', async () => {
    const { cookie, back } = await caught(site, provider);
    await send({ ...back, iss: 'https://elders.example' }, cookie);
    const log = site.program.log();
    assert.match(log, /event=signin\.refused what="organisation" why="callback_issuer"/);
    for (const secret of [back.code, back.state, cookie.split('=')[1], '@gemeente.example']) assert.ok(!log.includes(secret));
  });
}

async function trouble(suite, site, boss) {
  let answer = () => {};                                // never
  const server = http.createServer((request, response) => answer(response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const save = async (where) => {
    await boss.goto(SETTINGS);
    await fillIn(boss, { aanbieder: where, geheim: 'x', aan: true });
    await boss.press('button', 'Bewaar');
    assert.equal(boss.path(), `${SETTINGS}?gedaan=opgeslagen`);
  };
  const begin = async () => {
    const response = await fetch(site.base + BEGIN, { redirect: 'manual' });
    assert.match(await response.text(), /antwoordt nu niet goed[\s\S]*over een paar minuten opnieuw/);
    assert.ok(Number(response.headers.get('retry-after')) > 0);
    return response.status;
  };
  await suite.test('a provider that does not answer holds nobody else up', async () => {
    await save(issuer);
    const waiting = begin();
    const asked = performance.now();
    for (let i = 0; i < 20; i += 1) assert.equal((await fetch(`${site.base}/inloggen`)).status, 200);
    assert.ok(performance.now() - asked < 3000);
    assert.equal(await waiting, 503);
    assert.ok(performance.now() - asked > 5000, 'it did not wait');
  });
  await suite.test('a provider with a page of an error', async () => {
    answer = (response) => response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Oeps</h1>');
    await save(`${issuer}/anders`);
    assert.equal(await begin(), 503);
    await new Promise((resolve) => setTimeout(resolve, 5100));  // what failed is not asked again for five seconds
    await boss.press('button', 'Probeer uit');
    assert.match(await boss.text(), /Op dit adres staat niets voor OpenID Connect/);
  });
  server.closeAllConnections();
  server.close();
}

export async function testSso(name, binary, store) {
  const suite = new Suite(name);
  const program = await serve(binary, [...store, '--demo']);
  const browser = await launch();
  const site = new Site(program, browser);
  const boss = await site.administrator();
  await settings(suite, site, boss);
  for (const which of Object.keys(PROVIDERS)) {
    const provider = await startProvider(which, { redirectUris: [site.base + CALLBACK] });
    try {
      for (const way of Object.keys(provider.clients)) {
        await withProvider(suite, site, boss, which, way, provider);
      }
      if (provider.refuse) await refusals(suite, site, provider);
      if (provider.refuse) await attacks(suite, site, provider);
    } finally {
      await provider.stop();
    }
  }
  await trouble(suite, site, boss);
  await browser.close();
  await program.stop();
  suite.finish();
}
