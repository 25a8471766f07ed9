// SPDX-License-Identifier: EUPL-1.2
// Counts checks, prints only those that failed, and ends with the one line that ./test adds up.

export class Report {
  passed = 0;
  failed = 0;

  /** One check; PROBLEMS empty means passed. */
  add(name, problems) {
    if (problems.length === 0) {
      this.passed++;
      return;
    }
    this.failed++;
    for (const problem of problems.slice(0, 10)) console.log(`FAIL ${name}: ${problem}`);
    if (problems.length > 10) console.log(`FAIL ${name}: and ${problems.length - 10} more`);
  }

  /** Prints the last line and sets the exit code. Nothing checked is a failure too. */
  finish(label) {
    console.log(`${label}: ${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}
