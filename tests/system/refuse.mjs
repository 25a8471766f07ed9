// What stops the program before it serves: one clear sentence, a status that is not 0, and nothing changed. On each store.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { runToEnd, serve, temporaryFolder } from './program.mjs';
import { oneSentence, Suite } from './suite.mjs';

async function takenPort(binary, store) {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const result = runToEnd(binary, ['serve', ...store, '--port', String(server.address().port)]);
  server.close();
  oneSentence(result, /port \d+ is taken; choose another with --port/);
}

async function newerDatabase(binary, store, database) {
  const version = (what) => assert.equal(runToEnd(path.join(path.dirname(binary), '../../tests/system/version'), [what, database]).status, 0);
  const check = () => runToEnd(binary, ['check', ...store]);
  const before = check().stdout;
  const known = Number(/database version (\d+)/.exec(runToEnd(binary, ['version']).stdout)[1]);
  version('raise');
  try {
    for (const subcommand of ['serve', 'migrate', 'import']) {
      oneSentence(runToEnd(binary, [subcommand, ...store, '--port', '0']),
        new RegExp(`of a newer version \\(${known + 1}\\) than this program \\(${known}\\); update the program\\.$`));
    }
    assert.equal(check().status, 1);
    assert.match(check().stdout, new RegExp(`^database version ${known + 1} of ${known}\\n[\\s\\S]*newer than this program; update the program`));
  } finally {
    version('lower');
  }
  assert.equal(check().stdout, before);
}

// STORE: the options that name it; DATABASE: what --database would be.
export async function testRefusals(name, binary, store, database) {
  const suite = new Suite(name);
  // Filled once, so that what follows stops for its own reason.
  const filled = await serve(binary, store);
  await filled.stop();
  await suite.test('a taken port', () => takenPort(binary, store));
  await suite.test('a database of a newer version', () => newerDatabase(binary, store, database));
  await suite.test('word lists that are not there name the package', () => {
    for (const subcommand of ['serve', 'import']) {
      oneSentence(runToEnd(binary, [subcommand, ...store, '--port', '0', '--share', temporaryFolder()]), /is the package hunspell-nl installed\?/);
    }
  });
  suite.finish();
}

// A folder in which nobody can make a file: root may write anywhere else.
function readOnlyFolder() {
  if (process.getuid() === 0) return '/proc';
  const folder = temporaryFolder();
  fs.chmodSync(folder, 0o555);
  return folder;
}

// Only these commands, and nothing else, are found by a script.
function pathWith(commands, own) {
  const bin = temporaryFolder();
  for (const name of commands) {
    const real = process.env.PATH.split(':').map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
    if (real) fs.symlinkSync(real, path.join(bin, name));
  }
  for (const [name, script] of Object.entries(own)) fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return bin;
}

function installer(root, own) {
  const tools = ['awk', 'cat', 'dirname', 'env', 'grep', 'mktemp', 'node', 'npm', 'rm', 'sh', 'tail'];
  return runToEnd('/bin/sh', [path.join(root, 'packaging/install'), 'run'], { env: { PATH: pathWith(tools, own) } });
}

// What needs no store.
export async function testCommandLine(binary, root) {
  const suite = new Suite('command line');
  await suite.test('help and version need no database, and are no failure', () => {
    for (const words of [['--help'], ['help'], ['serve', '--help']]) {
      const { status, stdout, stderr } = runToEnd(binary, words);
      assert.equal(status, 0);
      assert.equal(stderr, '');
      assert.match(stdout, /Subcommands:[\s\S]*serve[\s\S]*Options:[\s\S]*--database[\s\S]*--help/);
    }
    assert.match(runToEnd(binary, ['version']).stdout, /^schouders \d/);
  });
  await suite.test('a wrong option, value or subcommand is named, with status 2', () => {
    const wrong = [
      [['--bogus'], /unknown option --bogus; --help lists them/], [['serve', '-x'], /unknown option -x/], [['bogus'], /unknown subcommand bogus/],
      [['--port', '99999'], /--port takes a number from 0 to 65535, not '99999'/], [['--port', 'abc'], /--port takes a number/],
      [['--threads=-1'], /--threads takes a number/], [['--port'], /--port needs a value/],
    ];
    for (const [words, sentence] of wrong) {
      const result = runToEnd(binary, words);
      oneSentence(result, sentence);
      assert.equal(result.status, 2, words);
      assert.equal(result.stdout, '');
    }
  });
  await suite.test('a folder that cannot be made', () => {
    oneSentence(runToEnd(binary, ['migrate', '--data', '/proc/schouders']), /cannot make the folder/);
  });
  await suite.test('a read-only folder', () => {
    const folder = readOnlyFolder();
    for (const subcommand of ['serve', 'migrate', 'import']) {
      oneSentence(runToEnd(binary, [subcommand, '--data', folder, '--port', '0']), /is read-only; choose another with --data/);
    }
  });
  await suite.test('a PostgreSQL that is not there', () => {
    for (const subcommand of ['serve', 'migrate', 'check']) {
      oneSentence(runToEnd(binary, [subcommand, '--database', 'postgresql:///x?host=/nonexistent', '--port', '0']), /PostgreSQL does not answer/);
    }
  });
  await suite.test('missing packages are named: without sudo, and when apt-get fails', () => {
    oneSentence(installer(root, { 'dpkg-query': 'exit 1', id: 'echo 1000' }), /packages are missing and sudo is not here: .*\bgcc\b.*\bhunspell-nl\b/);
    oneSentence(installer(root, { 'dpkg-query': 'exit 1', id: 'echo 0', 'apt-get': 'exit 100' }), /apt-get could not install: .*\bgcc\b.*\bhunspell-nl\b/);
    assert.equal(installer(root, { 'dpkg-query': 'echo installed', id: 'echo 0', 'apt-get': 'exit 100' }).status, 0);
  });
  suite.finish();
}
