// node house.mjs BINARY: what needs no store, or one of its own.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { testProviders } from '../providers/run.mjs';
import { browserChecks } from './checks.mjs';
import { testDdas } from './ddas.mjs';
import { testDocuments } from './documents.mjs';
import { testCommandLine } from './refuse.mjs';
import { testStart } from './start.mjs';
import { testStats } from './stats.mjs';

const [binary] = process.argv.slice(2);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

await testDocuments(root);
await testCommandLine(binary, root);
await testStart(binary, root);
await testDdas(binary);
await testStats(binary);

// The browser checks on the examples of web/README.md, and proof that each check can fail.
browserChecks(root, 'selftest.mjs');

// Signing in at real providers; the program for it is built beside this one.
await testProviders(path.join(path.dirname(binary), '../../tests/providers/oidc_walk'));
