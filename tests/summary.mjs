// node summary.mjs FOLDER: counts what ./test ran, shows what failed, and ends with "N passed, N failed".

import fs from 'node:fs';
import path from 'node:path';

const folder = process.argv[2];
const total = { passed: 0, failed: 0, skipped: 0 };

// A cmocka program prints a line for each test, a TAP program too; any other counts as one test.
function countProgram({ name, result, stdout = '', stderr = '' }) {
  const text = `${stdout}\n${stderr}`;
  const count = (pattern) => (text.match(pattern) ?? []).length;
  const passed = count(/^\[ {7}OK \]/gm) + count(/^ok \d+(?!.*# skip)/gim);
  // cmocka names a skipped test twice.
  const skipped = new Set(text.match(/^\[ {2}SKIPPED \] \w+$/gm)).size + count(/^ok \d+.*# skip/gim);
  const lines = text.split('\n').filter((line) => /^(not ok \d+|\[ {2}FAILED {2}\] \w+$)/.test(line));
  const failed = new Set(lines).size;
  const bad = result !== 'OK' && result !== 'SKIP' && result !== 'EXPECTEDFAIL';
  if (passed + failed + skipped === 0) {
    return { passed: bad || result === 'SKIP' ? 0 : 1, failed: bad ? 1 : 0, skipped: result === 'SKIP' ? 1 : 0, bad, name, text };
  }
  return { passed, failed: bad && failed === 0 ? 1 : failed, skipped, bad: bad || failed > 0, name, text };
}

function add(part) {
  for (const key of Object.keys(total)) total[key] += part[key];
}

function unitTests() {
  const lines = fs.readFileSync(path.join(folder, 'unit.json'), 'utf8').split('\n').filter(Boolean);
  for (const line of lines) {
    const part = countProgram(JSON.parse(line));
    add(part);
    if (part.bad) console.log(`--- ${part.name} failed:\n${part.text.slice(-6000)}`);
  }
}

// The parts of tests/system print "NAME: N passed, N failed" as their last line.
function systemTests() {
  const file = path.join(folder, 'system.log');
  if (!fs.existsSync(file)) return;
  const text = fs.readFileSync(file, 'utf8');
  const sums = [...text.matchAll(/^[\w -]+: (\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)];
  for (const [, passed, failed, skipped] of sums) add({ passed: +passed, failed: +failed, skipped: +(skipped ?? 0) });
  if (!/^system: finished$/m.test(text)) {
    console.log('--- the system tests did not finish');
    total.failed += 1;
  }
  if (sums.some(([, , failed]) => +failed > 0) || !/^system: finished$/m.test(text)) console.log(text.slice(-12000));
}

unitTests();
systemTests();
const skipped = total.skipped ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed ? 1 : 0);
