// The load of people who are signed in: their pages next to those of nobody, the check of a session, and many who sign in at once.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { startProgram, wrk, wrkBeside } from './servers.mjs';

// As in people.c.
const PEOPLE = 2000;
const PASSWORD = 'vier paarden op een trap';
const SESSION = '__Host-schouders';

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// Fills the store in FOLDER/store. Returns { token, us, us_alone }.
export function makePeople(tool, folder) {
  const made = spawnSync(tool, [path.join(folder, 'store'), String(PEOPLE)], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`people: ${made.stderr}`);
  return JSON.parse(made.stdout);
}

// The pages in FILE for somebody with TOKEN and for nobody, in turn and in changing order, since a machine slows down and speeds
// up. Each pair is one ratio; the median.
export function signedInRatio(url, file, token, { pairs, connections }) {
  const cookie = `${SESSION}=${token}`;
  const ratios = [];
  for (let i = 0; i < pairs; i += 1) {
    const [first, second] = [i % 2 === 0, i % 2 === 1].map((own) => wrk(url, file, { seconds: 1, connections, cookie: own ? cookie : '' }).perSecond);
    ratios.push(i % 2 === 0 ? first / second : second / first);
  }
  return median(ratios);
}

// One form to sign in, as from a network of its own: the proxy that the program believes in names it.
async function signIn(url, csrf, i) {
  const began = performance.now();
  const answer = await fetch(`${url}/inloggen`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'x-forwarded-for': `10.${(i >> 8) & 255}.${i & 255}.1` },
    body: new URLSearchParams({ csrf, email: `p${i % PEOPLE}@load.example`, wachtwoord: PASSWORD }),
  });
  await answer.arrayBuffer();
  const session = answer.headers.getSetCookie().some((one) => one.startsWith(`${SESSION}=`));
  return { status: answer.status, good: answer.status === 303 && session, ms: performance.now() - began };
}

// Asks for PER_SECOND sign-ins until the returned function is called; that gives what came of them.
function keepSigningIn(url, csrf, perSecond) {
  const asked = [];
  const began = performance.now();
  const timer = setInterval(() => {
    while (asked.length < (performance.now() - began) / 1000 * perSecond) asked.push(signIn(url, csrf, asked.length));
  }, 10);
  return async () => {
    clearInterval(timer);
    const seconds = (performance.now() - began) / 1000;
    const all = await Promise.all(asked);
    const good = all.filter((one) => one.good);
    const other = [...new Set(all.filter((one) => !one.good).map((one) => one.status))];
    return { asked: all.length / seconds, good: good.length / ((performance.now() - began) / 1000), ms: median(good.map((one) => one.ms)), other };
  };
}

// Latency of the pages in FILE while PER_SECOND people a second sign in, and before that.
export async function pagesWhileSigningIn(binary, folder, share, file, perSecond, seconds, connections) {
  const program = await startProgram(binary, folder, share, ['--behind-proxy']);
  try {
    const csrf = /name="csrf" value="([^"]+)"/.exec(await (await fetch(`${program.url}/inloggen`)).text())[1];
    const quiet = await wrkBeside(program.url, file, { seconds, connections });
    const stop = keepSigningIn(program.url, csrf, perSecond);
    const busy = await wrkBeside(program.url, file, { seconds, connections });
    return { quiet, busy, signIns: await stop() };
  } finally {
    await program.stop();
  }
}
