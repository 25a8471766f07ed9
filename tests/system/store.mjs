// node store.mjs NAME BINARY [POSTGRES_URL]: the whole program on one store, walk after walk with the same people and data.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { testAccount } from './account.mjs';
import { testAdmin } from './admin.mjs';
import { testAdminPages } from './admin_pages.mjs';
import { testApi } from './api.mjs';
import { testAssessment } from './assessment.mjs';
import { testBackup } from './backup.mjs';
import { testBenchlearning } from './benchlearning.mjs';
import { browserChecks } from './checks.mjs';
import { testComparing } from './comparing.mjs';
import { testDelivery } from './delivery.mjs';
import { testDialogue } from './dialogue.mjs';
import { testEditing } from './editing.mjs';
import { testFinding } from './finding.mjs';
import { testInvitation } from './invitation.mjs';
import { testMail } from './mail.mjs';
import { serve, temporaryFolder } from './program.mjs';
import { testRefusals } from './refuse.mjs';
import { testRoles } from './roles.mjs';
import { testSignIn } from './signin.mjs';
import { testSite } from './site.mjs';
import { testSso } from './sso.mjs';
import { testStories } from './stories.mjs';

const [name, binary, postgres] = process.argv.slice(2);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const data = temporaryFolder();
// The key file stands in the data folder, whatever the store.
const store = postgres ? ['--database', postgres, '--data', data] : ['--data', data];
const database = postgres ?? path.join(data, 'schouders.db');

await testRefusals(`refusals on ${name}`, binary, store, database);

const site = await serve(binary, store);
await testSite(`site on ${name}`, site.url);
await testApi(`API on ${name}`, site.url, root);
// Pages are the same on both stores.
if (!postgres) browserChecks(root, 'run.mjs', site.url);
await site.stop();

await testRoles(`roles on ${name}`, binary, root, store);
await testMail(`mail on ${name}`, binary, root, store, database);
// First of those with people: it meets the one administrator of a demo.
await testAdmin(`administration on ${name}`, binary, store);
await testSignIn(`signing in on ${name}`, binary, store, database);
await testBenchlearning(`benchlearning on ${name}`, binary, store, database);
await testDialogue(`questions on ${name}`, binary, store, database);
await testAccount(`account on ${name}`, binary, store, database);
await testAdminPages(`pages of administration on ${name}`, binary, root, store, database);
await testInvitation(`invitation on ${name}`, binary, store, database);
await testEditing(`editing on ${name}`, binary, store, database);
await testComparing(`comparing on ${name}`, binary, store, database);
await testStories(`stories on ${name}`, binary, store, database);
await testFinding(`finding on ${name}`, binary, store, database);
await testDelivery(`deliveries on ${name}`, binary, store, database);
await testSso(`own sign-in on ${name}`, binary, store);
await testBackup(`backup on ${name}`, binary, store, database);
await testAssessment(`assessment on ${name}`, binary, store, database);
