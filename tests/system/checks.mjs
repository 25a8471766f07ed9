// Runs a script of tests/browser; what it counts is printed as it comes.

import { spawnSync } from 'node:child_process';
import path from 'node:path';

export function browserChecks(root, script, ...args) {
  const result = spawnSync(process.execPath, [path.join(root, 'tests/browser', script), ...args], { encoding: 'utf8', timeout: 900_000 });
  process.stdout.write(result.stdout + result.stderr);
}
