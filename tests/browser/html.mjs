// SPDX-License-Identifier: EUPL-1.2
// Valid HTML, according to the Nu Html Checker. It is a Java program: without Java this check cannot run.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const require = createRequire(new URL('../../web/package.json', import.meta.url));

export function canCheckHtml() {
  return spawnSync('java', ['-version']).status === 0;
}

/** PAGES maps a name to its HTML. Returns a map from name to problems. One run for all: Java is slow to start. */
export function htmlProblems(pages) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'html-check-'));
  try {
    const names = [...pages.keys()];
    const files = names.map((_, i) => path.join(dir, `${i}.html`));
    files.forEach((file, i) => fs.writeFileSync(file, pages.get(names[i])));
    const messages = runChecker(files);
    return new Map(names.map((name, i) => [name, messages.filter((m) => m.url.endsWith(`/${i}.html`)).map(describe)]));
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

function runChecker(files) {
  const jar = path.join(path.dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
  const result = spawnSync('java', ['-jar', jar, '--errors-only', '--format', 'json', ...files], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (!result.stderr.trimStart().startsWith('{')) throw new Error(`HTML checker: ${result.stderr || result.error}`);
  return JSON.parse(result.stderr).messages;
}

function describe({ message, lastLine, extract }) {
  return `line ${lastLine}: ${message} [${(extract ?? '').replace(/\s+/g, ' ').trim()}]`;
}
