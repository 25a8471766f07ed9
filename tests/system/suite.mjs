// The smallest test list: names, checks, and the line that ./test counts.

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
