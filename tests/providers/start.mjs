// Real OpenID Connect providers on loopback, for tests: npm's oidc-provider and Debian's glewlwyd.
//
//   const provider = await startProvider('glewlwyd', { redirectUris: ['http://127.0.0.1:8080/terug'] });
//
// gives { issuer, clients: { secret: { clientId, secret }, key?: { clientId, keyFile } }, users: [{ user, password, name,
// email, email_verified, groups }], rolesClaim, signIn(page, user), setGroups(name, groups), stop() }. signIn() fills in the provider's own pages for
// a page of playwright that stands on its sign-in page, consent included, and returns when the browser has been sent back.
// oidc-provider also has refuse(page), rotateKeys() and asked, the number of requests for each path.
//
//   node start.mjs glewlwyd|oidc-provider REDIRECT_URI...    prints it as one line of JSON, and stops with its input

import { pathToFileURL } from 'node:url';
import { startGlewlwyd } from './glewlwyd.mjs';
import { startOidcProvider } from './oidcprovider.mjs';

export const PROVIDERS = { 'oidc-provider': startOidcProvider, glewlwyd: startGlewlwyd };

export function startProvider(name, options) {
  return PROVIDERS[name](options);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [name, ...redirectUris] = process.argv.slice(2);
  const provider = await startProvider(name, { redirectUris });
  console.log(JSON.stringify(provider));
  process.stdin.resume().on('end', () => provider.stop());
  process.on('SIGTERM', () => provider.stop().then(() => process.exit(0)));
}
