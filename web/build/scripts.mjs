// SPDX-License-Identifier: EUPL-1.2
// One script out of each entry: js/app.mjs for every page, js/editor.mjs for pages where somebody writes,
// js/ddas.mjs for the page where DDAS files are read.

import { build } from 'esbuild';

/** Bundles and minifies js/ENTRY.mjs. Returns { script, inputs: [paths of all source files] }. */
export async function buildScript(webDir, entry) {
  const result = await build({
    absWorkingDir: webDir,
    entryPoints: [`js/${entry}.mjs`],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    target: ['chrome109', 'edge109', 'firefox115', 'safari16.4'],
    charset: 'utf8',
    logLevel: 'warning',
    banner: { js: '/* SPDX-License-Identifier: EUPL-1.2 */' },
  });
  return { script: result.outputFiles[0].contents, inputs: Object.keys(result.metafile.inputs) };
}
