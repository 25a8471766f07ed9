// node ddas.mjs BINARY: see the head of tests/load/ddas.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { openReader } from '../../web/js/ddas-reader.mjs';
import { launch, openPage } from '../browser/lib.mjs';
import { buildAssets } from '../browser/styleguide.mjs';
import { serveForm, WASM_POLICY } from '../system/ddas.mjs';
import { temporaryFolder } from '../system/program.mjs';

const AIMS = { native: 200, wasm: 80, memory: 32 * 1024 };
const SIZES = [68_000, 680_000];
const ROUNDS = 3;

const [binary] = process.argv.slice(2);
const folder = temporaryFolder();
let missed = 0;

function generate(trajectories) {
  const file = path.join(folder, `${trajectories}.json`);
  const out = fs.openSync(file, 'w');
  const made = spawnSync(binary, ['ddas', '--generate', String(trajectories), '--seed', '1', '--gemeente', 'GM0344,GM0363,GM0518'], { stdio: ['ignore', out, 'inherit'] });
  fs.closeSync(out);
  if (made.status !== 0) process.exit(2);
  return file;
}

// Time, processor time and peak memory of a child, as the system counted them.
const MEASURE = `import os, sys, time, resource
start = time.monotonic()
pid = os.fork()
if pid == 0:
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.execv(sys.argv[1], sys.argv[1:])
_, status, use = os.wait4(pid, 0)
assert status == 0, status
print(time.monotonic() - start, use.ru_utime + use.ru_stime, use.ru_maxrss)`;

function readNative(file) {
  const result = spawnSync('/usr/bin/python3', ['-c', MEASURE, binary, 'ddas', file], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(result.stderr);
  const [wall, processor, memory] = result.stdout.trim().split(' ').map(Number);
  return { wall, processor, memory };
}

function judge(what, value, unit, isMet, aim) {
  missed += isMet ? 0 : 1;
  console.log(`${what.padEnd(44)} ${String(value).padStart(7)} ${unit.padEnd(5)} ${isMet ? 'aim met' : 'AIM MISSED'} (${aim})`);
}

function measureNative(file, megabytes) {
  let best;
  for (let i = 0; i < ROUNDS; i += 1) {
    const run = readNative(file);
    if (!best || run.processor < best.processor) best = run;
  }
  const name = `native, ${Math.round(megabytes)} MB`;
  console.log(`${`${name}, by the clock`.padEnd(44)} ${String(Math.round(megabytes / best.wall)).padStart(7)} MB/s`);
  const speed = Math.round(megabytes / best.processor);
  judge(`${name}, of processor time`, speed, 'MB/s', speed >= AIMS.native, `${AIMS.native}`);
  judge(`${name}, peak memory`, best.memory, 'kB', best.memory < AIMS.memory, `${AIMS.memory}`);
}

// The same module and the same engine, without a browser around it: processor time can be told.
async function measureModule(assets, file, megabytes) {
  const reader = await openReader(fs.readFileSync(path.join(assets.dir, assets.files.get('ddas.wasm').file)));
  const opened = await fs.promises.open(file);
  const { size } = await opened.stat();
  const slice = (from, to) => ({
    arrayBuffer: async () => {
      const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - from));
      await opened.read(bytes, 0, bytes.length, from);
      return bytes.buffer;
    },
  });
  const before = process.cpuUsage();
  await reader.read([{ size, slice }]);
  const used = process.cpuUsage(before);
  await opened.close();
  const speed = Math.round(megabytes / ((used.user + used.system) / 1e6));
  judge(`WebAssembly, ${Math.round(megabytes)} MB, of processor time`, speed, 'MB/s', speed >= AIMS.wasm, `${AIMS.wasm}`);
}

async function measureWasm(browser, assets, file, megabytes) {
  const site = await serveForm(assets, WASM_POLICY);
  const { page, close } = await openPage(browser);
  await page.goto(site.url);
  const start = performance.now();
  await page.setInputFiles('#bestand', file);
  await page.locator('[data-ddas-status]', { hasText: /^(Gelezen|Er zijn|Het bestand is)/ }).waitFor({ timeout: 300_000 });
  const speed = Math.round(megabytes / ((performance.now() - start) / 1000));
  console.log(`  ${await page.locator('[data-ddas-status]').innerText()}`);
  console.log(`${`Chromium, ${Math.round(megabytes)} MB, by the clock`.padEnd(44)} ${String(speed).padStart(7)} MB/s`);
  await close();
  site.close();
}

const browser = await launch();
const assets = buildAssets();
for (const trajectories of SIZES) {
  const file = generate(trajectories);
  const megabytes = fs.statSync(file).size / 1e6;
  measureNative(file, megabytes);
  await measureModule(assets, file, megabytes);
  await measureWasm(browser, assets, file, megabytes);
  fs.unlinkSync(file);
}
await browser.close();
fs.rmSync(folder, { recursive: true });
fs.rmSync(assets.dir, { recursive: true });
process.exit(missed ? 1 : 0);
