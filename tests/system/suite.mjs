// The smallest test list: names, checks, and the line that ./test counts.

import assert from 'node:assert/strict';

// A command that failed said one sentence to the person at the keyboard.
export function oneSentence(result, words) {
  assert.ok(result.status > 0, `status ${result.status}`);
  const said = result.stderr.split('\n').filter((line) => line.startsWith('schouders:'));
  assert.equal(said.length, 1, `expected one sentence, got:\n${result.stderr}`);
  assert.match(said[0], words);
}

export class Suite {
  constructor(name) {
    this.name = name;
    this.passed = 0;
    this.failed = 0;
  }

  async test(name, body) {
    try {
      await body();
      this.passed += 1;
    } catch (error) {
      this.failed += 1;
      console.log(`not ok ${this.name}: ${name}\n  ${error.stack ?? error}`);
    }
  }

  finish() {
    console.log(`${this.name}: ${this.passed} passed, ${this.failed} failed`);
  }
}
