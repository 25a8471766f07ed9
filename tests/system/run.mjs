// node run.mjs BINARY FOLDER [POSTGRES_URL]: the finished program as its users meet it.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { testProviders } from '../providers/run.mjs';
import { testAccount } from './account.mjs';
import { testAdmin } from './admin.mjs';
import { testAdminPages } from './admin_pages.mjs';
import { testApi } from './api.mjs';
import { testAssessment } from './assessment.mjs';
import { testBackup } from './backup.mjs';
import { testDdas } from './ddas.mjs';
import { testComparing } from './comparing.mjs';
import { testDelivery } from './delivery.mjs';
import { testBenchlearning } from './benchlearning.mjs';
import { testDialogue } from './dialogue.mjs';
import { testDocuments } from './documents.mjs';
import { testEditing } from './editing.mjs';
import { testFinding } from './finding.mjs';
import { testInvitation } from './invitation.mjs';
import { testMail } from './mail.mjs';
import { serve, temporaryFolder } from './program.mjs';
import { testCommandLine, testRefusals } from './refuse.mjs';
import { testRoles } from './roles.mjs';
import { testSignIn } from './signin.mjs';
import { testSite } from './site.mjs';
import { testSso } from './sso.mjs';
import { testStart } from './start.mjs';
import { testStats } from './stats.mjs';
import { testStories } from './stories.mjs';

const [binary, , postgres] = process.argv.slice(2);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

function testBrowser(script, ...args) {
  const result = spawnSync(process.execPath, [path.join(root, 'tests/browser', script), ...args], { encoding: 'utf8', timeout: 600_000 });
  process.stdout.write(result.stdout + result.stderr);
}

await testDocuments(root);
await testCommandLine(binary, root);
await testStart(binary, root);
await testDdas(binary);
await testStats(binary);
const data = temporaryFolder();
await testRefusals('refusals on SQLite', binary, ['--data', data], path.join(data, 'schouders.db'));

const onSqlite = await serve(binary, ['--data', data]);
await testSite('site on SQLite', onSqlite.url);
await testApi('API on SQLite', onSqlite.url, root);
testBrowser('run.mjs', onSqlite.url);
await onSqlite.stop();
await testRoles('roles on SQLite', binary, root, ['--data', data]);
await testMail('mail on SQLite', binary, root, ['--data', data], path.join(data, 'schouders.db'));
// First of those with people: it meets the one administrator of a demo.
await testAdmin('administration on SQLite', binary, ['--data', data]);
await testSignIn('signing in on SQLite', binary, ['--data', data], path.join(data, 'schouders.db'));
await testBenchlearning('benchlearning on SQLite', binary, ['--data', data], path.join(data, 'schouders.db'));
await testDialogue('questions on SQLite', binary, ['--data', data], path.join(data, 'schouders.db'));
await testAccount('account on SQLite', binary, ['--data', data], path.join(data, 'schouders.db'));
await testAdminPages('pages of administration on SQLite', binary, root, ['--data', data], path.join(data, 'schouders.db'));
await testInvitation('invitation on SQLite', binary, ['--data', data], path.join(data, 'schouders.db'));
await testEditing('editing on SQLite', binary, ['--data', data], path.join(data, 'schouders.db'));
await testComparing('comparing on SQLite', binary, ['--data', data], path.join(data, 'schouders.db'));
await testStories('stories on SQLite', binary, ['--data', data], path.join(data, 'schouders.db'));
await testFinding('finding on SQLite', binary, ['--data', data], path.join(data, 'schouders.db'));
await testDelivery('deliveries on SQLite', binary, ['--data', data], path.join(data, 'schouders.db'));
await testSso('own sign-in on SQLite', binary, ['--data', data]);
await testBackup('backup on SQLite', binary, ['--data', data], path.join(data, 'schouders.db'));
await testAssessment('assessment on SQLite', binary, ['--data', data], path.join(data, 'schouders.db'));

// The browser checks on the examples of web/README.md, and proof that each check can fail.
testBrowser('selftest.mjs');

// Signing in at real providers; the program for it is built beside this one.
await testProviders(path.join(path.dirname(binary), '../../tests/providers/oidc_walk'));

if (postgres) {
  // The key file stands in the data folder, whatever the store.
  const store = ['--database', postgres, '--data', temporaryFolder()];
  await testRefusals('refusals on PostgreSQL', binary, store, postgres);
  const onPostgres = await serve(binary, store);
  await testSite('site on PostgreSQL', onPostgres.url);
  await testApi('API on PostgreSQL', onPostgres.url, root);
  await onPostgres.stop();
  await testRoles('roles on PostgreSQL', binary, root, store);
  await testMail('mail on PostgreSQL', binary, root, store, postgres);
  await testAdmin('administration on PostgreSQL', binary, store);
  await testSignIn('signing in on PostgreSQL', binary, store, postgres);
  await testBenchlearning('benchlearning on PostgreSQL', binary, store, postgres);
  await testDialogue('questions on PostgreSQL', binary, store, postgres);
  await testAccount('account on PostgreSQL', binary, store, postgres);
  await testAdminPages('pages of administration on PostgreSQL', binary, root, store, postgres);
  await testInvitation('invitation on PostgreSQL', binary, store, postgres);
  await testEditing('editing on PostgreSQL', binary, store, postgres);
  await testComparing('comparing on PostgreSQL', binary, store, postgres);
  await testStories('stories on PostgreSQL', binary, store, postgres);
  await testFinding('finding on PostgreSQL', binary, store, postgres);
  await testDelivery('deliveries on PostgreSQL', binary, store, postgres);
  await testSso('own sign-in on PostgreSQL', binary, store);
  await testBackup('backup on PostgreSQL', binary, store, postgres);
  await testAssessment('assessment on PostgreSQL', binary, store, postgres);
}
console.log('system: finished');
