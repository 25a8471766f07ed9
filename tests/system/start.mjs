// Starting and stopping: what an administrator meets on the command line.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd, serve, temporaryFolder } from './program.mjs';
import { oneSentence, Suite } from './suite.mjs';

// A copy of the shipped files in which one line of one file can be changed.
function shareWith(root, change) {
  const share = temporaryFolder();
  for (const folder of ['data', 'content']) fs.cpSync(path.join(root, folder), path.join(share, folder), { recursive: true });
  fs.mkdirSync(path.join(share, 'web'));
  fs.symlinkSync(path.join(root, 'web', 'dist'), path.join(share, 'web', 'dist'));
  change(share);
  return share;
}

function edit(file, from, to) {
  const text = fs.readFileSync(file, 'utf8');
  assert.ok(text.includes(from), `${file} has no ${from}`);
  fs.writeFileSync(file, text.replace(from, to));
}

export async function testStart(binary, root) {
  const suite = new Suite('start');
  const data = temporaryFolder();
  const countsOf = () => runToEnd(binary, ['check', '--data', data]).stdout;

  await suite.test('check without a database says what to do', () => {
    oneSentence(runToEnd(binary, ['check', '--data', path.join(data, 'none')]), /no database/);
  });
  await suite.test('the first start loads everything, Ctrl-C ends cleanly', async () => {
    const program = await serve(binary, ['--data', data]);
    assert.equal((await fetch(`${program.url}/`)).status, 200);
    assert.equal(await program.stop('SIGINT'), 0);
  });
  await suite.test('check finds the store whole', () => {
    const result = runToEnd(binary, ['check', '--data', data]);
    assert.equal(result.status, 0, result.stdout + result.stderr);
    assert.match(result.stdout, /all links lead somewhere/);
    assert.match(result.stdout, /^closed tables are closed\nthe trail is whole: /m);
  });
  await suite.test('check trail says one sentence', () => {
    assert.match(runToEnd(binary, ['check', 'trail', '--data', data]).stdout, /^the trail is whole: .*\n$/);
    oneSentence(runToEnd(binary, ['check', 'tail', '--data', data]), /check takes nothing, `trail` or `roles`/);
  });
  await suite.test('the second start keeps the data and loads nothing', async () => {
    const program = await serve(binary, ['--data', data]);
    assert.doesNotMatch(program.log(), /event=loaded/);
    await program.stop();
  });
  await suite.test('a second process on the same database', async () => {
    const program = await serve(binary, ['--data', data]);
    oneSentence(runToEnd(binary, ['import', '--data', data]), /another schouders is using it/);
    await program.stop();
  });
  await suite.test('a mistake in a content file stops the load with file, line and reason, and changes nothing', () => {
    const before = countsOf();
    const share = shareWith(root, (s) => edit(path.join(s, 'content/items/vroeg-eropaf.md'), 'fase: vroegsignalering', 'fase: vroegsignaal'));
    const result = runToEnd(binary, ['import', '--data', data, '--share', share]);
    oneSentence(result, /content\/items\/vroeg-eropaf\.md:\d+: .*vroegsignaal.*Nothing was loaded/);
    assert.equal(countsOf(), before);
  });
  await suite.test('a mistake in a data file too', () => {
    const before = countsOf();
    const share = shareWith(root, (s) => edit(path.join(s, 'data/network/years.csv'), 'GM0034', 'GM9999'));
    const result = runToEnd(binary, ['import', '--data', data, '--share', share]);
    oneSentence(result, /data\/network\/years\.csv:\d+: .*GM9999/);
    assert.equal(countsOf(), before);
  });
  await suite.test('the key file of another installation', async () => {
    const key = path.join(data, 'secret.key');
    const own = fs.readFileSync(key);
    const refused = () => runToEnd(binary, ['serve', '--port', '0', '--data', data]);
    fs.writeFileSync(key, `${'ab'.repeat(32)}\n`, { mode: 0o600 });
    oneSentence(refused(), /is not the key file of this database/);
    fs.writeFileSync(key, own);
    fs.chmodSync(key, 0o644);
    assert.equal(refused().status, 1);
    fs.chmodSync(key, 0o600);
    await (await serve(binary, ['--data', data])).stop();
  });
  await suite.test('a link for the first administrator', async () => {
    const add = (...words) => runToEnd(binary, ['user', 'add', ...words, '--data', data]);
    const link = add('--admin', 'eerste@voorbeeld.nl', '--origin', 'https://schouders.example');
    assert.equal(link.status, 0, link.stderr);
    assert.match(link.stdout, /^https:\/\/schouders\.example\/beginnen\?t=[\w-]{43}$/m);
    oneSentence(add('eerste@voorbeeld.nl'), /use `user add --admin`/);
    const program = await serve(binary, ['--data', data]);
    assert.match(add('--admin').stderr, /another schouders is using it/);
    await program.stop();
  });
  suite.finish();
}
