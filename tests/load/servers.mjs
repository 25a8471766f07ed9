// What the load test starts: the program, nginx with the same bytes as files, and wrk. All on loopback.

import { execFile, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const running = new Set();
const endings = [];
const logs = [];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function start(command, args, log) {
  const child = spawn(command, args, { stdio: ['ignore', log, log] });
  running.add(child);
  child.on('exit', (code, signal) => {
    running.delete(child);
    if (!child.stopped) endings.push(`${path.basename(command)} ended by itself (${signal ?? code})`);
  });
  return child;
}

async function stop(child, signal) {
  if (!running.has(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stopped = true;
  child.kill(signal);
  await ended;
}

function killAll() {
  for (const child of running) {
    child.stopped = true;
    child.kill('SIGKILL');
  }
}

// What may have caused a failed measurement: processes that ended without being asked, and what the program said last.
async function clues() {
  await sleep(50);
  const said = logs.flatMap((file) => fs.readFileSync(file, 'utf8').split('\n')
    .filter((line) => line && !line.includes('event=request')).slice(-2));
  return [...endings, ...said];
}

// Ends the process with what MEASURE resolves to, 2 when it failed. Its folder and whatever still runs go, however it ends.
export async function inFolder(measure) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'schouders-load-'));
  let status = 2;
  const clean = () => {
    killAll();
    if (!process.env.LOAD_KEEP) fs.rmSync(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => { clean(); process.exit(2); });
  try {
    status = await measure(folder);
  } catch (error) {
    console.error(['tests/load/run:', error.message, ...await clues()].join('\n  '));
  }
  clean();
  process.exit(status);
}

async function waitFor(what, seconds, ready, child) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const found = await ready();
    if (found) return found;
    if (!running.has(child)) break;
    await sleep(5);
  }
  throw new Error(`${what} did not start`);
}

// The program on a free port. Resolves to { url, ms, resident(), peak(), stop() }; ms is from start to the printed
// address. Its log, a line a request, goes to a file, as in production.
export async function startProgram(binary, folder, share, options = []) {
  const file = path.join(folder, 'program.log');
  const log = fs.openSync(file, 'w');
  const began = process.hrtime.bigint();
  const child = start(binary, ['serve', '--port', '0', '--data', path.join(folder, 'store'), '--share', share, ...options], log);
  fs.closeSync(log);
  const address = () => /Schouders is at (http:\S+)/.exec(fs.readFileSync(file, 'utf8'))?.[1];
  const url = await waitFor('schouders', 1800, address, child)
    .catch((error) => { throw new Error(`${error.message}:\n${fs.readFileSync(file, 'utf8')}`); });
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  logs.push(file);
  const status = (key) => +new RegExp(`${key}:\\s+(\\d+)`).exec(fs.readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1] * 1024;
  return { url, ms, resident: () => status('VmRSS'), peak: () => status('VmHWM'), stop: () => stop(child, 'SIGTERM') };
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// nginx over FOLDER/files as a careful administrator would set it up for static files.
export async function startNginx(folder) {
  const port = await freePort();
  const config = `
daemon off;
${process.getuid() === 0 ? 'user root;' : ''}
worker_processes ${os.availableParallelism?.() ?? os.cpus().length};
pid ${folder}/nginx.pid;
error_log ${folder}/nginx.log warn;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 10000000;
  default_type "text/html; charset=utf-8";
  client_body_temp_path ${folder}/nginx-body;
  proxy_temp_path ${folder}/nginx-proxy;
  fastcgi_temp_path ${folder}/nginx-fastcgi;
  uwsgi_temp_path ${folder}/nginx-uwsgi;
  scgi_temp_path ${folder}/nginx-scgi;
  server { listen 127.0.0.1:${port}; root ${folder}/files; }
}`;
  fs.writeFileSync(path.join(folder, 'nginx.conf'), config);
  const child = start('/usr/sbin/nginx', ['-p', folder, '-c', path.join(folder, 'nginx.conf')], 'ignore');
  const answers = () => new Promise((resolve) => {
    http.get({ host: '127.0.0.1', port, path: '/' }, (r) => { r.resume(); resolve(true); }).on('error', () => resolve(false));
  });
  await waitFor('nginx', 10, answers, child);
  return { url: `http://127.0.0.1:${port}`, stop: () => stop(child, 'SIGQUIT') };
}

const script = fileURLToPath(new URL('paths.lua', import.meta.url));

function wrkArguments(url, file, { seconds, connections, cookie }) {
  const threads = Math.min(2, connections);
  return [`-t${threads}`, `-c${connections}`, `-d${seconds}s`, '--timeout', '20s', '-s', script, url, '--', file, ...(cookie ? [cookie] : [])];
}

function wrkResult(url, { stdout, stderr, error }) {
  const found = /^RESULT (.*)$/m.exec(stdout ?? '');
  if (!found) throw new Error(`wrk failed: ${error ?? stderr}${stdout}`);
  const sum = JSON.parse(found[1]);
  if (sum.status || sum.socket)
    throw new Error(`${url}: ${sum.status} answers without success, ${sum.socket} broken connections`);
  return { perSecond: sum.requests / (sum.us / 1e6), p50: sum.p50 / 1000, p99: sum.p99 / 1000 };
}

// Asks URL for the paths in FILE, as somebody with COOKIE. Returns { perSecond, p50, p99 }, latency in milliseconds.
export function wrk(url, file, how) {
  return wrkResult(url, spawnSync('wrk', wrkArguments(url, file, how), { encoding: 'utf8', timeout: (how.seconds + 60) * 1000 }));
}

const fetchAt = (url, agent) => new Promise((resolve, reject) => {
  const began = process.hrtime.bigint();
  http.get(url, { agent }, (answer) => {
    answer.resume();
    answer.on('end', () => (answer.statusCode === 200 ? resolve(Number(process.hrtime.bigint() - began) / 1e6)
      : reject(new Error(`${url} answers ${answer.statusCode}`))));
  }).on('error', reject);
});

// Asks URL for PATHS in turn, PERSECOND times a second whether answers come or not, as visitors do. Resolves to { p50, p99, n }.
export async function paced(url, paths, { perSecond, seconds: duration }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
  const began = Date.now(), running = [];
  for (let i = 0; i < perSecond * duration; i += 1) {
    const wait = began + (i * 1000) / perSecond - Date.now();
    if (wait > 0) await sleep(wait);
    running.push(fetchAt(url + paths[i % paths.length], agent));
  }
  const times = (await Promise.all(running)).sort((a, b) => a - b);
  agent.destroy();
  const at = (share) => times[Math.floor((times.length - 1) * share)];
  return { p50: at(0.5), p99: at(0.99), n: times.length };
}

// The same as wrk(), while this process goes on.
export function wrkBeside(url, file, how) {
  return new Promise((resolve, reject) => {
    execFile('wrk', wrkArguments(url, file, how), { timeout: (how.seconds + 60) * 1000 }, (error, stdout, stderr) => {
      try {
        resolve(wrkResult(url, { stdout, stderr, error }));
      } catch (failure) {
        reject(failure);
      }
    });
  });
}
