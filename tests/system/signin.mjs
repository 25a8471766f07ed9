// Getting in, walked in a browser: accounts, passwords, an authenticator app, a passkey. Runs on each store. No page needs
// JavaScript but that of the passkey, so the walks run without it, on a narrow screen.

import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import http from 'node:http';
import path from 'node:path';
import { launch, NARROW, newContext, openPageIn } from '../browser/lib.mjs';
import { runToEnd, serve } from './program.mjs';
import { Suite } from './suite.mjs';

const PASSWORD = 'vier paarse olifanten dansen';
const OTHER = 'zeven groene kamelen zingen';
const JO = 'jo@gemeente.nl';

const helper = (binary, ...args) => {
  const result = runToEnd(path.join(path.dirname(binary), '../../tests/system/people'), args);
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
};

// Makes Jo, with everything to prove who she is, and a link for the first administrator, before a server runs.
function prepare(binary, args, database) {
  const keyFile = path.join(args[args.indexOf('--data') + 1], 'secret.key');
  const printed = runToEnd(binary, ['user', 'add', '--admin', 'baas@gemeente.nl', ...args]);
  const link = /\/beginnen\?t=\S+/.exec(printed.stdout)?.[0];
  const secret = crypto.randomBytes(20);
  const { publicKey, privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const id = crypto.randomBytes(32);
  const handle = helper(binary, 'add', database, keyFile, JO, PASSWORD, secret.toString('hex'), point.toString('hex'), id.toString('base64url'));
  const passkey = {
    credentialId: id.toString('base64'), isResidentCredential: true, rpId: 'localhost', signCount: 1,
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    userHandle: Buffer.from(handle.trim()).toString('base64'),
  };
  return { link, secret, passkey };
}

// RFC 6238; STEPS from now.
export function codeOf(secret, steps = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const mac = crypto.createHmac('sha1', secret).update(counter).digest();
  const value = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff;
  return String(value % 1000000).padStart(6, '0');
}

/** Somebody in a browser; MAIL looks into the store. */
export class Walk {
  constructor(binary, base, database) {
    Object.assign(this, { binary, base: base.replace('127.0.0.1', 'localhost'), database });
  }

  async open(browser, options = { javaScript: false }) {
    this.context = await newContext(browser, { viewport: NARROW });
    Object.assign(this, await openPageIn(this.context, options));
    return this;
  }

  async goto(where) {
    const response = await this.page.goto(this.base + where);
    await this.looksRight();
    return response.status();
  }

  // Fills what stands in the page and presses the button of the form; gives the path of the page that follows.
  async send(fields, button) {
    for (const [label, value] of Object.entries(fields)) await this.page.getByLabel(label, { exact: true }).fill(value);
    await Promise.all([this.page.waitForNavigation(), this.page.getByRole('button', { name: button, exact: true }).click()]);
    await this.looksRight();
    return this.path();
  }

  path() {
    const url = new URL(this.page.url());
    return url.pathname + url.search;
  }

  async looksRight() {
    assert.equal(await this.page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${this.path()} is too wide`);
    const bare = 'input[type=password]:not(.secret-field[data-secret] > input)';
    assert.equal(await this.page.locator(bare).count(), 0, `${this.path()} has a password box without the button that shows it`);
    // going on at once ends the request for the icon of the page before
    assert.deepEqual(this.problems.filter((problem) => !/^request failed: .*favicon/.test(problem)), []);
  }

  async text() {
    return this.page.locator('main').innerText();
  }

  letter(email) {
    const [kind, ...lines] = helper(this.binary, 'mail', this.database, email).split('\n');
    return { kind, text: lines.join('\n') };
  }

  mail(email) {
    const { kind, text } = this.letter(email);
    return { kind, link: /https?:\/\/[^/\s]+(\/\S*\?t=\S+)/.exec(text)?.[1] };
  }

  async cookies() {
    return (await this.context.cookies()).map(({ name }) => name);
  }

  async cookie() {
    return (await this.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  async signIn(email, password) {
    await this.goto('/inloggen');
    return this.send({ 'E-mailadres': email, Wachtwoord: password }, 'Log in');
  }

  close() {
    return this.context.close();
  }
}

async function makeAccount(suite, walk) {
  await suite.test('a volunteer makes an account, proves the address and gets in', async () => {
    assert.equal(await walk.goto('/account-maken'), 200);
    assert.deepEqual(await walk.cookies(), []);
    assert.equal(await walk.send({ 'Uw naam': 'Ans Bakker', 'E-mailadres': 'ans@thuis.nl', 'Kies een wachtwoord': 'kort' }, 'Maak mijn account'), '/account-maken');
    assert.match(await walk.text(), /Er ging iets mis[\s\S]*Kies wat het beste bij u past/);
    assert.equal(await walk.page.inputValue('#naam'), 'Ans Bakker');
    await walk.page.getByLabel(/^Vrijwilliger/).check();
    assert.equal(await walk.send({ 'Kies een wachtwoord': PASSWORD }, 'Maak mijn account'), '/account-maken/post');
    const { kind, link } = walk.mail('ans@thuis.nl');
    assert.equal(kind, 'bevestigen');
    await walk.goto(link);
    assert.equal(await walk.send({}, 'Bevestig mijn adres'), '/account-maken/klaar');
    assert.match(await walk.text(), /Uw account is klaar, Ans Bakker/);
    assert.equal(await walk.goto(link), 404);
  });
  await suite.test('out, and in again with the password, to where one was going', async () => {
    await walk.goto('/uitloggen');
    assert.equal(await walk.send({}, 'Log uit'), '/');
    assert.deepEqual(await walk.cookies(), []);
    assert.equal(await walk.goto('/account-maken/klaar'), 200);
    assert.equal(walk.path(), '/inloggen?verder=%2Faccount-maken%2Fklaar');
    assert.equal(await walk.send({ 'E-mailadres': 'ANS@thuis.nl', Wachtwoord: 'iets anders' }, 'Log in'), '/inloggen');
    assert.match(await walk.text(), /Wij kunnen u niet inloggen/);
    assert.equal(await walk.send({ Wachtwoord: PASSWORD }, 'Log in'), '/account-maken/klaar');
    assert.deepEqual(await walk.cookies(), ['__Host-schouders']);
  });
  await suite.test('a known address is not told to a stranger, but to its owner', async () => {
    await walk.context.clearCookies();
    await walk.goto('/account-maken');
    await walk.page.getByLabel(/^Onderzoeker/).check();
    const to = await walk.send({ 'Uw naam': 'Vreemde', 'E-mailadres': 'ans@thuis.nl', 'Kies een wachtwoord': OTHER }, 'Maak mijn account');
    assert.equal(to, '/account-maken/post');
    assert.equal(walk.mail('ans@thuis.nl').kind, 'bestaat-al');
  });
}

async function newPassword(suite, walk, browser) {
  await suite.test('a forgotten password: link, new password, other browsers are out', async () => {
    const other = await new Walk(walk.binary, walk.base, walk.database).open(browser);
    await other.signIn('ans@thuis.nl', PASSWORD);
    await walk.goto('/wachtwoord-vergeten');
    assert.equal(await walk.send({ 'E-mailadres': 'ans@thuis.nl' }, 'Stuur de link'), '/wachtwoord-vergeten/post');
    await walk.goto(walk.mail('ans@thuis.nl').link);
    await walk.send({ 'Kies een wachtwoord': OTHER }, 'Bewaar mijn wachtwoord');
    assert.deepEqual(await walk.cookies(), ['__Host-schouders']);
    assert.equal(walk.mail('ans@thuis.nl').kind, 'wachtwoord-veranderd');
    await other.goto('/account-maken/klaar');
    assert.match(other.path(), /^\/inloggen/);
    await other.close();
  });
}

async function secondFactor(suite, walk, secret) {
  await suite.test('password with a code of the app; the same code not twice', async () => {
    await walk.context.clearCookies();
    assert.equal(await walk.signIn(JO, PASSWORD), '/inloggen/code');
    assert.deepEqual(await walk.cookies(), ['__Host-schouders-stap']);
    await walk.send({ Code: '000000' }, 'Ga verder');
    assert.match(await walk.text(), /Deze code klopt niet/);
    const code = codeOf(secret);
    await walk.send({ Code: `${code.slice(0, 3)} ${code.slice(3)}` }, 'Ga verder');
    assert.deepEqual(await walk.cookies(), ['__Host-schouders']);
    await walk.context.clearCookies();
    assert.equal(await walk.signIn(JO, PASSWORD), '/inloggen/code');
    await walk.send({ Code: code }, 'Ga verder');
    assert.match(await walk.text(), /Deze code is al gebruikt/);
    await walk.send({ Code: codeOf(secret, 1) }, 'Ga verder');
    assert.deepEqual(await walk.cookies(), ['__Host-schouders']);
  });
}

async function device(walk, passkey) {
  await walk.cdp.send('WebAuthn.enable');
  const { authenticatorId } = await walk.cdp.send('WebAuthn.addVirtualAuthenticator', { options: {
    protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
    automaticPresenceSimulation: true } });
  await walk.cdp.send('WebAuthn.addCredential', { authenticatorId, credential: passkey });
  return authenticatorId;
}

async function passkeys(suite, walk, passkey) {
  const authenticatorId = await device(walk, passkey);
  await suite.test('a passkey alone', async () => {
    await walk.goto('/inloggen?verder=%2Fkennis');
    await Promise.all([walk.page.waitForNavigation(), walk.page.getByRole('link', { name: 'Inloggen met een passkey' }).click()]);
    assert.equal(await walk.send({}, 'Log in met een passkey'), '/kennis');
    assert.deepEqual(await walk.cookies(), ['__Host-schouders']);
  });
  await suite.test('a passkey after the password', async () => {
    await walk.context.clearCookies();
    assert.equal(await walk.signIn(JO, PASSWORD), '/inloggen/code');
    await walk.send({}, 'Gebruik een passkey');
    assert.deepEqual(await walk.cookies(), ['__Host-schouders']);
  });
  await suite.test('a device that does not see who holds it is refused', async () => {
    await walk.context.clearCookies();
    await walk.cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await walk.goto('/inloggen/passkey');
    await walk.page.getByRole('button', { name: 'Log in met een passkey' }).click();
    await walk.page.getByText('Het is niet gelukt met uw passkey').waitFor();
    assert.deepEqual(await walk.cookies(), ['__Host-schouders-stap']);
  });
}

async function firstAdministrator(suite, walk, link) {
  await suite.test('the printed link makes the first administrator', async () => {
    await walk.context.clearCookies();
    await walk.goto(link);
    await walk.page.getByLabel('Uw naam', { exact: true }).fill('Baas');
    await walk.page.getByLabel('Kies een wachtwoord', { exact: true }).fill(PASSWORD);
    await Promise.all([walk.page.waitForNavigation(), walk.page.getByRole('button', { name: 'Maak mijn account' }).click()]);
    assert.equal(walk.path(), '/account/tweede-stap');
    assert.deepEqual(await walk.cookies(), ['__Host-schouders']);
    walk.problems.length = 0;
    assert.equal(await walk.goto(link), 404);
  });
}

// From an address of its own, so that the limit on forms of the browser beside it stays untouched.
function ask(url, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const request = http.request(url, { method: body === undefined ? 'GET' : 'POST', localAddress: '127.0.1.9', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => { text += part; });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function strangers(suite, base) {
  const send = async (where, fields) => {
    const csrf = /name="csrf" value="([^"]+)"/.exec((await ask(base + where)).text)[1];
    return ask(base + where, new URLSearchParams({ csrf, ...fields }).toString());
  };
  const plain = ({ text }, email) => text.replaceAll(email, '').replace(/value="[^"]{75}"/g, '');
  await suite.test('an unknown and a known account get the same answer, header by header', async () => {
    const known = await send('/inloggen', { email: JO, wachtwoord: 'mis' });
    const unknown = await send('/inloggen', { email: 'niemand@thuis.nl', wachtwoord: 'mis' });
    const names = (response) => Object.keys(response.headers).sort();
    assert.equal(known.status, 422);
    assert.equal(unknown.status, 422);
    assert.deepEqual(names(known), names(unknown));
    assert.equal(known.headers['cache-control'], 'no-store');
    assert.equal(plain(known, JO), plain(unknown, 'niemand@thuis.nl'));
  });
  await suite.test('too many failures wait, with how long', async () => {
    let response;
    for (let i = 0; i < 7; i += 1) response = await send('/inloggen', { email: 'veel@thuis.nl', wachtwoord: 'mis' });
    assert.equal(response.status, 429);
    assert.match(response.text, /Het is te vaak niet gelukt. Wacht \d+ seconden? en probeer het dan opnieuw/);
    assert.ok(Number(response.headers['retry-after']) >= 1);
  });
  await suite.test('an oversized password is a mistake, not work', async () => {
    assert.equal((await send('/inloggen', { email: 'ans@thuis.nl', wachtwoord: 'x'.repeat(1025) })).status, 422);
  });
}

/** ARGS name the store and its folder with --data; DATABASE is the store itself. */
export async function testSignIn(name, binary, args, database) {
  const suite = new Suite(name);
  const { link, secret, passkey } = prepare(binary, args, database);
  const server = await serve(binary, args);
  const browser = await launch();
  const walk = await new Walk(binary, server.url, database).open(browser);
  await makeAccount(suite, walk);
  await newPassword(suite, walk, browser);
  await secondFactor(suite, walk, secret);
  await firstAdministrator(suite, walk, link);
  await walk.close();
  const withScript = await new Walk(binary, server.url, database).open(browser, { javaScript: true });
  await passkeys(suite, withScript, passkey);
  await withScript.close();
  await browser.close();
  await strangers(suite, server.url);
  await server.stop();
  suite.finish();
}
