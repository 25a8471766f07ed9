// SPDX-License-Identifier: EUPL-1.2
// One style sheet out of css/main.css: bundle, drop component classes and design tokens nobody uses, minify.

import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { transform } from 'lightningcss';

// The oldest browsers we promise to support. lightningcss wants major << 16 | minor << 8.
const TARGETS = { chrome: 109 << 16, edge: 109 << 16, firefox: 115 << 16, safari: (16 << 16) | (4 << 8) };

// Classes of the component packages. Ours have other names and are never dropped.
const COMPONENT_CLASS = /\b(?:nl|utrecht)-[\w-]+/g;

const FONT_NAME = /noto-sans-latin-(\d+)-normal/;

/** Returns { css, fonts: [{ logicalName, fileName, content }], inputs: [paths of all source files] }. */
export async function buildStyles(webDir) {
  const bundle = await bundleStyles(webDir);
  const lean = dropClasses(bundle.css, undocumentedClasses(webDir, bundle.css));
  return { css: minify(lean, reachableProperties(lean)), fonts: bundle.fonts, inputs: bundle.inputs };
}

async function bundleStyles(webDir) {
  const result = await build({
    absWorkingDir: webDir,
    entryPoints: ['css/main.css'],
    outdir: 'dist',
    bundle: true,
    write: false,
    metafile: true,
    logLevel: 'warning',
    loader: { '.woff2': 'file' },
    assetNames: 'fonts/[name].[hash]',
    publicPath: '/static',
    legalComments: 'none', // all notices are in LEGAL.txt
  });
  const styleSheet = result.outputFiles.find((file) => file.path.endsWith('.css'));
  const fonts = result.outputFiles.filter((file) => file.path.endsWith('.woff2')).map((file) => ({
    logicalName: `font-${FONT_NAME.exec(file.path)[1]}`,
    fileName: `fonts/${path.basename(file.path)}`,
    content: file.contents,
  }));
  return { css: styleSheet.contents, fonts, inputs: Object.keys(result.metafile.inputs) };
}

/**
 * The packages style each state a second time as a class (--hover, --focus) and have many variants. README.md is
 * the contract with the templates: what it does not show is not sent to the browser.
 */
function undocumentedClasses(webDir, css) {
  const documented = new Set(fs.readFileSync(path.join(webDir, 'README.md'), 'utf8').match(COMPONENT_CLASS));
  const unused = new Set();
  transform({
    filename: 'bundle.css',
    code: css,
    visitor: {
      Selector(selector) {
        for (const part of selector) {
          if (part.type === 'class' && part.name.match(COMPONENT_CLASS) && !documented.has(part.name)) {
            unused.add(part.name);
          }
        }
      },
    },
  });
  return [...unused];
}

function dropClasses(css, classNames) {
  return transform({ filename: 'bundle.css', code: css, minify: true, unusedSymbols: classNames }).code;
}

const isCustomProperty = (declaration) =>
  declaration.property === 'custom' && declaration.value.name.startsWith('--');

/** Adds every name used as var(--name) anywhere inside a parsed value to NAMES; fallbacks included. */
function collectVarNames(node, names = new Set()) {
  if (Array.isArray(node)) {
    for (const child of node) collectVarNames(child, names);
  } else if (node && typeof node === 'object') {
    if (node.type === 'var' && node.value?.name?.ident) names.add(node.value.name.ident);
    for (const child of Object.values(node)) collectVarNames(child, names);
  }
  return names;
}

/**
 * The token package defines some 2,900 custom properties that refer to each other; a page needs a third.
 * A property is reachable when an ordinary declaration uses it, or when a reachable property does.
 */
function reachableProperties(css) {
  const usedByProperty = new Map();
  const pending = [];
  transform({
    filename: 'bundle.css',
    code: css,
    visitor: {
      Declaration(declaration) {
        const used = collectVarNames(declaration.value);
        if (!isCustomProperty(declaration)) {
          pending.push(...used);
          return;
        }
        const name = declaration.value.name;
        const known = usedByProperty.get(name) ?? new Set();
        for (const other of used) known.add(other);
        usedByProperty.set(name, known);
      },
    },
  });

  const reachable = new Set();
  while (pending.length > 0) {
    const name = pending.pop();
    if (reachable.has(name)) continue;
    reachable.add(name);
    pending.push(...(usedByProperty.get(name) ?? []));
  }
  return reachable;
}

function minify(css, reachable) {
  const result = transform({
    filename: 'main.css',
    code: css,
    minify: true,
    targets: TARGETS,
    visitor: {
      Declaration: {
        custom(property) {
          if (property.name.startsWith('--') && !reachable.has(property.name)) return [];
        },
      },
    },
  });
  return result.code;
}
