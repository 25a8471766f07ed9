// node load.mjs BINARY ROOT: see tests/load/run.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generatedShare } from './items.mjs';
import { every, median, save, slugs, WORDS } from './pages.mjs';
import { makePeople, pagesWhileSigningIn, signedInRatio } from './people.mjs';
import { inFolder, startNginx, startProgram, wrk } from './servers.mjs';

const [binary, root] = process.argv.slice(2);
const setting = (name, otherwise) => Number(process.env[`LOAD_${name}`] ?? otherwise);
const items = setting('ITEMS', 20000), seconds = setting('SECONDS', 2), rounds = setting('ROUNDS', 3);
const connections = setting('CONNECTIONS', 32), seed = setting('SEED', 1);
const MB = 1024 * 1024;

// Ratios are page views of the program for one of nginx with the same bytes.
const AIMS = {
  ratio: { municipality: 0.15, indicator: 0.06, item: 0.15, search: 0.03 },
  signedInRatio: 0.9, sessionUs: 10, signInsPerSecond: 50, p99WhileSigningIn: 25,
  startSeconds: 1, residentMB: 100, firstLoadSeconds: 60, firstLoadMB: 250,
};

async function municipalityPaths(url) {
  const html = await (await fetch(`${url}/gemeenten`)).text();
  return every([...new Set(html.match(/\/gemeenten\/[a-z0-9-]+/g))], 40);
}

// Indicators with a funnel and a map: those about registered debts.
async function indicatorPaths(url) {
  const good = [];
  for (const code of ['ps01', 'ps02', 'ps03', 'ps04', 'ps05', 'ps06', 'gf01', 'gf02', 'nv01']) {
    const html = await (await fetch(`${url}/cijfers/${code}`)).text();
    if (html.includes('plot--map') && html.includes('class="band"'))
      good.push(`/cijfers/${code}`, `/cijfers/${code}?gemeente=almere`);
  }
  return good;
}

// The two in turn, several times; medians.
function measure(kind, program, nginx) {
  const ours = [], theirs = [];
  for (let i = 0; i < rounds; i += 1) {
    ours.push(wrk(program.url, kind.ours, { seconds, connections }));
    theirs.push(wrk(nginx.url, kind.theirs, { seconds, connections }));
  }
  const alone = wrk(program.url, kind.ours, { seconds: 1, connections: 1 });
  const of = (list, key) => median(list.map((x) => x[key]));
  const perSecond = of(ours, 'perSecond'), nginxPerSecond = of(theirs, 'perSecond');
  return { ...kind, perSecond, nginxPerSecond, ratio: perSecond / nginxPerSecond, p50: of(ours, 'p50'), p99: of(ours, 'p99'),
    alone: alone.p50 };
}

let missed = 0;

function verdict(value, aim, better) {
  if (aim === undefined) return '';
  const met = better(value, aim);
  if (!met) missed += 1;
  return met ? `aim ${aim}: met` : `aim ${aim}: MISSED`;
}

// Milliseconds; "-" when not one page came in time.
const latency = (ms, decimals, width) => (ms ? ms.toFixed(decimals) : '-').padStart(width);

function printKind(r) {
  const aim = verdict(r.ratio, AIMS.ratio[r.kind], (v, a) => v >= a);
  console.log([r.kind.padEnd(13), `${(r.bytes / 1024).toFixed(0)} kB`.padStart(7), r.perSecond.toFixed(0).padStart(8),
    r.nginxPerSecond.toFixed(0).padStart(8), r.ratio.toFixed(3).padStart(7), latency(r.p50, 1, 8), latency(r.p99, 1, 8),
    latency(r.alone, 2, 9), aim].join('  '));
}

function sizeOf(folder) {
  return fs.readdirSync(folder).reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0);
}

const below = (v, a) => v < a;

// One store: first start, second start, the pages of CHOOSE, memory and size.
async function measureStore(name, folder, share, choose) {
  fs.mkdirSync(folder, { recursive: true });
  const first = await startProgram(binary, folder, share);
  const loading = first.peak();
  await first.stop();
  const program = await startProgram(binary, folder, share);
  const resident = program.resident();
  fs.mkdirSync(path.join(folder, 'files'), { recursive: true });
  const nginx = await startNginx(folder);
  console.log(`\n${name}\n${'page'.padEnd(13)}     size     views/s   nginx/s    ratio    p50 ms    p99 ms   alone ms`);
  for (const [kind, paths] of Object.entries(await choose(program.url)))
    printKind(measure(await save(folder, kind, program.url, paths), program, nginx));
  const after = program.resident();
  await nginx.stop();
  await program.stop();
  const line = (what, text, value, aim) => console.log(`${what.padEnd(30)} ${text.padEnd(30)} ${verdict(value, aim, below)}`);
  const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`, mb = (bytes) => `${(bytes / MB).toFixed(0)} MB`;
  line('first start, with loading', seconds(first.ms), first.ms / 1000, AIMS.firstLoadSeconds);
  line('memory while loading', `at most ${mb(loading)}`, loading / MB, AIMS.firstLoadMB);
  line('start with data present', seconds(program.ms), program.ms / 1000, AIMS.startSeconds);
  line('resident memory', `${mb(resident)}, ${mb(after)} after the load`, after / MB, AIMS.residentMB);
  line('database', mb(sizeOf(path.join(folder, 'store'))));
}

async function shippedPages(url) {
  return { home: ['/'], municipality: await municipalityPaths(url), indicator: await indicatorPaths(url) };
}

function itemPages(share) {
  return async () => ({
    item: every(slugs(path.join(share, 'content/items')), 40).map((slug) => `/kennis/${slug}`),
    search: WORDS.map((words) => `/zoeken?q=${encodeURIComponent(words)}`),
    home: ['/'],
    list: ['/kennis', '/kennis?fase=nazorg', '/kennis?thema=vakmanschap&doelgroep=jongeren', '/kennis?pagina=4'],
  });
}

// People on the store of the shipped data. Pages are asked by few at once while others sign in: with more, their own number makes
// them wait.
async function measurePeople(folder) {
  const visitors = 2, pages = path.join(folder, 'municipality.ours');
  const line = (what, text, value, aim, better) => console.log(`${what.padEnd(30)} ${text.padEnd(48)} ${verdict(value, aim, better)}`);
  const people = makePeople(path.join(path.dirname(binary), '../../tests/load/people'), folder);
  const program = await startProgram(binary, folder, root);
  const ratio = signedInRatio(program.url, pages, people.token, { pairs: rounds * 4, connections });
  await program.stop();
  const { quiet, busy, signIns } = await pagesWhileSigningIn(binary, folder, root, pages, AIMS.signInsPerSecond, seconds * 4, visitors);
  console.log('\nPeople who are signed in');
  line('signed in, for one of nobody', ratio.toFixed(3), ratio, AIMS.signedInRatio, (v, a) => v >= a);
  line('check of a session', `${people.us.toFixed(1)} us; ${people.us_alone.toFixed(1)} with its own transaction`, people.us, AIMS.sessionUs, (v, a) => v <= a);
  line(`${AIMS.signInsPerSecond} sign-ins a second asked`, `p99 ${busy.p99.toFixed(1)} ms, ${quiet.p99.toFixed(1)} before; ${busy.perSecond.toFixed(0)} pages/s, ${quiet.perSecond.toFixed(0)} before`,
    busy.p99, AIMS.p99WhileSigningIn, (v, a) => v <= a);
  line('  of them', `${signIns.good.toFixed(1)} a second done, ${(signIns.ms / 1000).toFixed(1)} s each${signIns.other.length ? `; others ${signIns.other}` : ''}`);
}

async function main(folder) {
  console.log(`${os.cpus().length} cores; ${connections} connections; ${rounds} rounds of ${seconds} s each; medians.`);
  console.log('views/s: the program; nginx/s: the same bytes as files; alone: median latency of one visitor.');
  await measureStore('The shipped data', path.join(folder, 'shipped'), root, shippedPages);
  await measurePeople(path.join(folder, 'shipped'));
  const share = generatedShare(root, folder, items, seed);
  await measureStore(`With ${items} generated items`, path.join(folder, 'generated'), share, itemPages(share));
  console.log(missed ? `\n${missed} of the aims missed` : '\nall aims met');
  return missed ? 1 : 0;
}

await inFolder(main);
