// testProviders(BINARY): the layer src/oidc, as oidc_walk, signs in at real providers with a real browser.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import http from 'node:http';
import readline from 'node:readline';
import { launch, newContext } from '../browser/lib.mjs';
import { Suite } from '../system/suite.mjs';
import { PROVIDERS, startProvider } from './start.mjs';

// A site that only remembers with which parameters the browser came back.
async function startSite() {
  const server = http.createServer((request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>Terug</title>'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { redirectUri: `http://127.0.0.1:${server.address().port}/terug`, stop: () => { server.closeAllConnections(); server.close(); } };
}

// oidc_walk: a line there, a line back.
function startWalk(binary, provider, client, redirectUri) {
  const child = spawn(binary, [provider.issuer, client.clientId, redirectUri, provider.rolesClaim, client.secret ?? `@${client.keyFile}`], { stdio: ['pipe', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.on('data', (text) => { log += text; });
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (line) => {
    child.stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`oidc_walk ended:\n${log}`);
    return value;
  };
  return {
    log: () => log,
    later: (ms) => ask(`later ${ms}`),
    async begin() {
      const answer = await ask('begin');
      const [, url, kept] = /^url (\S+) kept (\S+)$/.exec(answer) ?? assert.fail(answer);
      return { url, kept };
    },
    async finish(kept, { code = '-', state = '-', iss = '-' }) {
      const answer = await ask(`finish ${kept} ${code} ${state} ${iss}`);
      return answer.startsWith('identity ') ? JSON.parse(answer.slice('identity '.length)) : answer;
    },
    async stop() {
      child.stdin.end();
      return new Promise((resolve) => child.on('exit', resolve));
    },
  };
}

// From the start to the callback in a browser of its own: what a user does. Gives the parameters of the callback.
async function throughBrowser(browser, url, act) {
  const context = await newContext(browser, {});
  try {
    const page = await context.newPage();
    await page.goto(url);
    await act(page);
    await page.waitForURL('**/terug?*');
    return Object.fromEntries(new URL(page.url()).searchParams);
  } finally {
    await context.close();
  }
}

async function signIn({ browser, provider, walk }, user) {
  const { url, kept } = await walk.begin();
  const back = await throughBrowser(browser, url, (page) => provider.signIn(page, user));
  return { kept, back };
}

function assertIs(identity, provider, user) {
  assert.equal(typeof identity, 'object', identity);
  const { sub, ...rest } = identity;
  assert.ok(sub.length > 0);
  const { email, email_verified, name, groups } = user;
  assert.deepEqual(rest, { issuer: provider.issuer, email, email_verified, name, roles: groups });
}

async function common(suite, given) {
  const { provider, walk } = given;
  for (const user of provider.users) {
    await suite.test(`${user.user} signs in`, async () => {
      const { kept, back } = await signIn(given, user);
      assertIs(await walk.finish(kept, back), provider, user);
    });
  }
  await suite.test('a code is good for one try, one browser and one provider', async () => {
    const { kept, back } = await signIn(given, provider.users[0]);
    const other = await walk.begin();
    assert.equal(await walk.finish(other.kept, back), 'fault state');
    assert.equal(await walk.finish(kept, { ...back, iss: 'https://evil.example' }), 'fault callback_issuer');
    assertIs(await walk.finish(kept, back), provider, provider.users[0]);
    assert.equal(await walk.finish(kept, back), 'fault exchange');
  });
  await suite.test('the provider refuses a code with the verifier of another sign-in', async () => {
    const { kept, back } = await signIn(given, provider.users[0]);
    const other = (await walk.begin()).kept.split('.');
    const mixed = kept.split('.');
    mixed[4] = other[4];
    assert.equal(await walk.finish(mixed.join('.'), back), 'fault exchange');
  });
  await suite.test('another nonce is noticed', async () => {
    const { kept, back } = await signIn(given, provider.users[0]);
    const other = (await walk.begin()).kept.split('.');
    const mixed = kept.split('.');
    mixed[3] = other[3];
    assert.equal(await walk.finish(mixed.join('.'), back), 'fault nonce');
  });
  await suite.test('nothing secret is in the log', async () => {
    const { kept, back } = await signIn(given, provider.users[0]);
    await walk.finish(kept, { ...back, state: '-' });
    for (const secret of [back.code, back.state, ...kept.split('.').slice(2, 5)]) assert.ok(!walk.log().includes(secret));
    assert.match(walk.log(), /event=oidc code="state"/);
  });
}

async function withWrongSecret(suite, binary, { provider, redirectUri, browser }) {
  const walk = startWalk(binary, provider, { ...provider.clients.secret, secret: 'niet het geheim' }, redirectUri);
  await suite.test('a client with a wrong secret gets nothing', async () => {
    const { kept, back } = await signIn({ browser, provider, walk }, provider.users[0]);
    assert.equal(await walk.finish(kept, back), 'fault exchange');
  });
  await walk.stop();
}

async function onlyOidcProvider(suite, { browser, provider, walk }) {
  const user = provider.users[0];
  await suite.test('who declines comes back with an error', async () => {
    const { url, kept } = await walk.begin();
    const back = await throughBrowser(browser, url, (page) => provider.refuse(page));
    assert.equal(back.error, 'access_denied');
    assert.equal(await walk.finish(kept, { state: back.state, iss: back.iss }), 'fault code');
    assert.equal(await walk.finish(kept, { code: 'x', state: back.state }), 'fault callback_issuer');
  });
  await suite.test('new keys are fetched once, and at most once a minute', async () => {
    const before = provider.asked['/jwks'];
    const discoveries = provider.asked['/.well-known/openid-configuration'];
    provider.rotateKeys();
    let { kept, back } = await signIn({ browser, provider, walk }, user);
    assertIs(await walk.finish(kept, back), provider, user);
    assert.equal(provider.asked['/jwks'], before + 1);
    provider.rotateKeys();
    ({ kept, back } = await signIn({ browser, provider, walk }, user));
    assert.equal(await walk.finish(kept, back), 'fault key_unknown');
    assert.equal(provider.asked['/jwks'], before + 1);
    await walk.later(61_000);
    ({ kept, back } = await signIn({ browser, provider, walk }, user));
    // That clock is a minute ahead of the provider's by now, which is just within the leeway.
    assertIs(await walk.finish(kept, back), provider, user);
    assert.equal(provider.asked['/jwks'], before + 2);
    assert.equal(provider.asked['/.well-known/openid-configuration'], discoveries);
  });
}

async function testProvider(name, binary, browser) {
  const site = await startSite();
  const provider = await startProvider(name, { redirectUris: [site.redirectUri] });
  try {
    for (const [way, client] of Object.entries(provider.clients)) {
      const suite = new Suite(`${name} with a ${way}`);
      const walk = startWalk(binary, provider, client, site.redirectUri);
      const given = { browser, provider, walk, redirectUri: site.redirectUri };
      await common(suite, given);
      if (way === 'secret') await withWrongSecret(suite, binary, given);
      if (provider.rotateKeys && way === 'secret') await onlyOidcProvider(suite, given);
      await suite.test('it ends well', async () => assert.equal(await walk.stop(), 0, walk.log()));
      suite.finish();
    }
  } finally {
    await provider.stop();
    site.stop();
  }
}

export async function testProviders(binary) {
  const browser = await launch();
  try {
    for (const name of Object.keys(PROVIDERS)) await testProvider(name, binary, browser);
  } finally {
    await browser.close();
  }
}
