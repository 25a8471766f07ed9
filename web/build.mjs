// SPDX-License-Identifier: EUPL-1.2
// Builds everything a browser downloads from us:
//
//   node build.mjs [OUTPUT_FOLDER]        default: dist, beside this file
//
// The output folder is served as is under /static/. Every name carries a hash of its content, so the server may
// send "immutable" for all of it; manifest.txt maps logical names ("main.css") to those names.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStyles } from './build/styles.mjs';
import { buildScript } from './build/scripts.mjs';
import { legalNotices } from './build/notices.mjs';
import { buildDdas } from './build/wasm.mjs';
import { Publisher } from './build/publish.mjs';

const webDir = path.dirname(fileURLToPath(import.meta.url));
const outDir = path.resolve(process.argv[2] ?? path.join(webDir, 'dist'));

async function main() {
  const publisher = new Publisher(outDir);

  // The style sheet names the fonts by their final address, so esbuild picks those names, not the publisher.
  const styles = await buildStyles(webDir);
  for (const font of styles.fonts) publisher.addNamed(font.logicalName, font.fileName, font.content);
  publisher.add('main.css', styles.css);

  const inputs = [...styles.inputs];
  for (const entry of ['app', 'editor', 'ddas']) {
    const built = await buildScript(webDir, entry);
    publisher.add(`${entry}.js`, built.script);
    inputs.push(...built.inputs);
  }
  for (const name of ['favicon.svg', 'mark.svg']) publisher.add(name, fs.readFileSync(path.join(webDir, name)));
  publisher.add('ddas.wasm', buildDdas(webDir));
  // The map is data, not design: one path for each municipality, used by the charts with <use>.
  publisher.add('kaart.svg', fs.readFileSync(path.join(webDir, '../data/map/kaart.svg')));
  publisher.add('LEGAL.txt', legalNotices(webDir, inputs));

  publisher.finish();
}

await main();
