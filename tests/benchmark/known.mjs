// What is true of the made-up nation (known.json, written by truth --store), and counting how often pages were right.

import assert from 'node:assert/strict';
import fs from 'node:fs';

// Four Monte Carlo errors explain a difference; see score.c.
const ERRORS = 4;

export class Known {
  constructor(file) {
    Object.assign(this, JSON.parse(fs.readFileSync(file, 'utf8')));
  }

  place(name) {
    const found = this.places.find((place) => [place.name, place.slug, place.code].includes(name));
    assert.ok(found, `${name} is not in the nation`);
    return found;
  }

  indicator(name) {
    return this.indicators.find(({ slug, code }) => slug === name || code === name);
  }

  // Which of the levels belong to a period: "3e kwartaal 2026" is one, "2025" is four.
  levels(period) {
    const [, quarter, year] = /^(?:([1-4])e kwartaal )?(\d{4})$/.exec(period);
    const ago = (q) => 4 * (Math.floor(this.last / 10) - Number(year)) + (this.last % 10) - q;
    return (quarter ? [Number(quarter)] : [1, 2, 3, 4]).map((q) => this.quarters - 1 - ago(q));
  }

  level(place, code, period) {
    const at = this.levels(period);
    return at.reduce((sum, q) => sum + place.level[code][q], 0) / at.length;
  }

  // Of all together: who has more inhabitants has more cases.
  nation(code, period) {
    const all = this.places.reduce((sum, { inhabitants }) => sum + inhabitants, 0);
    return this.places.reduce((sum, place) => sum + place.inhabitants * this.level(place, code, period), 0) / all;
  }

  // What working methods that a place began changed in this figure.
  changed(place, code) {
    return this.methods.filter((m) => m.code === place.code && m.indicator === code).reduce((sum, { change }) => sum + change, 0);
  }

  // Does this place differ from all others in this figure by what was planted, and not by chance alone?
  differs(place, code) {
    const { truth } = this.indicator(code);
    return this.changed(place, code) !== 0 || code in place.moved || !['equal', 'outliers'].includes(truth);
  }

  alike(a, b, code) {
    return a.otherwise.includes(code) === b.otherwise.includes(code);
  }
}

/** How often pages were right, beside how often they should be. */
export class Rates {
  rows = [];

  // Each of HITS, booleans, is one time; BOUND is '<=', '>=' or '~' NOMINAL.
  count(what, hits, bound, nominal) {
    const n = hits.length;
    const right = hits.filter(Boolean).length;
    const error = nominal === 0 || nominal === 1 ? 0 : Math.sqrt((nominal * (1 - nominal)) / n);
    const rate = right / n;
    this.rows.push(`  ${what.padEnd(66)}${String(right).padStart(6)} of${String(n).padStart(6)}  ${rate.toFixed(4)}  ${bound} ${nominal}`);
    assert.ok(n > 0, `${what}: no case`);
    if (bound !== '<=') assert.ok(rate >= nominal - ERRORS * error, `${what}: ${right} of ${n}, should be ${bound} ${nominal}`);
    if (bound !== '>=') assert.ok(rate <= nominal + ERRORS * error, `${what}: ${right} of ${n}, should be ${bound} ${nominal}`);
  }

  print() {
    console.log(this.rows.join('\n'));
  }
}
