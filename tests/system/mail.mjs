// Mail from the outbox of the running program to a real mail server, with and without TLS and signing in, and without any. The
// server is tests/mail/smtpd.py. On each store.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd, serve, temporaryFolder, until } from './program.mjs';
import { oneSentence, Suite } from './suite.mjs';

function certificate(folder) {
  const cert = path.join(folder, 'cert.pem');
  const key = path.join(folder, 'key.pem');
  const made = runToEnd('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', cert,
    '-days', '2', '-subj', '/CN=test', '-addext', 'subjectAltName=DNS:localhost']);
  assert.equal(made.status, 0, made.stderr);
  return [cert, key];
}

// Resolves to { folder, port, stop() }.
async function mailServer(root, mode, ...files) {
  const folder = temporaryFolder();
  const child = spawn('/usr/bin/python3', [path.join(root, 'tests/mail/smtpd.py'), folder, mode, ...files], { stdio: ['pipe', 'ignore', 'ignore'] });
  await until('a mail server', () => fs.existsSync(path.join(folder, 'port')));
  const port = fs.readFileSync(path.join(folder, 'port'), 'utf8');
  return { folder, port, stop: () => child.stdin.end() };
}

function secretFile(text, mode) {
  const file = path.join(temporaryFolder(), 'password');
  fs.writeFileSync(file, text, { mode });
  return file;
}

export async function testMail(name, binary, root, store, database) {
  const suite = new Suite(name);
  const tool = (what) => runToEnd(path.join(path.dirname(binary), '../../tests/system/mail'), [what, database]);
  const state = () => tool('state').stdout.trim();
  const sender = ['--mail-from', 'noreply@schouders.example', '--mail-name', 'Schouders (test)'];
  const sendWith = async (options, want, env = {}) => {
    assert.equal(tool('queue').status, 0);
    const program = await serve(binary, [...store, ...options], env);
    try {
      await until(`mail ${want}`, () => state() === want);
      assert.doesNotMatch(program.log(), /geheim|voorbeeld\.nl/);
    } finally {
      await program.stop();
    }
  };
  await suite.test('without a mail server it is kept', () => sendWith([], 'kept'));
  await suite.test('to a mail server on this machine', async () => {
    const server = await mailServer(root, 'accept');
    await sendWith(['--smtp-host', '127.0.0.1', '--smtp-port', server.port, '--smtp-security', 'none', ...sender], 'sent');
    const text = fs.readFileSync(path.join(server.folder, '1.eml'), 'utf8');
    assert.match(text, /^From: "?Schouders \(test\)"? <noreply@schouders\.example>\r?$/m);
    assert.match(text, /^Subject: Een proefbericht\r?$/m);
    assert.match(text, /Het werkt\./);
    assert.deepEqual(JSON.parse(fs.readFileSync(path.join(server.folder, '1.json'))).to, ['jan@voorbeeld.nl']);
    server.stop();
  });
  for (const way of ['file', 'environment']) {
    await suite.test(`over STARTTLS, signed in with a password from the ${way}`, async () => {
      const files = certificate(temporaryFolder());
      const server = await mailServer(root, 'starttls-auth', ...files);
      const password = way === 'file' ? ['--smtp-password-file', secretFile('geheim\n', 0o600)] : [];
      await sendWith(['--smtp-host', 'localhost', '--smtp-port', server.port, '--smtp-user', 'schouders', '--smtp-ca', files[0], ...password, ...sender],
        'sent', way === 'file' ? {} : { SCHOUDERS_SMTP_PASSWORD: 'geheim' });
      const envelope = JSON.parse(fs.readFileSync(path.join(server.folder, '1.json')));
      assert.ok(envelope.tls && envelope.login);
      server.stop();
    });
  }
  await suite.test('a mistake in the settings stops the start with one sentence', () => {
    const host = ['--smtp-host', 'mail.example'];
    const wrong = [
      [[...host], /sender is not an e-mail address/], [['--smtp-port', '25'], /need --smtp-host too/], [[...sender], /need --smtp-host too/],
      [[...host, ...sender, '--smtp-security', 'ssl'], /--smtp-security is starttls, tls or none/],
      [[...host, ...sender, '--smtp-security', 'none'], /to this machine only/], [['--smtp-host', 'a b', ...sender], /not a host name/],
      [[...host, ...sender, '--smtp-user', 'x'], /both a user and a password/],
      [[...host, ...sender, '--smtp-user', 'x', '--smtp-password-file', '/nonexistent'], /\/nonexistent.*cannot be read/],
      [[...host, ...sender, '--smtp-user', 'x', '--smtp-password-file', secretFile('x', 0o644)], /others can read .*chmod 600/],
    ];
    for (const [options, sentence] of wrong) oneSentence(runToEnd(binary, ['serve', '--port', '0', ...store, ...options]), sentence);
    oneSentence(runToEnd(binary, ['serve', ...store, '--smtp-password', 'x']), /unknown option --smtp-password;/);
  });
  suite.finish();
}
