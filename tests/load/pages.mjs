// What the load tests ask for, and the same bytes for nginx.

import fs from 'node:fs';
import path from 'node:path';

export const WORDS = ['schuldregeling', 'vroegsignalering', 'jongeren met schulden', 'budgetbeheer', 'wsnp', 'huisbezoek', 'moratorium',
  'schuldhulpverlening', 'ondernemers', 'vrijwilligers thuisadministratie', 'beslagvrije voet', 'saneringskrediet', 'stress',
  'energiearmoede', 'huurachterstand aanpak', 'nazorg', 'kosten van de aanpak', 'almere', 'shculden', 'samenwerking gemeente'];

export function slugs(folder) {
  return fs.readdirSync(folder).filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3));
}

export function every(list, n) {
  const step = Math.max(1, Math.floor(list.length / n));
  return list.filter((_, i) => i % step === 0).slice(0, n);
}

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// Fetches every page once and keeps its bytes for nginx. Returns the two lists of paths for wrk.
export async function save(folder, kind, url, paths) {
  const files = path.join(folder, 'files', kind);
  fs.mkdirSync(files, { recursive: true });
  let bytes = 0;
  for (const [i, p] of paths.entries()) {
    const answer = await fetch(url + p);
    if (answer.status !== 200) throw new Error(`${p} answers ${answer.status}`);
    const body = Buffer.from(await answer.arrayBuffer());
    bytes += body.length;
    fs.writeFileSync(path.join(files, String(i)), body);
  }
  const ours = path.join(folder, `${kind}.ours`), theirs = path.join(folder, `${kind}.nginx`);
  fs.writeFileSync(ours, `${paths.join('\n')}\n`);
  fs.writeFileSync(theirs, `${paths.map((_, i) => `/${kind}/${i}`).join('\n')}\n`);
  return { kind, ours, theirs, bytes: bytes / paths.length, pages: paths.length };
}
