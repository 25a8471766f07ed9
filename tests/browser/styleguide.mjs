// SPDX-License-Identifier: EUPL-1.2
// Makes real pages of the examples in web/README.md and serves them with the policy that README promises, so that
// documentation, style sheet and script are tested together.
//
//   node styleguide.mjs [PORT]     builds into a temporary folder and serves until stopped

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const webDir = fileURLToPath(new URL('../../web', import.meta.url));

/** Builds web/ into a temporary folder. Returns { dir, files: Map(logical name -> { file, type }) }. */
export function buildAssets() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'web-build-'));
  execFileSync(process.execPath, [path.join(webDir, 'build.mjs'), dir]);
  const lines = fs.readFileSync(path.join(dir, 'manifest.txt'), 'utf8').trim().split('\n');
  const files = new Map(lines.map((line) => {
    const [, name, file, type] = /^(\S+) (\S+) (.+)$/.exec(line);
    return [name, { file, type }];
  }));
  return { dir, files };
}

/** One page for each chapter of the README that has examples: Map(path -> html). */
export function examplePages(assets) {
  const readme = fs.readFileSync(path.join(webDir, 'README.md'), 'utf8');
  const chapters = readme.split(/^## /m).slice(1).map((text) => ({
    title: text.slice(0, text.indexOf('\n')),
    examples: [...text.matchAll(/^```html\n(.*?)^```/gms)].map((match) => match[1]),
  })).filter((chapter) => chapter.examples.length > 0);

  const isFrame = (example) => example.startsWith('<!DOCTYPE');
  const frame = chapters.flatMap((chapter) => chapter.examples).find(isFrame);
  return new Map(chapters.map(({ title, examples }, i) => {
    const parts = examples.filter((example) => !isFrame(example));
    const full = parts.some((part) => part.includes('<h1')) ? parts.join('\n') : `<h1>${title}</h1>\n${parts.join('\n')}`;
    return [`/${i + 1}`, fillFrame(frame, full, assets)];
  }));
}

function fillFrame(frame, content, assets) {
  const wide = content.includes('class="wrap"'); // brings its own width, see "Columns"
  return frame
    .replace(/<main ([^>]*) class="wrap">.*<\/main>/s, `<main $1${wide ? '' : ' class="wrap"'}>\n${content}</main>`)
    .replace(/\{([\w.-]+)\}/g, (_, name) => assets.files.get(name)?.file ?? `unknown-${name}`);
}

/** The policy is the indented block in README.md: what it promises is what is tested. */
export function promisedPolicy() {
  const readme = fs.readFileSync(path.join(webDir, 'README.md'), 'utf8');
  return /^ {4}default-src [^\n]*\n(?: {4}[^\n]*\n)*/m.exec(readme)[0].replace(/\s+/g, ' ').trim();
}

/**
 * Serves PAGES (path -> html, or a function from URL to html) and the assets; NOT_FOUND is the html of any other
 * address. Resolves to { url, close }.
 */
export function serve(pages, assets, { policy = promisedPolicy(), port = 0, notFound = 'Niet gevonden' } = {}) {
  const types = new Map([...assets.files.values()].map(({ file, type }) => [`/static/${file}`, type]));
  const server = http.createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const { pathname } = url;
    if (types.has(pathname)) {
      response.writeHead(200, { 'Content-Type': types.get(pathname) });
      response.end(fs.readFileSync(path.join(assets.dir, pathname.slice('/static/'.length))));
      return;
    }
    const page = pages.get(pathname);
    const html = typeof page === 'function' ? page(url) : page;
    response.writeHead(html === undefined ? 404 : 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
    });
    response.end(html ?? notFound);
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      resolve({ url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const assets = buildAssets();
  const pages = examplePages(assets);
  const { url } = await serve(pages, assets, { port: Number(process.argv[2] ?? 0) });
  for (const page of pages.keys()) console.log(url + page);
}
