// SPDX-License-Identifier: EUPL-1.2
// The licences of everything that ends up in the browser, gathered from the packages that were really bundled.

import fs from 'node:fs';
import path from 'node:path';

const PACKAGE_DIR = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const LICENCE_FILE = /^licen[cs]e(\.(md|txt))?$/i;
const COPYRIGHT_LINE = /^\W*(copyright .*)$/gim;
const RULE = '='.repeat(78);

/** INPUTS are the source files of the bundle, relative to WEB_DIR. Returns the text of LEGAL.txt. */
export function legalNotices(webDir, inputs) {
  const packages = bundledPackages(webDir, inputs);
  return [
    'Schouders: styles and scripts for the browser.',
    'Licence: EUPL-1.2. The full text is below.',
    '',
    'They include parts of the packages listed here, each under its own licence.',
    ...groupByLicenceText(packages).map(groupSection),
  ].join('\n') + '\n';
}

function bundledPackages(webDir, inputs) {
  const dirs = new Map();
  for (const input of inputs) {
    const dir = PACKAGE_DIR.exec(input)?.[1];
    if (dir) dirs.set(dir, [...(dirs.get(dir) ?? []), input]);
  }
  return [...dirs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([dir, files]) => describePackage(webDir, dir, files));
}

function describePackage(webDir, dir, files) {
  const fullDir = path.join(webDir, dir);
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(fullDir, 'package.json'), 'utf8'));
  const licenceFile = fs.readdirSync(fullDir).find((file) => LICENCE_FILE.test(file));
  if (!license || !licenceFile) throw new Error(`${name}: no licence found; do not ship it`);
  return {
    name,
    version,
    license,
    text: fs.readFileSync(path.join(fullDir, licenceFile), 'utf8').replace(/\r\n/g, '\n').trim(),
    copyright: copyrightLines(webDir, files),
  };
}

/** The style sheets name their holders in a comment, which the minifier removes: keep those lines here. */
function copyrightLines(webDir, files) {
  const lines = new Set();
  for (const file of files.filter((name) => name.endsWith('.css'))) {
    const text = fs.readFileSync(path.join(webDir, file), 'utf8');
    for (const match of text.matchAll(COPYRIGHT_LINE)) lines.add(match[1].trim());
  }
  return [...lines];
}

function groupByLicenceText(packages) {
  const groups = new Map();
  for (const pkg of packages) groups.set(pkg.text, [...(groups.get(pkg.text) ?? []), pkg]);
  return [...groups.values()];
}

function groupSection(packages) {
  const names = packages.flatMap((pkg) => [
    `${pkg.name} ${pkg.version} (${pkg.license})`,
    ...pkg.copyright.map((line) => `    ${line}`),
  ]);
  return ['', RULE, ...names, RULE, '', packages[0].text].join('\n');
}
