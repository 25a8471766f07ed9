// node many.mjs BINARY ROOT ITEMS POSTGRES: see tests/load/run --items. On SQLite and, with a URL, on PostgreSQL.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generatedShare } from './items.mjs';
import { inFolder, paced, startNginx, startProgram, wrk } from './servers.mjs';
import { every, median, save, slugs, WORDS } from './pages.mjs';

const [binary, root, count, postgres] = process.argv.slice(2);
const items = Number(count), setting = (name, otherwise) => Number(process.env[`LOAD_${name}`] ?? otherwise);
const seconds = setting('SECONDS', 20), rounds = setting('ROUNDS', 3), connections = setting('CONNECTIONS', 32);
const MB = 1024 * 1024;
const AIMS = { perSecond: 50, search: 25, suggestions: 10, change: 1000, memory: 200, ratio: 0.15 };
const BEGINNINGS = ['sc', 'schu', 'schuldh', 'be', 'besl', 'jongeren met', 'ge', 'hu', 'shculden', 'vroeg', 'aan', 'nazo', 'wsn', 'budg'];

let missed = 0;

function line(what, text, value, aim, met = value <= aim) {
  if (aim !== undefined && !met) missed += 1;
  const verdict = aim === undefined ? '' : `aim ${aim}: ${met ? 'met' : 'MISSED'}`;
  console.log(`  ${what.padEnd(34)} ${text.padEnd(44)} ${verdict}`);
}

// The item page and nginx in turn; the median of the ratios.
function ratioToNginx(program, nginx, pages) {
  const ratios = Array.from({ length: rounds }, () => {
    const ours = wrk(program.url, pages.ours, { seconds: 3, connections });
    return ours.perSecond / wrk(nginx.url, pages.theirs, { seconds: 3, connections }).perSecond;
  });
  return median(ratios);
}

// With the program stopped: documents changed one by one in the same store, each asked for at once.
function changes(database) {
  const tool = path.join(path.dirname(binary), '../../tests/load/index');
  return JSON.parse(execFileSync(tool, [database, root, '0'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

async function measureStore(name, folder, share, options) {
  fs.mkdirSync(path.join(folder, 'files'), { recursive: true });
  const first = await startProgram(binary, folder, share, options);
  await first.stop();
  const program = await startProgram(binary, folder, share, options);
  const started = program.resident();
  const asked = WORDS.map((words) => `/zoeken?q=${encodeURIComponent(words)}`);
  const typed = BEGINNINGS.map((text) => `/zoeken/suggesties.json?q=${encodeURIComponent(text)}`);
  const alone = await paced(program.url, asked, { perSecond: 5, seconds: seconds / 2 });
  const search = await paced(program.url, asked, { perSecond: AIMS.perSecond, seconds });
  const suggestions = await paced(program.url, typed, { perSecond: AIMS.perSecond, seconds });
  const nginx = await startNginx(folder);
  const pages = await save(folder, 'item', program.url, every(slugs(path.join(share, 'content/items')), 40).map((slug) => `/kennis/${slug}`));
  const ratio = ratioToNginx(program, nginx, pages);
  const memory = program.resident();
  await nginx.stop();
  await program.stop();
  const change = changes(options.length ? postgres : path.join(folder, 'store/schouders.db'));
  console.log(`\n${name}`);
  const ms = (x) => `p50 ${x.p50.toFixed(1)}, p99 ${x.p99.toFixed(1)} ms`;
  line('first start, with loading', `${(first.ms / 1000).toFixed(0)} s`);
  line('start with data present', `${(program.ms / 1000).toFixed(1)} s`);
  line('search, 5 a second', ms(alone));
  line(`search, ${AIMS.perSecond} a second`, ms(search), search.p99, AIMS.search);
  line(`suggestions, ${AIMS.perSecond} a second`, ms(suggestions), suggestions.p99, AIMS.suggestions);
  line('one document changed and found', `p50 ${change.change50}, p99 ${change.seen99} ms`, change.seen99, AIMS.change);
  line('resident memory', `${(started / MB).toFixed(0)} MB, ${(memory / MB).toFixed(0)} after the load`, memory / MB, AIMS.memory);
  // PostgreSQL shares the cores with the program; the aim is for one process.
  line('item page, for one of nginx', ratio.toFixed(3), ratio, options.length ? undefined : AIMS.ratio, ratio >= AIMS.ratio);
}

async function main(folder) {
  const share = generatedShare(root, folder, items, setting('SEED', 1));
  const load = () => os.loadavg()[0].toFixed(1);
  console.log(`${items} generated items; ${os.cpus().length} cores, load ${load()} at the start: only ratios mean something elsewhere.`);
  await measureStore('SQLite', path.join(folder, 'sqlite'), share, []);
  if (postgres) await measureStore('PostgreSQL, on the same cores', path.join(folder, 'postgres'), share, ['--database', postgres]);
  else console.log('\nPostgreSQL is not installed: left out');
  console.log(missed ? `\n${missed} of the aims missed; load ${load()} at the end` : '\nall aims met');
  return missed ? 1 : 0;
}

await inFolder(main);
