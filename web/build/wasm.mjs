// SPDX-License-Identifier: EUPL-1.2
// The reader of DDAS deliveries for the browser: src/ddas compiled to WebAssembly with Debian's clang, lld and wasi-libc.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

// Memory is static in wasm.c, so it never grows past what the linker lays out.
const FLAGS = ['--target=wasm32-wasi', '-std=gnu17', '-O3', '-flto', '-msimd128', '-mbulk-memory', '-nostartfiles', '-fno-ident', '-g0',
  '-Wl,--no-entry', '-Wl,--strip-all', '-Wl,-z,stack-size=131072', '-Wl,--lto-O3'];
// The rest of the folder is for the program on a computer, and for tests.
const LEFT_OUT = /_test\.c$|^fuzz_|^testing\.c$|^generate/;

/** The bytes of ddas.wasm. */
export function buildDdas(webDir) {
  const dir = path.join(webDir, '../src/ddas');
  const sources = fs.readdirSync(dir).filter((name) => name.endsWith('.c') && !LEFT_OUT.test(name)).sort();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ddas-'));
  const target = path.join(folder, 'ddas.wasm');
  try {
    const clang = spawnSync('clang', [...FLAGS, '-o', target, ...sources], { cwd: dir, encoding: 'utf8' });
    if (clang.error?.code === 'ENOENT') throw new Error('clang is missing; packaging/install run installs it');
    if (clang.status !== 0) {
      throw new Error(`clang cannot make ddas.wasm (it needs lld, wasi-libc and libclang-rt-14-dev-wasm32):\n${clang.stderr}`);
    }
    return fs.readFileSync(target);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
