// SPDX-License-Identifier: EUPL-1.2
// Writes the output folder: hashed names, ready-made compressed copies, and the manifest for the server.

import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const MANIFEST = 'manifest.txt';

const CONTENT_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

// Compressed inside already: a second round only costs time and disk.
const ALREADY_COMPRESSED = new Set(['.woff2']);

export class Publisher {
  #outDir;
  #manifest = [];

  constructor(outDir) {
    this.#outDir = outDir;
    emptyFolder(outDir);
  }

  /** Writes CONTENT under LOGICAL_NAME with a hash of the content before its extension. */
  add(logicalName, content) {
    const bytes = Buffer.from(content);
    const { name, ext } = path.parse(logicalName);
    const hash = crypto.createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    this.addNamed(logicalName, `${name}.${hash}${ext}`, bytes);
  }

  /** Writes CONTENT under a name that is final already. */
  addNamed(logicalName, fileName, content) {
    const bytes = Buffer.from(content);
    const ext = path.extname(fileName);
    const target = path.join(this.#outDir, fileName);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, bytes);
    if (!ALREADY_COMPRESSED.has(ext)) writeCompressed(target, bytes);
    this.#manifest.push(`${logicalName} ${fileName} ${CONTENT_TYPES[ext]}`);
  }

  /** Writes the manifest last: a folder without one is not a finished build. */
  finish() {
    const lines = this.#manifest.sort();
    fs.writeFileSync(path.join(this.#outDir, MANIFEST), lines.join('\n') + '\n');
  }
}

/** Empties DIR, but refuses a folder that is not an earlier build: a mistyped argument must not cost anyone files. */
function emptyFolder(dir) {
  const names = fs.existsSync(dir) ? fs.readdirSync(dir) : [];
  if (names.length > 0 && !names.includes(MANIFEST)) throw new Error(`${dir} is not empty and not an earlier build`);
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(dir, { recursive: true });
}

function writeCompressed(target, bytes) {
  const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  fs.writeFileSync(`${target}.br`, zlib.brotliCompressSync(bytes, { params }));
  fs.writeFileSync(`${target}.gz`, zlib.gzipSync(bytes, { level: 9 }));
}
