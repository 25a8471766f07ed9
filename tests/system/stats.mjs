// `schouders stats`: a table in and a table out, by file and by pipe; and nothing but one sentence when the table is wrong.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd, temporaryFolder } from './program.mjs';
import { oneSentence, Suite } from './suite.mjs';

const HEADER = 'x,n,conf,p,wilson_lo,wilson_hi,cp_lo,cp_hi,jeffreys_lo,jeffreys_hi';

export async function testStats(binary) {
  const suite = new Suite('statistics as filters');
  const folder = temporaryFolder();
  const filter = (input, ...words) => runToEnd(binary, ['stats', ...words], { input });

  await suite.test('a row that was published comes out of a pipe and of a file', () => {
    // Newcombe 1998: 15 of 148 is .0624 to .1605 by Wilson, .0578 to .1617 exactly.
    const table = 'who,x,n,conf\r\n"a, b",15,148,0.95\r\n';
    const piped = filter(table, 'ci_binomial');
    assert.equal(piped.status, 0);
    assert.equal(piped.stderr, '');
    const [header, row, end] = piped.stdout.split('\n');
    assert.equal(header, HEADER);
    assert.deepEqual(row.split(',').slice(4, 8).map((v) => Number(v).toFixed(4)), ['0.0624', '0.1605', '0.0578', '0.1617']);
    assert.equal(end, '');
    const file = path.join(folder, 'in.csv');
    fs.writeFileSync(file, table);
    const fromFile = spawnSync(binary, ['stats', 'ci_binomial'], { encoding: 'utf8', stdio: [fs.openSync(file, 'r'), 'pipe', 'pipe'] });
    assert.equal(fromFile.stdout, piped.stdout);
  });
  await suite.test('a second file: the edges of merged municipalities', () => {
    const edges = path.join(folder, 'edges.csv');
    fs.writeFileSync(edges, 'valid_from,from,to,share\n2021-01-01,0003,1979,1\n2021-01-01,0010,1979,1\n');
    const names = 'code,period,n_closed,n_success,wait_sum_days,wait_median_days,fte,rating_n,rating_sum';
    const { stdout } = filter(`${names}\n0003,2019,50,39,1228,19.6,1.5,20,146\n0010,2019,50,32,1295,20.7,5.5,20,160\n`, 'merger', edges);
    assert.match(stdout, /\n1979,2019,2,0,100,71,71,25\.23\d*,7,7\.65\d*,NA,exact-reaggregated\n$/);
    oneSentence(filter(names, 'merger', path.join(folder, 'nothing.csv')), /nothing\.csv cannot be read/);
  });
  await suite.test('a wrong row is named, and nothing goes out', () => {
    const good = '3,8,0.95\n'.repeat(100_000);
    for (const [table, sentence] of [
      [`x,n,conf\n${good}3,acht,0.95\n`, /stats ci_binomial: line 100002, column n: 'acht' is not a number/], ['x,n\n3,8\n', /column conf is missing/],
      ['', /the input is empty/],
    ]) {
      const result = filter(table, 'ci_binomial');
      oneSentence(result, sentence);
      assert.equal(result.status, 2);
      assert.equal(result.stdout, '');
    }
  });
  await suite.test('without a known method they are listed; --help tells in and out of each', () => {
    for (const words of [[], ['league_table']]) {
      const result = filter('', ...words);
      assert.equal(result.status, 2);
      assert.equal(result.stdout, '');
      assert.match(result.stderr, /\nci_binomial\n[\s\S]*\nsdc_suppression\n/);
    }
    const { status, stdout } = runToEnd(binary, ['stats', '--help']);
    assert.equal(status, 0);
    assert.match(stdout, new RegExp(`\\nci_binomial\\n {2}in {6}x, n, conf\\n {2}out {5}${HEADER}\\n {2}source {2}Wilson 1927`));
  });
  await suite.test('what the library doubts is not in the table', () => {
    // libRmath says so with printf at a thousand million million cases.
    const { status, stdout } = filter('x,n,conf\n999999999999999,1000000000000000,0.95\n', 'ci_binomial');
    assert.equal(status, 0);
    assert.match(stdout, new RegExp(`^${HEADER}\\n999999999999999,[^\\n]*\\n$`));
  });
  await suite.test('a full disk is told', () => {
    const result = spawnSync(binary, ['stats', 'ci_binomial'], { input: 'x,n,conf\n3,8,0.95\n', encoding: 'utf8', stdio: ['pipe', fs.openSync('/dev/full', 'w'), 'pipe'] });
    oneSentence(result, /the answer cannot be written: No space left/);
  });
  suite.finish();
}
