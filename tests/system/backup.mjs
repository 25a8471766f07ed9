// `schouders backup`, beside a running site: whole, refused where something stands, and nothing half when the disk is full. On
// each store.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd, serve, temporaryFolder } from './program.mjs';
import { oneSentence, Suite } from './suite.mjs';

const MARKER = 'laatste-reservekopie';

const python = (script, ...args) => {
  const result = spawnSync('/usr/bin/python3', ['-c', script, ...args], { encoding: 'utf8' });
  assert.equal(result.status, 0, result.stderr);
  return result.stdout.trim();
};

const COUNTS = `import sqlite3, sys
db = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
assert db.execute('PRAGMA integrity_check').fetchall() == [('ok',)]
for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall():
    print(name, db.execute('SELECT count(*) FROM "%s"' % name).fetchone()[0])`;

// The copy as a database of its own; gives the arguments that name it.
function restoreSqlite(copy) {
  const data = temporaryFolder();
  fs.copyFileSync(path.join(copy, 'schouders.db'), path.join(data, 'schouders.db'));
  return { data, args: ['--data', data] };
}

function restorePostgres(copy, database) {
  const name = `copy_${process.pid}_${Date.now()}`;
  const url = database.replace(/(\/\/[^/]*\/)[^?]*/, `$1${name}`);
  const make = spawnSync('psql', ['-q', database, '-c', `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`], { encoding: 'utf8' });
  assert.equal(make.status, 0, make.stderr);
  const load = spawnSync('pg_restore', ['--no-privileges', '--no-owner', '--dbname', url, path.join(copy, 'schouders.dump')], { encoding: 'utf8' });
  assert.equal(load.status, 0, load.stderr);
  const data = temporaryFolder();
  return { data, args: ['--data', data, '--database', url] };
}

const factsOf = (binary, args) => runToEnd(binary, ['check', ...args]).stdout.replace(/^closed tables.*\n/m, '');

async function asItShould(suite, binary, args, database, copy) {
  const data = args[args.indexOf('--data') + 1];
  await suite.test('a copy beside the running site, with the key file apart and a word about it', () => {
    const result = runToEnd(binary, ['backup', copy, ...args]);
    assert.equal(result.status, 0, result.stderr);
    assert.match(result.stdout, /Move .*\/key to another place: who has it and the database can read all secrets/);
    assert.deepEqual(fs.readFileSync(path.join(copy, 'key/secret.key')), fs.readFileSync(path.join(data, 'secret.key')));
    assert.match(fs.readFileSync(path.join(copy, 'key/READ-ME.txt'), 'utf8'), /to another place than the database/);
    for (const name of ['.', 'key', 'key/secret.key']) assert.equal(fs.statSync(path.join(copy, name)).mode & 0o077, 0, name);
    assert.ok(!fs.existsSync(`${copy}.half`));
    assert.ok(Date.now() - fs.statSync(path.join(data, MARKER)).mtimeMs < 60_000);
  });
  await suite.test('the copy is whole, and a site starts from it', async () => {
    const restored = database.startsWith('postgresql:') ? restorePostgres(copy, database) : restoreSqlite(copy);
    if (restored.args.length === 2) assert.equal(python(COUNTS, path.join(restored.data, 'schouders.db')), python(COUNTS, database));
    const facts = factsOf(binary, restored.args);
    assert.match(facts, /the trail is whole/);
    assert.equal(facts, factsOf(binary, args));
    fs.copyFileSync(path.join(copy, 'key/secret.key'), path.join(restored.data, 'secret.key'));
    fs.chmodSync(path.join(restored.data, 'secret.key'), 0o600);
    const site = await serve(binary, restored.args);
    assert.equal((await fetch(`${site.url}/kennis`)).status, 200);
    assert.doesNotMatch(site.log(), /event=loaded/);
    await site.stop();
  });
  await suite.test('where something stands already, nothing is touched', () => {
    const before = fs.readdirSync(copy);
    oneSentence(runToEnd(binary, ['backup', copy, ...args]), /is there already. Name a new folder/);
    assert.deepEqual(fs.readdirSync(copy), before);
    const other = `${copy}-other`;
    fs.mkdirSync(`${other}.half`);
    oneSentence(runToEnd(binary, ['backup', other, ...args]), /left of a copy that was broken off/);
    assert.ok(!fs.existsSync(other));
  });
}

async function notAsItShould(suite, binary, args, database, copy) {
  const data = args[args.indexOf('--data') + 1];
  await suite.test('a full disk leaves nothing, and does not count as a copy', () => {
    const to = `${copy}-full`;
    fs.rmSync(path.join(data, MARKER));
    const limited = spawnSync('/bin/bash', ['-c', "trap '' XFSZ; ulimit -f 100; exec \"$0\" \"$@\"", binary, 'backup', to, ...args], { encoding: 'utf8' });
    oneSentence(limited, /Nothing was kept of (it|the copy)\./);
    for (const left of [to, `${to}.half`, path.join(data, MARKER)]) assert.ok(!fs.existsSync(left), left);
  });
  await suite.test('a folder that cannot be made, a database that is not there, a word too much', () => {
    oneSentence(runToEnd(binary, ['backup', '/nonexistent/copy', ...args]), /cannot make the folder/);
    oneSentence(runToEnd(binary, ['backup', ...args]), /takes the new folder/);
    if (database.startsWith('postgresql:')) {
      oneSentence(runToEnd(binary, ['backup', `${copy}-path`, ...args], { env: { ...process.env, PATH: '/nonexistent' } }), /pg_dump is not installed/);
      assert.ok(!fs.existsSync(`${copy}-path.half`));
    } else {
      oneSentence(runToEnd(binary, ['backup', `${copy}-none`, '--data', temporaryFolder()]), /there is no database/);
    }
  });
}

/** ARGS name the store and its folder with --data; DATABASE is the store itself. */
export async function testBackup(name, binary, args, database) {
  const suite = new Suite(name);
  const copy = path.join(temporaryFolder(), 'copy');
  const site = await serve(binary, args);
  await asItShould(suite, binary, args, database, copy);
  await notAsItShould(suite, binary, args, database, copy);
  await suite.test('the site did not notice', async () => assert.equal((await fetch(`${site.url}/readyz`)).status, 200));
  await site.stop();
  suite.finish();
}
