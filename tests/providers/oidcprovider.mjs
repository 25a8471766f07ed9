// A provider on loopback made with npm's oidc-provider: two users, one client with a secret and one with a key.

import http from 'node:http';
import { createHash, generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort, submit, temporaryFolder } from './lib.mjs';

const require = createRequire(new URL('../../web/package.json', import.meta.url));

const USERS = {
  anna: { password: 'anna-wachtwoord', name: 'Anna de Boer', email: 'anna@gemeente.example', email_verified: true, groups: ['redactie', 'beheer'] },
  bram: { password: 'bram-wachtwoord', name: 'Bram Aydın', email: 'bram@gemeente.example', email_verified: false, groups: [] },
};

function makeKey(type) {
  const { privateKey, publicKey } = type === 'RSA'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' });
  const members = publicKey.export({ format: 'jwk' });
  // RFC 7638: the members in the order of their names. Schouders names its own key so.
  const kid = createHash('sha256').update(JSON.stringify(members, Object.keys(members).sort())).digest('base64url');
  return { pem: privateKey.export({ format: 'pem', type: 'pkcs8' }), jwk: { ...jwk, kid, use: 'sig' }, public: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' } };
}

function configuration({ redirectUris, keys, clientKey }) {
  const client = { redirect_uris: redirectUris, response_types: ['code'], grant_types: ['authorization_code'], id_token_signed_response_alg: 'ES256' };
  return {
    clients: [
      { ...client, client_id: 'schouders', client_secret: 'een geheim: met +%&tekens', token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg: 'RS256' },
      { ...client, client_id: 'schouders-sleutel', token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256', jwks: { keys: [clientKey.public] } },
    ],
    jwks: { keys: keys.map(({ jwk }) => jwk) },
    cookies: { keys: ['only for tests'] },
    features: { devInteractions: { enabled: false } },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256'] },
    pkce: { methods: ['S256'], required: () => true },
    interactions: { url: (ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (ctx, id) => USERS[id] && { accountId: id, claims: () => ({ sub: id, ...USERS[id], password: undefined }) },
    ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 600, AuthorizationCode: 60, IdToken: 600 },
  };
}

const page = (body) => `<!doctype html><html lang="nl"><meta charset="utf-8"><title>Inloggen</title><body>${body}</body></html>`;
const LOGIN = `<form method="post"><label>Naam <input name="login"></label>
  <label>Wachtwoord <input name="password" type="password"></label><button name="do" value="login">Inloggen</button></form>`;
const CONSENT = '<form method="post"><button name="do" value="consent">Toestaan</button><button name="do" value="abort">Weigeren</button></form>';

async function readForm(request) {
  let text = '';
  for await (const part of request) text += part;
  return Object.fromEntries(new URLSearchParams(text));
}

async function consent(provider, details) {
  const grant = new provider.Grant({ accountId: details.session.accountId, clientId: details.params.client_id });
  grant.addOIDCScope(details.params.scope);
  return { consent: { grantId: await grant.save() } };
}

// The pages that oidc-provider leaves to its host.
async function interact(provider, request, response) {
  const details = await provider.interactionDetails(request, response);
  const show = (status, html) => response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page(html));
  if (request.method !== 'POST') return show(200, details.prompt.name === 'login' ? LOGIN : CONSENT);
  const form = await readForm(request);
  if (form.do === 'abort') return provider.interactionFinished(request, response, { error: 'access_denied' });
  if (details.prompt.name === 'consent') return provider.interactionFinished(request, response, await consent(provider, details), { mergeWithLastSubmission: true });
  if (USERS[form.login]?.password !== form.password) return show(401, `<p>Onjuist.</p>${LOGIN}`);
  return provider.interactionFinished(request, response, { login: { accountId: form.login } });
}

/** Starts it; see start.mjs for what comes back. */
export async function startOidcProvider({ redirectUris }) {
  const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')).href);
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const folder = temporaryFolder();
  const clientKey = makeKey('EC');
  const keyFile = path.join(folder, 'client.pem');
  fs.writeFileSync(keyFile, clientKey.pem, { mode: 0o600 });
  let provider;
  let callback;
  const useNewKeys = () => {
    provider = new Provider(issuer, configuration({ redirectUris, clientKey, keys: [makeKey('RSA'), makeKey('EC')] }));
    callback = provider.callback();
  };
  useNewKeys();
  const asked = {};
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, issuer);
    asked[pathname] = (asked[pathname] ?? 0) + 1;
    if (!pathname.startsWith('/interaction/')) return callback(request, response);
    return interact(provider, request, response).catch((error) => response.writeHead(400).end(String(error)));
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));

  return {
    issuer,
    clients: {
      secret: { clientId: 'schouders', secret: 'een geheim: met +%&tekens' },
      key: { clientId: 'schouders-sleutel', keyFile },
    },
    users: Object.entries(USERS).map(([user, { password, ...claims }]) => ({ user, password, ...claims })),
    rolesClaim: 'groups',
    asked,
    rotateKeys: useNewKeys,
    async setGroups(user, groups) { USERS[user].groups = groups; },
    async signIn(page, { user, password }) {
      await page.fill('input[name=login]', user);
      await page.fill('input[name=password]', password);
      await submit(page, 'button[value=login]');
      if (new URL(page.url()).origin === issuer) await submit(page, 'button[value=consent]');
    },
    async refuse(page) {
      await page.fill('input[name=login]', 'bram');
      await page.fill('input[name=password]', USERS.bram.password);
      await submit(page, 'button[value=login]');
      await submit(page, 'button[value=abort]');
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
