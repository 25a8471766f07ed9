// node run.mjs BINARY FOLDER [POSTGRES_URL]: the finished program as its users meet it. The stores are walked side by side, each in a process of
// its own.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [binary, , postgres] = process.argv.slice(2);
const folder = path.dirname(fileURLToPath(import.meta.url));

function run(script, ...args) {
  const child = spawn(process.execPath, [path.join(folder, script), ...args], { stdio: 'inherit' });
  return new Promise((resolve) => { child.on('exit', resolve); });
}

async function onPostgres() {
  const house = await run('house.mjs', binary);
  return house || (postgres ? run('store.mjs', 'PostgreSQL', binary, postgres) : 0);
}

const ends = await Promise.all([run('store.mjs', 'SQLite', binary), onPostgres()]);
if (ends.every((status) => status === 0)) console.log('system: finished');
