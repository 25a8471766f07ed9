// SPDX-License-Identifier: EUPL-1.2
// One script out of js/app.mjs.

import { build } from 'esbuild';

/** Returns the bundled and minified module. */
export async function buildScripts(webDir) {
  const result = await build({
    absWorkingDir: webDir,
    entryPoints: ['js/app.mjs'],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: ['chrome109', 'edge109', 'firefox115', 'safari16.4'],
    charset: 'utf8',
    logLevel: 'warning',
    banner: { js: '/* SPDX-License-Identifier: EUPL-1.2 */' },
  });
  return result.outputFiles[0].contents;
}
