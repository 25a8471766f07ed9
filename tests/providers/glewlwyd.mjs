// Debian's glewlwyd on loopback, with SQLite in a temporary folder: an OpenID Connect plugin, a user and a client.

import { spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, submit, temporaryFolder } from './lib.mjs';

const SCHEMA = '/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3';
const WEBAPP = '/usr/share/glewlwyd/webapp/';
const PAGE_SETTINGS = '/usr/share/glewlwyd/templates/config.json';
const TEMPLATE = '/usr/share/glewlwyd/templates/glewlwyd-debian.conf.properties';
const ADMIN = { username: 'admin', password: 'password' };      // as the package's own SQL makes it
const SCOPES = ['openid', 'email', 'profile'];
const USER = { user: 'chris', password: 'chris-wachtwoord', name: 'Chris Öztürk', email: 'chris@gemeente.example', email_verified: true, groups: ['redactie', 'lezers'] };
// No signs that RFC 6749 section 2.3.1 escapes: glewlwyd compares what it is sent as it is.
const CLIENT = { clientId: 'schouders', secret: 'een-ander-geheim' };

// The package's settings with another place, and its pages served by the program itself.
function writeSettings(folder, port) {
  const set = {
    port, bind_address: '"127.0.0.1"', external_url: `"http://127.0.0.1:${port}"`, log_mode: '"console"', log_level: '"WARNING"',
    static_files_path: `"${folder}/webapp/"`, cookie_secure: 0,
  };
  const lines = fs.readFileSync(TEMPLATE, 'utf8').split('\n')
    .filter((line) => !new RegExp(`^#?\\s*(${Object.keys(set).join('|')}|log_file|@include)\\b`).test(line.trim()));
  const own = Object.entries(set).map(([key, value]) => `${key}=${value}`);
  const database = `database =\n{\n  type = "sqlite3"\n  path = "${folder}/glewlwyd.db"\n};`;
  const file = path.join(folder, 'glewlwyd.conf');
  fs.writeFileSync(file, [...own, ...lines, database].join('\n'));
  return file;
}

// glewlwyd does not follow the links with which the package shares libraries, and the package's config.json is a link to a
// folder.
function copyPages(to) {
  fs.cpSync(WEBAPP, to, { recursive: true, dereference: true });
  fs.rmSync(path.join(to, 'config.json'), { recursive: true });
  fs.copyFileSync(PAGE_SETTINGS, path.join(to, 'config.json'));
}

function makeDatabase(folder) {
  const made = spawnSync('sqlite3', [path.join(folder, 'glewlwyd.db')], { input: fs.readFileSync(SCHEMA), encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`sqlite3: ${made.stderr}`);
}

// The administrator's API, with the cookie of a session.
async function administrator(origin) {
  const signedIn = await fetch(`${origin}/api/auth/`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(ADMIN) });
  const cookie = signedIn.headers.getSetCookie().map((text) => text.split(';')[0]).join('; ');
  return async (method, where, body) => {
    const answer = await fetch(`${origin}/api/${where}`, { method, headers: { cookie, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`glewlwyd: ${method} ${where}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
}

function plugin(issuer) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const claim = (name, more) => ({ name, 'user-property': name, type: 'string', mandatory: true, 'on-demand': false, scope: [], ...more });
  return {
    module: 'oidc', name: 'oidc', display_name: 'OpenID Connect', readonly: false,
    parameters: {
      iss: issuer, 'jwt-type': 'rsa', 'jwt-key-size': '256', 'subject-type': 'public', 'jwks-show': true, 'oauth-as-iss-id': true,
      key: privateKey.export({ format: 'pem', type: 'pkcs8' }), cert: publicKey.export({ format: 'pem', type: 'spki' }),
      'access-token-duration': 3600, 'refresh-token-duration': 3600, 'code-duration': 600, 'allowed-scope': SCOPES,
      'allow-non-oidc': false, 'auth-type-code-enabled': true, 'auth-type-code-revoke-replayed': true, 'auth-type-refresh-enabled': true,
      'pkce-allowed': true, 'pkce-method-plain-allowed': false, 'pkce-required': true,
      'name-claim': 'mandatory', 'email-claim': 'mandatory', 'scope-claim': 'no',
      claims: [claim('groups'), claim('email_verified', { type: 'boolean', 'boolean-value-true': '1', 'boolean-value-false': '0' })],
      'restrict-scope-client-property': '', 'client-sign_kid-parameter': 'sign_kid', 'client-pubkey-parameter': 'pubkey',
      'client-jwks-parameter': 'jwks', 'client-jwks_uri-parameter': 'jwks_uri', 'request-parameter-allow': false,
    },
  };
}

function account(groups) {
  const { user: username, name, email } = USER;
  return { username, name, email, enabled: true, scope: [...SCOPES, 'g_profile'], groups, email_verified: '1' };
}

async function configure(api, issuer, redirectUris) {
  const users = await api('GET', 'mod/user/database');
  const property = (multiple) => ({ multiple, read: true, write: true, 'profile-read': true, 'profile-write': false });
  users.parameters['data-format'] = { ...users.parameters['data-format'], groups: property(true), email_verified: property(false) };
  await api('PUT', 'mod/user/database', users);
  await api('PUT', 'mod/user/database/reset/');
  for (const name of SCOPES.slice(1)) await api('POST', 'scope/', { name, display_name: name, description: name, password_required: false, scheme: {} });
  await api('POST', 'mod/plugin/', plugin(issuer));
  await api('POST', 'user/', { ...account(USER.groups), password: USER.password });
  await api('POST', 'client/', {
    client_id: CLIENT.clientId, client_secret: CLIENT.secret, name: 'Schouders', enabled: true, confidential: true, scope: [],
    redirect_uri: redirectUris, authorization_type: ['code'], token_endpoint_auth_method: ['client_secret_basic'],
  });
}

async function untilItAnswers(origin, child, log) {
  for (let i = 0; i < 100; i += 1) {
    if (child.exitCode !== null) throw new Error(`glewlwyd ended with ${child.exitCode}:\n${log()}`);
    if (await fetch(`${origin}/config`).then((answer) => answer.ok, () => false)) return;
    await sleep(100);
  }
  throw new Error(`glewlwyd does not answer:\n${log()}`);
}

/** Starts it; see start.mjs for what comes back. */
export async function startGlewlwyd({ redirectUris }) {
  const folder = temporaryFolder();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const issuer = `${origin}/api/oidc`;
  makeDatabase(folder);
  copyPages(path.join(folder, 'webapp'));
  const child = spawn('glewlwyd', ['-c', writeSettings(folder, port)], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { log = (log + text).slice(-20_000); });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(hard);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  let api;
  try {
    await untilItAnswers(origin, child, () => log);
    api = await administrator(origin);
    await configure(api, issuer, redirectUris);
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${log}`);
  }
  return {
    issuer,
    clients: { secret: CLIENT },
    users: [USER],
    rolesClaim: 'groups',
    log: () => log,
    setGroups: (user, groups) => api('PUT', `user/${user}`, account(groups)),
    async signIn(page, { user, password }) {
      await page.fill('#username', user);
      await page.fill('#password', password);
      await page.keyboard.press('Enter');
      // The first time it asks what the client may see; afterwards it remembers.
      await page.waitForSelector('button.btn-success');
      if (await page.isVisible('#grant-email')) {
        await page.check('#grant-email');
        await page.check('#grant-profile');
        await page.click('.card-body button.btn-primary');
        await page.waitForSelector('#grant-email', { state: 'detached' });
      }
      await submit(page, 'button.btn-success');
    },
    stop,
  };
}
