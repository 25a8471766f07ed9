// Starts the program for a test and waits until it serves.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export function temporaryFolder() {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'schouders-test-'));
}

// Runs a subcommand to its end.
export function runToEnd(binary, args, options = {}) {
  return spawnSync(binary, args, { encoding: 'utf8', timeout: 120_000, ...options });
}

// Asks again and again until it is so.
export async function until(what, isSo, seconds = 30) {
  for (let i = 0; i < seconds * 20; i += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no ${what} within ${seconds} s`);
}

// Serves on a free port; resolves to { url, stop(), log(), output(), printed(pattern) } once the address is printed, within SECONDS.
export function serve(binary, args, env = {}, seconds = 120) {
  const child = spawn(binary, ['serve', '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let log = '';
  let output = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text) => { output += text; });
  const ended = new Promise((resolve) => child.on('exit', (code) => resolve(code)));
  const stop = async (signal = 'SIGTERM') => {
    child.kill(signal);
    return ended;
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address after ${seconds} s:\n${log}`)), seconds * 1000);
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text) => {
      log = (log + text).slice(-20_000);
      const address = /Schouders is at (http:\S+)/.exec(log);
      if (address) {
        clearTimeout(timer);
        resolve({
          url: address[1],
          stop,
          pid: child.pid,
          log: () => log,
          output: () => output,
          printed: (pattern) => until(`output like ${pattern}`, () => pattern.test(output)),
        });
      }
    });
    ended.then((code) => reject(new Error(`ended with ${code}:\n${log}`)));
  });
}
